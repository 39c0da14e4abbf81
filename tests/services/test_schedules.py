"""Schedules: what an import makes definite, what it moves, and that open clocks never miss it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.authority import NotAuthorised
from hall.rules.calendar import BadSchedule, ScheduleDay, WorkCalendar, YearSchedule
from hall.rules.people import Actor
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.calendar import shipped_calendar
from hall.services.front import Front
from hall.services.reprojecting import MovedDate
from hall.services.schedule_import import import_schedules
from hall.services.schedules import calendar_in_force, schedules_in_force
from hall.store import Store
from hall.store.schema.calendars import CalendarYear
from hall.store.schema.clocks import CaseClock
from hall.store.schema.trail import ChangeRow

NEXT_YEAR = YearSchedule(
    2027,
    "测试通知",
    "测试来源",
    (ScheduleDay(date(2027, 1, 1), "rest", "元旦"), ScheduleDay(date(2027, 1, 4), "rest", "元旦")),
)


@pytest.fixture
def late_case(front: Front, clock: FixedClock, make_application: Callable[..., Application]) -> Accepted:
    """Accepted on 25 December 2026: 20 working days reach into January 2027, 3 do not."""
    clock.instant = datetime(2026, 12, 25, 9, 0, tzinfo=HALL_ZONE)
    return front.intake.accept(make_application("XK05"))


def versions(store: Store) -> dict[int, int]:
    with store.read() as session:
        query = select(CalendarYear.year, func.max(CalendarYear.version)).group_by(CalendarYear.year)
        return dict(session.execute(query).tuples().all())


def test_the_furnished_hall_counts_by_the_shipped_schedules(store: Store) -> None:
    with store.read() as session:
        assert calendar_in_force(session, store.hall_id) == shipped_calendar()


def test_next_years_schedule_makes_pending_clocks_definite_and_lists_them(
    store: Store, front: Front, administrator: Actor, late_case: Accepted
) -> None:
    assert front.case(late_case.case_id).clocks[0].pending == "2027年放假安排未录入"
    done = import_schedules(store, administrator, schedules=(NEXT_YEAR,))
    by_law = date(2027, 1, 26)  # 4 working days are left of December; 1 and 4 January are off
    assert (done.stored, done.unchanged) == ((2027,), ())
    assert done.moved == (MovedDate(late_case.acceptance_number, "statutory", None, by_law),)
    statutory, promised = front.case(late_case.case_id).clocks
    assert (statutory.due_on, statutory.pending) == (by_law, "")
    assert promised.due_on == date(2026, 12, 30)
    calendar = WorkCalendar((*shipped_calendar().schedules, NEXT_YEAR))
    with store.read() as session:
        ordinals = session.scalars(select(CaseClock.due_ordinal).order_by(CaseClock.id)).all()
    assert list(ordinals) == [calendar.ordinal(by_law), calendar.ordinal(date(2026, 12, 30))]


def test_a_corrected_notice_is_a_new_version_that_moves_dates(
    store: Store, administrator: Actor, late_case: Accepted
) -> None:
    import_schedules(store, administrator, schedules=(NEXT_YEAR,))
    corrected = replace(NEXT_YEAR, days=(*NEXT_YEAR.days, ScheduleDay(date(2027, 1, 5), "rest", "元旦")))
    done = import_schedules(store, administrator, schedules=(corrected,))
    moved = MovedDate(late_case.acceptance_number, "statutory", date(2027, 1, 26), date(2027, 1, 27))
    assert done.moved == (moved,)
    assert versions(store)[2027] == 2
    with store.read() as session:
        assert schedules_in_force(session, store.hall_id)[-1] == corrected


def test_importing_what_is_loaded_changes_nothing_in_whatever_order_its_days_stand(
    store: Store, administrator: Actor, late_case: Accepted
) -> None:
    import_schedules(store, administrator, schedules=(NEXT_YEAR,))
    before = versions(store)
    turned = tuple(replace(each, days=each.days[::-1]) for each in (*shipped_calendar().schedules, NEXT_YEAR))
    done = import_schedules(store, administrator, schedules=turned)
    assert (done.stored, done.unchanged, done.moved) == ((), (2024, 2025, 2026, 2027), ())
    assert versions(store) == before


def test_an_import_tells_the_screens(store: Store, administrator: Actor) -> None:
    import_schedules(store, administrator, schedules=(NEXT_YEAR,))
    with store.read() as session:
        topics = session.scalars(select(ChangeRow.topic).where(ChangeRow.origin == "station-1")).all()
    assert list(topics) == ["calendar", "case"]


def test_a_schedule_that_contradicts_itself_is_refused_with_all_others(store: Store, administrator: Actor) -> None:
    before = versions(store)
    bad = replace(NEXT_YEAR, year=2028)
    with pytest.raises(BadSchedule, match="不在2028年"):
        import_schedules(store, administrator, schedules=(NEXT_YEAR, bad))
    assert versions(store) == before


def test_a_case_accepted_while_a_schedule_is_imported_is_never_left_pending(
    store: Store,
    other_front: Front,
    administrator: Actor,
    clock: FixedClock,
    make_application: Callable[..., Application],
) -> None:
    clock.instant = datetime(2026, 12, 25, 9, 0, tzinfo=HALL_ZONE)
    applications = [make_application("XK05") for _ in range(6)]
    with ThreadPoolExecutor(2) as pool:
        accepting = pool.submit(lambda: [other_front.intake.accept(each) for each in applications])
        importing = pool.submit(import_schedules, store, administrator, schedules=(NEXT_YEAR,))
        importing.result()
        accepting.result()
    with store.read() as session:
        assert session.scalars(select(CaseClock.due_on).where(CaseClock.due_on.is_(None))).all() == []


def test_only_an_administrator_imports(store: Store, manager: Actor) -> None:
    with pytest.raises(NotAuthorised):
        import_schedules(store, manager, schedules=(NEXT_YEAR,))
