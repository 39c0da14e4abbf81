"""Ratings: five levels, two of them bad, and the day by which a bad one must be followed up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.ratings import (
    RECTIFICATION,
    FollowUpDue,
    FollowUpResult,
    FollowUpSteps,
    NoSuchLevel,
    Share,
    checked_level,
    follow_up_due,
    is_bad,
    share,
    why_not_closed,
)
from hall.services.calendar import shipped_calendar, shipped_limits
from hall.words import RATING_LEVELS


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_five_levels_are_taken_and_the_last_two_are_bad(level: int) -> None:
    assert checked_level(level) == level
    assert is_bad(level) == (RATING_LEVELS[level] in ("不满意", "非常不满意"))


@pytest.mark.parametrize("level", [-1, 0, 6, 99])
def test_anything_else_is_refused_and_says_which_there_are(level: int) -> None:
    with pytest.raises(NoSuchLevel, match="5 非常满意"):
        checked_level(level)


def test_nobody_who_stayed_silent_is_counted() -> None:
    assert share([]).words == "没有评价"
    assert share([5, 4, 3, 2, 1]) == Share(3, 5)
    assert share([5, 4, 3, 2, 1]).words == "60.0%（3/5）"


@given(st.lists(st.sampled_from(sorted(RATING_LEVELS))))
def test_the_share_never_exceeds_the_whole(levels: list[int]) -> None:
    found = share(levels)
    assert found.count - found.satisfied == sum(is_bad(level) for level in levels)
    assert 0 <= found.satisfied <= found.count == len(levels)


def test_a_follow_up_has_fifteen_workdays_over_the_holidays() -> None:
    rule = shipped_limits().limit(RECTIFICATION, date(2026, 9, 24))
    assert follow_up_due(shipped_calendar(), rule, date(2026, 9, 24)) == FollowUpDue(date(2026, 10, 22), "")


def test_a_follow_up_into_a_year_without_a_schedule_is_pending_with_the_reason() -> None:
    rule = shipped_limits().limit(RECTIFICATION, date(2026, 12, 21))
    assert follow_up_due(shipped_calendar(), rule, date(2026, 12, 21)) == FollowUpDue(None, "2027年放假安排未录入")


@pytest.mark.parametrize(
    ("result", "steps", "faults"),
    [
        ("corrected", FollowUpSteps(known=True), 2),
        ("corrected", FollowUpSteps(known=False), 1),
        ("corrected", FollowUpSteps(known=True, calls=1, reached=True, corrected=True), 0),
        ("explained", FollowUpSteps(known=True, calls=3), 1),
        ("explained", FollowUpSteps(known=True, calls=1, reached=True), 0),
        ("unfounded", FollowUpSteps(known=True, calls=2), 1),
        ("unfounded", FollowUpSteps(known=True, calls=3), 0),
        ("unfounded", FollowUpSteps(known=False), 0),
    ],
)
def test_a_follow_up_ends_by_what_was_done(result: FollowUpResult, steps: FollowUpSteps, faults: int) -> None:
    assert len(why_not_closed(result, steps, least_calls=3)) == faults
