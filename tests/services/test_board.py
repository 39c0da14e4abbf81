"""The board: every count and row is what the rule says, the most urgent first."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from hall.clock import HALL_ZONE, FixedClock, business_date
from hall.rules.authority import NotAuthorised
from hall.rules.calendar import WorkCalendar
from hall.rules.lights import DueOrdinals, Light, LightRule, Pressing, Today, light
from hall.rules.people import Actor
from hall.services.applications import Application
from hall.services.board import board_view
from hall.services.calendar import shipped_calendar
from hall.services.front import Front
from hall.store import Store

MATTERS = ("XK05", "XK06", "XK19", "XK24-2", "XK03", "XK10-2")
GROUPS: dict[Pressing, tuple[Light, ...]] = {
    "over": ("over_statutory", "over_promised"),
    "today": ("today",),
    "warning": ("warning",),
}
Applications = Callable[..., Application]


@pytest.fixture
def cases(front: Front, clock: FixedClock, make_application: Applications) -> None:
    """Cases of different limits, accepted on different days of November and December."""
    for day in (date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 14), date(2026, 12, 25)):
        clock.instant = datetime(day.year, day.month, day.day, 9, 0, tzinfo=HALL_ZONE)
        for code in MATTERS:
            front.intake.accept(make_application(code))


def ordinal(calendar: WorkCalendar, day: date | None) -> int | None:
    return None if day is None else calendar.ordinal(day)


@pytest.mark.usefixtures("cases")
def test_counts_rows_and_groups_agree_with_the_rule_on_every_day(front: Front, clock: FixedClock) -> None:
    calendar = shipped_calendar()
    for day in (date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 28), date(2026, 12, 31)):
        clock.instant = datetime(day.year, day.month, day.day, 12, 0, tzinfo=HALL_ZONE)
        view, today = front.board(), Today(calendar.ordinal(day), rest=not calendar.is_workday(day))
        assert view.total == len(view.rows) == 4 * len(MATTERS)
        for row in view.rows:
            due = DueOrdinals(ordinal(calendar, row.statutory_due), ordinal(calendar, row.promised_due))
            assert row.light == light(due, today, warning_days=front.light_rule.warning_days)
        assert view.counts == Counter(row.light for row in view.rows)
        for department, counts in view.departments.items():
            assert counts == Counter(row.light for row in view.rows if row.department == department)
        for group, lights in GROUPS.items():
            assert front.board(group).rows == tuple(row for row in view.rows if row.light in lights)
        assert view.as_of == clock.instant


@pytest.mark.usefixtures("cases")
def test_the_most_urgent_come_first_and_pending_last(front: Front) -> None:
    view = front.board()
    left = [row.remaining for row in view.rows]
    known = [each for each in left if each is not None]
    assert known == sorted(known)
    assert left[len(known) :] == [None] * (len(left) - len(known))
    assert {row.light for row in view.rows[len(known) :]} == {"pending"}
    assert known[0] < 0 < known[-1]


@pytest.mark.usefixtures("cases")
def test_a_short_list_holds_the_most_urgent_of_all_and_counts_everything(store: Store, actor: Actor) -> None:
    rule = LightRule(warning_days=2)
    everything = board_view(store, actor, rule=rule)
    short = board_view(store, actor, rule=rule, most=3)
    assert short.rows == everything.rows[:3]
    assert short.counts == everything.counts


def test_an_empty_board_is_empty(front: Front) -> None:
    view = front.board()
    assert (view.total, view.rows, dict(view.counts)) == (0, (), {})


def test_a_row_tells_what_a_manager_needs(front: Front, make_application: Applications, clock: FixedClock) -> None:
    accepted = front.intake.accept(make_application("XK05"))
    (row,) = front.board().rows
    assert (row.case_id, row.acceptance_number) == (accepted.case_id, accepted.acceptance_number)
    assert (row.matter_name, row.department) == ("临时占用城市道路许可", "市政科")
    assert (row.promised_due, row.statutory_due) == (date(2026, 11, 26), date(2026, 12, 21))
    assert (row.remaining, row.light, row.accepted_at) == (3, "normal", clock.instant)


def test_a_case_changes_its_light_with_time_alone(
    front: Front, make_application: Applications, clock: FixedClock
) -> None:
    front.intake.accept(make_application("XK05"))  # promised Thursday 26 November, statutory Monday 21 December
    seen = []
    for day in ("11-23", "11-24", "11-26", "11-27", "12-21", "12-22"):
        clock.instant = datetime.fromisoformat(f"2026-{day}T12:00:00+08:00")
        seen.append(front.board().rows[0].light)
    assert seen == ["normal", "warning", "today", "over_promised", "over_promised", "over_statutory"]


def test_a_due_day_ends_at_midnight_even_before_a_weekend(
    front: Front, make_application: Applications, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 11, 24, 9, 0, tzinfo=HALL_ZONE)
    front.intake.accept(make_application("XK05"))
    clock.instant = datetime(2026, 11, 27, 23, 59, 59, tzinfo=HALL_ZONE)
    assert front.board().rows[0].light == "today"
    clock.instant += timedelta(seconds=1)
    assert business_date(clock.instant) == date(2026, 11, 28)
    assert front.board().rows[0].light == "over_promised"


def test_a_schedule_that_will_be_needed_and_is_not_loaded_is_a_warning(front: Front) -> None:
    assert front.board().warnings == ("2027年放假安排未录入",)


def test_in_a_year_without_schedule_the_board_still_shows_what_is_late(
    front: Front, make_application: Applications, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 12, 28, 9, 0, tzinfo=HALL_ZONE)
    front.intake.accept(make_application("XK05"))  # promised 31 December; the statutory day is pending
    clock.instant = datetime(2027, 1, 4, 9, 0, tzinfo=HALL_ZONE)
    front.intake.accept(make_application("XK05"))
    view = front.board()
    assert [row.light for row in view.rows] == ["over_promised", "pending"]
    assert view.warnings == ("2027年放假安排未录入", "2028年放假安排未录入")


def test_the_board_takes_the_right(
    front_of: Callable[..., Front], store: Store, actor_with: Callable[..., Actor]
) -> None:
    for role in ("guide", "administrator"):
        with pytest.raises(NotAuthorised):
            front_of(store, actor_with(role)).board()
