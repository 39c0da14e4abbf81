"""Payments: what a notice may ask, and what a payment is to its fine."""

from datetime import date
from pathlib import Path

import pytest

from hall.rules.fines import Entry, FinePosition, Part, position
from hall.rules.payments import AmountRefused, Payable, check_amount, outcome_of, payables
from hall.services.calendar import shipped_limits
from hall.services.penalty_terms import penalty_terms

DUE = date(2026, 12, 3)
IMPOSED = Entry(1, "impose", DUE, 300_000)
PLAN = Entry(
    2,
    "plan",
    date(2026, 11, 25),
    cause="deferral",
    parts=(Part(date(2026, 12, 20), 100_000), Part(date(2027, 1, 20), 100_000), Part(date(2027, 2, 20), 100_000)),
)


def at(day: date, *entries: Entry) -> FinePosition:
    terms = penalty_terms(Path("/nowhere"), day)
    found = position(entries, on=day, terms=terms, surcharge=shipped_limits().surcharge("fine.surcharge", day))
    assert found is not None
    return found


def test_before_its_last_day_the_whole_fine_is_asked() -> None:
    assert payables(at(date(2026, 11, 23), IMPOSED)) == (Payable("rest", 300_000, 0, DUE),)


def test_after_it_what_was_added_is_asked_too() -> None:
    assert payables(at(date(2026, 12, 5), IMPOSED)) == (Payable("rest", 318_000, 18_000, DUE),)


def test_of_a_plan_the_next_part_is_asked_or_all_of_it() -> None:
    part, rest = payables(at(date(2026, 11, 26), IMPOSED, PLAN))
    assert part == Payable("part", 100_000, 0, date(2026, 12, 20))
    assert rest == Payable("rest", 300_000, 0, date(2027, 2, 20))


def test_overdue_parts_are_asked_together_with_what_they_grew_by() -> None:
    part, rest = payables(at(date(2027, 1, 22), IMPOSED, PLAN))
    added = at(date(2027, 1, 22), IMPOSED, PLAN).added_left_fen
    assert added == 33 * 3_000 + 2 * 3_000
    assert part == Payable("part", 200_000 + added, added, date(2027, 1, 20))
    assert rest.fen == 300_000 + added


def test_the_last_part_is_all_that_is_owed() -> None:
    paid = Entry(3, "pay", date(2026, 12, 1), 200_000)
    assert payables(at(date(2026, 12, 2), IMPOSED, PLAN, paid)) == (Payable("rest", 100_000, 0, date(2027, 2, 20)),)


def test_an_agreement_asks_its_own_parts_which_hold_the_addition() -> None:
    waived = Entry(3, "waive", date(2026, 12, 13), 60_000)
    parts = (Part(date(2026, 12, 20), 150_000), Part(date(2027, 1, 20), 171_000))
    agreed = Entry(4, "plan", date(2026, 12, 13), cause="agreement", parts=parts)
    found = at(date(2026, 12, 14), IMPOSED, waived, agreed)
    part, rest = payables(found)
    assert part == Payable("part", 150_000, 0, date(2026, 12, 20))
    assert rest.fen == found.balance_fen == 321_000


def test_what_is_paid_is_not_asked_again() -> None:
    assert payables(at(date(2026, 11, 25), IMPOSED, Entry(2, "pay", date(2026, 11, 24), 300_000))) == ()


def test_an_addition_is_asked_after_the_fine_itself_is_paid() -> None:
    late = Entry(2, "pay", date(2026, 12, 5), 300_000)
    assert payables(at(date(2026, 12, 8), IMPOSED, late)) == (Payable("rest", 18_000, 18_000, DUE),)


def test_a_notice_asks_an_amount_that_is_owed_and_no_other() -> None:
    offered = payables(at(date(2026, 11, 26), IMPOSED, PLAN))
    assert check_amount(100_000, offered).kind == "part"
    for fen in (0, 99_999, 270_000, 300_001):
        with pytest.raises(AmountRefused, match="本期应缴或者尚欠的全部数额"):
            check_amount(fen, offered)


@pytest.mark.parametrize(
    ("fen", "excess", "owed", "asked", "outcome"),
    [
        (300_000, 0, 300_000, (), "exact"),
        (100_000, 0, 300_000, (100_000,), "exact"),
        (100_000, 0, 300_000, (300_000,), "partial"),
        (300_001, 1, 300_000, (300_000,), "over"),
        (300_000, 300_000, 300_000, (300_000,), "over"),
    ],
)
def test_a_payment_is_told_by_what_was_owed_and_asked(
    fen: int, excess: int, owed: int, asked: tuple[int, ...], outcome: str
) -> None:
    assert outcome_of(fen, excess_fen=excess, owed_fen=owed, asked=asked) == outcome
