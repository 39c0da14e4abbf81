"""Accountability: shares of days, the ladder, who may decide, what a decision holds."""

from datetime import date, timedelta
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.accountability import (
    RECORD_ACTS,
    AccountabilityRule,
    AppealTooLate,
    BadDecision,
    Decision,
    Degree,
    Exemption,
    Finding,
    NotCorrected,
    NotHeard,
    NotOnlySubject,
    OwnRecord,
    RecordAct,
    RecordNotNow,
    RecordState,
    Rung,
    SameJudge,
    Share,
    Spell,
    acts_on,
    after_record,
    check_apart,
    check_appeal,
    check_close,
    check_decision,
    check_heard,
    check_reviewer,
    possession_shares,
    propose,
    repetition,
)
from hall.rules.supervision_words import DEGREES, EXEMPTIONS, MEASURES, RECORD_FINDINGS, RECORD_STATES

POINTS = {"blue": 3, "yellow": 5, "red": 10, "ordinary": 3, "serious": 5, "grave": 10}
LADDER = (Rung(1, "self_criticism"), Rung(2, "no_bonus"), Rung(3, "transfer", leaders=True))
DEFAULTS = (Rung(1, "talk"), Rung(2, "office", leaders=True))
START = date(2026, 1, 1)
RULE = AccountabilityRule(START, "大厅规则", POINTS, LADDER, DEFAULTS, plea_days=3, appeal_days=30, correction_days=10)
DAY = date(2026, 11, 23)
SUBJECT, APPROVER = 7, 9


def test_each_time_within_a_year_leads_further_and_the_third_counts_against_the_leaders() -> None:
    proposals = [propose(RULE, worth="yellow", times=times) for times in (1, 2, 3, 4)]
    assert [each.measure for each in proposals] == ["self_criticism", "no_bonus", "transfer", "transfer"]
    assert [each.leaders for each in proposals] == [False, False, True, True]
    assert {each.points for each in proposals} == {5}
    assert propose(RULE, worth="grave", times=1).points == 10


def test_a_default_by_silence_has_a_ladder_of_its_own() -> None:
    proposals = [propose(RULE, worth="red", times=times, defaulted=True) for times in (1, 2)]
    assert [(each.measure, each.leaders) for each in proposals] == [("talk", False), ("office", True)]


def test_a_record_counts_for_a_year() -> None:
    assert repetition((), DAY) == 1
    assert repetition((DAY, DAY - timedelta(days=364)), DAY) == 3
    assert repetition((DAY - timedelta(days=365), DAY + timedelta(days=1)), DAY) == 1


def days(first: int, last: int) -> list[date]:
    return [DAY + timedelta(days=each) for each in range(first, last + 1)]


def test_a_day_belongs_to_the_hand_in_which_it_began() -> None:
    spells = (
        Spell(DAY, None, "市政科"),
        Spell(DAY + timedelta(days=2), 8, "市政科", acting_for=7),
        Spell(DAY + timedelta(days=2), 7, "市政科"),
        Spell(DAY + timedelta(days=5), 9, "市容科"),
    )
    assert possession_shares(spells, days(1, 6)) == (
        Share(7, "市政科", None, 3),
        Share(None, "市政科", None, 2),
        Share(9, "市容科", None, 1),
    )


def test_a_substitute_answers_for_his_own_days() -> None:
    spells = (Spell(DAY, 7, "市政科"), Spell(DAY + timedelta(days=1), 8, "市政科", acting_for=7))
    assert possession_shares(spells, days(1, 3)) == (Share(8, "市政科", 7, 2), Share(7, "市政科", None, 1))
    assert possession_shares((), days(1, 3)) == ()


def test_days_before_anybody_had_the_case_belong_to_the_first_hand() -> None:
    assert possession_shares((Spell(DAY + timedelta(days=3), 7, "市政科"),), days(1, 5)) == (
        Share(7, "市政科", None, 5),
    )


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 4)), min_size=1), st.integers(0, 20))
def test_the_shares_add_up_to_the_days_that_were_used(hands: list[tuple[int, int]], used: int) -> None:
    spells = [Spell(DAY + timedelta(days=first), account, "市政科") for first, account in hands]
    assert sum(share.days for share in possession_shares(spells, days(1, used))) == used


@pytest.mark.parametrize(
    ("state", "act", "then"),
    [
        ("opened", "decide", "decided"),
        ("decided", "deliver", "delivered"),
        ("appealed", "review", "delivered"),
        ("delivered", "correct", "delivered"),
        ("delivered", "close", "closed"),
    ],
)
def test_a_record_is_decided_delivered_appealed_and_closed(
    state: RecordState, act: RecordAct, then: RecordState
) -> None:
    assert after_record(act, state, actor=APPROVER, subject=SUBJECT) == then


def test_whatever_is_not_in_the_table_is_refused_with_what_is_possible() -> None:
    for state, act in product(get_args(RecordState), get_args(RecordAct)):
        if act not in acts_on(state):
            with pytest.raises(RecordNotNow):
                after_record(act, state, actor=APPROVER, subject=SUBJECT)
    with pytest.raises(RecordNotNow, match="现在可以：陈述申辩、作出决定"):
        after_record("close", "opened", actor=APPROVER, subject=SUBJECT)
    with pytest.raises(RecordNotNow, match="已经结案"):
        after_record("close", "closed", actor=APPROVER, subject=SUBJECT)


def test_the_subject_pleads_and_others_judge() -> None:
    assert after_record("plead", "opened", actor=SUBJECT, subject=SUBJECT) == "opened"
    assert after_record("appeal", "delivered", actor=SUBJECT, subject=SUBJECT) == "appealed"
    with pytest.raises(NotOnlySubject, match="陈述申辩"):
        after_record("plead", "opened", actor=APPROVER, subject=SUBJECT)
    with pytest.raises(NotOnlySubject, match="申诉"):
        after_record("appeal", "delivered", actor=APPROVER, subject=SUBJECT)
    for state, act in (("opened", "decide"), ("appealed", "review")):
        with pytest.raises(OwnRecord, match=RECORD_ACTS[act]):  # type: ignore[index]  # an act of the table
            after_record(act, state, actor=SUBJECT, subject=SUBJECT)  # type: ignore[arg-type]
    check_apart(APPROVER, SUBJECT, "登记责任追究")
    with pytest.raises(OwnRecord, match="登记责任追究"):
        check_apart(SUBJECT, SUBJECT, "登记责任追究")


def test_nobody_is_held_to_account_unheard() -> None:
    check_heard("当日系统故障", DAY, DAY)
    check_heard("", DAY - timedelta(days=1), DAY)
    with pytest.raises(NotHeard, match="11月23日前可以申辩"):
        check_heard("", DAY, DAY)
    with pytest.raises(NotHeard, match="待定"):
        check_heard("", None, DAY)


@pytest.mark.parametrize(
    "decision",
    [
        Decision("upheld", degree="ordinary", measure="self_criticism", points=5),
        Decision("rejected"),
        Decision("exempt", exemption="system_fault"),
    ],
)
def test_a_decision_whose_parts_fit_is_taken(decision: Decision) -> None:
    check_decision(decision)


@pytest.mark.parametrize(
    ("decision", "fault"),
    [
        (Decision("upheld"), "程度和处理方式"),
        (Decision("upheld", degree="ordinary"), "程度和处理方式"),
        (Decision("upheld", degree="ordinary", measure="talk", points=-1), "负数"),
        (Decision("upheld", exemption="applicant", degree="ordinary", measure="talk"), "免责要写明事由"),
        (Decision("rejected", points=3), "不成立"),
        (Decision("exempt", exemption="applicant", measure="talk"), "不成立或者免责"),
        (Decision("exempt"), "免责要写明事由"),
    ],
)
def test_a_decision_that_contradicts_itself_is_refused(decision: Decision, fault: str) -> None:
    with pytest.raises(BadDecision, match=fault):
        check_decision(decision)


def test_an_appeal_has_its_time_and_another_judge() -> None:
    check_appeal(DAY, DAY)
    with pytest.raises(AppealTooLate, match="11月23日届满"):
        check_appeal(DAY, DAY + timedelta(days=1))
    check_reviewer(APPROVER, None)
    with pytest.raises(SameJudge):
        check_reviewer(APPROVER, APPROVER)


def test_what_was_to_be_corrected_is_closed_with_its_correction() -> None:
    check_close(None, "")
    check_close(DAY, "已重新培训")
    with pytest.raises(NotCorrected):
        check_close(DAY, "")


def test_a_rule_is_complete() -> None:
    def rule(points: dict[str, int], ladder: tuple[Rung, ...]) -> AccountabilityRule:
        return AccountabilityRule(START, "大厅规则", points, ladder, DEFAULTS, 3, 30, 10)

    with pytest.raises(ValueError, match="points 缺少 blue"):
        rule({}, LADDER)
    for ladder in ((), LADDER[1:]):
        with pytest.raises(ValueError, match="从 times = 1 起"):
            rule(POINTS, ladder)
    with pytest.raises(ValueError, match="没有“nap”"):
        rule(POINTS, (Rung(1, "nap"),))


def test_every_code_has_its_word() -> None:
    assert set(RECORD_STATES) == set(get_args(RecordState))
    assert set(RECORD_FINDINGS) == set(get_args(Finding))
    assert set(EXEMPTIONS) | {""} == set(get_args(Exemption))
    assert set(DEGREES) | {""} == set(get_args(Degree))
    assert set(RECORD_ACTS) == set(get_args(RecordAct))
    assert {rung.measure for rung in (*LADDER, *DEFAULTS)} <= set(MEASURES)
