"""Many due days at once: the same as one by one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hall.rules.catalogue import Limit
from hall.rules.clocks import Ledger, Pause, due_of, start_clock
from hall.rules.clocks_batch import dues_of, permit_deadlines
from hall.services.calendar import shipped_calendar

CALENDAR = shipped_calendar()
STARTS = st.dates(date(2024, 1, 1), date(2027, 2, 1))


@given(st.lists(st.tuples(STARTS, st.integers(0, 45))))
def test_deadlines_of_many_are_those_of_each(asked: list[tuple[date, int]]) -> None:
    starts, days = [start for start, _ in asked], [length for _, length in asked]
    for (start, length), due in zip(asked, permit_deadlines(CALENDAR, starts, days=days), strict=True):
        clock = start_clock("statutory", Limit(length, "workday"), start, calendar=CALENDAR)
        assert due == (clock.due_on, clock.due_ordinal, clock.pending)


LEDGERS = st.builds(
    lambda unit, length, start, extension, pauses: Ledger(
        "promised", Limit(length, unit), start, extension, tuple(pauses)
    ),
    st.sampled_from(["workday", "day", "hour"]),
    st.integers(1, 30),
    STARTS,
    st.integers(0, 5),
    st.lists(st.builds(Pause, st.just("testing"), STARTS), max_size=1),
)


@given(st.lists(LEDGERS))
def test_ledgers_of_many_are_read_as_each(ledgers: list[Ledger]) -> None:
    assert dues_of(ledgers, calendar=CALENDAR) == [due_of(each, calendar=CALENDAR) for each in ledgers]
