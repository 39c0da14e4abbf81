"""The four lawful roads of a stored penalty case as of a day: open or closed, and why."""

from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from hall.rules.fines import FinePosition
from hall.rules.leniency import allowed
from hall.rules.penalty_roads import BEFORE, RoadFacts, RoadView, Stage, StageFacts, roads, stage_of
from hall.services import fines
from hall.services.leniency_facts import eligibility_of
from hall.services.penalty_records import decisions_of
from hall.store.schema.fines import DeferralRequest, ExecutionAgreement
from hall.store.schema.leniency import LeniencyRequest
from hall.store.schema.penalties import PenaltyCase, PenaltyEvent, PenaltyProposal


def roads_of(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[RoadView, ...]:
    """Each road of the case; what it depends on is read here and judged by `rules.penalty_roads`."""
    return roads(road_facts(session, case, today=today, home=home))


def road_facts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> RoadFacts:
    """Stage, limbs that fit, what is owed, and what waits for an answer."""
    fine = fines.position_of(session, case, on=today, home=home)
    stage = _stage(session, case, fine)
    found = eligibility_of(session, case, today=today, home=home) if stage in BEFORE else None
    fits = [each for each in found.limbs if each.status == "satisfied" and each.rule.results] if found else []
    return RoadFacts(
        stage=stage,
        results=allowed(found) if found else (),
        fits=tuple(each.rule.words for each in fits),
        principal_fen=fine.principal_left_fen if fine else 0,
        added_fen=fine.added_left_fen if fine else 0,
        asked_before=_is_there(
            session, LeniencyRequest.case_id == case.id, LeniencyRequest.state == "open", LeniencyRequest.wanted != ""
        ),
        asked_later=_is_there(session, DeferralRequest.case_id == case.id, DeferralRequest.decided_on.is_(None)),
        asked_surcharge=_is_there(
            session, ExecutionAgreement.case_id == case.id, ExecutionAgreement.state == "proposed"
        ),
    )


def stage_now(session: Session, case: PenaltyCase, *, today: date, home: Path) -> Stage:
    """How far a case is."""
    return _stage(session, case, fines.position_of(session, case, on=today, home=home))


def _stage(session: Session, case: PenaltyCase, fine: FinePosition | None) -> Stage:
    decisions = [each for each in decisions_of(session, case.id) if each.kind != "correct"]
    proposal = session.scalars(
        select(PenaltyProposal).where(PenaltyProposal.case_id == case.id, PenaltyProposal.state == "open")
    ).one_or_none()
    facts = StageFacts(
        state=case.state,
        told=proposal is not None and proposal.told_on is not None,
        heard=proposal is not None and bool(proposal.defended_on or proposal.hearing_record),
        punishes=not decisions or decisions[-1].kind != "none",
        owed_fen=fine.balance_fen if fine else 0,
        overdue=fine is not None and fine.overdue,
        enforced=_is_there(session, PenaltyEvent.case_id == case.id, PenaltyEvent.kind == "court"),
    )
    return stage_of(facts)


def _is_there(session: Session, *wanted: ColumnElement[bool]) -> bool:
    return session.scalar(select(1).where(*wanted).limit(1)) is not None
