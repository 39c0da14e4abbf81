"""Why a due date is what it is: every day from the start of a clock to its end, counted or not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hall.rules.calendar import WEEKDAY_NAMES, WorkCalendar
from hall.rules.clocks import Course, Ledger, Stretch, course_of
from hall.words import LIMIT_UNITS

DayMark = Literal["start", "counted", "work", "rest", "paused"]
"""`work`: a weekend day at work by the schedule; it counts like any other."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a clock: its number, 0 for the first day, None for a day that is not counted, with the reason.

    `remark` says what changes from this day on: a pause begins, its granted time is over, the extension runs.
    """

    day: date
    count: int | None
    note: str
    mark: DayMark = "counted"
    remark: str = ""


def count_days(calendar: WorkCalendar, ledger: Ledger, *, on: date) -> tuple[CountedDay, ...]:
    """Every day from start to end; up to `on` while nobody can tell the end. The first day does not count (民法典201);
    working days count only workdays (行政许可法82), natural days and hours count every day; what a pause leaves out is
    not counted (行政许可法45). Raises ScheduleMissing for a day that has no schedule.
    """
    course = course_of(ledger, calendar=calendar)
    end = course.due.day or max(on, ledger.started_on)
    return (_first_day(ledger, course), *_days_after(calendar, ledger, course, end))


def _first_day(ledger: Ledger, course: Course) -> CountedDay:
    on_the_spot = not ledger.total and course.due.day == ledger.started_on
    return CountedDay(ledger.started_on, 0, "即办，当日办结" if on_the_spot else "起算日不计", "start")


def _days_after(calendar: WorkCalendar, ledger: Ledger, course: Course, end: date) -> Iterator[CountedDay]:
    count, day = 0, ledger.started_on
    while day < end:
        day += _DAY
        note, works = _calendar_note(calendar, day), calendar.is_workday(day)
        if (stretch := _stretch_on(course, day)) is not None:
            place = (day - stretch.first_day).days + 1
            words = f"{_title(stretch)}第{place}天" if works else f"{_title(stretch)}第{place}天，{note}"
            yield CountedDay(day, None, words, "paused", _begins(stretch, day, ledger))
        elif ledger.limit.unit == "workday" and not works:
            yield CountedDay(day, None, note, "rest")
        else:
            count += 1
            remark = _goes_on(course, day) or _extended(ledger, count)
            yield CountedDay(day, count, note, "work" if note.endswith("上班") else "counted", remark)


def _stretch_on(course: Course, day: date) -> Stretch | None:
    return next((each for each in course.stretches if each.span[0] <= day <= each.span[1]), None)


def _begins(stretch: Stretch, day: date, ledger: Ledger) -> str:
    """On the first day that this pause leaves out; one that began with the clock left out nothing before its second."""
    if day != max(stretch.first_day, ledger.started_on + _DAY):
        return ""
    basis = f"（{stretch.pause.basis}）" if stretch.pause.basis else ""
    return f"{_title(stretch)}期间不计入{basis}"


def _goes_on(course: Course, day: date) -> str:
    """On the first day after a granted time that was not enough."""
    for stretch in course.stretches:
        pause, last = stretch.pause, stretch.last_day
        if last == day - _DAY and pause.granted is not None and (pause.last_day is None or pause.last_day > last):
            return f"{_title(stretch)}给定的{pause.granted}已满，继续计时"
    return ""


def _extended(ledger: Ledger, count: int) -> str:
    if not ledger.extension or count != ledger.limit.days + 1:
        return ""
    return f"延期{ledger.extension}{LIMIT_UNITS[ledger.limit.unit]}自此日起"


def _title(stretch: Stretch) -> str:
    return stretch.pause.title or stretch.pause.procedure


def _calendar_note(calendar: WorkCalendar, day: date) -> str:
    named = calendar.schedule_day(day)
    if named is not None and named.kind == "work":
        return f"{named.name}调休上班"
    if named is not None:
        return named.name
    return "" if calendar.is_workday(day) else f"周{WEEKDAY_NAMES[day.weekday()]}"
