"""Many fines at once are worth what each is worth alone."""

from hypothesis import given
from hypothesis import strategies as st

from hall.rules.fine_entries import Growth
from hall.rules.fine_values import Value, values
from hall.rules.fines import Entry
from tests.rules.fine_ledgers import DAY, GROWTH, Wish, day, growths, imposed, ledger, wishes


def test_each_ledger_has_its_value() -> None:
    ledgers = [imposed()], [imposed(), Entry(2, "pay", day(2), 50_000)], [imposed(told=False)]
    found = values(ledgers, on=day(7), terms=GROWTH.terms, surcharge=GROWTH.surcharge)
    assert found == [Value(100_000, 21_000), Value(50_000, 6_000 + 5 * 1_500), Value(100_000, 0)]


def test_a_ledger_without_a_fine_is_worth_nothing() -> None:
    stray = [Entry(1, "waive", day(0), 5)]
    assert values(
        [[*stray, Entry(2, "breach", day(1))]], on=day(2), terms=GROWTH.terms, surcharge=GROWTH.surcharge
    ) == [Value(0, 0)]


PLAIN = st.lists(
    st.tuples(
        st.sampled_from(["pay", "pause", "resume"]),
        st.integers(0, 30),
        st.integers(0, 120),
        st.sampled_from(["review", "litigation", "application"]),
        st.just(1),
    ),
    max_size=12,
)


@given(st.integers(1, 10_000_000), st.booleans(), st.one_of(wishes, PLAIN), growths, st.integers(0, 60))
def test_many_at_once_are_worth_what_each_is_worth_alone(
    fen: int, told: bool, wished: list[Wish], growth: Growth, before: int
) -> None:
    entries, today = ledger(fen, told, wished, growth)
    for on in (today, today - before * DAY):
        alone = growth.position(entries, on)
        found = values([entries], on=on, terms=growth.terms, surcharge=growth.surcharge)
        assert found == [Value(alone.principal_left_fen, alone.added_left_fen)]
