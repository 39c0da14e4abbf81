"""What may be done about a penalty case now: every subject is asked, then who the actor is and which duty it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from hall.rules.authority import may, who_may
from hall.rules.penalty_acts import PenaltyAct
from hall.rules.penalty_duties import Duty, DutyConflict, NotTheOfficer, OwnInterest, check_duty
from hall.rules.penalty_roads import RoadView
from hall.rules.people import Actor
from hall.services.fine_acts import fine_acts
from hall.services.leniency_acts import leniency_acts
from hall.services.payment_acts import payment_acts
from hall.services.penalty_case_acts import penalty_case_acts
from hall.services.penalty_decision_acts import penalty_decision_acts
from hall.services.penalty_records import duties_of, officer_accounts, stays_away
from hall.services.publicity_acts import publicity_acts
from hall.store.schema.penalties import PenaltyCase
from hall.words import PENALTY_ACTS


class ActsOf(Protocol):
    """What every subject answers: its acts in the stage of the case, by law."""

    def __call__(self, session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyAct, ...]: ...


_SUBJECTS: tuple[ActsOf, ...] = (
    penalty_case_acts,
    penalty_decision_acts,
    leniency_acts,
    fine_acts,
    payment_acts,
    publicity_acts,
)

DUTY_OF: Mapping[str, Duty] = {
    "leniency.apply": "intake",
    "deferral.apply": "intake",
    "penalty.investigate": "investigate",
    "penalty.on_spot": "investigate",
    "agreement.propose": "investigate",
    "cash.collect": "investigate",
    "penalty.legal": "legal",
    "penalty.decide": "decide",
    "penalty.correct": "decide",
    "deferral.decide": "decide",
    "agreement.decide": "decide",
    "payment.settle": "cash",
    "cash.bank": "cash",
}
"""What somebody answers for who does an act of this action; an action that is not here takes no duty."""


@dataclass(frozen=True, slots=True)
class RoadLine:
    """A lawful road as the window tells it: open or closed and why, and what can be done on it now by which roles."""

    view: RoadView
    steps: tuple[tuple[str, str], ...]


def acts_by_law(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyAct, ...]:
    """Every act of the case's stage with what stands in its way, whoever asks, in the order of PENALTY_ACTS."""
    acts = [act for subject in _SUBJECTS for act in subject(session, case, today=today, home=home)]
    order = list(PENALTY_ACTS)
    return tuple(sorted(acts, key=lambda act: order.index(act.name)))


def road_lines(views: Sequence[RoadView], acts: Sequence[PenaltyAct]) -> tuple[RoadLine, ...]:
    """The roads in their order, each with those of its acts that nothing stands in the way of, whoever may do them."""
    return tuple(
        RoadLine(
            view, tuple((act.name, who_may(act.action)) for act in acts if act.road == view.road and not act.reasons)
        )
        for view in views
    )


def acts_for(
    session: Session, case: PenaltyCase, actor: Actor, *, acts: Sequence[PenaltyAct], today: date
) -> tuple[PenaltyAct, ...]:
    """The acts that the actor's roles allow; in another duty or with an interest of its own it learns that here."""
    held, officers = duties_of(session, case.id), officer_accounts(session, case.id)
    conflicted = stays_away(session, case.party_id, actor.account_id, today=today)
    mine = (act for act in acts if may(actor, act.action))
    return tuple(replace(act, reasons=(*act.reasons, *_own(act, actor, held, conflicted, officers))) for act in mine)


def _own(
    act: PenaltyAct, actor: Actor, held: Mapping[int, Duty], conflicted: bool, officers: frozenset[int]
) -> tuple[str, ...]:
    duty = DUTY_OF.get(act.action)
    if duty is None:
        return ()
    try:
        check_duty(actor.account_id, duty, held=held, conflicted=conflicted, officers=officers)
    except (DutyConflict, OwnInterest, NotTheOfficer) as refusal:
        return (refusal.sentence,)
    return ()
