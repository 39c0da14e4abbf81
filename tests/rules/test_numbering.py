"""Document numbers in official style (GB/T 9704-2012 7.2.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.numbering import SERIES, Series, document_number, series_named


def test_a_number_is_written_with_hexagonal_brackets_and_no_leading_zero() -> None:
    assert document_number("莲城管", "许受", year=2026, serial=1) == "莲城管许受〔2026〕1号"


def test_a_serial_starts_at_one() -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        document_number("莲城管", "许收", year=2026, serial=0)


@given(
    st.lists(
        st.tuples(st.sampled_from(SERIES), st.integers(2024, 2099), st.integers(1, 10**6)), max_size=50, unique=True
    )
)
def test_different_serials_give_different_numbers(drawn: list[tuple[Series, int, int]]) -> None:
    numbers = {document_number("莲城管", series, year=year, serial=serial) for series, year, serial in drawn}
    assert len(numbers) == len(drawn)


def test_a_series_is_found_by_its_name() -> None:
    assert [series_named(series) for series in SERIES] == list(SERIES)


def test_an_unknown_series_is_refused() -> None:
    with pytest.raises(ValueError, match="许某"):
        series_named("许某")
