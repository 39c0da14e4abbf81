"""Filters of the board that somebody keeps under a name; each account has its own."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.board_terms import Terms, terms_from_json, terms_to_json
from hall.services.persons import refuse_numbers
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.supervision import SavedFilter

LONGEST_NAME = 20


class NoSuchFilter(Missing):
    """The account keeps no filter of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有名为“{name}”的筛选，可能已在另一台电脑上删除。请重新打开菜单。")


class BadFilterName(Refused):
    """No name, or one too long for a menu."""

    def __init__(self) -> None:
        super().__init__(f"筛选的名称要填写，且不超过 {LONGEST_NAME} 个字，例如“市政科超期”。")


class PersonalTerms(Refused):
    """A saved filter would keep a person's name or number."""

    def __init__(self) -> None:
        super().__init__("保存的筛选里不能有姓名或编号，请清空“文字”一栏后再保存。")


@dataclass(frozen=True, slots=True)
class SavedTerms:
    """A filter by its name."""

    name: str
    terms: Terms


def saved_filters(store: Store, actor: Actor) -> tuple[SavedTerms, ...]:
    """The actor's filters, by name."""
    require(actor, "board.read")
    own = (SavedFilter.hall_id == store.hall_id, SavedFilter.account_id == actor.account_id)
    with store.read(actor) as session:
        rows = session.execute(select(SavedFilter.name, SavedFilter.terms).where(*own).order_by(SavedFilter.name))
        return tuple(SavedTerms(name, terms_from_json(terms)) for name, terms in rows)


@retried
def save_filter(store: Store, actor: Actor, *, name: str, terms: Terms) -> None:
    """Keep terms under a name; those that had the name before give way. Raises BadFilterName or PersonalTerms."""
    require(actor, "board.read")
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadFilterName
    refuse_numbers(name)
    if terms.text:
        raise PersonalTerms
    with store.work("filter.save", actor) as work:
        work.lock(f"filters/{actor.account_id}")
        _drop(work.session, store.hall_id, actor, name)
        work.session.add(
            SavedFilter(hall_id=work.hall_id, account_id=actor.account_id, name=name, terms=terms_to_json(terms))
        )
        work.audit(f"account:{actor.account_id}", filter=name)


@retried
def drop_filter(store: Store, actor: Actor, *, name: str) -> None:
    """Forget a filter; raises NoSuchFilter."""
    require(actor, "board.read")
    with store.work("filter.drop", actor) as work:
        if not _drop(work.session, store.hall_id, actor, name):
            raise NoSuchFilter(name)
        work.audit(f"account:{actor.account_id}", filter=name)


def _drop(session: Session, hall_id: int, actor: Actor, name: str) -> bool:
    """Whether there was one."""
    own = (SavedFilter.hall_id == hall_id, SavedFilter.account_id == actor.account_id, SavedFilter.name == name)
    dropped = session.execute(delete(SavedFilter).where(*own).returning(SavedFilter.id)).all()
    return bool(dropped)
