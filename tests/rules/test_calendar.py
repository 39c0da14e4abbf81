"""Working days: the State Council's schedules of 2024 to 2026, ordinals, and years nobody has announced."""

import dataclasses
import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.errors import Refused
from hall.resources import resource
from hall.rules.calendar import (
    BadSchedule,
    DayKind,
    ScheduleDay,
    ScheduleMissing,
    WorkCalendar,
    YearSchedule,
    check_schedule,
)
from hall.rules.calendar_file import parse_calendar
from hall.rules.imports import BadRows

DAY = timedelta(days=1)

# Weekend days at work, from the notices of 2023-10-25, 2024-11-12 and 2025-11-04.
AT_WORK = {
    2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}
# Days off, first and last, from the same notices.
OFF = {
    2024: "01-01 01-01,02-10 02-17,04-04 04-06,05-01 05-05,06-10 06-10,09-15 09-17,10-01 10-07",
    2025: "01-01 01-01,01-28 02-04,04-04 04-06,05-01 05-05,05-31 06-02,10-01 10-08",
    2026: "01-01 01-03,02-15 02-23,04-04 04-06,05-01 05-05,06-19 06-21,09-25 09-27,10-01 10-07",
}
HEADING = "date,kind,name,notice,source\n"


def shipped(year: int) -> YearSchedule:
    (schedule,) = parse_calendar(resource(f"calendar/{year}.csv").read_text(encoding="utf-8"))
    return schedule


def day(text: str) -> date:
    return date.fromisoformat(text)


def schedule_of(year: int, *days: tuple[str, DayKind]) -> YearSchedule:
    listed = tuple(ScheduleDay(day(text), kind, "元旦") for text, kind in days)
    return YearSchedule(year, "国办发明电〔2099〕1号", "测试", listed)


CALENDAR = WorkCalendar((shipped(2026), shipped(2024), shipped(2025)))
LOADED = st.dates(date(2024, 1, 1), date(2026, 12, 31))
MADE_UP_2027 = schedule_of(2027, ("2027-01-01", "rest"), ("2027-01-03", "work"))


def counted_by_hand(first: date, last: date) -> int:
    """Workdays in first..last, walked one day at a time over the tables above."""
    return sum(works_by_hand(first + DAY * offset) for offset in range((last - first).days + 1))


def works_by_hand(a_day: date) -> bool:
    text = f"{a_day:%m-%d}"
    if text in AT_WORK[a_day.year]:
        return True
    off = any(first <= text <= last for first, last in (span.split() for span in OFF[a_day.year].split(",")))
    return a_day.weekday() < 5 and not off


@pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_shipped_year_has_the_workdays_of_its_notice(year: int, workdays: int) -> None:
    days = [date(year, 1, 1) + DAY * offset for offset in range(366)]
    assert sum(CALENDAR.is_workday(a_day) for a_day in days if a_day.year == year) == workdays


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_a_shipped_year_names_every_day_off_and_every_weekend_day_at_work(year: int) -> None:
    schedule = shipped(year)
    at_work = [f"{item.day:%m-%d}" for item in schedule.days if item.kind == "work"]
    off = [f"{item.day:%m-%d}" for item in schedule.days if item.kind == "rest"]
    expected = []
    for first, last in (span.split() for span in OFF[year].split(",")):
        length = (day(f"{year}-{last}") - day(f"{year}-{first}")).days + 1
        expected += [f"{day(f'{year}-{first}') + DAY * offset:%m-%d}" for offset in range(length)]
    assert (at_work, off) == (AT_WORK[year], expected)
    assert schedule.notice
    assert schedule.source


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2024-02-09", True),  # New Year's Eve was legally a workday in 2024
        ("2025-01-28", False),  # and statutory from 2025 on
        ("2026-09-20", True),  # a Sunday at work for National Day
        ("2026-02-14", True),
        ("2026-02-28", True),
        ("2026-02-16", False),
        ("2026-03-07", False),
        ("2026-03-09", True),
    ],
)
def test_the_notice_decides_whether_a_day_is_worked(text: str, works: bool) -> None:
    assert CALENDAR.is_workday(day(text)) is works


@given(LOADED, LOADED)
def test_ordinals_count_the_workdays_between_two_days(a: date, b: date) -> None:
    a, b = min(a, b), max(a, b)
    walked = counted_by_hand(a + DAY, b) if a < b else 0
    assert CALENDAR.workdays_between(a, b) == walked == CALENDAR.ordinal(b) - CALENDAR.ordinal(a)
    assert CALENDAR.workdays_between(b, a) == -walked


@given(LOADED)
def test_a_workday_and_its_ordinal_name_each_other(a_day: date) -> None:
    found = CALENDAR.workday(CALENDAR.ordinal(a_day)) if a_day > date(2024, 1, 1) else None
    if found is not None:
        assert found <= a_day
        assert (found == a_day) is CALENDAR.is_workday(a_day) is works_by_hand(a_day)


@given(LOADED, st.integers(1, 60))
def test_going_forward_and_back_by_workdays_is_inverse(a_day: date, n: int) -> None:
    if a_day < date(2026, 9, 1):
        start = CALENDAR.next_workday(a_day)
        there = CALENDAR.add_workdays(start, n)
        assert CALENDAR.add_workdays(there, -n) == start
        assert CALENDAR.workdays_between(start, there) == n


@given(LOADED)
def test_rolling_stops_at_the_nearest_workday_on_each_side(a_day: date) -> None:
    if date(2024, 1, 2) <= a_day <= date(2026, 12, 30):
        after, before = CALENDAR.next_workday(a_day), CALENDAR.previous_workday(a_day)
        assert before <= a_day <= after
        assert works_by_hand(before)
        assert works_by_hand(after)
        between = [before + DAY * offset for offset in range(1, (after - before).days)]
        assert not any(works_by_hand(other) for other in between)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # the next day is a Saturday at work
        ("2026-02-14", 1, "2026-02-24"),  # over nine days of Spring Festival
        ("2026-02-17", 1, "2026-02-24"),  # from inside the festival
        ("2026-02-17", -1, "2026-02-14"),  # backwards from a rest day the workday before is the first
        ("2026-02-24", -1, "2026-02-14"),
        ("2026-02-17", 0, "2026-02-17"),
        ("2024-01-01", 1, "2024-01-02"),
        ("2026-12-03", 20, "2026-12-31"),
    ],
)
def test_workdays_are_counted_from_the_day_after_the_start(start: str, n: int, due: str) -> None:
    assert CALENDAR.add_workdays(day(start), n) == day(due)


@pytest.mark.parametrize(
    ("start", "n", "year"),
    [
        ("2026-12-04", 20, 2027),
        ("2027-03-01", 1, 2027),
        ("2026-12-31", 10**9, 2027),
        ("2024-01-02", -1, 2023),
        ("2024-01-01", -1, 2023),
        ("2023-12-29", 1, 2023),
    ],
)
def test_a_day_in_a_year_without_schedule_is_refused(start: str, n: int, year: int) -> None:
    with pytest.raises(ScheduleMissing) as caught:
        CALENDAR.add_workdays(day(start), n)
    assert caught.value.year == year
    assert str(caught.value) == f"{year}年放假安排未录入"
    assert isinstance(caught.value, Refused)


def test_every_question_about_a_missing_year_is_refused() -> None:
    ask = [
        CALENDAR.is_workday,
        CALENDAR.ordinal,
        CALENDAR.next_workday,
        CALENDAR.previous_workday,
        CALENDAR.schedule_day,
    ]
    for question in ask:
        with pytest.raises(ScheduleMissing, match="2027年放假安排未录入"):
            question(date(2027, 1, 4))


def test_rolling_off_the_end_of_the_loaded_years_names_the_year_that_is_needed() -> None:
    only_2027 = WorkCalendar((schedule_of(2027, ("2027-12-31", "rest")),))
    with pytest.raises(ScheduleMissing, match="2028"):
        only_2027.next_workday(date(2027, 12, 31))
    new_year = WorkCalendar((shipped(2024),))
    with pytest.raises(ScheduleMissing, match="2023"):
        new_year.previous_workday(date(2024, 1, 1))


def test_ordinals_begin_with_the_first_workday_of_2024() -> None:
    assert [CALENDAR.ordinal(day(text)) for text in ("2024-01-01", "2024-01-02", "2024-12-31")] == [0, 1, 251]
    assert CALENDAR.workday(1) == date(2024, 1, 2)
    assert CALENDAR.workday(251 + 248 + 248) == date(2026, 12, 31)


@pytest.mark.parametrize("added", [2023, 2027, 2028])
def test_loading_another_year_at_either_end_renumbers_nothing(added: int) -> None:
    grown = WorkCalendar((*CALENDAR.schedules, schedule_of(added, (f"{added}-01-01", "rest"))))
    for offset in range(1096):
        a_day = date(2024, 1, 1) + DAY * offset
        assert grown.ordinal(a_day) == CALENDAR.ordinal(a_day)


def test_years_before_the_epoch_have_ordinals_of_zero_and_below() -> None:
    older = WorkCalendar((schedule_of(2022, ("2022-01-03", "rest")), schedule_of(2023, ("2023-01-02", "rest"))))
    assert older.ordinal(date(2023, 12, 31)) == 0
    assert older.ordinal(date(2023, 1, 1)) == older.ordinal(date(2022, 12, 31)) == -259
    assert older.workday(0) == date(2023, 12, 29)


def test_years_with_a_gap_between_them_stay_in_order_and_never_lead_over_the_gap() -> None:
    gapped = WorkCalendar((shipped(2024), shipped(2026)))
    assert gapped.ordinal(date(2024, 12, 31)) < gapped.ordinal(date(2026, 1, 1))
    assert gapped.workday(gapped.ordinal(date(2026, 3, 9))) == date(2026, 3, 9)
    for ask in (
        lambda: gapped.workdays_between(date(2024, 6, 3), date(2026, 6, 3)),
        lambda: gapped.add_workdays(date(2024, 12, 31), 300),
        lambda: gapped.workday(gapped.ordinal(date(2024, 12, 31)) + 1),
    ):
        with pytest.raises(ScheduleMissing, match="2025年"):
            ask()
    with pytest.raises(ScheduleMissing, match="2025年"):
        gapped.workdays_between(date(2026, 6, 3), date(2024, 6, 3))
    with pytest.raises(ScheduleMissing, match="2025年"):
        gapped.add_workdays(date(2026, 1, 5), -300)


def test_a_calendar_without_any_year_answers_nothing() -> None:
    with pytest.raises(ScheduleMissing, match="2024年"):
        WorkCalendar(()).workday(1)


def test_a_calendar_lists_its_years_and_names_its_days() -> None:
    assert CALENDAR.years == (2024, 2025, 2026)
    named = CALENDAR.schedule_day(date(2026, 9, 20))
    assert named == ScheduleDay(date(2026, 9, 20), "work", "国庆节")
    assert CALENDAR.schedule_day(date(2026, 9, 21)) is None


def test_calendars_of_the_same_schedules_are_equal_and_cannot_be_changed() -> None:
    assert WorkCalendar((shipped(2025), shipped(2024))) == WorkCalendar((shipped(2024), shipped(2025)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        CALENDAR.schedules = ()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ([], "没有任何一天"),
        ([("2026-12-31", "rest")], "2026-12-31不在2027年"),
        ([("2027-01-01", "rest"), ("2027-01-01", "rest")], "2027-01-01重复"),
        ([("2027-01-04", "work")], "2027-01-04是星期一，本来就上班，不应列为班"),
        ([("2027-01-01", "holiday")], "2027-01-01的类别“holiday”不认识，应为休或班"),
    ],
)
def test_a_schedule_that_contradicts_itself_is_refused(days: list[tuple[str, DayKind]], reason: str) -> None:
    with pytest.raises(BadSchedule, match="2027年放假安排有误") as caught:
        WorkCalendar((schedule_of(2027, *days),))
    assert [fault for _, fault in caught.value.faults] == [reason]
    assert reason in str(caught.value)


def test_a_weekend_day_inside_a_festival_may_be_listed_as_a_day_off() -> None:
    check_schedule(schedule_of(2027, ("2027-01-02", "rest"), ("2027-01-03", "rest")))


def test_two_schedules_for_one_year_are_refused() -> None:
    with pytest.raises(BadSchedule, match="同一年有2份安排"):
        WorkCalendar((MADE_UP_2027, MADE_UP_2027))


def test_a_calendar_file_may_hold_several_years_and_dates_as_excel_writes_them() -> None:
    rows = ["2028/1/3,休,元旦,乙,乙", "2027-01-01,休,元旦,甲,甲", "2027-01-03,班,元旦,甲,甲"]
    text = "\n".join(["\ufeff日期,类别,名称,文号,来源", *rows])
    first, second = parse_calendar(text)
    assert (first.year, first.notice, first.source) == (2027, "甲", "甲")
    assert first.days == (
        ScheduleDay(date(2027, 1, 1), "rest", "元旦"),
        ScheduleDay(date(2027, 1, 3), "work", "元旦"),
    )
    assert (second.year, second.days[0].day) == (2028, date(2028, 1, 3))


def test_a_calendar_file_is_refused_with_every_bad_line() -> None:
    text = HEADING + "".join(
        f"{line}\n"
        for line in [
            "2027-01-01,休,元旦,甲,甲",
            "2027-02-30,假,春节,甲,甲",
            "2027-01-01,休,元旦,甲,甲",
            "2027-01-05,班,元旦,甲,甲",
            "2027-01-02,休,元旦,乙,丙",
            "2027-01-03,休,,,甲",
            "2027-01-03,休",
        ]
    )
    with pytest.raises(BadRows, match="放假安排有9处错误") as caught:
        parse_calendar(text)
    lines = [(line, reason.split("，")[0]) for line, reason in caught.value.rows]
    assert lines == sorted(lines)
    assert lines == [
        (3, "“2027-02-30”不是日期"),
        (3, "类别“假”不认识"),
        (4, "2027-01-01重复"),
        (5, "2027-01-05是星期二"),
        (6, "2027年的文号与第2行不同"),
        (6, "2027年的来源与第2行不同"),
        (7, "“名称”没有填写"),
        (7, "“文号”没有填写"),
        (8, "有2格"),
    ]


def test_the_shipped_years_follow_each_other_without_a_gap() -> None:
    assert all(b - a == 1 for a, b in itertools.pairwise(CALENDAR.years))
