"""Lights: by the ordinals of due days and of today alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.catalogue import Limit
from hall.rules.lights import (
    LIGHTS,
    DueOrdinals,
    Light,
    Today,
    WarningRule,
    light,
    remaining_days,
    warning_days_of,
)
from hall.words import LIGHTS as LIGHT_NAMES

RULE = WarningRule(date(2026, 1, 1), "大厅规则", least_days=1, share_percent=20)
TODAY = Today(100)

due_days = st.none() | st.integers(80, 120)


@pytest.mark.parametrize(
    ("statutory", "promised", "expected"),
    [
        (120, 110, "normal"),
        (120, 103, "normal"),
        (120, 102, "warning"),
        (120, 101, "warning"),
        (120, 100, "today"),
        (120, 99, "over_promised"),
        (100, 99, "over_promised"),
        (99, 99, "over_statutory"),
        (99, 110, "over_statutory"),
        (None, None, "pending"),
        (None, 103, "normal"),
        (None, 99, "over_promised"),
        (100, None, "today"),
        (99, None, "over_statutory"),
    ],
)
def test_a_light_shows_how_near_the_nearer_due_day_is(
    statutory: int | None, promised: int | None, expected: Light
) -> None:
    assert light(DueOrdinals(statutory, promised), TODAY, warning_days=2) == expected


def test_what_was_due_on_friday_is_late_on_saturday_and_monday_is_not_today() -> None:
    saturday = Today(100, rest=True)
    assert light(DueOrdinals(120, 100), saturday, warning_days=2) == "over_promised"
    assert light(DueOrdinals(100, 100), saturday, warning_days=2) == "over_statutory"
    assert light(DueOrdinals(120, 101), saturday, warning_days=2) == "warning"


def test_without_warning_days_a_case_turns_on_its_day() -> None:
    assert light(DueOrdinals(101, 101), TODAY, warning_days=0) == "normal"
    assert light(DueOrdinals(100, 100), TODAY, warning_days=0) == "today"


def test_remaining_days_are_zero_on_the_day_and_negative_after_it() -> None:
    assert [remaining_days(due, 100) for due in (103, 100, 98)] == [3, 0, -2]


def test_every_light_has_a_name_and_a_place_in_the_order() -> None:
    assert set(LIGHTS) == set(LIGHT_NAMES)
    assert len(set(LIGHTS)) == len(LIGHTS)


@given(due_days, due_days, st.integers(90, 110), st.integers(0, 5))
def test_as_days_pass_a_light_only_grows_more_pressing(
    statutory: int | None, promised: int | None, today: int, warning: int
) -> None:
    due = DueOrdinals(statutory, promised)
    steps = [light(due, Today(today, rest=rest), warning_days=warning) for rest in (False, True)]
    steps.append(light(due, Today(today + 1), warning_days=warning))
    places = [LIGHTS.index(each) for each in steps]
    assert places == sorted(places, reverse=True)


@pytest.mark.parametrize("due", [DueOrdinals(None, None), DueOrdinals(99, 99), DueOrdinals(100, 101)])
def test_while_the_clocks_stand_still_a_case_has_a_light_of_its_own(due: DueOrdinals) -> None:
    assert light(due, TODAY, warning_days=2, standing="paused") == "paused"
    assert light(due, TODAY, warning_days=2, standing="stopped") == light(due, TODAY, warning_days=2)


@pytest.mark.parametrize(
    ("limit", "days"),
    [
        (None, 1),
        (Limit(0, "workday"), 0),
        (Limit(1, "workday"), 1),
        (Limit(2, "workday"), 1),
        (Limit(3, "workday"), 1),
        (Limit(5, "workday"), 1),
        (Limit(6, "workday"), 2),
        (Limit(20, "workday"), 4),
        (Limit(21, "day"), 5),
        (Limit(49, "hour"), 1),
        (Limit(144, "hour"), 2),
    ],
)
def test_a_case_turns_yellow_a_fifth_of_its_limit_before_the_end(limit: Limit | None, days: int) -> None:
    assert warning_days_of(RULE, limit) == days


@pytest.mark.parametrize(("own", "days"), [(0, 0), (1, 1), (4, 4), (5, 4), (30, 4)])
def test_a_matter_may_have_its_own_warning_days(own: int, days: int) -> None:
    assert warning_days_of(RULE, Limit(5, "workday"), own=own) == days
    assert warning_days_of(RULE, None, own=own) == own


@given(st.integers(0, 60), st.none() | st.integers(0, 60), st.integers(0, 10), st.integers(0, 100))
def test_only_a_limit_of_one_day_starts_yellow(budget: int, own: int | None, least: int, share: int) -> None:
    rule = WarningRule(date(2026, 1, 1), "大厅规则", least_days=least, share_percent=share)
    days = warning_days_of(rule, Limit(budget, "workday"), own=own)
    start = light(DueOrdinals(None, TODAY.ordinal + budget), TODAY, warning_days=days)
    assert start == {0: "today", 1: start}.get(budget, "normal")
    if budget == 1 and (least or share or own) and own != 0:
        assert start == "warning"


def test_a_rule_of_more_than_the_whole_or_of_negative_days_is_no_rule() -> None:
    for least, share in ((-1, 20), (1, 101), (1, -1)):
        with pytest.raises(ValueError, match="least_days"):
            WarningRule(date(2026, 1, 1), "大厅规则", least, share)
