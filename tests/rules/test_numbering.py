"""Document numbers in both styles: official papers (GB/T 9704-2012 7.2.5) and the forms of law enforcement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.numbering import (
    NUMBER_STYLES,
    SERIES,
    NumberStyle,
    Series,
    document_number,
    numbers_in_every_style,
    series_named,
)


def test_a_number_is_written_with_hexagonal_brackets_and_no_leading_zero() -> None:
    written = document_number("莲城管", "许受", year=2026, serial=1, style="公文式")
    assert written == "莲城管许受〔2026〕1号"


@pytest.mark.parametrize(
    ("serial", "written"),
    [(1, "第0001号"), (37, "第0037号"), (9999, "第9999号"), (20008, "第20008号")],
)
def test_a_number_of_a_form_has_at_least_four_digits(serial: int, written: str) -> None:
    number = document_number("莲城管", "许受", year=2026, serial=serial, style="文书式")
    assert number == f"莲城管许受〔2026〕{written}"


def test_a_serial_is_known_in_every_style() -> None:
    assert numbers_in_every_style("莲城管", "许收", year=2026, serial=12) == (
        "莲城管许收〔2026〕12号",
        "莲城管许收〔2026〕第0012号",
    )


def test_a_serial_starts_at_one() -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        document_number("莲城管", "许收", year=2026, serial=0, style="公文式")


@given(
    st.lists(
        st.tuples(st.sampled_from(SERIES), st.integers(2024, 2099), st.integers(1, 10**6)), max_size=50, unique=True
    ),
    st.sampled_from(NUMBER_STYLES),
)
def test_different_serials_give_different_numbers(drawn: list[tuple[Series, int, int]], style: NumberStyle) -> None:
    numbers = {
        document_number("莲城管", series, year=year, serial=serial, style=style) for series, year, serial in drawn
    }
    assert len(numbers) == len(drawn)


def test_a_series_is_found_by_its_name() -> None:
    assert [series_named(series) for series in SERIES] == list(SERIES)


def test_an_unknown_series_is_refused() -> None:
    with pytest.raises(ValueError, match="许某"):
        series_named("许某")
