"""What may be done before the decision and to decide, and in words of law why not the rest (行政处罚法 44–65)."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.rules.penalty_acts import PenaltyAct
from hall.rules.penalty_gates import (
    GateFacts,
    before_asking_hearing,
    before_decision,
    before_defending,
    before_discussing,
    before_hearing,
    before_legal,
    before_noticing_hearing,
    before_on_spot,
    before_proposing,
    before_telling,
)
from hall.services.leniency_records import education_given, holding_reasons, waiting_reasons
from hall.services.on_spot import to_file
from hall.services.penalty_decisions import NotEducated
from hall.services.penalty_gate_facts import gate_facts, open_proposal
from hall.store.schema.penalties import PenaltyCase

_INVESTIGATE, _LEGAL, _DECIDE, _ON_SPOT = (
    "penalty.investigate",
    "penalty.legal",
    "penalty.decide",
    "penalty.on_spot",
)


def penalty_decision_acts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyAct, ...]:
    """The acts of the stage: proposing to deciding while a case is investigated, filing after a decision on the spot.

    What no gate of this case asks for (a hearing, a review, minutes) is not listed.
    """
    if case.state != "filed":
        return (PenaltyAct("file_on_spot", _ON_SPOT, law="行政处罚法52(3)"),) if to_file(session, case.id) else ()
    facts = gate_facts(session, case, today=today, home=home)
    if case.procedure == "simple":
        return (PenaltyAct("on_spot", _ON_SPOT, before_on_spot(facts), law="行政处罚法51、52"),)
    proposing = (*before_proposing(facts), *waiting_reasons(session, case.id))
    return (
        PenaltyAct("propose", _INVESTIGATE, proposing, law="行政处罚法55、57"),
        *_telling(facts),
        *_hearing(facts),
        *_reviews(facts),
        PenaltyAct("decide", _DECIDE, _before_deciding(session, case, facts, home=home), law="行政处罚法57、59"),
    )


def _telling(facts: GateFacts) -> tuple[PenaltyAct, ...]:
    """What is not punished is not told beforehand."""
    if facts.proposal is None or facts.proposal.result == "none":
        return ()
    return (
        PenaltyAct("tell", _INVESTIGATE, before_telling(facts), law="行政处罚法44"),
        PenaltyAct("defend", _INVESTIGATE, before_defending(facts), law="行政处罚法45、62"),
    )


def _hearing(facts: GateFacts) -> tuple[PenaltyAct, ...]:
    proposal = facts.proposal
    if proposal is None or not proposal.hearing_due:
        return ()
    in_time = min(facts.today, proposal.ask_by or facts.today)  # what came in time may be entered later
    asked = PenaltyAct("ask_hearing", _INVESTIGATE, before_asking_hearing(facts, in_time), law="行政处罚法63、64(1)1")
    if proposal.hearing_asked_on is None:
        return (asked,)
    return (
        PenaltyAct("notice_hearing", _LEGAL, before_noticing_hearing(facts), law="行政处罚法64(1)2"),
        PenaltyAct("hear", _LEGAL, before_hearing(facts), law="行政处罚法64、65"),
    )


def _reviews(facts: GateFacts) -> tuple[PenaltyAct, ...]:
    proposal = facts.proposal
    if proposal is None:
        return ()
    legal = PenaltyAct("legal", _LEGAL, before_legal(facts), law="行政处罚法58")
    minutes = PenaltyAct("discuss", _DECIDE, before_discussing(facts), law="行政处罚法57(2)")
    return (*((legal,) if proposal.legal_due else ()), *((minutes,) if proposal.collective_due else ()))


def _before_deciding(session: Session, case: PenaltyCase, facts: GateFacts, *, home: Path) -> tuple[str, ...]:
    proposal = open_proposal(session, case.id)
    if proposal is None:
        return before_decision(facts)
    held = holding_reasons(session, case, proposal, today=facts.today, home=home)
    lacking = proposal.result == "none" and not education_given(session, case.id)
    return (*before_decision(facts), *held, *((NotEducated().sentence,) if lacking else ()))
