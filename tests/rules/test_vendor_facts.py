"""What may be done with a fact: every act has its time, every refusal its sentence, every check its hand."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules.vendor_credit import Fact
from hall.rules.vendor_facts import (
    BadFact,
    CannotOnFact,
    Decision,
    FactAct,
    Hands,
    SameHandOnFact,
    answer_light,
    check_hands,
    check_new,
    check_replaced,
    check_single,
    check_told,
    corrected_once,
    open_acts,
    reasons,
)
from tests.rules.test_vendor_credit import BAD, DAY, GOOD, TOLD

ENTERED = replace(TOLD, state="entered", confirmed_on=None, told_on=None, object_by=None)
CONFIRMED = replace(TOLD, state="confirmed", told_on=None, object_by=None)
NOTICED = replace(CONFIRMED, noticed=True)
OBJECTED = replace(TOLD, state="objected", objected_on=DAY)
DUE = date(2026, 12, 8)
PUNISHED = Decision(same_person=True, served=True, punished_on=date(2026, 9, 1))
STANDING = replace(OBJECTED, state="standing", answered_on=DAY)


@pytest.mark.parametrize(
    ("fact", "acts"),
    [
        (ENTERED, ("confirm", "drop")),
        (CONFIRMED, ("notify", "object", "correct", "void")),
        (NOTICED, ("tell", "notify", "object", "correct", "void")),
        (TOLD, ("object", "correct", "void")),
        (OBJECTED, ("answer",)),
        (STANDING, ("correct", "void")),
        (replace(TOLD, state="corrected"), ()),
        (replace(TOLD, state="voided"), ()),
        (replace(TOLD, expires_on=DAY), ("correct", "void")),
    ],
)
def test_each_state_allows_its_acts_the_next_first(fact: Fact, acts: tuple[FactAct, ...]) -> None:
    assert open_acts(fact, DAY) == acts


@pytest.mark.parametrize(
    ("act", "fact", "words"),
    [
        ("confirm", CONFIRMED, "已经复核"),
        ("notify", ENTERED, "还没有复核"),
        ("notify", TOLD, "告知本人"),
        ("notify", replace(CONFIRMED, overturned=True), "已经撤销"),
        ("tell", replace(NOTICED, overturned=True), "已经撤销"),
        ("tell", CONFIRMED, "先出告知书"),
        ("object", ENTERED, "还没有复核"),
        ("object", OBJECTED, "正在核实"),
        ("object", STANDING, "行政复议"),
        ("object", replace(TOLD, expires_on=DAY), "已到期"),
        ("answer", TOLD, "没有提出"),
        ("correct", ENTERED, "退回作废"),
        ("void", OBJECTED, "请答复异议"),
        ("void", replace(TOLD, state="voided"), "已作废"),
    ],
)
def test_what_may_not_be_done_says_why(act: FactAct, fact: Fact, words: str) -> None:
    (why,) = reasons(act, fact, DAY)
    assert words in why
    assert str(CannotOnFact((why,))) == why


@pytest.mark.parametrize(
    ("act", "account", "refused"),
    [
        ("confirm", 1, True),
        ("drop", 1, True),
        ("confirm", 2, False),
        ("answer", 1, True),
        ("answer", 2, True),
        ("void", 2, True),
        ("answer", 3, False),
        ("tell", 1, False),
    ],
)
def test_who_checks_is_another(act: FactAct, account: int, refused: bool) -> None:
    hands = Hands(entered_by=1, confirmed_by=2)
    if not refused:
        check_hands(act, hands, account)
        return
    with pytest.raises(SameHandOnFact, match="另一位"):
        check_hands(act, hands, account)


def test_a_new_fact_is_of_a_kind_of_its_day_proven_and_of_somebody_of_age() -> None:
    def check(**changed: object) -> None:
        given: dict[str, object] = {
            "line": GOOD,
            "happened_on": date(2026, 9, 1),
            "today": DAY,
            "expires_on": date(2027, 9, 1),
            "birth": None,
            "decision": None,
        }
        given.update(changed)
        line = given.pop("line")
        check_new(line, **given)  # type: ignore[arg-type]  # a test's table

    check()
    check(birth=date(2010, 1, 1))
    check(line=BAD, decision=PUNISHED, birth=date(1980, 1, 1))
    for changed, words in (
        ({"line": None}, "没有这个事项"),
        ({"happened_on": date(2026, 11, 24)}, "还没有到"),
        ({"expires_on": DAY}, "2026-11-22届满"),
        ({"line": BAD, "birth": date(2010, 1, 1)}, "未满十八周岁"),
        ({"line": BAD}, "案号"),
        ({"line": BAD, "decision": replace(PUNISHED, same_person=False)}, "当事人不是"),
        ({"line": BAD, "decision": replace(PUNISHED, served=False)}, "还没有送达"),
        ({"line": BAD, "decision": replace(PUNISHED, punished_on=None)}, "不予处罚"),
        ({"line": BAD, "decision": replace(PUNISHED, punished_on=date(2026, 8, 31))}, "晚于处罚决定"),
    ):
        with pytest.raises(BadFact, match=words):
            check(**changed)


def test_a_fact_stands_once_for_a_day_and_for_a_decision() -> None:
    check_single(same_day=False, same_case=False)
    with pytest.raises(BadFact, match="当日"):
        check_single(same_day=True, same_case=False)
    with pytest.raises(BadFact, match="只记一次"):
        check_single(same_day=True, same_case=True)


def test_a_correction_waits_for_the_answer_to_an_objection() -> None:
    check_replaced(TOLD)
    with pytest.raises(CannotOnFact, match="先答复异议"):
        check_replaced(OBJECTED)


def test_somebody_is_told_between_the_confirmation_and_today() -> None:
    check_told(date(2026, 9, 5), CONFIRMED, DAY)
    check_told(DAY, CONFIRMED, DAY)
    for day, fact in ((date(2026, 9, 4), CONFIRMED), (date(2026, 11, 24), CONFIRMED), (DAY, ENTERED)):
        with pytest.raises(BadFact, match="送达日期"):
            check_told(day, fact, DAY)


@pytest.mark.parametrize(
    ("day", "light"),
    [
        (date(2026, 11, 24), "normal"),
        (date(2026, 12, 3), "warning"),
        (DUE, "today"),
        (date(2026, 12, 9), "over_statutory"),
    ],
)
def test_an_answer_becomes_more_pressing_by_the_day(day: date, light: str) -> None:
    assert answer_light(DUE, OBJECTED, day, warning_days=5) == light


def test_where_no_answer_is_waited_for_there_is_no_light() -> None:
    assert answer_light(DUE, STANDING, DAY, warning_days=5) is None
    assert answer_light(None, OBJECTED, DAY, warning_days=5) is None


def test_one_fact_takes_the_place_of_another() -> None:
    other = replace(ENTERED, key=2, corrects=1)
    assert corrected_once(1, [TOLD, other])
    assert not corrected_once(1, [TOLD, replace(other, state="voided")])
    assert not corrected_once(2, [TOLD, other])
