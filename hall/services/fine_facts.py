"""What the acts on a fine depend on, read once: position, applications, agreements, remedies, the court's period."""

from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.fine_acts import FineFacts
from hall.services.fines import position_of
from hall.services.penalty_records import decisions_of
from hall.services.remedy_records import court_period, last_day_of, remedies_of
from hall.store.schema.fines import DeferralRequest, ExecutionAgreement
from hall.store.schema.penalties import PenaltyCase


def fine_facts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> FineFacts:
    """The facts of a case today."""
    decisions = decisions_of(session, case.id)
    position = position_of(session, case, on=today, home=home)
    remedies = remedies_of(session, case.id)
    last = remedies[-1] if remedies else None
    reminded = last_day_of(session, case.id, "remind")
    court = court_period(session, case, remedies=remedies, position=position, reminded_on=reminded)
    agreement = open_agreement(session, case.id)
    return FineFacts(
        today=today,
        decided=bool(decisions),
        revoked=any(each.kind == "revoke" for each in decisions),
        fine_fen=decisions[0].fine_fen if decisions else 0,
        position=position,
        deferral=open_deferral(session, case.id) is not None,
        agreement=agreement.state if agreement else "",
        remedy=last.remedy if last and last.ended_on is None else None,
        outcome=last.outcome if last and not last.carried_out else None,
        reminded_on=reminded,
        remedies_end=court.remedies_end,
        court_from=court.opens_on,
        court_by=court.by,
        court_on=last_day_of(session, case.id, "court"),
    )


def open_deferral(session: Session, case_id: int) -> DeferralRequest | None:
    """The application that waits for its answer."""
    query = select(DeferralRequest).where(DeferralRequest.case_id == case_id, DeferralRequest.decided_on.is_(None))
    return session.scalar(query)


def open_agreement(session: Session, case_id: int) -> ExecutionAgreement | None:
    """The agreement that waits for approval or is being kept."""
    query = select(ExecutionAgreement).where(
        ExecutionAgreement.case_id == case_id, ExecutionAgreement.state.in_(("proposed", "active"))
    )
    return session.scalar(query.order_by(ExecutionAgreement.id.desc()).limit(1))
