"""A due date day by day: which days count, which do not, and why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.calendar import ScheduleDay, ScheduleMissing, WorkCalendar, YearSchedule
from hall.rules.catalogue import Limit, LimitUnit
from hall.rules.clocks import start_clock
from hall.rules.day_count import CountedDay, count_days

CALENDAR = WorkCalendar(
    (
        YearSchedule(
            2026,
            "测试安排",
            "测试",
            (
                ScheduleDay(date(2026, 10, 1), "rest", "国庆节"),
                ScheduleDay(date(2026, 10, 2), "rest", "国庆节"),
                ScheduleDay(date(2026, 10, 10), "work", "国庆节"),
            ),
        ),
    )
)


def test_rest_days_are_named_and_not_counted() -> None:
    days = count_days(CALENDAR, Limit(2, "workday"), date(2026, 9, 30), due_on=date(2026, 10, 6))
    assert days == (
        CountedDay(date(2026, 9, 30), 0, "起算日不计"),
        CountedDay(date(2026, 10, 1), None, "国庆节"),
        CountedDay(date(2026, 10, 2), None, "国庆节"),
        CountedDay(date(2026, 10, 3), None, "周六"),
        CountedDay(date(2026, 10, 4), None, "周日"),
        CountedDay(date(2026, 10, 5), 1, ""),
        CountedDay(date(2026, 10, 6), 2, ""),
    )


def test_a_weekend_day_at_work_counts_and_says_so() -> None:
    last = count_days(CALENDAR, Limit(1, "workday"), date(2026, 10, 9), due_on=date(2026, 10, 10))[-1]
    assert last == CountedDay(date(2026, 10, 10), 1, "国庆节调休上班")


def test_natural_days_count_through_holidays() -> None:
    days = count_days(CALENDAR, Limit(3, "day"), date(2026, 9, 30), due_on=date(2026, 10, 3))
    assert [day.count for day in days] == [0, 1, 2, 3]


def test_a_day_of_an_unknown_year_is_not_named() -> None:
    with pytest.raises(ScheduleMissing):
        count_days(CALENDAR, Limit(3, "day"), date(2026, 12, 30), due_on=date(2027, 1, 2))


@given(
    days=st.integers(1, 60),
    unit=st.sampled_from(["workday", "day"]),
    start=st.dates(date(2026, 1, 1), date(2026, 9, 1)),
)
def test_the_last_day_has_the_length_of_the_limit(days: int, unit: LimitUnit, start: date) -> None:
    limit = Limit(days, unit)
    due_on = start_clock("statutory", limit, start, calendar=CALENDAR).due_on
    assert due_on is not None
    counted = count_days(CALENDAR, limit, start, due_on=due_on)
    assert counted[-1].day == due_on
    assert counted[-1].count == days
    assert [each.day for each in counted] == [start + timedelta(days=n) for n in range(len(counted))]
