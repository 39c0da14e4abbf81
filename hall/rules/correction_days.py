"""Days by which faults are corrected: which of them came while they stood, though they were moved afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DaySet:
    """On which day it was said by when something is corrected; `by` None: nothing is, or not now."""

    on: date
    by: date | None


def days_come(days: Sequence[DaySet]) -> tuple[date, ...]:
    """Of days in the order they were set: those that were not moved or lifted by their own end.

    A fault that is found not to be mended after its day gets another; the day that was missed stays missed.
    """
    nexts = [*(each.on for each in days[1:]), date.max]
    return tuple(each.by for each, moved in zip(days, nexts, strict=False) if each.by is not None and moved > each.by)
