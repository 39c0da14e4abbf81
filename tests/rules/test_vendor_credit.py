"""Credit: every point explained, no order matters, points end, nothing untold or doubted counts against anybody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.vendor_credit import (
    CreditLevel,
    CreditLine,
    CreditRule,
    Fact,
    FactState,
    NotCounted,
    admission,
    expiry,
    last_day,
    score,
    words_of,
)
from hall.rules.versions import Versions

DAY = date(2026, 11, 23)
BAD = CreditLine("K01", "占道经营", -10, 24, "处罚决定书", "条例", needs_decision=True)
GOOD = CreditLine("J01", "志愿服务", 5, 12, "证明", "办法")
LEVELS = (
    CreditLevel("A", "A级", 105, refuses=False, effect="先选"),
    CreditLevel("B", "B级", 80, refuses=False, effect="正常申请"),
    CreditLevel("D", "D级", 0, refuses=True, effect="不予进入"),
)
RULE = CreditRule(
    effective_from=date(2026, 1, 1),
    source="样例",
    base=100,
    lines=(BAD, GOOD),
    levels=LEVELS,
    objection_days=15,
    counts_while_days_run=False,
    counts_while_objected=False,
    refusal_basis="",
    format="样例",
    columns=(),
)
RULES = Versions((RULE,))
TOLD = Fact(
    key=1,
    code="K01",
    points=-10,
    happened_on=date(2026, 9, 1),
    expires_on=date(2028, 9, 1),
    state="told",
    confirmed_on=date(2026, 9, 5),
    told_on=date(2026, 9, 10),
    object_by=date(2026, 9, 25),
)
PRAISE = Fact(
    key=2,
    code="J01",
    points=5,
    happened_on=date(2026, 9, 1),
    expires_on=date(2027, 9, 1),
    state="confirmed",
    confirmed_on=date(2026, 9, 5),
)


def why(fact: Fact, on: date = DAY, rule: CreditRule = RULE) -> NotCounted | None:
    """Why this fact alone is not counted."""
    return score([fact], on=on, rules=Versions((rule,))).lines[0].why_not


def test_who_has_no_record_has_the_base_and_may_apply() -> None:
    nothing = score([], on=DAY, rules=RULES)
    assert (nothing.points, nothing.level.code, nothing.source) == (100, "B", "样例")
    assert admission(nothing, RULE).why == "2026-11-23征信100分，B级：正常申请。"


def test_a_fact_that_was_told_counts_from_the_day_after_the_days_to_object() -> None:
    assert why(TOLD, date(2026, 9, 25)) == "days_run"
    assert why(TOLD, date(2026, 9, 26)) is None
    line = score([TOLD], on=DAY, rules=RULES).lines[0]
    assert (line.since, line.standing, line.counted) == (date(2026, 9, 26), "2026-09-26起计入", -10)


def test_the_other_reading_counts_from_the_day_of_telling() -> None:
    rule = replace(RULE, counts_while_days_run=True)
    assert why(TOLD, date(2026, 9, 9), rule) == "untold"
    assert why(TOLD, date(2026, 9, 10), rule) is None


def test_what_is_objected_to_counts_again_only_when_the_objection_was_answered() -> None:
    objected = replace(TOLD, state="objected", objected_on=date(2026, 10, 1))
    assert why(objected) == "objected"
    assert why(objected, rule=replace(RULE, counts_while_objected=True)) is None
    answered = replace(objected, state="standing", answered_on=date(2026, 10, 12))
    assert why(answered, date(2026, 10, 11)) == "objected"
    assert why(answered, date(2026, 10, 12)) is None


def test_an_objection_within_the_days_ends_them_with_its_answer() -> None:
    early = replace(TOLD, state="standing", objected_on=date(2026, 9, 12), answered_on=date(2026, 9, 15))
    assert why(early, date(2026, 9, 14)) == "objected"
    assert why(early, date(2026, 9, 15)) is None


def test_points_end_on_their_day_by_themselves() -> None:
    assert why(TOLD, date(2028, 8, 31)) is None
    assert why(TOLD, date(2028, 9, 1)) == "expired"
    assert expiry(BAD, date(2026, 2, 28)) == date(2028, 2, 28)
    assert last_day(date(2028, 9, 1)) == date(2028, 8, 31)


def test_good_facts_count_without_being_told() -> None:
    assert why(PRAISE) is None
    assert why(PRAISE, date(2026, 9, 4)) == "unconfirmed"
    assert score([PRAISE], on=DAY, rules=RULES).level.code == "A"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (replace(TOLD, state="entered", confirmed_on=None, told_on=None), "unconfirmed"),
        (replace(TOLD, state="confirmed", told_on=None, object_by=None), "untold"),
        (replace(TOLD, state="corrected"), "corrected"),
        (replace(TOLD, state="voided"), "voided"),
        (replace(TOLD, overturned=True), "overturned"),
        (replace(PRAISE, confirmed_on=DAY + timedelta(days=1)), "unconfirmed"),
    ],
)
def test_every_reason_for_not_counting_is_told(changed: Fact, reason: NotCounted) -> None:
    line = score([changed], on=DAY, rules=RULES).lines[0]
    assert (line.why_not, line.counted) == (reason, 0)
    assert line.standing.endswith("不计")


def test_days_to_object_whose_end_is_not_known_yet_run_until_the_answer() -> None:
    waits = replace(TOLD, object_by=None)
    assert why(waits, date(2026, 12, 30)) == "days_run"
    assert score([waits], on=DAY, rules=RULES).lines[0].since is None
    assert why(replace(waits, objected_on=DAY, answered_on=DAY), DAY) is None


def test_after_an_answer_that_is_still_to_come_a_fact_has_not_begun() -> None:
    rule = replace(RULE, counts_while_objected=True)
    later = replace(TOLD, objected_on=date(2026, 9, 28), answered_on=date(2026, 12, 1))
    assert why(later, DAY, rule) == "not_begun"


def test_a_correction_leaves_nothing_of_what_it_corrects() -> None:
    right = replace(TOLD, key=3, points=-5, corrects=1)
    both = score([TOLD, right], on=DAY, rules=RULES)
    assert both.points == 95
    assert both.lines[0].why_not == "corrected"
    unconfirmed = replace(right, state="entered", confirmed_on=None, told_on=None)
    assert score([TOLD, unconfirmed], on=DAY, rules=RULES).points == 90
    assert score([TOLD, replace(right, state="voided")], on=DAY, rules=RULES).points == 90


def test_the_lowest_level_refuses_only_with_a_law() -> None:
    low = score([replace(TOLD, key=key) for key in range(3)], on=DAY, rules=RULES)
    assert low.level.code == "D"
    told = admission(low, RULE)
    assert (told.admitted, told.rank) == (True, 2)
    assert told.why == "2026-11-23征信70分，D级：没有法律、法规依据不予拒绝，排在其他申请人之后。"
    refused = admission(low, replace(RULE, refusal_basis="示例市条例第九条"))
    assert (refused.admitted, refused.level) == (False, "D")
    assert "示例市条例第九条" in refused.why


def test_below_the_last_level_there_is_none() -> None:
    assert RULE.level_of(-50).code == "D"


def test_a_code_keeps_the_words_of_its_day() -> None:
    later = replace(RULE, effective_from=date(2027, 1, 1), lines=(replace(BAD, words="新的说法"),))
    rules = Versions((RULE, later))
    assert words_of("K01", DAY, rules) == "占道经营"
    assert words_of("K01", date(2027, 2, 1), rules) == "新的说法"
    assert words_of("J01", date(2027, 2, 1), rules) == "志愿服务"
    assert words_of("X99", DAY, rules) == "X99"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"lines": (BAD, BAD)}, "重复"),
        ({"lines": (replace(BAD, points=0),)}, "没有分值"),
        ({"lines": (replace(BAD, months=61),)}, "60 个月"),
        ({"levels": ()}, "由高到低"),
        ({"levels": LEVELS[::-1]}, "由高到低"),
        ({"levels": (replace(LEVELS[0], refuses=True), LEVELS[1])}, "最低等级"),
    ],
)
def test_a_rule_table_with_a_fault_is_refused(changes: dict[str, tuple[object, ...]], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        replace(RULE, **changes)  # type: ignore[arg-type]  # tuples of whatever the field holds


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
MAYBE = st.none() | DAYS
STATES: tuple[FactState, ...] = ("entered", "confirmed", "told", "objected", "standing", "corrected", "voided")


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """Facts with whatever days, some in the place of others."""
    count = draw(st.integers(0, 6))
    return [
        Fact(
            key=key,
            code=draw(st.sampled_from(["K01", "J01"])),
            points=draw(st.sampled_from([-10, -5, 5])),
            happened_on=draw(DAYS),
            expires_on=draw(DAYS),
            state=draw(st.sampled_from(STATES)),
            confirmed_on=draw(MAYBE),
            told_on=draw(MAYBE),
            object_by=draw(MAYBE),
            objected_on=draw(MAYBE),
            answered_on=draw(MAYBE),
            corrects=draw(st.none() | st.integers(0, count)),
            overturned=draw(st.booleans()),
        )
        for key in range(count)
    ]


@given(facts(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(known: list[Fact], on: date, random: object) -> None:
    mixed = list(known)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' Random
    assert score(mixed, on=on, rules=RULES) == score(known, on=on, rules=RULES)


@given(facts(), DAYS)
def test_the_points_are_the_base_and_the_lines_that_count(known: list[Fact], on: date) -> None:
    counted = score(known, on=on, rules=RULES)
    assert counted.points == 100 + sum(line.fact.points for line in counted.lines if line.why_not is None)
    assert len(counted.lines) == len(known)


@given(facts(), DAYS)
def test_nothing_untold_doubted_or_over_counts_against_anybody(known: list[Fact], on: date) -> None:
    for line in score(known, on=on, rules=RULES).lines:
        if line.counted >= 0:
            continue
        fact = line.fact
        assert fact.told_on is not None
        assert fact.told_on <= on < fact.expires_on
        assert fact.confirmed_on is not None
        assert fact.objected_on is None or fact.objected_on > on or fact.answered_on is not None


@given(facts(), DAYS)
def test_what_was_corrected_leaves_the_score_as_if_it_had_never_been(known: list[Fact], on: date) -> None:
    gone = {f.corrects for f in known if f.state != "voided" and f.confirmed_on is not None and f.confirmed_on <= on}
    counted = score(known, on=on, rules=RULES)
    assert all(line.counted == 0 for line in counted.lines if line.fact.key in gone)
