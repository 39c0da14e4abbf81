"""Legal time limits: when a period ends, counted as the law counts it, and the count day by day.

The day of the event is day 0 (民法典201). Working days follow the State Council's schedules; periods in natural
days and months whose last day is a rest day end on the next workday where the rule rolls (民法典203, 民诉法85),
and the strict day is always kept beside it; hours run through holidays.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Literal, NamedTuple

from hall.errors import Refused
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.spans import Span, contains, days_outside, merged

Unit = Literal["workday", "day", "month", "hour"]
Step = tuple[date | datetime, int]
Explanation = Callable[[], tuple[Step, ...]]

LONGEST = 3650
"""Longest period a request may ask for, in its unit: ten years, beyond which it is a slip of the keyboard."""

_DAY = timedelta(days=1)


class BadLimitRequest(Refused):
    """The rule cannot be applied to what was asked; the sentence says why."""


@dataclass(frozen=True, slots=True)
class LimitRule:
    """One legal period in force from a day on.

    `length` is None where the request must give it (promises); `from_request` says whether it may.
    `law_excluded` is the basis for leaving out time, empty where the law knows none; `extension_max` is the
    longest extension in the rule's unit, 0 for none. `red_line`: an authority acts by the strict day.
    """

    name: str
    title: str
    length: int | None
    unit: Unit
    backward: bool
    rolls: bool
    red_line: bool
    from_request: bool
    extension_max: int
    law: str
    law_excluded: str
    effective_from: date
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class LimitRequest:
    """When a period starts and what changes it. `excluded` ranges count their first and last day."""

    start: date | datetime
    excluded: tuple[Span, ...] = ()
    extension_days: int = 0
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a period ends.

    `due` is None while `pending` names the schedule that is lacking. `strict_due` is the end without rolling
    past rest days, None for working days and hours. `act_by` is the last workday on which an authority can
    still act without touching a red line, where the rule has one. `why()` gives the counted days.
    """

    due: date | datetime | None
    law: str
    strict_due: date | None = None
    act_by: date | None = None
    pending: str | None = None
    why: Explanation = field(default=tuple, repr=False, compare=False)


class WorkdayLimit(NamedTuple):
    """The last day of a period in working days, and its ordinal in the calendar that counted it."""

    due: date
    ordinal: int


def compute(calendar: WorkCalendar, rule: LimitRule, request: LimitRequest) -> Limit:
    """Apply a rule. Raises BadLimitRequest, or ReversedSpan for a range that ends before it begins."""
    _check(rule, request)
    length = _length(rule, request)
    excluded = merged(request.excluded)
    law = rule.law_excluded if excluded else rule.law
    if rule.unit == "hour":
        return _in_hours(request.start, length, law)
    try:
        if rule.unit == "workday":
            return _in_workdays(calendar, request.start, length, rule=rule, excluded=excluded, law=law)
        return _in_natural_days(calendar, request.start, length, rule=rule, excluded=excluded, law=law)
    except OverflowError as error:
        raise BadLimitRequest("期限算到公元9999年以后，请核对起算日期") from error


def workday_limit(calendar: WorkCalendar, start: date, *, days: int, excluded: Iterable[Span] = ()) -> WorkdayLimit:
    """The end of a forward period of working days, leaving out excluded ranges (行政许可法45).

    Each workday of an excluded range that lies inside the period pushes its end by one. Raises
    ScheduleMissing, or ReversedSpan.
    """
    due = calendar.add_workdays(start, days)
    left_out = 0
    for span in merged(excluded):
        if span[0] > due:
            break
        left_out += workdays_within(calendar, (span,), after=start, last=span[1])
        due = calendar.add_workdays(start, days + left_out)
    return WorkdayLimit(due, calendar.ordinal(due))


def workdays_within(calendar: WorkCalendar, spans: Iterable[Span], *, after: date, last: date) -> int:
    """Workdays of merged ranges that come after a day, up to and including another. Raises ScheduleMissing."""
    return sum(
        calendar.workdays_between(max(span_first - _DAY, after), min(span_last, last))
        for span_first, span_last in spans
        if span_last > after and span_first <= last
    )


def pushed(start: date, end: date, excluded: tuple[Span, ...]) -> date:
    """The end of a period in natural days: each day of merged ranges that lies inside pushes it by one."""
    for first, last in excluded:
        if first > end:
            break
        if last > start:
            end += last - max(first, start + _DAY) + _DAY
    return end


def _check(rule: LimitRule, request: LimitRequest) -> None:
    if isinstance(request.start, datetime) is not (rule.unit == "hour"):
        raise BadLimitRequest(
            "这条规则按小时计算，起算要写到时分" if rule.unit == "hour" else "这条规则按日计算，起算只写日期"
        )
    if request.excluded and not rule.law_excluded:
        raise BadLimitRequest(f"{rule.title}没有可以扣除时间的规定")
    if not 0 <= request.extension_days <= rule.extension_max:
        allowed = f"最多延长{rule.extension_max}天" if rule.extension_max else "不能延长"
        raise BadLimitRequest(f"{rule.title}{allowed}")


def _length(rule: LimitRule, request: LimitRequest) -> int:
    if request.days is not None and not rule.from_request:
        raise BadLimitRequest(f"{rule.title}的天数由法律规定，不能另给")
    length = rule.length if request.days is None else request.days
    if length is None:
        raise BadLimitRequest(f"{rule.title}没有给出天数")
    if not 1 <= length <= LONGEST:
        raise BadLimitRequest(f"天数应在1到{LONGEST}之间")
    return length + request.extension_days


def _in_hours(start: date | datetime, hours: int, law: str) -> Limit:
    try:
        due = start + timedelta(hours=hours)
    except OverflowError as error:
        raise BadLimitRequest("期限算到公元9999年以后，请核对起算日期") from error
    return Limit(due, law, why=lambda: ((due, hours),))


def _in_workdays(
    calendar: WorkCalendar, start: date, length: int, *, rule: LimitRule, excluded: tuple[Span, ...], law: str
) -> Limit:
    try:
        if rule.backward:
            due = calendar.add_workdays(start, -length)
        else:
            due = workday_limit(calendar, start, days=length, excluded=excluded).due
    except ScheduleMissing as missing:
        return Limit(None, law, pending=str(missing))
    return Limit(due, law, why=partial(_counted_workdays, calendar, start, length, rule.backward, excluded))


def _counted_workdays(
    calendar: WorkCalendar, start: date, length: int, backward: bool, excluded: tuple[Span, ...]
) -> tuple[Step, ...]:
    steps: list[Step] = []
    day = start
    while len(steps) < length:
        day = calendar.add_workdays(day, -1 if backward else 1)
        if not contains(excluded, day):
            steps.append((day, len(steps) + 1))
    return tuple(steps)


def _in_natural_days(
    calendar: WorkCalendar, start: date, length: int, *, rule: LimitRule, excluded: tuple[Span, ...], law: str
) -> Limit:
    """Days or months. Excluded days inside the period push its strict end day by day."""
    unmoved = add_months(start, length) if rule.unit == "month" else start + length * _DAY
    strict = pushed(start, unmoved, excluded)
    why = partial(_counted_months if rule.unit == "month" else _counted_days, start, length, strict, excluded)
    act_by = _act_by(calendar, strict) if rule.red_line else None
    if not rule.rolls:
        return Limit(strict, law, strict, act_by, why=why)
    try:
        due = calendar.next_workday(strict)
    except ScheduleMissing as missing:
        return Limit(None, law, strict, act_by, str(missing), why)
    return Limit(due, law, strict, act_by, why=lambda: _rolled(why(), due))


def _act_by(calendar: WorkCalendar, strict: date) -> date | None:
    try:
        return calendar.previous_workday(strict)
    except ScheduleMissing:
        return None


def add_months(start: date, months: int) -> date:
    """The corresponding day, or the last day of a month that has none (民法典202). Raises OverflowError past 9999."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _counted_days(start: date, length: int, strict: date, excluded: tuple[Span, ...]) -> tuple[Step, ...]:
    return tuple((day, count) for count, day in enumerate(days_outside(excluded, start, strict), 1))


def _counted_months(start: date, length: int, strict: date, excluded: tuple[Span, ...]) -> tuple[Step, ...]:
    """The corresponding day of each month; excluded days move the last one."""
    return _rolled(tuple(_month_steps(start, length)), strict)


def _month_steps(start: date, length: int) -> Iterator[Step]:
    return ((add_months(start, count), count) for count in range(1, length + 1))


def _rolled(steps: tuple[Step, ...], due: date) -> tuple[Step, ...]:
    """Where the period ends later than it was counted: the last count once more, on the day it ends."""
    last, count = steps[-1]
    return steps if last == due else (*steps, (due, count))
