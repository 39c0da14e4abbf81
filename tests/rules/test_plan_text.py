"""A plan as it is typed and as it is proposed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.fines import Part
from hall.rules.plan_text import LONGEST, BadPlan, equal_parts, plan_lines, plan_parts


def test_a_typed_plan_is_its_parts_a_line_each() -> None:
    text = "2026-12-31 1500\n\n 2027-01-29  1,499.50元 \n"
    assert plan_parts(text) == (Part(date(2026, 12, 31), 150_000), Part(date(2027, 1, 29), 149_950))
    assert plan_parts("") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-12-31", "第1行应有日期和金额两项"),
        ("2026-12-31 100\n2026-13-01 100", "第2行的日期“2026-13-01”不对"),
        ("2026-12-31 一百", "第1行的金额“一百”不对"),
        ("2026-12-31 1.005", "第1行的金额“1.005”不对"),
        ("2026-12-31 1\n" * (LONGEST + 1), "最多36期"),
    ],
)
def test_a_line_that_is_no_part_is_refused_with_its_number(text: str, words: str) -> None:
    with pytest.raises(BadPlan, match=words):
        plan_parts(text)


def test_equal_parts_fall_on_the_same_day_of_each_month_or_its_last() -> None:
    parts = equal_parts(100_000, 3, date(2026, 12, 31))
    assert [(part.due_on, part.fen) for part in parts] == [
        (date(2026, 12, 31), 33_300),
        (date(2027, 1, 31), 33_300),
        (date(2027, 2, 28), 33_400),
    ]


@given(st.integers(1, 10**9), st.integers(1, LONGEST), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_a_proposed_plan_adds_up_and_reads_as_it_is_written(total: int, count: int, first: date) -> None:
    parts = equal_parts(total, count, first)
    assert sum(part.fen for part in parts) == total
    assert plan_parts(plan_lines(parts)) == parts
    assert [part.due_on for part in parts] == sorted({part.due_on for part in parts})
