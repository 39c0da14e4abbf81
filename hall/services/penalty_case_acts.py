"""What may be done about a case as such now: correction, evidence, service, its end; and why not the rest."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.rules.penalties import (
    closing_reasons,
    correction_reasons,
    drop_reasons,
    evidence_reasons,
    officers_reasons,
)
from hall.rules.penalty_acts import PenaltyAct
from hall.services.penalty_ending import end_facts, open_goods
from hall.services.penalty_serving import to_serve, under_way
from hall.store.schema.penalties import PenaltyCase

_EVIDENCE = "行政处罚法第五十六条"
_SERVICE = "行政处罚法第六十一条"


def penalty_case_acts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyAct, ...]:
    """By the stage: correction, general procedure, evidence, drop, service, close."""
    return (
        *_before(session, case),
        *_evidence(case),
        *_officers(case),
        *_serving(session, case),
        *_closing(session, case, today=today, home=home),
    )


def _before(session: Session, case: PenaltyCase) -> Iterator[PenaltyAct]:
    if case.state != "filed":
        return
    reasons = correction_reasons(case.state)
    yield PenaltyAct("note_correction", "penalty.investigate", reasons, law="行政处罚法第二十八条")
    if case.procedure == "simple":
        yield PenaltyAct("to_general", "penalty.investigate", law="行政处罚法第五十一条、第五十四条")
    goods = drop_reasons(case.state, goods=open_goods(session, case.id))
    yield PenaltyAct("drop", "penalty.decide", goods, law="行政处罚法第五十四条、第五十七条")


def _evidence(case: PenaltyCase) -> Iterator[PenaltyAct]:
    """What is kept is dealt with also after the case has ended."""
    if case.evidence_on is not None and case.evidence_ended_on is None:
        yield PenaltyAct("end_evidence", "penalty.investigate", law=_EVIDENCE)
    elif not evidence_reasons(case.state, held_on=case.evidence_on, ended_on=case.evidence_ended_on):
        yield PenaltyAct("hold_evidence", "penalty.investigate", law=_EVIDENCE)


def _officers(case: PenaltyCase) -> Iterator[PenaltyAct]:
    if not officers_reasons(case.state):
        yield PenaltyAct("officers", "penalty.staff", law="行政处罚法第四十二条、第四十三条")


def _serving(session: Session, case: PenaltyCase) -> Iterator[PenaltyAct]:
    if to_serve(session, case.id):
        yield PenaltyAct("serve", "penalty.serve", law=_SERVICE)
    if under_way(session, case.id) is not None:
        yield PenaltyAct("serve_arrive", "penalty.serve", law=_SERVICE)
        yield PenaltyAct("serve_fail", "penalty.serve", law=_SERVICE)


def _closing(session: Session, case: PenaltyCase, *, today: date, home: Path) -> Iterator[PenaltyAct]:
    if case.state in ("decided", "served"):
        reasons = closing_reasons(end_facts(session, case, today=today, home=home))
        yield PenaltyAct("close", "penalty.investigate", reasons, law="行政处罚法第四十七条")
