"""What may be done about leniency in a penalty case now, and in words of law why the rest may not."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.rules.leniency import LeniencyRefused, check_result
from hall.rules.penalty_acts import PenaltyAct
from hall.rules.penalty_roads import BEFORE, RoadFacts, road
from hall.services.education import EDUCABLE
from hall.services.leniency import AskedAlready, NotExamined
from hall.services.leniency_facts import eligibility_of
from hall.services.leniency_records import asked_for, open_request
from hall.services.penalty_roads import road_facts
from hall.services.penalty_staff import NotTwoOfficers, check_officers
from hall.store.schema.leniency import LeniencyRequest
from hall.store.schema.penalties import PenaltyCase

_LIMBS, _EXAMINED = "行政处罚法第三十条至第三十三条", "行政处罚法第四十二条、第五十七条"


def leniency_acts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyAct, ...]:
    """leniency_apply always (the road before the decision); examine, leniency_refuse, leniency_withdraw, educate."""
    facts = road_facts(session, case, today=today, home=home)
    request = open_request(session, case.id)
    waiting = request if request is not None and asked_for(request) else None
    acts = [_apply(facts, waiting)]
    two = _two_officers(session, case, today)
    if facts.stage in BEFORE:
        closed = _closed(facts)
        acts.append(PenaltyAct("examine", "penalty.investigate", (*closed, *two), "before", _EXAMINED))
    if waiting is not None:
        reasons = _refusal(session, case, waiting, today=today, home=home)
        acts.append(PenaltyAct("leniency_refuse", "penalty.decide", reasons, "before", _LIMBS))
        acts.append(PenaltyAct("leniency_withdraw", "leniency.apply", (), "before", _LIMBS))
    if case.state in EDUCABLE:
        acts.append(PenaltyAct("educate", "penalty.investigate", two, law="行政处罚法第三十三条第三款"))
    return tuple(acts)


def _apply(facts: RoadFacts, waiting: LeniencyRequest | None) -> PenaltyAct:
    reasons = _closed(facts) or ((AskedAlready(waiting.number).sentence,) if waiting else ())
    return PenaltyAct("leniency_apply", "leniency.apply", reasons, "before", _LIMBS)


def _closed(facts: RoadFacts) -> tuple[str, ...]:
    before = road(facts, "before")
    return () if before.open else (before.why,)


def _two_officers(session: Session, case: PenaltyCase, today: date) -> tuple[str, ...]:
    try:
        check_officers(session, case, day=today)
    except NotTwoOfficers as refusal:
        return (refusal.sentence,)
    return ()


def _refusal(
    session: Session, case: PenaltyCase, request: LeniencyRequest, *, today: date, home: Path
) -> tuple[str, ...]:
    """An answer follows an examination, and cannot refuse what law makes binding."""
    if request.examined_on is None:
        return (NotExamined().sentence,)
    try:
        check_result(eligibility_of(session, case, today=today, home=home), "ordinary", None)
    except LeniencyRefused as refusal:
        return (refusal.sentence,)
    return ()
