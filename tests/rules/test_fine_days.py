"""What was added day by day ends with what is owed."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hall.rules.fine_days import CAPPED, DayLine, day_by_day
from hall.rules.fine_entries import Growth
from hall.rules.fines import Entry
from tests.rules.fine_ledgers import GROWTH, SURCHARGE, TERMS, Wish, day, growths, imposed, ledger, wishes


def lines(*entries: Entry, on: int, growth: Growth = GROWTH) -> tuple[DayLine, ...]:
    return day_by_day(entries, on=day(on), terms=growth.terms, surcharge=growth.surcharge)


def test_each_day_says_what_it_added_and_a_pause_why_it_did_not() -> None:
    pause, resume = Entry(2, "pause", day(3), cause="review"), Entry(3, "resume", day(9), cause="review")
    assert lines(imposed(), pause, resume, on=9) == (
        DayLine(day(1), day(1), 100_000, 3_000, 3_000, ""),
        DayLine(day(2), day(2), 100_000, 3_000, 6_000, ""),
        DayLine(day(3), day(8), 100_000, 0, 6_000, "review"),
        DayLine(day(9), day(9), 100_000, 3_000, 9_000, ""),
    )


def test_a_payment_lowers_what_the_next_day_adds() -> None:
    assert [line.added_fen for line in lines(imposed(), Entry(2, "pay", day(2), 40_000), on=4)] == [
        3_000,
        3_000,
        1_800,
        1_800,
    ]


def test_the_last_day_that_adds_adds_what_is_left_and_the_rest_is_one_range() -> None:
    *_, last, capped = lines(imposed(), on=90)
    assert (last.first, last.added_fen, last.total_fen) == (day(34), 1_000, 100_000)
    assert (capped.first, capped.last, capped.reason) == (day(35), day(90), CAPPED)


def test_where_the_day_of_payment_does_not_count_today_is_no_line() -> None:
    exclusive = Growth(TERMS, replace(SURCHARGE, payment_day_counts=False))
    assert [line.first for line in lines(imposed(), on=3, growth=exclusive)] == [day(1), day(2)]


def test_without_a_fine_there_is_no_day() -> None:
    assert day_by_day((), on=day(3), terms=TERMS, surcharge=SURCHARGE) == ()


@given(st.integers(1, 1_000_000), st.booleans(), wishes, growths)
def test_the_days_add_up_to_what_was_added(fen: int, told: bool, wished: list[Wish], growth: Growth) -> None:
    entries, today = ledger(fen, told, wished, growth)
    found = day_by_day(entries, on=today, terms=growth.terms, surcharge=growth.surcharge)
    assert sum(line.added_fen for line in found) == growth.position(entries, today).added_fen
    assert all(line.added_fen >= 0 for line in found)
    assert [line.first for line in found] == sorted(line.first for line in found)
