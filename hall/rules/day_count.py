"""Why a due date is what it is: every day from the start of a clock to its end, counted or not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hall.rules.calendar import WEEKDAY_NAMES, WorkCalendar
from hall.rules.catalogue import Limit

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a clock: its number, 0 for the first day, None for a day that is not counted."""

    day: date
    count: int | None
    note: str


def count_days(calendar: WorkCalendar, limit: Limit, started_on: date, *, due_on: date) -> tuple[CountedDay, ...]:
    """Every day from start to end. The first day does not count (民法典201); working days count only workdays
    (行政许可法82), natural days and hours count every day. Raises ScheduleMissing."""
    first = CountedDay(started_on, 0, "起算日不计")
    return (first, *_days_after(calendar, limit, started_on, due_on))


def _days_after(calendar: WorkCalendar, limit: Limit, started_on: date, due_on: date) -> Iterator[CountedDay]:
    count, day = 0, started_on
    while day < due_on:
        day += _DAY
        counts = limit.unit != "workday" or calendar.is_workday(day)
        count += counts
        yield CountedDay(day, count if counts else None, _note(calendar, day))


def _note(calendar: WorkCalendar, day: date) -> str:
    named = calendar.schedule_day(day)
    if named is not None and named.kind == "work":
        return f"{named.name}调休上班"
    if named is not None:
        return named.name
    return "" if calendar.is_workday(day) else f"周{WEEKDAY_NAMES[day.weekday()]}"
