"""Schedules: what an import makes definite, what it moves, and that open clocks never miss it."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.authority import NotAuthorised
from hall.rules.calendar import BadSchedule, ScheduleDay, WorkCalendar, YearSchedule
from hall.rules.catalogue import Limit
from hall.rules.clocks import Pause
from hall.rules.people import Actor
from hall.services import clocks
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.calendar import shipped_calendar
from hall.services.case_reading import ClockView
from hall.services.case_records import case_locked
from hall.services.front import Front
from hall.services.reprojecting import MovedDate
from hall.services.schedule_import import SchedulesImported, import_schedules
from hall.services.schedules import calendar_in_force, schedules_in_force
from hall.store import Store
from hall.store.schema.calendars import CalendarYear
from hall.store.schema.clocks import CaseClock
from hall.store.schema.permits import CaseEvent, CaseSupplement, PermitCase
from hall.store.schema.supervision import SupervisionOrder
from hall.store.schema.trail import ChangeRow

TakeIn = Callable[..., SchedulesImported]
NEXT_YEAR = YearSchedule(
    2027,
    "测试通知",
    "测试来源",
    (ScheduleDay(date(2027, 1, 1), "rest", "元旦"), ScheduleDay(date(2027, 1, 4), "rest", "元旦")),
)


EARLY = date(2026, 12, 30)


@pytest.fixture
def late_case(front: Front, clock: FixedClock, make_application: Callable[..., Application]) -> Accepted:
    """Accepted on 25 December 2026: 20 working days reach into January 2027, 3 do not."""
    clock.instant = datetime(2026, 12, 25, 9, 0, tzinfo=HALL_ZONE)
    return front.intake.accept(make_application("XK05"))


def clocks_of(front: Front, case: Accepted) -> dict[str, ClockView]:
    return {clock.kind: clock for clock in front.case(case.case_id).clocks}


def kept(store: Store, case: Accepted) -> PermitCase:
    with store.read() as session:
        return session.get_one(PermitCase, case.case_id)


@pytest.fixture
def take_in(store: Store, administrator: Actor, home: Path) -> TakeIn:
    """Import by the administrator: `take_in(schedules=(NEXT_YEAR,))`."""
    return partial(import_schedules, store, administrator, home=home)


def versions(store: Store) -> dict[int, int]:
    with store.read() as session:
        query = select(CalendarYear.year, func.max(CalendarYear.version)).group_by(CalendarYear.year)
        return dict(session.execute(query).tuples().all())


def test_the_furnished_hall_counts_by_the_shipped_schedules(store: Store) -> None:
    with store.read() as session:
        assert calendar_in_force(session, store.hall_id) == shipped_calendar()


def test_next_years_schedule_makes_pending_clocks_definite_and_lists_them(
    store: Store, front: Front, take_in: TakeIn, late_case: Accepted
) -> None:
    assert clocks_of(front, late_case)["statutory"].pending == "2027年放假安排未录入"
    done = take_in(schedules=(NEXT_YEAR,))
    by_law = date(2027, 1, 26)  # 4 working days are left of December; 1 and 4 January are off
    assert (done.stored, done.unchanged) == ((2027,), ())
    assert done.moved == (MovedDate(late_case.acceptance_number, "statutory", None, by_law),)
    found = clocks_of(front, late_case)
    assert (found["statutory"].due_on, found["statutory"].pending) == (by_law, "")
    assert found["promised"].due_on == EARLY
    ordinals = [WorkCalendar((*shipped_calendar().schedules, NEXT_YEAR)).ordinal(day) for day in (by_law, EARLY)]
    assert [found["statutory"].due_ordinal, found["promised"].due_ordinal] == ordinals
    case = kept(store, late_case)
    assert [case.statutory_ordinal, case.promised_ordinal] == ordinals
    assert case.urgency == ordinals[1]


def test_a_day_that_was_pending_when_its_clock_stopped_becomes_definite_without_being_reported(
    front: Front, take_in: TakeIn, late_case: Accepted
) -> None:
    assert clocks_of(front, late_case)["acceptance"].due_on is None
    done = take_in(schedules=(NEXT_YEAR,))
    assert [each.kind for each in done.moved] == ["statutory"]
    assert clocks_of(front, late_case)["acceptance"].due_on == date(2027, 1, 5)


def with_day_off(day: date) -> YearSchedule:
    """The shipped schedule of 2026 with one more day off."""
    shipped = next(each for each in shipped_calendar().schedules if each.year == day.year)
    return replace(shipped, days=tuple(sorted((*shipped.days, ScheduleDay(day, "rest", "临时放假")))))


@pytest.mark.both
def test_a_holiday_inside_an_open_window_moves_its_day_with_a_journal_row_and_its_removal_moves_it_back(
    store: Store, front: Front, administrator: Actor, late_case: Accepted, take_in: TakeIn
) -> None:
    number, later = late_case.acceptance_number, date(2026, 12, 31)
    there = take_in(schedules=(with_day_off(date(2026, 12, 28)),))
    assert there.moved == (MovedDate(number, "promised", EARLY, later),)
    assert clocks_of(front, late_case)["promised"].due_on == later
    shipped = next(each for each in shipped_calendar().schedules if each.year == 2026)
    back = take_in(schedules=(shipped,))
    assert back.moved == (MovedDate(number, "promised", later, EARLY),)
    with store.read() as session:
        rows = session.scalars(select(CaseEvent).where(CaseEvent.kind == "recount").order_by(CaseEvent.id)).all()
    assert [json.loads(row.detail) for row in rows] == [
        {"promised": {"before": "2026-12-30", "after": "2026-12-31"}},
        {"promised": {"before": "2026-12-31", "after": "2026-12-30"}},
    ]
    assert {(row.state, row.note, row.account_id, row.case_id) for row in rows} == {
        ("accepted", "录入2026年放假安排，到期日重算", administrator.account_id, late_case.case_id)
    }
    assert rows[0].at == store.clock.now()
    assert rows[0].day == date(2026, 12, 25)


def test_a_holiday_leaves_the_clocks_that_have_stopped_alone(
    store: Store, front: Front, actor: Actor, take_in: TakeIn, late_case: Accepted
) -> None:
    with store.work("case.stop", actor) as work:
        case = case_locked(work, late_case.case_id)
        clocks.stop(work, case, "promised", on=date(2026, 12, 25), how="decided")
        clocks.refresh(work, case)
        work.audit("case")
    assert take_in(schedules=(with_day_off(date(2026, 12, 28)),)).moved == ()
    assert clocks_of(front, late_case)["promised"].due_on == EARLY


@pytest.mark.both
def test_pauses_and_extensions_are_counted_in_and_what_waits_for_a_result_stays_without_a_day(
    store: Store, front: Front, actor: Actor, take_in: TakeIn, late_case: Accepted
) -> None:
    with store.work("case.pause", actor) as work:
        case = case_locked(work, late_case.case_id)
        clocks.extend(work, case, {"promised": 1})
        testing = Pause("testing", date(2026, 12, 28), granted=Limit(1, "workday"), stops_statutory=False)
        clocks.pause(work, case, terms=testing, reason="要检测")
        tender = Pause("tender", date(2026, 12, 28), stops_promised=False)
        clocks.pause(work, case, terms=tender, reason="要招标")
        clocks.refresh(work, case)
        work.audit("case")
    done = take_in(schedules=(NEXT_YEAR,))
    by_promise = date(2027, 1, 5)  # 29, 30, 31 December and the first workday of the year
    assert done.moved == (MovedDate(late_case.acceptance_number, "promised", None, by_promise),)
    statutory = clocks_of(front, late_case)["statutory"]
    assert (statutory.due_on, statutory.pending) == (None, "")


@pytest.mark.both
def test_orders_and_notices_that_had_no_day_get_that_of_their_clock(
    store: Store, actor: Actor, take_in: TakeIn, late_case: Accepted
) -> None:
    with store.work("case.order", actor) as work:
        case = case_locked(work, late_case.case_id)
        ten = Limit(10, "workday")
        for kind, subject in (("supervision", "督1号"), ("supplement", "review"), ("delivery", "")):
            clocks.start(work, case, kind, limit=ten, started_on=date(2026, 12, 25), subject=subject)  # type: ignore[arg-type]
        work.session.add_all((_order(store, late_case), _notice(store, late_case)))
        clocks.refresh(work, case)
        work.audit("case")
    take_in(schedules=(NEXT_YEAR,))
    with store.read() as session:
        orders = session.scalars(select(SupervisionOrder.reply_by)).all()
        notices = session.scalars(select(CaseSupplement.reply_by)).all()
    assert orders == notices == [date(2027, 1, 12)]


def _order(store: Store, case: Accepted) -> SupervisionOrder:
    return SupervisionOrder(
        hall_id=store.hall_id,
        number="督1号",
        case_id=case.case_id,
        colour="yellow",
        cause="overdue",
        reason="超期",
        order="请说明",
        issued_at=store.clock.now(),
        issued_on=date(2026, 12, 25),
        issued_by=8,
        state="issued",
    )


def _notice(store: Store, case: Accepted) -> CaseSupplement:
    return CaseSupplement(
        hall_id=store.hall_id, case_id=case.case_id, phase="review", round=1, told_at=store.clock.now()
    )


def test_progress_tells_how_many_of_the_cases_that_move_are_done(
    front: Front, take_in: TakeIn, make_application: Callable[..., Application], clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 12, 25, 9, 0, tzinfo=HALL_ZONE)
    for _ in range(3):
        front.intake.accept(make_application("XK05"))
    told: list[tuple[int, int]] = []
    take_in(schedules=(NEXT_YEAR,), progress=lambda done, total: told.append((done, total)))
    assert told == [(3, 3)]


def test_a_corrected_notice_is_a_new_version_that_moves_dates(
    store: Store, take_in: TakeIn, late_case: Accepted
) -> None:
    take_in(schedules=(NEXT_YEAR,))
    corrected = replace(NEXT_YEAR, days=(*NEXT_YEAR.days, ScheduleDay(date(2027, 1, 5), "rest", "元旦")))
    done = take_in(schedules=(corrected,))
    moved = MovedDate(late_case.acceptance_number, "statutory", date(2027, 1, 26), date(2027, 1, 27))
    assert done.moved == (moved,)
    assert versions(store)[2027] == 2
    with store.read() as session:
        assert schedules_in_force(session, store.hall_id)[-1] == corrected


@pytest.mark.both
def test_importing_what_is_loaded_changes_nothing_in_whatever_order_its_days_stand(
    store: Store, take_in: TakeIn, late_case: Accepted
) -> None:
    take_in(schedules=(NEXT_YEAR,))
    before = versions(store)
    turned = tuple(replace(each, days=each.days[::-1]) for each in (*shipped_calendar().schedules, NEXT_YEAR))
    done = take_in(schedules=turned)
    assert (done.stored, done.unchanged, done.moved) == ((), (2024, 2025, 2026, 2027), ())
    assert versions(store) == before


@pytest.mark.both
def test_an_import_tells_the_screens(store: Store, take_in: TakeIn) -> None:
    take_in(schedules=(NEXT_YEAR,))
    with store.read() as session:
        topics = session.scalars(select(ChangeRow.topic).where(ChangeRow.origin == "station-1")).all()
    assert list(topics) == ["calendar", "case"]


def test_a_schedule_that_contradicts_itself_is_refused_with_all_others(store: Store, take_in: TakeIn) -> None:
    before = versions(store)
    bad = replace(NEXT_YEAR, year=2028)
    with pytest.raises(BadSchedule, match="不在2028年"):
        take_in(schedules=(NEXT_YEAR, bad))
    assert versions(store) == before


def test_a_case_accepted_while_a_schedule_is_imported_is_never_left_pending(
    store: Store, other_front: Front, take_in: TakeIn, clock: FixedClock, make_application: Callable[..., Application]
) -> None:
    clock.instant = datetime(2026, 12, 25, 9, 0, tzinfo=HALL_ZONE)
    applications = [make_application("XK05") for _ in range(6)]
    with ThreadPoolExecutor(2) as pool:
        accepting = pool.submit(lambda: [other_front.intake.accept(each) for each in applications])
        importing = pool.submit(take_in, schedules=(NEXT_YEAR,))
        importing.result()
        accepting.result()
    with store.read() as session:
        assert session.scalars(select(CaseClock.due_on).where(CaseClock.due_on.is_(None))).all() == []


def test_only_an_administrator_imports(store: Store, manager: Actor, home: Path) -> None:
    with pytest.raises(NotAuthorised):
        import_schedules(store, manager, home=home, schedules=(NEXT_YEAR,))
