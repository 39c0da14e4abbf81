"""Lights of a case: how its running clocks stand today, by workday ordinals alone."""

from dataclasses import dataclass
from typing import Literal

Light = Literal["normal", "warning", "today", "over_promised", "over_statutory", "pending"]

# A group of cases that somebody must look at.
Pressing = Literal["today", "warning", "over"]

# Most pressing first: the order of lists and of counts.
LIGHTS: tuple[Light, ...] = (
    "over_statutory",
    "over_promised",
    "today",
    "warning",
    "normal",
    "pending",
)


@dataclass(frozen=True, slots=True)
class LightRule:
    """How many workdays before the due day a case turns yellow (0: only on the day itself)."""

    warning_days: int


@dataclass(frozen=True, slots=True)
class DueOrdinals:
    """Due days of a case as workday ordinals; None while a date is pending or a clock does not run."""

    statutory: int | None
    promised: int | None


@dataclass(frozen=True, slots=True)
class Today:
    """A day as an ordinal. A rest day has that of the workday before: what was due then is late already."""

    ordinal: int
    rest: bool = False

    def past(self, due: int) -> bool:
        """Whether the due day has ended."""
        return due < self.ordinal or (self.rest and due == self.ordinal)


def remaining_days(due: int, today: int) -> int:
    """Workdays left: 0 on the due day, negative after it."""
    return due - today


def light(due: DueOrdinals, today: Today, *, rule: LightRule) -> Light:
    """The light for today. A statutory breach outranks a broken promise; a case without any date is pending."""
    known = [day for day in (due.promised, due.statutory) if day is not None]
    if not known:
        return "pending"
    if due.statutory is not None and today.past(due.statutory):
        return "over_statutory"
    if due.promised is not None and today.past(due.promised):
        return "over_promised"
    left = remaining_days(min(known), today.ordinal)
    if left == 0:
        return "today"
    if left <= rule.warning_days:
        return "warning"
    return "normal"


def due_range(pressing: Pressing, today: Today, *, rule: LightRule) -> tuple[int | None, int]:
    """First (None: no bound) and last ordinal of the nearer due day of the cases in a group."""
    last_late = today.ordinal if today.rest else today.ordinal - 1
    ranges: dict[Pressing, tuple[int | None, int]] = {
        "over": (None, last_late),
        "today": (last_late + 1, today.ordinal),
        "warning": (today.ordinal + 1, today.ordinal + rule.warning_days),
    }
    return ranges[pressing]
