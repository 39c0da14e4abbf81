"""The lists of the desk: what waits for whoever is signed in, by role and department, each with its count."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import APPROVER, CLERK, HEAD, LEGAL_REVIEWER, REVIEWER, require
from hall.rules.people import Actor
from hall.services.board import BoardView
from hall.services.board_terms import BoardDay, Terms, conditions
from hall.store import Store
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase

COUNTED = 999


@dataclass(frozen=True, slots=True)
class DeskList:
    """A list: its word's code (words.DESK_LISTS), what it asks the board for, how many cases (at most COUNTED + 1)."""

    code: str
    terms: Terms
    count: int


def desk_lists(store: Store, actor: Actor, *, board: BoardView) -> tuple[DeskList, ...]:
    """The lists of the actor's roles, the one that most waits for the actor first."""
    require(actor, "board.read")
    day = board.day_on(business_date(store.clock.now()))
    with store.read(actor) as session:
        department = session.scalar(select(Account.department_id).where(Account.id == actor.account_id))
        return tuple(
            DeskList(code, terms, _count(session, terms, day, store.hall_id))
            for code, terms in _lists(actor, Terms(department_id=department))
        )


def _lists(actor: Actor, own: Terms) -> Iterator[tuple[str, Terms]]:
    """`own`: of the actor's department, or of all where the account belongs to none."""
    if HEAD in actor.roles:
        yield "to_examine", replace(own, state="examining")
    if LEGAL_REVIEWER in actor.roles:
        yield "to_review_by_law", Terms(state="legal_review")
    if APPROVER in actor.roles:
        yield "to_decide", Terms(state="approving")
        yield "on_the_spot", Terms(state="accepted", handling="immediate")
    yield "mine", Terms(officer_id=actor.account_id)
    if not actor.roles.isdisjoint({REVIEWER, HEAD}):
        yield "to_take", replace(own, state="accepted")
    if CLERK in actor.roles:
        yield "received", Terms(state="received")
        yield "supplementing", Terms(state="supplementing")
    if not actor.roles.isdisjoint({CLERK, REVIEWER}):
        yield "decided", replace(own, state="decided") if CLERK not in actor.roles else Terms(state="decided")
    if own.department_id is not None:
        yield "department", own
    yield "all", Terms()


def _count(session: Session, terms: Terms, day: BoardDay, hall_id: int) -> int:
    first = select(PermitCase.id).where(*conditions(terms, day, hall_id=hall_id)).limit(COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(first)) or 0
