"""Working-day schedules in the database: versions of a year, and the calendar that they make."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.rules.calendar import DayKind, ScheduleDay, WorkCalendar, YearSchedule, check_schedule
from hall.rules.lights import Today
from hall.services.calendar import shipped_calendar
from hall.settings import Settings
from hall.store import Work
from hall.store.opening import checking_session
from hall.store.revision import NotInitialised
from hall.store.schema.calendars import CalendarDay, CalendarYear
from hall.store.schema.halls import Hall

_KNOWN = "calendars"
_KINDS: Mapping[str, DayKind] = {"rest": "rest", "work": "work"}
FAR = 10**9
"""An ordinal later than that of any day: a clock without a date sorts last."""


def store_schedules(work: Work, schedules: tuple[YearSchedule, ...]) -> tuple[list[int], list[int]]:
    """Within the caller's transaction; gives the years stored and those that stood as they were."""
    stored, unchanged = [], []
    present = {schedule.year: schedule for schedule in schedules_in_force(work.session, work.hall_id)}
    for schedule in schedules:
        check_schedule(schedule)
        in_order = replace(schedule, days=tuple(sorted(schedule.days)))
        if present.get(schedule.year) == in_order:
            unchanged.append(schedule.year)
        else:
            _add_version(work, schedule)
            stored.append(schedule.year)
    return stored, unchanged


def calendar_of(settings: Settings) -> WorkCalendar:
    """The calendar of the hall that the settings name, or the shipped one where the database is not initialised."""
    try:
        with checking_session(settings) as session:
            hall_id = session.scalar(select(Hall.id).where(Hall.code == settings.station.hall))
            return calendar_in_force(session, hall_id) if hall_id is not None else shipped_calendar()
    except NotInitialised:
        return shipped_calendar()


def calendar_in_force(session: Session, hall_id: int) -> WorkCalendar:
    """The calendar of all years loaded for a hall: read once in a transaction, which asks for it many times."""
    known: dict[int, WorkCalendar] = session.info.setdefault(_KNOWN, {})
    if hall_id not in known:
        known[hall_id] = _calendar(schedules_in_force(session, hall_id))
    return known[hall_id]


@lru_cache(maxsize=4)
def _calendar(schedules: tuple[YearSchedule, ...]) -> WorkCalendar:
    """The same schedules make the same calendar; counting out its workdays takes milliseconds."""
    return WorkCalendar(schedules)


def today_in(calendar: WorkCalendar, day: date) -> Today:
    """In a year without a schedule: the rest after the last loaded workday, so that what was due is late.

    Nothing can be due in such a year; what would be is pending. The remaining days are then a lower bound of
    the delay, and a warning says why.
    """
    if day.year in calendar.years:
        return Today(calendar.ordinal(day), rest=not calendar.is_workday(day))
    earlier = [year for year in calendar.years if year < day.year]
    return Today(calendar.ordinal(date(earlier[-1], 12, 31)) if earlier else -FAR, rest=True)


def schedules_in_force(session: Session, hall_id: int) -> tuple[YearSchedule, ...]:
    """The newest version of each year."""
    newest = (
        select(CalendarYear.year, func.max(CalendarYear.version).label("version"))
        .where(CalendarYear.hall_id == hall_id)
        .group_by(CalendarYear.year)
        .subquery()
    )
    years = session.scalars(
        select(CalendarYear)
        .join(newest, (newest.c.year == CalendarYear.year) & (newest.c.version == CalendarYear.version))
        .where(CalendarYear.hall_id == hall_id)
        .order_by(CalendarYear.year)
    ).all()
    days: dict[int, list[ScheduleDay]] = {record.id: [] for record in years}
    columns = select(CalendarDay.calendar_year_id, CalendarDay.day, CalendarDay.kind, CalendarDay.name)
    rows = session.execute(columns.where(CalendarDay.calendar_year_id.in_(days)).order_by(CalendarDay.day))
    for year_id, day, kind, name in rows.tuples():
        days[year_id].append(ScheduleDay(day, _KINDS[kind], name))
    return tuple(YearSchedule(each.year, each.notice, each.source, tuple(days[each.id])) for each in years)


def _add_version(work: Work, schedule: YearSchedule) -> None:
    latest = work.session.scalar(
        select(func.max(CalendarYear.version)).where(
            CalendarYear.hall_id == work.hall_id, CalendarYear.year == schedule.year
        )
    )
    record = CalendarYear(
        hall_id=work.hall_id,
        year=schedule.year,
        version=(latest or 0) + 1,
        notice=schedule.notice,
        source=schedule.source,
        imported_at=work.now,
    )
    work.session.info.pop(_KNOWN, None)
    work.session.add(record)
    work.session.flush()
    work.session.add_all(
        CalendarDay(hall_id=work.hall_id, calendar_year_id=record.id, day=day.day, kind=day.kind, name=day.name)
        for day in schedule.days
    )
    work.session.flush()
