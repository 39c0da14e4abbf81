"""Clocks of a permit case (时限计时): which there are, and where each ends when it starts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.catalogue import Limit, Matter

ClockKind = Literal[
    "acceptance",
    "statutory",
    "promised",
    "step",
    "procedure",
    "supplement",
    "delivery",
    "joint",
    "supervision",
]


@dataclass(frozen=True, slots=True)
class ClockStart:
    """A clock as it starts. `due_on` and `due_ordinal` are None while `pending` says what is lacking."""

    kind: ClockKind
    limit: Limit
    started_on: date
    due_on: date | None
    due_ordinal: int | None
    pending: str = ""


def start_clocks(matter: Matter, accepted_on: date, *, calendar: WorkCalendar) -> tuple[ClockStart, ...]:
    """The statutory and the promised clock from the day of acceptance, which is day 0 (行政许可法 42, 82)."""
    limits: tuple[tuple[ClockKind, Limit | None], ...] = (
        ("statutory", matter.statutory),
        ("promised", matter.promised),
    )
    return tuple(
        start_clock(kind, limit, accepted_on, calendar=calendar) for kind, limit in limits if limit is not None
    )


def start_clock(kind: ClockKind, limit: Limit, started_on: date, *, calendar: WorkCalendar) -> ClockStart:
    """One clock; a due date that needs a year without a schedule stays pending, never guessed."""
    try:
        due_on = _due(limit, started_on, calendar)
        return ClockStart(kind, limit, started_on, due_on, calendar.ordinal(due_on))
    except ScheduleMissing as missing:
        return ClockStart(kind, limit, started_on, None, None, str(missing))


def _due(limit: Limit, started_on: date, calendar: WorkCalendar) -> date:
    """Workdays by the calendar; natural days and hours on the strict day: no roll-over as slack for the authority.

    On the spot is a workday too: what is handed in on a rest day is not late before the hall has worked.
    """
    if limit.unit == "workday" and limit.days == 0 and not calendar.is_workday(started_on):
        return calendar.next_workday(started_on)
    if limit.unit == "workday":
        return calendar.add_workdays(started_on, limit.days)
    if limit.unit == "day":
        return started_on + timedelta(days=limit.days)
    return started_on + timedelta(days=-(-limit.days // 24))
