"""The lists of the desk: what waits for whoever is signed in, by role and department, each with its count.

All but one are of open cases, read as the board reads them; the one of ended cases waits for the archive.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import APPROVER, CLERK, HEAD, LEGAL_REVIEWER, REVIEWER, require
from hall.rules.people import Actor
from hall.services.board import BoardView
from hall.services.board_terms import BoardDay, Terms, conditions
from hall.services.case_facts import unserved_counts
from hall.services.case_finding import matching
from hall.store import Store
from hall.store.schema.people import Account
from hall.store.schema.permits import TO_ARCHIVE, PermitCase

COUNTED = 999
MOST_ENDED = 60
TO_ARCHIVE_LIST = "to_archive"


@dataclass(frozen=True, slots=True)
class DeskList:
    """A list: its word's code (words.DESK_LISTS), what it asks the board for, how many cases (at most COUNTED + 1).

    `ended`: its cases are off the board; `ended_cases` reads them.
    """

    code: str
    terms: Terms
    count: int
    ended: bool = False


@dataclass(frozen=True, slots=True)
class EndedCase:
    """A case that has ended and is not archived; `unserved`: so many papers the applicant has not got."""

    case_id: int
    number: str
    state: str
    outcome: str
    ended_on: date
    unserved: int


def desk_lists(store: Store, actor: Actor, *, board: BoardView) -> tuple[DeskList, ...]:
    """The lists of the actor's roles, the one that most waits for the actor first."""
    require(actor, "board.read")
    day = board.day_on(business_date(store.clock.now()))
    with store.read(actor) as session:
        department = session.scalar(select(Account.department_id).where(Account.id == actor.account_id))
        return tuple(
            DeskList(code, terms, _count(session, wanted), ended=code == TO_ARCHIVE_LIST)
            for code, terms in _lists(actor, Terms(department_id=department))
            for wanted in (_wanted(code, terms, day, store.hall_id),)
        )


def ended_cases(store: Store, actor: Actor, *, terms: Terms) -> tuple[EndedCase, ...]:
    """The cases that wait longest for the archive, of a department where the terms name one, and with its text."""
    require(actor, "board.read")
    with store.read(actor) as session:
        wanted = _ended(terms, store.hall_id)
        if terms.text.strip():
            said = matching(session, store, text=terms.text, only=tuple(wanted[1:]), most=MOST_ENDED)
            wanted.append(PermitCase.id.in_(said))
        found = session.scalars(
            select(PermitCase).where(*wanted).order_by(PermitCase.closed_at, PermitCase.id).limit(MOST_ENDED)
        ).all()
        counts = unserved_counts(session, [case.id for case in found], day=business_date(store.clock.now()))
        return tuple(_ended_case(case, counts.get(case.id, 0)) for case in found)


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
        served_by = own if CLERK not in actor.roles else Terms()
        yield "decided", replace(served_by, state="decided")
        yield TO_ARCHIVE_LIST, served_by
    if own.department_id is not None:
        yield "department", own
    yield "all", Terms()


def _wanted(code: str, terms: Terms, day: BoardDay, hall_id: int) -> list[ColumnElement[bool]]:
    return _ended(terms, hall_id) if code == TO_ARCHIVE_LIST else conditions(terms, day, hall_id=hall_id)


def _ended(terms: Terms, hall_id: int) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [PermitCase.hall_id == hall_id, text(TO_ARCHIVE)]  # type: ignore[list-item]
    if terms.department_id is not None:
        wanted.append(PermitCase.department_id == terms.department_id)
    return wanted


def _ended_case(case: PermitCase, unserved: int) -> EndedCase:
    assert case.closed_at is not None
    number = case.acceptance_number or case.receipt_number
    return EndedCase(case.id, number, case.state, case.outcome, business_date(case.closed_at), unserved)


def _count(session: Session, wanted: list[ColumnElement[bool]]) -> int:
    first = select(PermitCase.id).where(*wanted).limit(COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(first)) or 0
