"""Days of a request: told within 15, finished within 60 (+30), promised within 7 workdays; a unit's day; the light.

Natural days of 信访工作条例 are kept strict: a rest day at the end gives the authority nothing (timelimits.csv).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from hall.errors import Refused
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.lights import Light
from hall.rules.requests import OPEN, DispatchState, RequestState
from hall.rules.timelimits import LimitRequest, compute
from hall.rules.timelimits_file import LimitTable

TOLD, FINISHED, PROMISED = "petition.acceptance", "petition.closing", "complaint.reply"
"""Names in `timelimits.csv`: 信访工作条例 23, 34; the hall's own promise."""
OBJECTED = "petition.objection"
"""信访工作条例 23(3): a unit to which a matter was passed on, and whose it is not."""


class BadExtension(Refused):
    """An extension that lengthens nothing."""

    def __init__(self) -> None:
        super().__init__("延长的天数至少是 1 天，请重新填写。")


@dataclass(frozen=True, slots=True)
class RequestDues:
    """By when; None where there is no such day. `pending` says which schedule the promise waits for."""

    told_by: date | None
    finish_by: date | None
    promised_by: date | None
    pending: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDays:
    """A request as its clocks see it; `unit_by` is the day of the dispatch that runs."""

    state: RequestState
    dispatch: DispatchState | None = None
    told_by: date | None = None
    told_on: date | None = None
    finish_by: date | None = None
    promised_by: date | None = None
    unit_by: date | None = None


@dataclass(frozen=True, slots=True)
class RequestStanding:
    """The nearest day and what it is for; both empty where nothing is due. `light` None: it has ended."""

    due_on: date | None
    what: str
    light: Light | None


def request_dues(
    calendar: WorkCalendar, limits: LimitTable, *, received_on: date, petition: bool, answerable: bool
) -> RequestDues:
    """Where the days end. An anonymous person cannot be told, so nothing is due to be told."""
    promise = compute(calendar, limits.limit(PROMISED, received_on), LimitRequest(start=received_on))
    return RequestDues(
        told_by=_strict(calendar, limits, TOLD, received_on) if petition and answerable else None,
        finish_by=_strict(calendar, limits, FINISHED, received_on) if petition else None,
        promised_by=promise.due if isinstance(promise.due, date) else None,
        pending=promise.pending or "",
    )


def extended(calendar: WorkCalendar, limits: LimitTable, *, received_on: date, days: int) -> date:
    """The new last day (信访工作条例 34: at most thirty more). Raises BadExtension, BadLimitRequest."""
    if days < 1:
        raise BadExtension
    request = LimitRequest(start=received_on, extension_days=days)
    end = compute(calendar, limits.limit(FINISHED, received_on), request).strict_due
    assert end is not None
    return end


def unit_due(calendar: WorkCalendar, *, sent_on: date, workdays: int, latest: tuple[date | None, ...]) -> date | None:
    """By when a unit feeds back: never later than the request itself; None while the schedule is lacking.

    Where it is lacking, a day of the request within the years that are there is earlier than the unit's own would be.
    """
    known = [day for day in latest if day is not None]
    try:
        known.append(calendar.add_workdays(sent_on, workdays))
    except ScheduleMissing:
        known = [day for day in known if day.year in calendar.years]
    return max(sent_on, min(known)) if known else None


def return_day(calendar: WorkCalendar, limits: LimitTable, *, sent_on: date) -> date | None:
    """Until when a unit may give a request back by itself (信访工作条例 23(3)); None while the schedule is lacking."""
    end = compute(calendar, limits.limit(OBJECTED, sent_on), LimitRequest(start=sent_on)).due
    return end if isinstance(end, date) else None


def standing(days: RequestDays, *, today: date, warning_days: int) -> RequestStanding:
    """How it stands today. What the law laid down outranks what was promised."""
    if days.state not in OPEN:
        return RequestStanding(None, "", None)
    own = [(day, what) for day, what in _running(days) if day is not None]
    if not own:
        return RequestStanding(None, "", "pending")
    due_on, what = min(own)
    return RequestStanding(due_on, what, _light(days, due_on, today, warning_days))


def _light(days: RequestDays, due_on: date, today: date, warning_days: int) -> Light:
    untold = days.told_by if days.told_on is None else None
    if any(day is not None and day < today for day in (untold, days.finish_by)):
        return "over_statutory"
    if due_on < today:
        return "over_promised"
    if due_on == today:
        return "today"
    return "warning" if due_on - today <= timedelta(days=warning_days) else "normal"


def _running(days: RequestDays) -> tuple[tuple[date | None, str], ...]:
    return (
        (days.told_by if days.told_on is None else None, "告知受理"),
        (days.unit_by if days.dispatch in ("sent", "taken", "sent_back") else None, "单位反馈"),
        (days.promised_by, "承诺答复"),
        (days.finish_by, "法定办结"),
    )


def _strict(calendar: WorkCalendar, limits: LimitTable, name: str, start: date) -> date:
    day = compute(calendar, limits.limit(name, start), LimitRequest(start=start)).strict_due
    assert day is not None
    return day
