"""The daily surcharge: 3 % of the fine a day from the day after it was due, never above the fine."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.spans import ReversedSpan, Span, contains
from hall.rules.surcharge import LARGEST, BadPrincipal, Surcharge, surcharge
from hall.services.calendar import shipped_limits

DAY = timedelta(days=1)
DUE = date(2026, 3, 24)
TERMS = shipped_limits().surcharge("fine.surcharge", DUE)

with Path(__file__).with_name("deadline_cases.csv").open(encoding="utf-8", newline="") as _file:
    CASES = [row for row in csv.DictReader(_file) if row["amount"]]

AMOUNTS = st.decimals(Decimal("0.01"), Decimal(100_000), places=2)


def added(
    principal: str, paid_on: date, *, due: date = DUE, paused: tuple[Span, ...] = (), inclusive: bool = True
) -> Surcharge:
    terms = replace(TERMS, payment_day_counts=inclusive)
    return surcharge(Decimal(principal), due, paid_on=paid_on, paused=paused, terms=terms)


def april(first: int, last: int) -> Span:
    return date(2026, 4, first), date(2026, 4, last)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_surcharge_is_the_one_reckoned_by_hand(case: dict[str, str]) -> None:
    due, paid_on = date.fromisoformat(case["start"]), date.fromisoformat(case["paid_on"])
    result = added(case["principal"], paid_on, due=due)
    assert str(result.amount) == case["amount"]
    assert result.days == int(case["counted_days"])


@pytest.mark.parametrize("days_late", [0, -1, -400])
def test_a_fine_paid_in_time_is_not_added_to(days_late: int) -> None:
    result = added("1000", DUE + days_late * DAY, paused=(april(1, 5),))
    assert (str(result.amount), result.days, result.why()) == ("0.00", 0, ())


def test_the_cap_is_reached_on_the_34th_day() -> None:
    assert [str(added("1000", DUE + n * DAY).amount) for n in (33, 34, 35)] == ["990.00", "1000.00", "1000.00"]


def test_days_on_which_execution_is_challenged_are_not_counted() -> None:
    paid_on = date(2026, 4, 10)
    assert added("1000", paid_on).days == 17
    for paused, days in [
        ((april(1, 5),), 12),
        ((april(1, 3), april(2, 5)), 12),  # overlapping
        ((april(4, 5), april(1, 3)), 12),  # touching, out of order
        ((april(10, 30),), 16),  # the payment day and after
        (((date(2026, 3, 1), DUE),), 17),  # before it was late
        (((date(2026, 3, 1), paid_on),), 0),
    ]:
        result = added("1000", paid_on, paused=paused)
        assert (result.days, result.amount) == (days, Decimal(30) * days)


def test_a_bureau_may_leave_out_the_day_of_payment() -> None:
    assert added("1000", DUE + 7 * DAY, inclusive=False).days == 6
    assert added("1000", DUE + DAY, inclusive=False).amount == 0


@pytest.mark.parametrize(
    ("principal", "days", "amount"),
    [("33.50", 1, "1.01"), ("0.50", 1, "0.02"), ("0.01", 1, "0.00"), ("0.01", 17, "0.01"), ("12.34", 3, "1.11")],
)
def test_half_a_fen_is_rounded_up(principal: str, days: int, amount: str) -> None:
    assert str(added(principal, DUE + days * DAY).amount) == amount


def test_the_count_is_shown_day_by_day() -> None:
    result = added("1000", date(2026, 4, 3), paused=(april(1, 2),))
    assert [(f"{when:%m-%d}", count) for when, count in result.why()] == [
        ("03-25", 1), ("03-26", 2), ("03-27", 3), ("03-28", 4), ("03-29", 5), ("03-30", 6), ("03-31", 7), ("04-03", 8),
    ]  # fmt: skip


def test_the_count_after_the_cap_is_shown_by_its_last_counted_day_only() -> None:
    result = added("1000", date(9999, 12, 31), paused=((date(9999, 12, 1), date(9999, 12, 31)),))
    assert len(result.why()) == 35
    assert result.why()[33] == (DUE + 34 * DAY, 34)
    assert result.why()[-1] == (date(9999, 11, 30), result.days)


@pytest.mark.parametrize("principal", ["0", "-5", "1.005", "NaN", "Infinity", "10000000000"])
def test_an_amount_that_is_no_fine_is_refused(principal: str) -> None:
    with pytest.raises(BadPrincipal, match="罚款数额应大于0、最多两位小数"):
        added(principal, DUE + DAY)


def test_the_largest_fine_is_reckoned_exactly() -> None:
    assert added(str(LARGEST), DUE + DAY).amount == Decimal("300000000.00")


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ReversedSpan):
        added("1000", DUE + DAY, paused=((date(2026, 4, 2), date(2026, 4, 1)),))


@given(AMOUNTS, st.integers(-5, 3000), st.integers(0, 50), st.integers(0, 200))
def test_a_surcharge_never_exceeds_the_fine_and_never_shrinks(
    principal: Decimal, days_late: int, more: int, paused_from: int
) -> None:
    pause = (DUE + paused_from * DAY, DUE + (paused_from + 20) * DAY)
    paid_on = DUE + days_late * DAY
    now = surcharge(principal, DUE, paid_on=paid_on, paused=(pause,), terms=TERMS)
    later = surcharge(principal, DUE, paid_on=paid_on + more * DAY, paused=(pause,), terms=TERMS)
    assert 0 <= now.amount <= later.amount <= principal
    walked = [DUE + n * DAY for n in range(1, days_late + 1)]
    assert now.days == sum(not contains([pause], a_day) for a_day in walked)
    assert [count for _, count in now.why()][-1:] == ([now.days] if now.days else [])
