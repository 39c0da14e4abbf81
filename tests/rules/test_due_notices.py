"""Which messages a due day causes: before it to the holder, after it to the manager, too; never on a day of rest."""

from datetime import date, timedelta

import pytest

from hall.rules.due_notices import DUE_CODES, DueCode, DueRule, DueRung, rungs_come, said, span
from hall.services.calendar import shipped_calendar
from hall.words import DUE_WORDS

SOON = DueRung("soon", "warning", "holder")
LAST = DueRung("last", 5, "holder", frozenset[DueCode]({"expiry"}))
MISSED = DueRung("missed", "past", "holder")
OVERSEER = DueRung("overseer", "past", "manager")
CALENDAR = shipped_calendar()
RULE = DueRule(date(2026, 1, 1), "测试", 1, 31, (SOON, LAST, MISSED, OVERSEER))
WEDNESDAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 30)


def come(due: DueCode, due_on: date, today: date, warning_days: int | None = None) -> list[str]:
    found = rungs_come(due, due_on, today=today, warning_days=warning_days, rule=RULE, calendar=CALENDAR)
    return [rung.code for rung in found]


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (WEDNESDAY - timedelta(days=2), []),
        (WEDNESDAY - timedelta(days=1), ["soon"]),
        (WEDNESDAY, ["soon"]),
        (WEDNESDAY + timedelta(days=1), ["missed", "overseer"]),
        (WEDNESDAY + timedelta(days=31), ["missed", "overseer"]),
        (WEDNESDAY + timedelta(days=32), []),
    ],
)
def test_it_is_said_a_workday_before_and_once_more_when_it_is_missed(today: date, codes: list[str]) -> None:
    assert come("correct", WEDNESDAY, today) == codes


def test_over_a_weekend_it_is_said_on_the_friday() -> None:
    friday = MONDAY - timedelta(days=3)
    assert (come("correct", MONDAY, friday), come("correct", MONDAY, friday - timedelta(days=1))) == (["soon"], [])
    saturday_before = MONDAY - timedelta(days=2)
    assert come("promise", MONDAY, friday, warning_days=2) == ["soon"], f"the light turns yellow on {saturday_before}"
    assert come("promise", MONDAY, friday - timedelta(days=1), warning_days=2) == []


def test_what_has_a_light_of_its_own_is_said_when_that_turns_yellow_and_again_near_the_end() -> None:
    end = date(2026, 12, 30)
    assert come("expiry", end, end - timedelta(days=61), warning_days=60) == ["soon"], (
        "the 31st of October is a Saturday"
    )
    assert come("expiry", end, end - timedelta(days=62), warning_days=60) == []
    assert come("expiry", end, date(2026, 12, 23), warning_days=60) == ["last", "soon"], "the latest first"
    assert come("promise", end, date(2026, 12, 23), warning_days=60) == ["soon"]


def test_without_a_schedule_it_is_said_by_the_calendar_alone() -> None:
    far = date(2035, 6, 15)
    assert come("correct", far, far - timedelta(days=1)) == ["soon"]
    assert come("correct", far, far - timedelta(days=2)) == []
    assert come("promise", far, far - timedelta(days=2), warning_days=2) == ["soon"]


@pytest.mark.parametrize("due", ["offer", "statement", "shown"])
def test_the_day_of_somebody_else_is_over_and_not_missed(due: DueCode) -> None:
    assert come(due, WEDNESDAY, WEDNESDAY + timedelta(days=1)) == ["missed"]
    assert (
        said("收回摊位 1号", due, WEDNESDAY, rung=MISSED)
        == f"收回摊位 1号：{DUE_WORDS[due]} 2026-11-25 已经期满，请接着办理"
    )


def test_what_is_said_names_number_and_day() -> None:
    said_of = [said("诉求 测诉〔2026〕1号", "feedback", WEDNESDAY, rung=rung) for rung in (SOON, MISSED, OVERSEER)]
    assert said_of == [
        "诉求 测诉〔2026〕1号：单位反馈 2026-11-25 到期，请按时办理",
        "诉求 测诉〔2026〕1号：单位反馈 2026-11-25 到期，已经逾期，请马上办理",
        "诉求 测诉〔2026〕1号：单位反馈 2026-11-25 到期，已经逾期，请督促办理",
    ]


def test_nothing_comes_outside_of_the_span() -> None:
    """Whatever the day of the week: a day that causes a message today lies in it."""
    for shift in range(14):
        today = WEDNESDAY + timedelta(days=shift)
        for due, warning_days in (("correct", None), ("promise", 2), ("expiry", 60)):
            first, last = span((due,), today=today, warning_days=warning_days, rule=RULE)  # type: ignore[arg-type]
            for days in range(-60, 120):
                due_on = today + timedelta(days=days)
                if come(due, due_on, today, warning_days):  # type: ignore[arg-type]
                    assert first <= due_on <= last
    assert span((), today=WEDNESDAY, warning_days=None, rule=RULE)[0] == WEDNESDAY - timedelta(days=31)


def test_every_due_has_its_word() -> None:
    assert set(DUE_WORDS) >= DUE_CODES
    assert max(map(len, DUE_CODES)) <= 16, "as the column is wide"


def test_a_rung_without_a_name_or_before_no_day_is_refused() -> None:
    for code, at in (("", 1), ("x" * 17, 1), ("soon", -1)):
        with pytest.raises(ValueError, match=r"code|at"):
            DueRung(code, at, "holder")
    with pytest.raises(ValueError, match="rungs"):
        DueRule(date(2026, 1, 1), "测试", 1, 31)
    with pytest.raises(ValueError, match="rungs"):
        DueRule(date(2026, 1, 1), "测试", 1, 31, (SOON, SOON))
