"""What every act on a penalty case shares: the case locked, the duty taken, the event written, the audit."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.penalty_duties import Duty, OwnInterest, check_duty
from hall.services.happening import happening
from hall.store import Work
from hall.store.schema.penalties import (
    ConflictOfInterest,
    EnforcementCertificate,
    PenaltyCase,
    PenaltyDecision,
    PenaltyDuty,
    PenaltyEvent,
    PenaltyOfficer,
)

Detail = Mapping[str, str | int | bool | list[str] | list[int] | None]


class NoSuchPenalty(Missing):
    """No penalty case of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这件处罚案件，请重新查找。")


def penalty_locked(work: Work, case_id: int) -> PenaltyCase:
    """The case, kept from every other act until the end of the work; raises NoSuchPenalty."""
    work.lock(f"penalty/{case_id}")
    return penalty_of(work.session, work.hall_id, case_id)


def penalty_of(session: Session, hall_id: int, case_id: int) -> PenaltyCase:
    """The case of this hall; raises NoSuchPenalty."""
    case = session.get(PenaltyCase, case_id)
    if case is None or case.hall_id != hall_id:
        raise NoSuchPenalty
    return case


def take_duty(work: Work, case: PenaltyCase, duty: Duty) -> None:
    """Have the actor answer for the duty in this case; raises DutyConflict, OwnInterest or NotTheOfficer.

    The table's key holds the same against everything that does not come this way.
    """
    give_duty(work, case, work.actor.account_id, duty)


def give_duty(work: Work, case: PenaltyCase, account_id: int, duty: Duty) -> None:
    """Have somebody answer for the duty in this case, as officers do from the start; raises as `take_duty` does."""
    if check_duty(
        account_id,
        duty,
        held=duties_of(work.session, case.id),
        conflicted=conflicted(work, case.party_id, account_id),
        officers=officer_accounts(work.session, case.id),
    ):
        work.session.add(
            PenaltyDuty(hall_id=work.hall_id, case_id=case.id, account_id=account_id, duty=duty, at=work.now)
        )
        work.session.flush()


def keep_away(work: Work, case: PenaltyCase) -> None:
    """For acts that take no duty: raises OwnInterest where the actor stays away from the party (行政处罚法 43)."""
    if conflicted(work, case.party_id, work.actor.account_id):
        raise OwnInterest


def duties_of(session: Session, case_id: int) -> dict[int, Duty]:
    """Account → its one duty in the case."""
    rows = session.execute(select(PenaltyDuty.account_id, PenaltyDuty.duty).where(PenaltyDuty.case_id == case_id))
    return {account_id: cast(Duty, duty) for account_id, duty in rows}


def officer_accounts(session: Session, case_id: int) -> frozenset[int]:
    """The accounts of the case's officers; those who do not sign in here have none."""
    query = (
        select(EnforcementCertificate.account_id)
        .join(PenaltyOfficer, PenaltyOfficer.certificate_id == EnforcementCertificate.id)
        .where(PenaltyOfficer.case_id == case_id, EnforcementCertificate.account_id.is_not(None))
    )
    return frozenset(each for each in session.scalars(query) if each is not None)


def add_penalty_event(
    work: Work,
    case: PenaltyCase,
    kind: str,
    *,
    note: str = "",
    detail: Detail | None = None,
    day: date | None = None,
    document_id: int | None = None,
) -> None:
    """Write what happened (state as it is now); `detail` holds keys, codes, dates and figures, never personal data."""
    told = happening(work, case, kind, note=note, detail=detail, day=day, document_id=document_id)
    work.session.add(PenaltyEvent(**told))
    work.session.flush()


def settle_penalty(work: Work, case: PenaltyCase, **detail: object) -> None:
    """What every act ends with: the audit entry and the change for the screens."""
    work.audit(f"penalty:{case.id}", state=case.state, **detail)
    work.changed("penalty", str(case.id))


def decisions_of(session: Session, case_id: int) -> Sequence[PenaltyDecision]:
    """Every decision of the case, the first one first; a vary, revoke or correct names the one before."""
    query = select(PenaltyDecision).where(PenaltyDecision.case_id == case_id).order_by(PenaltyDecision.id)
    return session.scalars(query).all()


def conflicted(work: Work, person_id: int, account_id: int) -> bool:
    """Whether somebody stands on the list of those who stay away from a person today (行政处罚法 43)."""
    return stays_away(work.session, person_id, account_id, today=business_date(work.now))


def stays_away(session: Session, person_id: int, account_id: int, *, today: date) -> bool:
    """The same without a work, for a screen that says beforehand why not."""
    query = select(ConflictOfInterest.id).where(
        ConflictOfInterest.account_id == account_id,
        ConflictOfInterest.person_id == person_id,
        ConflictOfInterest.from_day <= today,
        or_(ConflictOfInterest.until_day.is_(None), ConflictOfInterest.until_day >= today),
    )
    return session.scalar(query.limit(1)) is not None
