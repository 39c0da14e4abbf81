"""Amounts are whole fen; whatever is no amount is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.money import LARGEST_FEN, BadAmount, fen, yuan


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", 0),
        ("200", 20_000),
        ("200.5", 20_050),
        ("200.05", 20_005),
        ("200.050", 20_005),
        ("1,500.50", 150_050),
        ("１，５００元", 150_000),
        ("￥ 3000", 300_000),
        ("9999999999.99", LARGEST_FEN),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: int) -> None:
    assert fen(text) == amount


@pytest.mark.parametrize(
    "text",
    ["", "元", "-1", "+1", "0.001", "1.005", "1e3", "一百", "1,50", "15,00", "1.2.3", "NaN", "10000000000", "9" * 30],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadAmount, match="不是金额"):
        fen(text)


@given(st.integers(0, LARGEST_FEN))
def test_every_amount_comes_back(amount: int) -> None:
    assert fen(str(yuan(amount))) == amount
    assert yuan(amount) == Decimal(amount) / 100
