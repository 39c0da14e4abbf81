"""Cash on the spot: the three grounds of 行政处罚法 68 and 69, each with what closes it."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules.cash import CashFacts, CashGround, CashRefused, NewCash, cash_closed, check_cash, receipt_number

TODAY = date(2026, 11, 23)
SPOT = CashFacts(on_spot=True, fine_fen=10_000, owed_fen=10_000, decided_on=TODAY, small_fen=10_000, today=TODAY)
CASH = NewCash(ground="small", receipt_number="A123456", fen=10_000, collected_on=TODAY)


def reasons(cash: NewCash, facts: CashFacts) -> str:
    with pytest.raises(CashRefused) as refused:
        check_cash(cash, facts)
    return "".join(refused.value.reasons)


def test_a_fine_of_a_hundred_yuan_on_the_spot_may_be_taken() -> None:
    check_cash(CASH, SPOT)


@pytest.mark.parametrize(
    ("ground", "asked", "facts", "reason"),
    [
        ("small", False, replace(SPOT, fine_fen=10_001), "罚款¥100.01超过¥100.00，不属于第六十八条第一项"),
        ("small", False, replace(SPOT, on_spot=False), "第六十八条只适用于当场作出的处罚决定"),
        ("hard_later", False, replace(SPOT, on_spot=False), "第六十八条只适用于当场作出的处罚决定"),
        ("hard_later", False, replace(SPOT, decided_on=date(2026, 11, 20)), "须在作出决定的当场（2026-11-20）"),
        ("remote", False, SPOT, "第六十九条须由当事人提出"),
        ("remote", True, replace(SPOT, decided_on=date(2026, 11, 24)), "2026-11-24与今天之间"),
        ("remote", True, replace(SPOT, owed_fen=9_999), "超过尚欠的¥99.99"),
        ("remote", True, replace(SPOT, owed_fen=0), "没有尚未缴纳的罚款"),
    ],
)
def test_a_ground_that_does_not_fit_is_closed_with_its_article(
    ground: CashGround, asked: bool, facts: CashFacts, reason: str
) -> None:
    assert reason in reasons(replace(CASH, ground=ground, asked_by_party=asked), facts)


@pytest.mark.parametrize(
    ("ground", "facts"),
    [
        ("hard_later", replace(SPOT, fine_fen=300_000, owed_fen=300_000)),
        ("remote", replace(SPOT, on_spot=False, decided_on=date(2026, 11, 2), fine_fen=300_000, owed_fen=300_000)),
    ],
)
def test_hard_to_enforce_later_and_far_away_have_no_line(ground: CashGround, facts: CashFacts) -> None:
    check_cash(replace(CASH, ground=ground, asked_by_party=True), facts)


def test_a_fine_that_was_registered_later_was_still_taken_on_the_spot() -> None:
    facts = replace(SPOT, decided_on=date(2026, 11, 20))
    check_cash(replace(CASH, collected_on=date(2026, 11, 20)), facts)
    assert "须在作出决定的当场" in reasons(CASH, facts)


def test_everything_that_stands_against_it_is_told_at_once() -> None:
    told = reasons(replace(CASH, ground="remote", fen=0, collected_on=date(2026, 11, 24)), SPOT)
    assert [part in told for part in ("第六十九条", "应大于零", "与今天之间")] == [True] * 3


def test_without_anything_owed_no_cash_is_listed() -> None:
    assert cash_closed(SPOT) == ()
    assert cash_closed(replace(SPOT, owed_fen=0)) == ("没有尚未缴纳的罚款。",)


def test_a_receipt_has_a_number_as_the_treasury_prints_it() -> None:
    assert receipt_number(" a12 3456 ") == "A123456"
    for text in ("", "123", "票据第1号", "-1234"):
        with pytest.raises(CashRefused, match="没有财政部门统一制发的专用票据不能收款"):
            receipt_number(text)
