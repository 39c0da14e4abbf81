"""Clocks of a permit case (时限计时): independent ledgers, and how each of them stands on a day.

A clock is a length with its extension and its pauses; the day it starts is day 0 (民法典 201). Nothing is ever counted
down and stored: a due day and what is left follow from the ledger and the calendar. A pause leaves out the days from
the one on which its procedure starts to the one before its result is registered, its first day in any case. A limited
pause leaves out at most what was granted, so the due day stands from its beginning; then the clock runs on by itself.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

from hall.errors import Refused
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.catalogue import Limit, Matter
from hall.rules.lights import Standing, days_of
from hall.rules.spans import Span, contains, days_within, merged
from hall.rules.timelimits import pushed, workday_limit, workdays_within

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

BY_LAW: frozenset[ClockKind] = frozenset({"statutory", "delivery"})
"""Clocks that only the procedures of the law stop (行政许可法 45)."""
BY_PROMISE: frozenset[ClockKind] = frozenset({"promised", "step", "joint"})
"""Clocks that also stop for what the matter publishes; the others never stop."""

_DAY = timedelta(days=1)
_HOURS = 24


class ResultTooEarly(Refused):
    """A procedure cannot have its result before it began."""

    def __init__(self, first_day: date, result_on: date) -> None:
        super().__init__(f"程序{first_day}才开始，结果日期{result_on}早于开始日期，请核对。")


@dataclass(frozen=True, slots=True)
class Pause:
    """A procedure that stops clocks (特别程序). `last_day` is the last day of it, None while it is open.

    `granted` is the time it was given, None (or zero) for as long as it takes. `title` and `basis` are what the written
    notice told the applicant.
    """

    procedure: str
    first_day: date
    last_day: date | None = None
    granted: Limit | None = None
    title: str = ""
    basis: str = ""
    stops_statutory: bool = True
    stops_promised: bool = True

    @property
    def limited(self) -> bool:
        """Whether it was given a time."""
        return self.granted is not None and self.granted.days > 0

    def stops(self, kind: ClockKind) -> bool:
        """Whether clocks of this kind stand still for it."""
        return (self.stops_statutory and kind in BY_LAW) or (self.stops_promised and kind in BY_PROMISE)

    def ended(self, result_on: date) -> "Pause":
        """The same with its result registered on a day, which counts for the clock again. Raises ResultTooEarly."""
        if result_on < self.first_day:
            raise ResultTooEarly(self.first_day, result_on)
        return replace(self, last_day=max(self.first_day, result_on - _DAY))


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that a clock is made of. `extension` is in the limit's unit and counts on from its end.

    `pauses` may be all of the case: each says itself which kinds it stops.
    """

    kind: ClockKind
    limit: Limit
    started_on: date
    extension: int = 0
    pauses: tuple[Pause, ...] = ()
    stopped_on: date | None = None

    @property
    def total(self) -> int:
        """Budget and extension."""
        return self.limit.days + self.extension


class Due(NamedTuple):
    """Where a clock ends; no day while `pending` says which schedule is lacking, or while a pause holds it."""

    day: date | None
    ordinal: int | None
    pending: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days that a pause really leaves out; `last_day` is None while nobody can tell it."""

    pause: Pause
    first_day: date
    last_day: date | None
    pending: str = ""

    @property
    def span(self) -> Span:
        """As a range that may go on for ever."""
        return self.first_day, self.last_day or date.max


@dataclass(frozen=True, slots=True)
class Course:
    """A clock from its beginning to its end: `stretches` are those pauses that move its end, `spans` their days."""

    due: Due
    stretches: tuple[Stretch, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Countdown:
    """The second clock of a pause that is open: how much of the granted time is used.

    `ends_on` is the last day that is left out: the clocks run again on the next one. `left` is negative when the
    procedure takes longer than it was given, None where it has no limit.
    """

    procedure: str
    title: str
    first_day: date
    granted: Limit | None
    used: int
    left: int | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock on a day: used and remaining make budget and extension together, in the clock's unit.

    `remaining` is negative after the due day. `paused_days` are those left out so far. In a year without a schedule
    `consumed` is counted up to the last day that is known.
    """

    kind: ClockKind
    limit: Limit
    started_on: date
    due_on: date | None
    due_ordinal: int | None
    pending: str
    standing: Standing
    budget: int
    extended: int
    consumed: int
    remaining: int
    paused_days: int
    countdowns: tuple[Countdown, ...]


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
    due = due_of(Ledger(kind, limit, started_on), calendar=calendar)
    return ClockStart(kind, limit, started_on, due.day, due.ordinal, due.pending)


def due_of(ledger: Ledger, *, calendar: WorkCalendar) -> Due:
    """Where a clock ends, by its ledger alone."""
    if ledger.pauses:
        return course_of(ledger, calendar=calendar).due
    try:
        day = _end(ledger, (), calendar)
        return Due(day, calendar.ordinal(day))
    except ScheduleMissing as missing:
        return Due(None, None, str(missing))


def course_of(ledger: Ledger, *, calendar: WorkCalendar) -> Course:
    """A clock's end with the pauses that move it. One that begins after the due day moves nothing and hides nothing.

    Nor does one that begins when the clock has been stopped: the day of the stop was a day at work.
    """
    stretches = tuple(_stretch(pause, ledger, calendar) for pause in ledger.pauses if _holds(pause, ledger))
    due = _due_behind(stretches, ledger, calendar)
    moving = tuple(each for each in stretches if due.day is None or each.first_day <= due.day)
    return Course(due, moving, merged(each.span for each in moving))


def read(ledger: Ledger, on: date, *, calendar: WorkCalendar) -> Reading:
    """How a clock stands at the end of a day."""
    course = course_of(ledger, calendar=calendar)
    until = on if ledger.stopped_on is None else min(on, ledger.stopped_on)
    consumed, paused_days = _counted(ledger, course, until, calendar)
    return Reading(
        kind=ledger.kind,
        limit=ledger.limit,
        started_on=ledger.started_on,
        due_on=course.due.day,
        due_ordinal=course.due.ordinal,
        pending=course.due.pending,
        standing=_standing(ledger, course, on),
        budget=ledger.limit.days,
        extended=ledger.extension,
        consumed=consumed,
        remaining=ledger.total - consumed,
        paused_days=paused_days,
        countdowns=_countdowns(ledger, on, calendar),
    )


def last_granted_day(pause: Pause, *, calendar: WorkCalendar) -> date | None:
    """The last day that a limited pause may leave out, counted with its first; None without a limit.

    Raises ScheduleMissing.
    """
    if pause.granted is None or not pause.limited:
        return None
    first, days = pause.first_day, pause.granted.days
    if pause.granted.unit == "workday":
        return calendar.add_workdays(first, days - calendar.is_workday(first))
    return first + (_in_days(pause.granted) - 1) * _DAY


def _holds(pause: Pause, ledger: Ledger) -> bool:
    in_time = ledger.stopped_on is None or pause.first_day < ledger.stopped_on
    return in_time and pause.stops(ledger.kind)


def _stretch(pause: Pause, ledger: Ledger, calendar: WorkCalendar) -> Stretch:
    """A pause that is open when its clock stops ends with it."""
    last = ledger.stopped_on if pause.last_day is None else pause.last_day
    try:
        granted = last_granted_day(pause, calendar=calendar)
    except ScheduleMissing as missing:  # beyond every day that can be counted
        return Stretch(pause, pause.first_day, last, "" if last else str(missing))
    known = [day for day in (last, granted) if day is not None]
    return Stretch(pause, pause.first_day, max(min(known), pause.first_day) if known else None)


def _due_behind(stretches: tuple[Stretch, ...], ledger: Ledger, calendar: WorkCalendar) -> Due:
    open_ended = [each for each in stretches if each.last_day is None]
    held = [each for each in open_ended if not each.pending]
    try:
        day = _end(ledger, merged(each.span for each in stretches if each.last_day is not None), calendar)
        ordinal = calendar.ordinal(day)
    except ScheduleMissing as missing:
        return Due(None, None, "" if held else str(missing))
    reached = [each for each in open_ended if each.first_day <= day]
    if not reached:
        return Due(day, ordinal)
    return Due(None, None, "" if any(each in held for each in reached) else reached[0].pending)


def _end(ledger: Ledger, spans: tuple[Span, ...], calendar: WorkCalendar) -> date:
    """Workdays by the calendar; natural days and hours on the strict day: no roll-over as slack for the authority."""
    start, total = ledger.started_on, ledger.total
    if ledger.limit.unit != "workday":
        return pushed(start, start + _in_days(Limit(total, ledger.limit.unit)) * _DAY, spans)
    if total:
        return workday_limit(calendar, start, days=total, excluded=spans).due
    return _on_the_spot(start, spans, calendar)


def _on_the_spot(start: date, spans: tuple[Span, ...], calendar: WorkCalendar) -> date:
    """The first workday that no pause leaves out: nothing is late before the hall has worked."""
    day = calendar.next_workday(start)
    for first, last in spans:
        if first <= day <= last:
            day = calendar.next_workday(last + _DAY)
    return day


def _counted(ledger: Ledger, course: Course, until: date, calendar: WorkCalendar) -> tuple[int, int]:
    """Units used and units left out, up to and including a day."""
    after = ledger.started_on
    if ledger.limit.unit == "workday" and not ledger.total:
        after = course.due.day or date.max
    if until <= after:
        return 0, 0
    if ledger.limit.unit == "workday":
        return _counted_workdays(course.spans, after, until, calendar)
    unit = _HOURS if ledger.limit.unit == "hour" else 1
    left_out = days_within(course.spans, after + _DAY, until)
    return ((until - after).days - left_out) * unit, left_out * unit


def _counted_workdays(spans: tuple[Span, ...], after: date, until: date, calendar: WorkCalendar) -> tuple[int, int]:
    try:
        passed = calendar.workdays_between(after, until)
    except ScheduleMissing as missing:
        until = max(after, date(missing.year - 1, 12, 31))
        passed = calendar.workdays_between(after, until) if until > after else 0
    left_out = workdays_within(calendar, spans, after=after, last=until) if until > after else 0
    return passed - left_out, left_out


def _standing(ledger: Ledger, course: Course, on: date) -> Standing:
    """Only a pause without its result lets a clock stand; the day of a result is a day at work."""
    if ledger.stopped_on is not None and ledger.stopped_on <= on:
        return "stopped"
    still = (each.span for each in course.stretches if each.pause.last_day is None)
    return "paused" if contains(still, on) else "running"


def _countdowns(ledger: Ledger, on: date, calendar: WorkCalendar) -> tuple[Countdown, ...]:
    if ledger.stopped_on is not None:
        return ()
    running = (pause for pause in ledger.pauses if pause.stops(ledger.kind) and pause.last_day is None)
    return tuple(countdown(pause, on, calendar=calendar) for pause in running if pause.first_day <= on)


def countdown(pause: Pause, on: date, *, calendar: WorkCalendar) -> Countdown:
    """How far a pause has come at the end of a day: its first day counts."""
    by_days = pause.granted is not None and pause.granted.unit != "workday"
    span = ((pause.first_day, on),)
    if by_days:
        used = days_within(span, pause.first_day, on)
    else:
        used, _ = _counted_workdays((), pause.first_day, on, calendar)
        used += _is_workday(calendar, pause.first_day)
    try:
        ends_on = last_granted_day(pause, calendar=calendar)
    except ScheduleMissing:
        ends_on = None
    left = _in_days(pause.granted) - used if pause.granted is not None and pause.limited else None
    return Countdown(pause.procedure, pause.title, pause.first_day, pause.granted, used, left, ends_on)


def _is_workday(calendar: WorkCalendar, day: date) -> bool:
    try:
        return calendar.is_workday(day)
    except ScheduleMissing:
        return False


def _in_days(limit: Limit) -> int:
    return days_of(limit) or 0
