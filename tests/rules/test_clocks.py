"""Clocks of a case: where each starts and ends."""

from dataclasses import replace
from datetime import date

import pytest

from hall.resources import resource
from hall.rules.calendar import WorkCalendar
from hall.rules.calendar_file import parse_calendar
from hall.rules.catalogue import Limit, MaterialRule, Matter
from hall.rules.clocks import ClockStart, start_clock, start_clocks
from hall.rules.lights import DueOrdinals, Today, light

MATTER = Matter(
    code="T1",
    name="测试事项",
    department="市容科",
    prefix="A",
    basis="测试条例第1条",
    statutory=Limit(20, "workday"),
    promised=Limit(5, "workday"),
    materials=(MaterialRule(1, "申请表"),),
    site_visit=False,
    effective_from=date(2026, 1, 1),
    applicant_kinds=frozenset({"natural"}),
)
CALENDAR = WorkCalendar(parse_calendar(resource("calendar/2026.csv").read_text(encoding="utf-8")))


def test_acceptance_starts_both_clocks_with_the_day_after() -> None:
    accepted_on, by_law, by_promise = date(2026, 11, 23), date(2026, 12, 21), date(2026, 11, 30)
    assert start_clocks(MATTER, accepted_on, calendar=CALENDAR) == (
        ClockStart("statutory", Limit(20, "workday"), accepted_on, by_law, CALENDAR.ordinal(by_law)),
        ClockStart("promised", Limit(5, "workday"), accepted_on, by_promise, CALENDAR.ordinal(by_promise)),
    )


def test_a_limit_that_is_not_laid_down_has_no_clock() -> None:
    clocks = start_clocks(replace(MATTER, promised=None), date(2026, 11, 23), calendar=CALENDAR)
    assert [clock.kind for clock in clocks] == ["statutory"]
    assert start_clocks(replace(MATTER, statutory=None, promised=None), date(2026, 11, 23), calendar=CALENDAR) == ()


def test_a_due_date_in_a_year_without_schedule_stays_pending() -> None:
    statutory, promised = start_clocks(MATTER, date(2026, 12, 21), calendar=CALENDAR)
    assert (statutory.due_on, statutory.due_ordinal, statutory.pending) == (None, None, "2027年放假安排未录入")
    assert (promised.due_on, promised.pending) == (date(2026, 12, 28), "")


@pytest.mark.parametrize(
    ("limit", "due_on"),
    [
        (Limit(0, "workday"), date(2026, 11, 23)),
        (Limit(1, "workday"), date(2026, 11, 24)),
        (Limit(5, "day"), date(2026, 11, 28)),
        (Limit(24, "hour"), date(2026, 11, 24)),
        (Limit(25, "hour"), date(2026, 11, 25)),
    ],
)
def test_a_clock_counts_in_its_own_unit(limit: Limit, due_on: date) -> None:
    assert start_clock("promised", limit, date(2026, 11, 23), calendar=CALENDAR).due_on == due_on


def test_natural_days_beyond_the_loaded_years_are_pending_too() -> None:
    clock = start_clock("statutory", Limit(60, "day"), date(2026, 11, 23), calendar=CALENDAR)
    assert (clock.due_on, clock.pending) == (None, "2027年放假安排未录入")


def test_on_the_spot_is_not_late_on_the_rest_day_it_was_handed_in() -> None:
    saturday, monday = date(2026, 11, 28), date(2026, 11, 30)
    clock = start_clock("promised", Limit(0, "workday"), saturday, calendar=CALENDAR)
    assert clock.due_on == monday
    today = Today(CALENDAR.ordinal(saturday), rest=True)
    due = DueOrdinals(statutory=None, promised=clock.due_ordinal)
    assert light(due, today, warning_days=0) == "normal"
    assert start_clock("promised", Limit(0, "workday"), monday, calendar=CALENDAR).due_on == monday
