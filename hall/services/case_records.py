"""What every act on a case shares: the case locked, the act checked, its event written, the hand it lies in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import func, select, update

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.permits import CLOSED, CaseFacts, check_act
from hall.rules.separation import check_separation
from hall.services.case_facts import acts_done, facts_of
from hall.services.happening import happening
from hall.store import Work
from hall.store.schema.permits import CaseEvent, PermitCase
from hall.store.schema.reviewing import CaseOpinion, CasePossession

Detail = Mapping[str, str | int | bool | list[str] | list[int] | Mapping[str, str | int | None] | None]
Position = Literal["grant", "deny", "agree", "disagree", "return"]


class NoSuchCase(Missing):
    """No case of this hall has the key."""

    def __init__(self, case_id: int) -> None:
        super().__init__(f"没有办件 {case_id}，请重新查找。")


@dataclass(frozen=True, slots=True)
class Hand:
    """Where a case lies: with an officer, in whose place (A/B 岗), or with the department where nobody has it."""

    department_id: int
    account_id: int | None = None
    acting_for: int | None = None


def case_locked(work: Work, case_id: int) -> PermitCase:
    """The case, kept from every other act until the end of the work; raises NoSuchCase.

    A joint case is kept with all its parts, whichever of them is asked for. The calendar is shared: an import of a
    schedule waits for this act, and no other act does. What else the act locks comes after the case.
    """
    return cases_locked(work, case_id)[0]


def cases_locked(work: Work, *case_ids: int) -> tuple[PermitCase, ...]:
    """Several cases at once, as they are asked for: whoever needs more than one names all of them in one call."""
    work.share("calendar")
    work.lock(*(f"case/{key}" for key in _wholes(work, case_ids)))
    work.session.flush()
    return tuple(_fresh(work, case_id) for case_id in case_ids)


def advance(
    work: Work,
    case: PermitCase,
    act: str,
    *,
    facts: CaseFacts | None = None,
    note: str = "",
    detail: Detail | None = None,
    day: date | None = None,
    document_id: int | None = None,
) -> None:
    """Do the act to the case: its guards, the separation of duties, the new state, the event, the possession.

    `facts`: where the caller knows more than the records (default: read now). `day`: when the act takes effect,
    default today. What the act itself records (opinion, pause, visit …) the caller writes. Raises NotNow or
    SamePerson, and nothing is changed.
    """
    known = facts if facts is not None else facts_of(work.session, case, day=business_date(work.now))
    state = check_act(act, known)
    kind = "accept" if act.startswith("accept") else act
    check_separation(kind, work.actor.account_id, done=acts_done(work.session, case.id))
    if state in CLOSED and case.closed_at is None:
        case.state_before, case.closed_at = case.state, work.now
    elif state not in CLOSED and case.closed_at is not None:
        case.state_before, case.closed_at = "", None
    if state != case.state:
        case.state = state
        hand_to(work, case, _hand(work, case))
    add_event(work, case, act, note=note, detail=detail, day=day, document_id=document_id)


def add_event(
    work: Work,
    case: PermitCase,
    kind: str,
    *,
    note: str = "",
    detail: Detail | None = None,
    day: date | None = None,
    document_id: int | None = None,
) -> None:
    """Write what happened; `detail` holds keys, codes, dates and figures, never personal data."""
    told = happening(work, case, kind, note=note, detail=detail, day=day, document_id=document_id)
    work.session.add(CaseEvent(**told))
    work.session.flush()


def add_opinion(work: Work, case: PermitCase, *, step: str, position: Position, text: str) -> None:
    """An opinion with its time, not only a name; append-only."""
    work.session.add(
        CaseOpinion(
            hall_id=work.hall_id,
            case_id=case.id,
            step=step,
            account_id=work.actor.account_id,
            at=work.now,
            position=position,
            text=text,
        )
    )


def hand_to(work: Work, case: PermitCase, hand: Hand) -> None:
    """End the present possession and begin the next one: with the state, the department or the officer it changes."""
    work.session.flush()
    work.session.execute(
        update(CasePossession)
        .where(CasePossession.case_id == case.id, CasePossession.until_at.is_(None))
        .values(until_at=work.now)
    )
    case.officer_id = hand.account_id
    if case.closed_at is None:
        work.session.add(
            CasePossession(
                hall_id=work.hall_id,
                case_id=case.id,
                department_id=hand.department_id,
                account_id=hand.account_id,
                acting_for=hand.acting_for,
                step=case.state,
                from_at=work.now,
            )
        )
        work.session.flush()


def present_hand(work: Work, case: PermitCase) -> CasePossession | None:
    """Who has the case now; None for a case that has ended."""
    return work.session.scalars(
        select(CasePossession).where(CasePossession.case_id == case.id, CasePossession.until_at.is_(None))
    ).one_or_none()


def _wholes(work: Work, case_ids: tuple[int, ...]) -> set[int]:
    """The joint cases that they belong to, or themselves: that never changes, so it is read before it is locked."""
    whole = func.coalesce(PermitCase.parent_id, PermitCase.id)
    query = select(whole).where(PermitCase.id.in_(case_ids), PermitCase.hall_id == work.hall_id)
    return set(work.session.scalars(query))


def _fresh(work: Work, case_id: int) -> PermitCase:
    """As whoever had it before has left it, also where it was read before it was locked."""
    case = work.session.get(PermitCase, case_id, populate_existing=True)
    if case is None or case.hall_id != work.hall_id:
        raise NoSuchCase(case_id)
    return case


def _hand(work: Work, case: PermitCase) -> Hand:
    """A case stays with the clerk until it is handed over, and with its officer inside the review.

    At another step it lies with the department until somebody takes it.
    """
    present = present_hand(work, case)
    if case.state not in {"accepted", "reviewing", "suspended"} or present is None:
        return Hand(case.department_id)
    return Hand(case.department_id, case.officer_id, present.acting_for)
