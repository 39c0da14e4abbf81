"""Qualifications: whether one holds on a day, and when its lack stops somebody who signs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.qualifications import Held, Need, QualificationRule, hindrance, holds, never_held, state_of

TODAY = date(2026, 11, 23)
NEED = Need("penalty.legal", ("exam", "before"), "行政处罚法第五十八条第二款", date(2027, 1, 1))
RULE = QualificationRule(date(2026, 1, 1), "样例", 60, {"exam": "法律职业资格", "before": "原从业证明"}, (NEED,))
EXAM = Held("exam", "A1", date(2020, 1, 1), date(2026, 11, 23))

days = st.dates(date(2025, 1, 1), date(2028, 1, 1))


def test_it_holds_from_its_first_to_its_last_day_and_until_it_is_ended() -> None:
    assert holds(EXAM, on=TODAY)
    assert not holds(EXAM, on=TODAY + timedelta(days=1))
    assert not holds(EXAM, on=date(2019, 12, 31))
    assert holds(replace(EXAM, valid_to=None), on=date(2090, 1, 1))
    assert not holds(replace(EXAM, ended_on=TODAY), on=TODAY)
    assert holds(replace(EXAM, ended_on=TODAY), on=TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("held", "state"),
    [
        (EXAM, "soon"),
        (replace(EXAM, valid_to=TODAY - timedelta(days=1)), "expired"),
        (replace(EXAM, valid_to=TODAY + timedelta(days=60)), "soon"),
        (replace(EXAM, valid_to=TODAY + timedelta(days=61)), "valid"),
        (replace(EXAM, valid_to=None), "valid"),
        (replace(EXAM, valid_from=TODAY + timedelta(days=1), valid_to=None), "future"),
        (replace(EXAM, ended_on=TODAY), "ended"),
        (replace(EXAM, ended_on=TODAY + timedelta(days=1), valid_to=None), "valid"),
    ],
)
def test_a_list_says_how_it_stands(held: Held, state: str) -> None:
    assert state_of(held, on=TODAY, warning_days=60) == state


def test_one_of_the_kinds_that_holds_is_enough() -> None:
    expired = replace(EXAM, valid_to=date(2021, 1, 1))
    assert hindrance(NEED, [expired, Held("before", "B1", date(2018, 1, 1), None)], RULE, on=TODAY) == ""


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (replace(EXAM, valid_to=date(2026, 1, 1)), "法律职业资格（A1）已于2026-01-01到期"),
        (replace(EXAM, ended_on=date(2026, 2, 1)), "法律职业资格（A1）已于2026-02-01终止"),
    ],
)
def test_what_was_entered_and_does_not_hold_stops_whoever_signs_at_any_time(held: Held, words: str) -> None:
    told = hindrance(NEED, [held], RULE, on=TODAY)
    assert words in told
    assert "行政处罚法第五十八条第二款" in told


def test_what_was_never_entered_stops_from_the_day_on_that_the_rule_names_and_no_earlier() -> None:
    other = Held("post", "P1", date(2020, 1, 1), date(2020, 2, 1))
    assert hindrance(NEED, [other], RULE, on=date(2026, 12, 31)) == ""
    assert "没有登记您的法律职业资格或者原从业证明" in hindrance(NEED, [other], RULE, on=date(2027, 1, 1))
    assert hindrance(replace(NEED, asked_from=None), [], RULE, on=date(2090, 1, 1)) == ""


def test_what_was_entered_by_mistake_and_ended_on_its_first_day_stops_nobody() -> None:
    mistaken = replace(EXAM, ended_on=EXAM.valid_from)
    assert hindrance(NEED, [mistaken], RULE, on=TODAY) == ""
    assert "没有登记" in hindrance(NEED, [mistaken], RULE, on=date(2027, 1, 1))


def test_what_begins_later_stops_no_earlier_than_what_was_never_entered() -> None:
    later = replace(EXAM, valid_from=date(2027, 2, 1), valid_to=None)
    assert hindrance(NEED, [later], RULE, on=date(2026, 12, 31)) == ""
    assert "法律职业资格（A1）从2027-02-01起才有效" in hindrance(NEED, [later], RULE, on=date(2027, 1, 1))
    assert hindrance(replace(NEED, asked_from=None), [later], RULE, on=date(2027, 1, 31)) == ""
    expired = replace(EXAM, valid_to=date(2026, 1, 1))
    assert hindrance(NEED, [expired, later], RULE, on=TODAY)


def test_a_kind_that_the_rule_no_longer_names_is_told_by_its_code() -> None:
    assert RULE.words_of("old") == "old"


@given(
    st.lists(
        st.builds(Held, st.sampled_from(["exam", "before"]), st.just("N"), days, st.none() | days, st.none() | days)
    ),
    days,
)
def test_whoever_holds_one_may_sign_and_whoever_once_held_one_may_not(held: list[Held], on: date) -> None:
    told = hindrance(NEED, held, RULE, on=on)
    if any(holds(each, on=on) for each in held):
        assert told == ""
    elif any(each.valid_from <= on and not never_held(each) for each in held):
        assert told.startswith("您的")


@pytest.mark.parametrize(
    ("kinds", "need", "words"),
    [
        ({}, NEED, "缺少 kinds"),
        ({"exam": "资格"}, NEED, "没有声明的资格 before"),
        ({"exam": "资格"}, replace(NEED, kinds=()), "要写明 kinds 和 basis"),
        ({"exam": "资格"}, replace(NEED, kinds=("exam",), basis=""), "要写明 kinds 和 basis"),
        ({"exam": "资格"}, replace(NEED, action="case.accept"), "不认识的 action"),  # type: ignore[arg-type]  # a slip
    ],
)
def test_a_rule_that_says_nonsense_is_named(kinds: dict[str, str], need: Need, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        QualificationRule(date(2026, 1, 1), "样例", 60, kinds, (need,))
