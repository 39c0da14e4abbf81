"""A schedule imported with 50,000 open clocks, beside one bare UPDATE of the same rows on the same database.

The import is the whole transaction: the new version stored, every clock counted anew from its ledger, what moves
written, a journal row for each case that moves, audit and change notice. `day off`: the next workday is taken off, and
the days behind it move. `renumbered`: a day before all clocks began is taken off, so that every clock and every case
has another ordinal; it happens when a notice of the past is corrected.
"""

import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import text

from hall import settings
from hall.bench.ground import Ground, ground_in_use, open_store
from hall.bench.many_cases import fill_cases
from hall.bench.measured import Measured, compared
from hall.clock import business_date
from hall.rules.authority import ADMINISTRATOR, station_actor
from hall.rules.calendar import ScheduleDay, WorkCalendar
from hall.services.schedule_import import SchedulesImported, import_schedules
from hall.services.schedules import calendar_in_force
from hall.store import Store

CASES = 25_000  # each with its limit of law and its promise
CLOSED = 1000  # cases that an import must not touch
ASKED_SECONDS = 2.0
LONG_AGO = 60
"""Workdays: no open case of the benchmark is older."""

_BARE = {
    "day off": "UPDATE case_clock SET due_on = started_on WHERE hall_id = :hall AND state <> 'stopped'",
    "renumbered": "UPDATE case_clock SET due_ordinal = due_ordinal - 1 WHERE hall_id = :hall AND state <> 'stopped'",
}


def measure() -> Iterator[Measured]:
    """Two imports, each beside its bare UPDATE."""
    code = f"bench-calendar-{uuid.uuid4().hex[:12]}"
    with ground_in_use(settings.load(), hall_code=code, counters=1) as ground:
        yield from measured_on(ground, cases=CASES)


def measured_on(ground: Ground, *, cases: int) -> Iterator[Measured]:
    """The imports in a hall with so many open cases."""
    store = open_store(ground, "bench-calendar")
    fill_cases(store, cases=cases + CLOSED, open_cases=cases)
    today = business_date(store.clock.now())
    _take_off(
        store, _workday(store, today, -LONG_AGO), home=ground.home
    )  # the first import brings every clock to its own ledger
    imports = {
        case: _timed(store, _workday(store, today, n), home=ground.home)
        for case, n in (("day off", 1), ("renumbered", 1 - LONG_AGO))
    }
    for case, (value, moved) in imports.items():
        more = {"asked": ASKED_SECONDS, "clocks": 2 * cases, "moved": moved}
        measured = compared(
            "calendar", f"{ground.kind}, {case}", value=value, reference=_bare(store, case), unit="s", **more
        )
        yield Measured(measured.line, good=value < ASKED_SECONDS)
    store.close()


def _timed(store: Store, day: date, *, home: Path) -> tuple[float, int]:
    began = time.perf_counter()
    done = _take_off(store, day, home=home)
    return time.perf_counter() - began, len(done.moved)


def _take_off(store: Store, day: date, *, home: Path) -> SchedulesImported:
    """Import the schedule in force with this workday off."""
    administrator = station_actor(ADMINISTRATOR, name=store.station.name, hall_id=store.hall_id)
    present = next(each for each in _calendar(store).schedules if each.year == day.year)
    changed = replace(present, days=tuple(sorted((*present.days, ScheduleDay(day, "rest", "测速")))))
    return import_schedules(store, administrator, schedules=(changed,), home=home)


def _workday(store: Store, today: date, n: int) -> date:
    """An ordinary workday (one at a weekend is named by its schedule already) from the n-th on."""
    calendar = _calendar(store)
    day = calendar.add_workdays(today, n)
    while calendar.schedule_day(day) is not None:
        day = calendar.add_workdays(day, 1)
    return day


def _bare(store: Store, case: str) -> float:
    """Seconds of one UPDATE of every open clock, committed. The days it leaves behind are nobody's."""
    with store.engine.connect() as connection:
        began = time.perf_counter()
        connection.execute(text(_BARE[case]), {"hall": store.hall_id})
        connection.commit()
        return time.perf_counter() - began


def _calendar(store: Store) -> WorkCalendar:
    with store.read() as session:
        return calendar_in_force(session, store.hall_id)
