"""An application for relief: what must come first, what the figures say, who may not do two acts of one."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules import relief_cases as rules
from hall.rules.money import LARGEST_FEN
from hall.rules.relief_cases import (
    Award,
    BadRelief,
    CannotOnRelief,
    Member,
    ReliefKind,
    ReliefStanding,
    ReliefState,
    ReliefTerms,
    SameHandInRelief,
    Vote,
)
from hall.words import RELIEF_KINDS, RELIEF_STATES

TODAY = date(2026, 11, 23)
TERMS = ReliefTerms(
    effective_from=date(2026, 1, 1),
    source="样例",
    charity_name="莲城区慈善协会",
    income_fen=105_000,
    limits={"capital": 500_000, "tools": 300_000, "support": 200_000},
    visitors=2,
    shown_days=7,
    quorum=3,
    percent_for=50,
)
SHOWN = ReliefStanding("shown", shown_until=date(2026, 11, 22))


def test_every_state_and_kind_has_its_word() -> None:
    assert set(get_args(ReliefState)) == set(RELIEF_STATES)
    assert set(get_args(ReliefKind)) == set(RELIEF_KINDS)


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("applied", {"visit", "withdraw"}),
        ("checked", {"visit", "opine", "withdraw"}),
        ("opined", {"vote", "withdraw"}),
        ("voted", {"show", "withdraw"}),
        ("given", set()),
        ("refused", set()),
        ("withdrawn", set()),
    ],
)
def test_one_act_comes_after_the_other(state: ReliefState, acts: set[str]) -> None:
    assert set(rules.possible(ReliefStanding(state), TODAY)) == acts


def test_what_comes_too_early_is_told_with_what_it_waits_for() -> None:
    with pytest.raises(CannotOnRelief, match="现在是“待入户核查”，不能发放；发放要在“公示中”时办理"):
        rules.check_act("give", ReliefStanding("applied"), TODAY)
    rules.check_act("give", SHOWN, TODAY)


def test_nothing_is_given_before_the_day_after_the_last_day_it_is_shown() -> None:
    assert rules.reasons("give", SHOWN, TODAY) == ()
    assert "2026-11-23 为止" in rules.reasons("give", replace(SHOWN, shown_until=TODAY), TODAY)[0]
    assert rules.reasons("give", replace(SHOWN, shown_until=None), TODAY)


def test_an_objection_is_answered_before_anything_is_given() -> None:
    waiting = replace(SHOWN, objection=True)
    assert rules.possible(waiting, TODAY) == ("answer", "withdraw")
    assert "先答复异议" in rules.reasons("give", waiting, TODAY)[0]
    assert "还没有答复" in rules.reasons("object", waiting, TODAY)[0]
    assert "没有等待答复的异议" in rules.reasons("answer", SHOWN, TODAY)[0]
    assert rules.possible(replace(waiting, answered=True), TODAY) == ("give", "object", "withdraw")


@given(st.sampled_from(sorted(rules.APART)), st.integers(min_value=1, max_value=3))
def test_nobody_does_two_acts_that_are_kept_apart(act: str, account_id: int) -> None:
    for before in rules.APART[act]:  # type: ignore[index]  # an act
        with pytest.raises(SameHandInRelief, match="由不同人员负责"):
            rules.check_hand(act, account_id, {before: frozenset({account_id})})  # type: ignore[arg-type]  # an act
        rules.check_hand(act, account_id, {before: frozenset({account_id + 1})})  # type: ignore[arg-type]  # an act


def test_whoever_took_the_application_may_take_its_withdrawal() -> None:
    rules.check_hand("withdraw", 1, {"apply": frozenset({1})})


def test_income_is_counted_a_head_and_the_figure_itself_is_within() -> None:
    household = (Member("张测", "本人", 45, 210_001), Member("张小测", "子女", 9, 0))
    income = rules.income_a_head(household)
    assert income == 105_000
    assert rules.meets(income, TERMS)
    assert not rules.meets(income + 1, TERMS)


def test_two_go_and_something_is_asked_for() -> None:
    rules.check_visitors(2, TERMS)
    with pytest.raises(BadRelief, match="2 名以上工作人员"):
        rules.check_visitors(1, TERMS)
    rules.check_asked("tools", 1)
    for asked in (0, LARGEST_FEN + 1):
        with pytest.raises(BadRelief, match="经营工具金额"):
            rules.check_asked("tools", asked)


def test_a_household_has_somebody_and_nobody_earns_less_than_nothing() -> None:
    member = Member("张测", "本人", 45, 0)
    rules.check_household((member,))
    for household, fault in (((), "第一行是申请人"), ((member,) * 21, "最多写 20 人")):
        with pytest.raises(BadRelief, match=fault):
            rules.check_household(household)
    rules.check_income(0)
    for income in (-1, LARGEST_FEN + 1):
        with pytest.raises(BadRelief, match="不小于零"):
            rules.check_income(income)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_a_vote_carries_with_more_than_half_of_those_present(for_it: int, against: int, abstained: int) -> None:
    vote = Vote(for_it, against, abstained)
    assert rules.carries(vote, TERMS) == (for_it > against + abstained)


@pytest.mark.parametrize(
    ("vote", "award", "kind", "fault"),
    [
        (Vote(2, 0, 0), Award(1), "capital", "不少于 3 人"),
        (Vote(-1, 5, 0), None, "capital", "不少于 3 人"),
        (Vote(2, 1, 1), Award(1), "capital", "没有通过"),
        (Vote(3, 0, 0), None, "capital", "写明救助的金额"),
        (Vote(3, 0, 0), Award(0), "capital", "写明救助的金额"),
        (Vote(3, 0, 0), Award(300_001, "餐车"), "tools", "最多 ¥3,000.00"),
        (Vote(3, 0, 0), Award(300_000), "tools", "什么物资"),
        (Vote(3, 0, 0), Award(300_000, " "), "tools", "什么物资"),
        (Vote(3, 0, 0), Award(300_000, "餐车"), "capital", "不写物资"),
    ],
)
def test_votes_and_award_go_together(vote: Vote, award: Award | None, kind: ReliefKind, fault: str) -> None:
    with pytest.raises(BadRelief, match=fault):
        rules.check_vote(vote, award, kind=kind, terms=TERMS)


def test_what_the_charity_may_decide_is_taken_as_it_is() -> None:
    for award, kind in ((Award(500_000), "capital"), (Award(1, "餐车"), "tools"), (Award(9, "米面"), "support")):
        rules.check_vote(Vote(3, 1, 1), award, kind=kind, terms=TERMS)  # type: ignore[arg-type]  # a kind
    rules.check_vote(Vote(1, 2, 2), None, kind="capital", terms=TERMS)


def test_a_household_is_typed_a_line_a_member() -> None:
    assert rules.parse_household("张测 本人 45 1200\n\n张小测  子女 9 0\n") == (
        Member("张测", "本人", 45, 120_000),
        Member("张小测", "子女", 9, 0),
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (" \n", "第一行是申请人"),
        ("张测 本人 45", "第 1 行应是"),
        ("张测 本人 45 0\n张小 子女 九岁 0", "第 2 行的年龄“九岁”"),
        ("张测 本人 131 0", "年龄"),
        (f"张测 本人 {'9' * 5000} 0", "年龄“9999999999”"),
        ("张测 本人 45 很少", "第 1 行的月收入"),
        ("张测 本人 45 0\n" * 21, "最多写 20 人"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, fault: str) -> None:
    with pytest.raises(BadRelief, match=fault):
        rules.parse_household(text)
