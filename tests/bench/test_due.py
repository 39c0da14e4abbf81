"""The benchmark of due days, small: both ways say the same, and a difference is found."""

from datetime import date

import numpy as np
import pytest

from hall.bench.due import Differs, beside_numpy, check_same, drawn
from hall.rules.clocks_batch import permit_deadlines
from hall.services.calendar import shipped_calendar


def test_the_rule_says_what_numpy_says_with_the_same_calendar() -> None:
    lines = [measured.line for measured in beside_numpy(many=5000, alone=500)]
    assert [(line["case"], line["count"]) for line in lines] == [("at once", 5000), ("one alone", 500)]


def test_a_single_different_day_is_found() -> None:
    calendar = shipped_calendar()
    starts, days = drawn(calendar, 3)
    dues = permit_deadlines(calendar, starts, days=days)
    others = [due.day for due in dues]
    check_same(starts, days, dues, np.array(others, dtype="datetime64[D]"))
    others[1] = date(2026, 1, 1)
    with pytest.raises(Differs, match=f"从{starts[1]}起{days[1]}个工作日，两种算法结果不同"):
        check_same(starts, days, dues, np.array(others, dtype="datetime64[D]"))
