"""The clocks of a penalty case: which legal periods run, since when, until when, and which are over."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.rules.timelimits import Explanation

PenaltyClockKind = Literal[
    "correction",
    "closing",
    "defence",
    "hearing_request",
    "service",
    "publicity",
    "payment",
    "enforcement",
    "reminder",
    "review",
    "litigation",
    "court",
]
Side = Literal["authority", "party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyClock:
    """One period of a case; its title is `words.PENALTY_CLOCKS[kind]`.

    `side`: whose period it is; only the authority's own ones are alarms. `due`: the last day, rolled past rest days
    where the law rolls; None while `pending` names the schedule that is lacking. `strict_due`: the end without
    rolling, the red line of an authority. `act_by`: the last workday before it. `ended_on`: when what it waits for
    was done. `note`: what it counts from, in words.
    """

    kind: PenaltyClockKind
    side: Side
    started_on: date
    due: date | None
    law: str
    note: str
    strict_due: date | None = None
    act_by: date | None = None
    pending: str | None = None
    ended_on: date | None = None
    why: Explanation = tuple
