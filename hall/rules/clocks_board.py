"""What a board needs to know of a case's clocks: two ordinals, whether they stand still, how urgent the case is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from hall.rules.clocks import ClockKind
from hall.rules.lights import Standing

PENDING_URGENCY = 10**9
"""The urgency of a case whose due day is not known: behind every day."""
PAUSED_URGENCY = PENDING_URGENCY + 1
"""The urgency of a case whose clocks stand still: behind everything."""

_OF_LAW: tuple[ClockKind, ...] = ("delivery", "statutory", "acceptance")


class ClockState(NamedTuple):
    """A clock as it is stored: which it is, how it stands, where it ends."""

    kind: ClockKind
    standing: Standing
    due_ordinal: int | None


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """The limit of law and the promise that govern now, as workday ordinals; the smaller one is the urgency."""

    standing: Standing
    statutory_ordinal: int | None
    promised_ordinal: int | None
    urgency: int


def board_figures(clocks: Iterable[ClockState], *, waiting: bool, closed: bool) -> BoardFigures:
    """How a case stands. `waiting`: for its applicant, before acceptance; `closed`: it has ended.

    It is paused when everything that governs it stands still: a limit that runs on is never hidden by a pause of the
    other. By law governs the limit of the delivery, else that of the decision, else that of the acceptance.
    """
    if closed:
        return BoardFigures("stopped", None, None, PAUSED_URGENCY)
    running = {clock.kind: clock for clock in clocks if clock.standing != "stopped"}
    by_law = next((running[kind] for kind in _OF_LAW if kind in running), None)
    governing = [clock for clock in (by_law, running.get("promised")) if clock is not None]
    statutory, promised = (clock.due_ordinal if clock else None for clock in (by_law, running.get("promised")))
    if waiting or (governing and all(clock.standing == "paused" for clock in governing)):
        return BoardFigures("paused", statutory, promised, PAUSED_URGENCY)
    known = [clock.due_ordinal for clock in governing if clock.due_ordinal is not None]
    return BoardFigures("running", statutory, promised, min(known, default=PENDING_URGENCY))
