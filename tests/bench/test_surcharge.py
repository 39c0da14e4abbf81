"""The benchmark of surcharges, small: three ways say the same, and a difference is found."""

import pytest

from hall.bench.surcharge import Differs, check_same, valued
from hall.rules.fine_values import Value
from hall.rules.fines import Entry
from tests.rules.fine_ledgers import DUE


def test_many_at_once_one_alone_and_bare_arithmetic_say_the_same() -> None:
    lines = [measured.line for measured in valued(many=2_000, alone=200)]
    assert [line["case"] for line in lines] == ["pauses", "one alone", "payments and plans"]


def test_a_single_different_amount_is_found() -> None:
    ledger = (Entry(1, "impose", DUE, 100_000),)
    check_same([ledger], [Value(100_000, 3_000)], [3_000])
    with pytest.raises(Differs, match=f"{DUE}到期的罚款1000.00元，两种算法结果不同"):
        check_same([ledger], [Value(100_000, 3_000)], [3_001])
