"""What a board needs to know of a case's clocks: two ordinals, whether they stand still, how urgent the case is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hall.rules.clocks import ClockKind
from hall.rules.lights import Standing

PENDING_URGENCY = 10**9
"""The urgency of a case whose due day is not known: behind every day."""
PAUSED_URGENCY = PENDING_URGENCY + 1
"""The urgency of a case whose clocks stand still: behind everything."""

_OF_LAW: Mapping[ClockKind, int] = {"acceptance": 1, "statutory": 2, "delivery": 3}
"""Clocks of law; the later one governs."""

_OF_PROMISE: frozenset[ClockKind] = frozenset({"promised", "joint"})
"""What a department has for its part of a joint case (联办) is its promise; no case has both."""


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
    by_law: ClockState | None = None
    promised: ClockState | None = None
    for clock in clocks:
        if clock.standing == "stopped":
            continue
        if clock.kind in _OF_PROMISE:
            promised = clock
        elif clock.kind in _OF_LAW and (by_law is None or _OF_LAW[clock.kind] > _OF_LAW[by_law.kind]):
            by_law = clock
    governing = [clock for clock in (by_law, promised) if clock is not None]
    statutory_ordinal = by_law.due_ordinal if by_law else None
    promised_ordinal = promised.due_ordinal if promised else None
    if waiting or (governing and all(clock.standing == "paused" for clock in governing)):
        return BoardFigures("paused", statutory_ordinal, promised_ordinal, PAUSED_URGENCY)
    known = [clock.due_ordinal for clock in governing if clock.due_ordinal is not None]
    return BoardFigures("running", statutory_ordinal, promised_ordinal, min(known, default=PENDING_URGENCY))
