"""A due date day by day: which days count, which do not, and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.calendar import ScheduleDay, ScheduleMissing, WorkCalendar, YearSchedule
from hall.rules.catalogue import Limit, LimitUnit
from hall.rules.clocks import Ledger, Pause, due_of
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


def counted(ledger: Ledger, *, on: date = date(2026, 9, 1)) -> tuple[CountedDay, ...]:
    return count_days(CALENDAR, ledger, on=on)


def test_rest_days_are_named_and_not_counted() -> None:
    days = counted(Ledger("statutory", Limit(2, "workday"), date(2026, 9, 30)))
    assert days == (
        CountedDay(date(2026, 9, 30), 0, "起算日不计", "start"),
        CountedDay(date(2026, 10, 1), None, "国庆节", "rest"),
        CountedDay(date(2026, 10, 2), None, "国庆节", "rest"),
        CountedDay(date(2026, 10, 3), None, "周六", "rest"),
        CountedDay(date(2026, 10, 4), None, "周日", "rest"),
        CountedDay(date(2026, 10, 5), 1, ""),
        CountedDay(date(2026, 10, 6), 2, ""),
    )


def test_a_weekend_day_at_work_counts_and_says_so() -> None:
    last = counted(Ledger("statutory", Limit(1, "workday"), date(2026, 10, 9)))[-1]
    assert last == CountedDay(date(2026, 10, 10), 1, "国庆节调休上班", "work")


def test_natural_days_count_through_holidays() -> None:
    days = counted(Ledger("statutory", Limit(3, "day"), date(2026, 9, 30)))
    assert [day.count for day in days] == [0, 1, 2, 3]


def test_a_day_of_an_unknown_year_is_not_named() -> None:
    with pytest.raises(ScheduleMissing):
        count_days(CALENDAR, Ledger("statutory", Limit(3, "workday"), date(2026, 12, 30)), on=date(2027, 1, 2))


def test_what_is_decided_on_the_spot_has_one_day() -> None:
    monday, saturday = date(2026, 9, 28), date(2026, 9, 26)
    (only,) = counted(Ledger("promised", Limit(0, "workday"), monday))
    assert only == CountedDay(monday, 0, "即办，当日办结", "start")
    assert counted(Ledger("promised", Limit(0, "workday"), saturday))[-1].day == monday


HEARING = Pause("hearing", date(2026, 9, 30), date(2026, 10, 5), title="听证", basis="行政许可法45")


def test_the_days_of_a_pause_are_named_with_their_basis_and_not_counted() -> None:
    days = counted(Ledger("statutory", Limit(3, "workday"), date(2026, 9, 29), pauses=(HEARING,)))
    assert days[1:8] == (
        CountedDay(date(2026, 9, 30), None, "听证第1天", "paused", "听证期间不计入（行政许可法45）"),
        CountedDay(date(2026, 10, 1), None, "听证第2天，国庆节", "paused"),
        CountedDay(date(2026, 10, 2), None, "听证第3天，国庆节", "paused"),
        CountedDay(date(2026, 10, 3), None, "听证第4天，周六", "paused"),
        CountedDay(date(2026, 10, 4), None, "听证第5天，周日", "paused"),
        CountedDay(date(2026, 10, 5), None, "听证第6天", "paused"),
        CountedDay(date(2026, 10, 6), 1, ""),
    )
    assert (days[-1].day, days[-1].count) == (date(2026, 10, 8), 3)


def test_a_pause_that_begins_with_the_clock_is_named_on_its_second_day() -> None:
    pause = replace(HEARING, first_day=date(2026, 9, 29), basis="")
    days = counted(Ledger("statutory", Limit(3, "workday"), date(2026, 9, 29), pauses=(pause,)))
    assert days[0].mark == "start"
    assert days[1] == CountedDay(date(2026, 9, 30), None, "听证第2天", "paused", "听证期间不计入")


def test_a_clock_whose_end_nobody_knows_is_counted_to_the_day_asked_about() -> None:
    ledger = Ledger("statutory", Limit(3, "workday"), date(2026, 9, 29), pauses=(replace(HEARING, last_day=None),))
    days = counted(ledger, on=date(2026, 10, 9))
    assert (days[-1].day, days[-1].mark) == (date(2026, 10, 9), "paused")


@pytest.mark.parametrize("last_day", [None, date(2026, 9, 11)])
def test_a_granted_time_that_was_not_enough_ends_with_a_remark(last_day: date | None) -> None:
    pause = Pause("testing", date(2026, 9, 8), last_day, Limit(2, "workday"), title="检测")
    days = counted(Ledger("statutory", Limit(5, "workday"), date(2026, 9, 7), pauses=(pause,)))
    assert days[3] == CountedDay(date(2026, 9, 10), 1, "", "counted", "检测给定的2工作日已满，继续计时")


def test_a_granted_time_that_was_enough_has_no_remark() -> None:
    pause = Pause("testing", date(2026, 9, 8), date(2026, 9, 9), Limit(2, "workday"))
    days = counted(Ledger("statutory", Limit(5, "workday"), date(2026, 9, 7), pauses=(pause,)))
    assert days[1].note == "testing第1天"
    assert days[3].remark == ""


def test_the_first_day_of_an_extension_says_so() -> None:
    days = counted(Ledger("statutory", Limit(2, "workday"), date(2026, 9, 7), extension=2))
    assert [(each.count, each.remark) for each in days[2:]] == [(2, ""), (3, "延期2工作日自此日起"), (4, "")]


@given(
    days=st.integers(1, 60),
    unit=st.sampled_from(["workday", "day"]),
    start=st.dates(date(2026, 1, 1), date(2026, 9, 1)),
    pauses=st.lists(
        st.builds(
            lambda first, length: Pause("testing", first, first + timedelta(days=length)),
            st.dates(date(2026, 1, 1), date(2026, 10, 1)),
            st.integers(0, 9),
        ),
        max_size=3,
    ),
)
def test_the_last_day_has_the_length_of_the_limit(days: int, unit: LimitUnit, start: date, pauses: list[Pause]) -> None:
    ledger = Ledger("statutory", Limit(days, unit), start, pauses=tuple(pauses))
    due_on = due_of(ledger, calendar=CALENDAR).day
    assert due_on is not None
    days_counted = counted(ledger)
    assert (days_counted[-1].day, days_counted[-1].count) == (due_on, days)
    assert [each.day for each in days_counted] == [start + timedelta(days=n) for n in range(len(days_counted))]
