"""Lights: by the ordinals of due days and of today alone."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.lights import (
    LIGHTS,
    DueOrdinals,
    Light,
    LightRule,
    Pressing,
    Today,
    due_range,
    light,
    remaining_days,
)
from hall.words import LIGHTS as LIGHT_NAMES

RULE = LightRule(warning_days=2)
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
    assert light(DueOrdinals(statutory, promised), TODAY, rule=RULE) == expected


def test_what_was_due_on_friday_is_late_on_saturday_and_monday_is_not_today() -> None:
    saturday = Today(100, rest=True)
    assert light(DueOrdinals(120, 100), saturday, rule=RULE) == "over_promised"
    assert light(DueOrdinals(100, 100), saturday, rule=RULE) == "over_statutory"
    assert light(DueOrdinals(120, 101), saturday, rule=RULE) == "warning"


def test_without_warning_days_a_case_turns_on_its_day() -> None:
    rule = LightRule(warning_days=0)
    assert light(DueOrdinals(101, 101), TODAY, rule=rule) == "normal"
    assert light(DueOrdinals(100, 100), TODAY, rule=rule) == "today"


def test_remaining_days_are_zero_on_the_day_and_negative_after_it() -> None:
    assert [remaining_days(due, 100) for due in (103, 100, 98)] == [3, 0, -2]


def test_every_light_has_a_name_and_a_place_in_the_order() -> None:
    assert set(LIGHTS) == set(LIGHT_NAMES)
    assert len(set(LIGHTS)) == len(LIGHTS)


@given(due_days, due_days, st.integers(90, 110), st.integers(0, 5))
def test_as_days_pass_a_light_only_grows_more_pressing(
    statutory: int | None, promised: int | None, today: int, warning: int
) -> None:
    due, rule = DueOrdinals(statutory, promised), LightRule(warning)
    steps = [light(due, Today(today, rest=rest), rule=rule) for rest in (False, True)]
    steps.append(light(due, Today(today + 1), rule=rule))
    places = [LIGHTS.index(each) for each in steps]
    assert places == sorted(places, reverse=True)


@pytest.mark.parametrize("rest", [False, True])
@pytest.mark.parametrize("due", range(95, 106))
def test_a_group_holds_exactly_the_cases_with_its_lights(due: int, rest: bool) -> None:
    today, rule = Today(100, rest=rest), LightRule(warning_days=2)
    lights = {"over": "over_promised", "today": "today", "warning": "warning"}
    shown = light(DueOrdinals(None, due), today, rule=rule)
    for pressing in get_args(Pressing):
        first, last = due_range(pressing, today, rule=rule)
        assert ((first is None or first <= due) and due <= last) == (shown == lights[pressing])
