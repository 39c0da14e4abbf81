"""Benchmarks: what tiers come to, between which amounts law lets a fine lie, what may be used, which norm governs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.money import LARGEST_FEN
from hall.rules.violations import (
    BadQuantity,
    NoAmount,
    QuantityTooLarge,
    Span,
    Tier,
    Unit,
    ViolationEntry,
    amounts,
    governing,
    quantity_of,
    standing,
    statutory_span,
    unusable,
)

FLAT = Tier("any", "公民/单位", "一般", "2处", 50_00, 200_00, "yuan", "元")


def tier(unit: Unit, low: int | None, high: int | None, *, cap_fen: int | None = None, words: str = "单位") -> Tier:
    return replace(FLAT, unit=unit, low=low, high=high, cap_fen=cap_fen, object_words=words)


def entry(*tiers: Tier, begins: date = date(2025, 1, 1)) -> ViolationEntry:
    return ViolationEntry("TS01", "乱堆", "第1条", "第2条", "may", tiers, "测试", valid_from=begins)


@pytest.mark.parametrize(
    ("row", "quantity", "span"),
    [
        (tier("yuan", 5_000, 20_000), None, (5_000, 20_000)),
        (tier("m2", 50_000, 100_000, cap_fen=2_000_000), "3.5", (175_000, 350_000)),
        (tier("m2", 50_000, 100_000, cap_fen=2_000_000), "30", (1_500_000, 2_000_000)),
        (tier("m2_day", 5_000, 10_000), "12", (60_000, 120_000)),
        (tier("tree", 500_000, 2_000_000), "4", (2_000_000, 8_000_000)),
        (tier("item", 300_000, 300_000), "2", (600_000, 600_000)),
        (tier("vehicle", 3_000, 3_000), "3", (9_000, 9_000)),
        (tier("tonne", 20_000, 20_000, cap_fen=1_000_000), "1.25", (25_000, 25_000)),
        (tier("multiple", 0, 300, cap_fen=3_000_000), "4500.50", (0, 1_350_150)),
        (tier("multiple", 100, 200), "5300", (530_000, 1_060_000)),
        (tier("percent", 500, 1_000), "120000", (600_000, 1_200_000)),
        (tier("percent", 500, 1_000), "0.33", (1, 3)),
    ],
)
def test_each_unit_comes_to_what_law_says(row: Tier, quantity: str | None, span: tuple[int, int]) -> None:
    assert amounts(row, None if quantity is None else Decimal(quantity)) == span


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.decimals("0.0001", "9999", places=4), st.integers(1, 10**7))
def test_the_low_end_never_passes_the_high_one_nor_the_cap(low: int, more: int, quantity: Decimal, cap: int) -> None:
    span = amounts(tier("m2", low, low + more, cap_fen=cap), quantity)
    assert 0 <= span.low_fen <= span.high_fen <= cap


@pytest.mark.parametrize("quantity", [None, Decimal(0), Decimal(-1)])
def test_a_unit_that_is_multiplied_wants_a_quantity(quantity: Decimal | None) -> None:
    with pytest.raises(BadQuantity, match="株数：请填大于0的整数"):
        amounts(tier("tree", 1, 2), quantity)


def test_a_row_without_amounts_and_a_fine_beyond_all_measure_are_refused() -> None:
    with pytest.raises(NoAmount, match="没有公布金额"):
        amounts(tier("yuan", None, None), None)
    with pytest.raises(QuantityTooLarge, match="大得不合情理"):
        amounts(tier("m2", 0, LARGEST_FEN), Decimal(2))


@pytest.mark.parametrize(
    ("unit", "text", "found"),
    [
        ("yuan", "", None),
        ("yuan", "7", None),
        ("m2", " 3.5 ", Decimal("3.5")),
        ("m2", "１２．５", Decimal("12.5")),
        ("tree", "4", Decimal(4)),
    ],
)
def test_a_quantity_is_read_as_people_write_it(unit: Unit, text: str, found: Decimal | None) -> None:
    assert quantity_of(unit, text) == found


@pytest.mark.parametrize(
    ("unit", "text"),
    [("m2", ""), ("m2", "0"), ("m2", "-1"), ("m2", "1.23456"), ("m2", "NaN"), ("m2", "1e9"), ("tree", "1.5")],
)
def test_no_quantity_is_refused_with_what_to_fill_in(unit: Unit, text: str) -> None:
    with pytest.raises(BadQuantity, match="请填大于0"):
        quantity_of(unit, text)


MILD, HARD = tier("yuan", 500_00, 1500_00), tier("yuan", 1500_00, 5000_00)
LAW = replace(tier("yuan", 200_00, 8000_00), tier="法定幅度", statutory=True)
NOTHING = replace(tier("yuan", 0, 0), circumstances="期限内改正的：不予罚款")


def test_without_a_row_of_the_law_its_span_goes_from_the_least_to_the_most_tier_that_fines() -> None:
    citizen = tier("yuan", 20_00, 50_00, words="公民")
    by_area = tier("m2", 1, 2)
    blank = tier("yuan", None, None)
    rows = entry(NOTHING, MILD, HARD, citizen, by_area, blank)
    assert statutory_span(rows, HARD, None) == Span(500_00, 5000_00)
    assert statutory_span(rows, NOTHING, None) == Span(500_00, 5000_00)
    assert statutory_span(rows, citizen, None) == Span(20_00, 50_00)
    assert statutory_span(rows, by_area, Decimal(10)) == Span(10, 20)


def test_a_row_of_the_law_is_the_span_and_of_several_the_one_chosen() -> None:
    other = replace(LAW, circumstances="其他设施", low=100_00, high=300_00)
    assert statutory_span(entry(MILD, HARD, LAW), MILD, None) == Span(200_00, 8000_00)
    assert statutory_span(entry(MILD, LAW, other), MILD, None) == Span(100_00, 8000_00)
    assert statutory_span(entry(LAW, other), other, None) == Span(100_00, 300_00)


def test_where_no_row_has_amounts_there_is_no_span() -> None:
    blank = tier("yuan", None, None)
    with pytest.raises(NoAmount):
        statutory_span(entry(blank, NOTHING), blank, None)


DAY = date(2026, 11, 23)
GOOD = replace(entry(FLAT), published_on=date(2024, 12, 20), published_as="1号")


def test_what_is_published_in_force_and_not_superseded_may_be_used() -> None:
    assert unusable(GOOD, on=DAY) == ()
    assert standing(GOOD, on=DAY) == "usable"
    assert unusable(replace(GOOD, valid_from=DAY, valid_to=DAY, published_on=DAY), on=DAY) == ()


@pytest.mark.parametrize(
    ("bad", "reason", "word"),
    [
        (replace(GOOD, published_on=None), "未公布，不得作为处罚依据（行政处罚法第五条、第三十四条）", "unpublished"),
        (replace(GOOD, published_on=date(2026, 11, 24)), "未公布", "unpublished"),
        (replace(GOOD, valid_from=date(2026, 11, 24)), "在2026-11-23尚未施行", "coming"),
        (replace(GOOD, valid_from=None), "尚未施行", "coming"),
        (replace(GOOD, valid_to=date(2026, 11, 22)), "已于2026-11-22失效", "ended"),
        (replace(GOOD, superseded_by="固废法第111条"), "与上位法冲突，应当适用固废法第111条", "superseded"),
    ],
)
def test_anything_else_is_told_as_a_whole_sentence_and_a_word(bad: ViolationEntry, reason: str, word: str) -> None:
    (said,) = unusable(bad, on=DAY)
    assert reason in said
    assert said.endswith("。")
    assert standing(bad, on=DAY) == word


def test_an_old_norm_is_looked_at_on_its_own_day_but_published_by_the_day_of_the_decision() -> None:
    late = replace(GOOD, valid_to=date(2026, 11, 9), published_on=date(2026, 11, 20))
    assert unusable(late, on=date(2026, 11, 1), used_on=DAY) == ()
    assert len(unusable(late, on=date(2026, 11, 1))) == 1
    assert len(unusable(replace(late, superseded_by="某法", valid_from=None, published_on=None), on=DAY)) == 4


OLD = replace(entry(tier("yuan", 100_00, 1000_00)), correction="may")


def new(*tiers: Tier) -> ViolationEntry:
    return replace(OLD, tiers=tiers, valid_from=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("fresh", "which", "is_open"),
    [
        (new(tier("yuan", 100_00, 1000_00)), "old", False),
        (new(tier("yuan", 100_00, 900_00)), "new", False),
        (new(tier("yuan", 50_00, 1000_00)), "new", False),
        (new(tier("yuan", 100_00, 2000_00)), "old", False),
        (new(tier("yuan", 200_00, 900_00)), "old", True),
        (new(tier("yuan", 100_00, 1000_00, cap_fen=500_00)), "new", False),
        (new(tier("yuan", 100_00, 2000_00, cap_fen=500_00)), "old", True),
        (new(tier("m2", 1_00, 2_00)), "old", True),
        (new(tier("yuan", None, None)), "old", True),
        (new(tier("yuan", 100_00, 500_00), tier("yuan", 500_00, 900_00), NOTHING), "new", False),
        (replace(new(tier("yuan", 100_00, 1000_00)), correction="first"), "new", False),
        (replace(new(tier("yuan", 100_00, 1000_00)), correction="none"), "old", False),
        (new(tier("yuan", 100_00, 1000_00), replace(FLAT, object_kind="organisation", high=1)), "old", False),
    ],
)
def test_the_norm_of_the_act_governs_unless_the_new_one_is_lighter(
    fresh: ViolationEntry, which: str, is_open: bool
) -> None:
    found = governing(OLD, fresh, kind="citizen")
    assert (found.which, found.open) == (which, is_open)
    assert "第三十七条" in found.why


def test_two_norms_without_amounts_leave_it_to_the_case() -> None:
    blank = entry(tier("yuan", None, None))
    assert governing(blank, blank, kind="citizen").open


def test_a_sample_is_known_by_its_note() -> None:
    assert replace(GOOD, note="样例，须经本局核定。").sample
    assert not GOOD.sample


def test_a_conflict_that_the_note_tells_but_nothing_settles_is_known() -> None:
    noted = replace(GOOD, note="固废法第111条与本档次冲突")
    assert noted.tells_conflict
    assert replace(GOOD, note="按上位法").tells_conflict
    assert not replace(noted, superseded_by="固废法第111条").tells_conflict
    assert not GOOD.tells_conflict
