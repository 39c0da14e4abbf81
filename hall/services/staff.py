"""Who works at the hall: whose training, qualifications and checks are kept, by account and badge number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import may, require
from hall.rules.people import Actor
from hall.store import Store
from hall.store.schema.people import Account, AccountRole
from hall.words import ROLES


class NoSuchStaff(Missing):
    """Nobody of this hall has the account."""

    def __init__(self) -> None:
        super().__init__("没有选择人员，或者该人员不在本大厅。请重新选择。")


class OwnRecord(Refused):
    """Somebody would enter his own training or qualification."""

    def __init__(self) -> None:
        super().__init__("不能登记自己的培训和资格。请由另一位有权限的人员登记。")


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who signs in at this hall; `since` the day the account was made."""

    account_id: int
    name: str
    badge_number: str
    roles: frozenset[str]
    since: date

    @property
    def posts(self) -> str:
        """The roles in words."""
        return "、".join(words for role, words in ROLES.items() if role in self.roles)


def staff_account(session: Session, hall_id: int, account_id: int) -> Account:
    """The account of somebody of the hall or the district; raises NoSuchStaff."""
    account = session.get(Account, account_id)
    if account is None or account.hall_id not in {hall_id, None}:
        raise NoSuchStaff
    return account


def staff_of(session: Session, hall_id: int) -> tuple[StaffMember, ...]:
    """Everybody who signs in at the hall and is not disabled, by badge number and name."""
    roles = _roles(session, hall_id)
    query = select(Account).where(Account.hall_id == hall_id, Account.disabled.is_(False))
    found = [
        StaffMember(
            each.id,
            each.display_name,
            each.badge_number,
            roles.get(each.id, frozenset()),
            business_date(each.created_at),
        )
        for each in session.scalars(query)
    ]
    return tuple(sorted(found, key=lambda each: (each.badge_number, each.name, each.account_id)))


def list_staff(store: Store, actor: Actor) -> tuple[StaffMember, ...]:
    """Everybody of the hall for who oversees; oneself for others."""
    require(actor, "training.read")
    with store.read(actor) as session:
        everybody = staff_of(session, store.hall_id)
    if may(actor, "training.oversee"):
        return everybody
    return tuple(each for each in everybody if each.account_id == actor.account_id)


def _roles(session: Session, hall_id: int) -> Mapping[int, frozenset[str]]:
    query = select(AccountRole.account_id, AccountRole.role).where(
        AccountRole.hall_id.is_(None) | (AccountRole.hall_id == hall_id)
    )
    found: dict[int, set[str]] = {}
    for account_id, role in session.execute(query):
        found.setdefault(account_id, set()).add(role)
    return {account_id: frozenset(held) for account_id, held in found.items()}
