"""A day by which something is corrected counts where it came, whatever was said afterwards."""

from datetime import date

import pytest

from hall.rules.correction_days import DaySet, days_come

FIRST, DUE, LATER = date(2026, 11, 3), date(2026, 11, 20), date(2026, 12, 5)


@pytest.mark.parametrize(
    ("days", "come"),
    [
        ([], ()),
        ([DaySet(FIRST, DUE)], (DUE,)),
        ([DaySet(FIRST, DUE), DaySet(date(2026, 11, 20), LATER)], (LATER,)),
        ([DaySet(FIRST, DUE), DaySet(date(2026, 11, 21), LATER)], (DUE, LATER)),
        ([DaySet(FIRST, DUE), DaySet(FIRST, None)], ()),
        ([DaySet(FIRST, DUE), DaySet(FIRST, None), DaySet(date(2026, 11, 10), LATER)], (LATER,)),
    ],
)
def test_a_day_that_was_moved_before_it_came_does_not_count(days: list[DaySet], come: tuple[date, ...]) -> None:
    assert days_come(days) == come
