"""What a penalty must come to, by result, limb, tier and the law's span."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.leniency_limbs import LIMBS, Limb, Result
from hall.rules.penalty_amounts import (
    AmountRefused,
    Dues,
    Measures,
    Proposed,
    added_kind_fault,
    amount_faults,
    check_amount,
    dues,
    span_figures,
)
from hall.rules.penalty_terms import ObjectKind
from hall.rules.violations import Span
from hall.services.penalty_terms import penalty_terms

TIER, LAW = Span(100_000, 300_000), Span(50_000, 500_000)
PLAIN = Measures(TIER, LAW)
OPTIONAL = Measures(TIER, LAW, optional=True)
NO_AMOUNTS = Measures(None, Span(0, 0))
FROM_ZERO = Measures(Span(0, 20_000), Span(0, 50_000))

TERMS = penalty_terms(Path("nowhere"), date(2026, 11, 23))
"""As shipped: a hearing from 10,000 and 100,000 yuan on, a legal review from 5,000 and 50,000."""


def found(result: Result, fine_fen: int, measures: Measures = PLAIN, **more: object) -> str:
    """All faults of a penalty in one text; empty: none."""
    return "".join(amount_faults(Proposed(result, fine_fen, **more), measures))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fine_fen", "measures", "other", "why"),
    [
        (100_000, PLAIN, "", ""),
        (300_000, PLAIN, "", ""),
        (99_999, PLAIN, "", "低于"),
        (300_001, PLAIN, "", "高于"),
        (0, PLAIN, "警告", "低于"),
        (0, OPTIONAL, "警告", ""),
        (0, OPTIONAL, "", "没有罚款也没有其他处罚"),
        (0, NO_AMOUNTS, "警告", ""),
        (1, NO_AMOUNTS, "", "高于"),
        (0, FROM_ZERO, "警告", ""),
        (0, FROM_ZERO, "", "没有罚款也没有其他处罚"),
    ],
)
def test_an_ordinary_fine_lies_in_its_tier(fine_fen: int, measures: Measures, other: str, why: str) -> None:
    said = found("ordinary", fine_fen, measures, other=other)
    assert why in said
    assert bool(why) == bool(said)


@pytest.mark.parametrize(
    ("fine_fen", "measures", "other", "why"),
    [
        (50_000, PLAIN, "", ""),
        (300_000, PLAIN, "", ""),
        (300_001, PLAIN, "", "高于本应适用"),
        (49_999, PLAIN, "", "低于法定最低数额"),
        (0, PLAIN, "警告", "低于法定最低数额"),
        (0, OPTIONAL, "警告", ""),
        (500_001, Measures(None, LAW), "", "高于本应适用"),
        (0, PLAIN, "", "没有罚款也没有其他处罚"),
    ],
)
def test_a_lighter_fine_lies_within_the_law_and_not_above_its_tier(
    fine_fen: int, measures: Measures, other: str, why: str
) -> None:
    said = found("lighter", fine_fen, measures, other=other, limb="removed")
    assert why in said
    assert bool(why) == bool(said)


@pytest.mark.parametrize(
    ("fine_fen", "measures", "how", "other", "why"),
    [
        (49_999, PLAIN, "按四成", "", ""),
        (0, PLAIN, "按四成", "警告", ""),
        (50_000, PLAIN, "按四成", "", "应低于法定最低数额"),
        (20_000, PLAIN, " ", "", "计算方法"),
        (0, FROM_ZERO, "按四成", "警告", "应低于法定最低数额"),
        (0, PLAIN, "按四成", "", "没有罚款也没有其他处罚"),
    ],
)
def test_a_reduced_fine_lies_below_the_law_and_says_how(
    fine_fen: int, measures: Measures, how: str, other: str, why: str
) -> None:
    said = found("reduced", fine_fen, measures, below_how=how, other=other, limb="merit")
    assert why in said
    assert bool(why) == bool(said)


def test_no_penalty_is_no_fine_and_nothing_else() -> None:
    assert not found("none", 0, limb="slight")
    assert "应为0" in found("none", 1, limb="slight")
    assert "应为0" in found("none", 0, limb="slight", other="警告")


@pytest.mark.parametrize("limb", LIMBS)
@pytest.mark.parametrize("result", ["lighter", "reduced", "none"])
def test_a_limb_opens_only_the_results_that_law_gives_it(limb: Limb, result: Result) -> None:
    fine_fen = {"lighter": 50_000, "reduced": 49_999, "none": 0}[result]
    said = found(result, fine_fen, limb=limb, below_how="按四成" if result == "reduced" else "")
    assert (not said) == (result in LIMBS[limb].results)


def test_leniency_without_a_limb_and_an_ordinary_fine_with_one_are_refused() -> None:
    assert "必须写明法定情形" in found("lighter", 50_000)
    assert "必须写明法定情形" in found("none", 0)
    assert "不引用减免情形" in found("ordinary", 100_000, limb="removed")


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(AmountRefused) as refused:
        check_amount(Proposed("reduced", 60_000), PLAIN)
    assert len(refused.value.faults) == 2
    check_amount(Proposed("ordinary", 100_000), PLAIN)


@given(st.integers(0, 600_000), st.sampled_from(["ordinary", "lighter", "reduced", "none"]))
def test_whatever_the_amount_no_two_results_with_a_limb_fit_it(fine_fen: int, result: Result) -> None:
    limbs: dict[Result, Limb] = {"lighter": "removed", "reduced": "removed", "none": "slight"}
    fits = {each: not found(each, fine_fen, limb=limb, below_how="按四成") for each, limb in limbs.items()}
    assert sum(fits.values()) <= 1
    if fits.get(result):
        assert fine_fen <= LAW.high_fen


@pytest.mark.parametrize(
    ("fine_fen", "kind", "due"),
    [
        (499_999, "citizen", Dues(hearing=False, legal=False, collective=False)),
        (500_000, "citizen", Dues(hearing=False, legal=True, collective=False)),
        (1_000_000, "citizen", Dues(hearing=True, legal=True, collective=True)),
        (1_000_000, "organisation", Dues(hearing=False, legal=False, collective=False)),
        (5_000_000, "organisation", Dues(hearing=False, legal=True, collective=False)),
        (10_000_000, "organisation", Dues(hearing=True, legal=True, collective=True)),
    ],
)
def test_lines_open_hearing_review_and_discussion(fine_fen: int, kind: ObjectKind, due: Dues) -> None:
    assert due == due_of(Proposed("ordinary", fine_fen), kind=kind)


@pytest.mark.parametrize(
    ("circumstance", "due"),
    [
        ("complicated", Dues(hearing=False, legal=True, collective=True)),
        ("public_interest", Dues(hearing=False, legal=True, collective=False)),
        ("grave_besides", Dues(hearing=True, legal=True, collective=True)),
        ("heard", Dues(hearing=False, legal=True, collective=False)),
    ],
)
def test_circumstances_open_gates_whatever_the_fine(circumstance: str, due: Dues) -> None:
    assert due == due_of(Proposed("ordinary", 100_000), circumstance)


def test_a_reduced_fine_is_reviewed_and_who_is_not_punished_is_not_heard() -> None:
    assert due_of(Proposed("reduced", 100)).legal
    assert not due_of(Proposed("lighter", 100)).legal
    assert not due_of(Proposed("none", 0), "grave_besides").hearing


def due_of(proposed: Proposed, *circumstances: str, kind: ObjectKind = "citizen") -> Dues:
    return dues(
        proposed,
        terms=TERMS,
        kind=kind,
        complicated="complicated" in circumstances,
        public_interest="public_interest" in circumstances,
        grave_besides="grave_besides" in circumstances,
        heard="heard" in circumstances,
    )


@pytest.mark.parametrize(
    ("other", "due"),
    [("责令停产停业", True), ("吊销许可证件", True), ("警告", False), ("暂扣许可证件", False)],
)
def test_a_penalty_that_names_a_grave_kind_opens_hearing_review_and_discussion(other: str, due: bool) -> None:
    meant = Proposed("ordinary", 100_000, other=other)
    found_due = dues(
        meant, terms=TERMS, kind="citizen", complicated=False, public_interest=False, grave_besides=False, heard=False
    )
    assert found_due == Dues(hearing=due, legal=due, collective=due)


@pytest.mark.parametrize(
    ("announced", "other", "less_fine", "fits"),
    [
        ("警告，没收工具", "没收工具", False, True),
        ("警告、没收工具", "", False, True),
        ("", "警告", False, False),
        ("", "警告", True, True),
        ("", "警告并没收工具", True, False),
        ("警告", "没收工具", True, False),
    ],
)
def test_after_a_defence_no_kind_is_added_but_a_warning_in_place_of_money(
    announced: str, other: str, less_fine: bool, fits: bool
) -> None:
    assert (added_kind_fault(announced, other, less_fine=less_fine) == "") is fits


def test_a_fine_below_nothing_is_refused_whatever_its_result() -> None:
    assert "不能小于0" in found("reduced", -1, limb="coerced", below_how="按最低数额的一半计算")


def test_a_span_is_told_in_figures() -> None:
    assert span_figures(LAW) == "¥500.00至¥5,000.00"
