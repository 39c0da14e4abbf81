"""The list of powers: versions by day, what changed, and every fault of a file."""

from dataclasses import replace
from datetime import date

import pytest

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.imports import BadRows
from hall.rules.power_words import power_sections
from hall.rules.powers import PowerDifference, PowerLine, differences, in_force
from hall.rules.powers_file import COLUMNS, FILE_TITLE, parse_powers

LINE = PowerLine(
    code="CF-1",
    name="对乱倒垃圾的处罚",
    kind="penalty",
    basis="条例第一条",
    duty="立案；决定",
    valid_from=date(2026, 1, 1),
    source="清单2026年版",
)
CHANGED = replace(LINE, basis="条例第二条", valid_from=date(2026, 7, 1))
REMOVED = replace(CHANGED, removed=True, valid_from=date(2027, 1, 1))
ALL = (LINE, CHANGED, REMOVED)


@pytest.mark.parametrize(
    ("on", "line"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), LINE),
        (date(2026, 6, 30), LINE),
        (date(2026, 7, 1), CHANGED),
        (date(2027, 1, 1), None),
    ],
)
def test_a_line_is_what_its_newest_begun_version_says(on: date, line: PowerLine | None) -> None:
    assert in_force(ALL, on) == line


def test_what_changed_between_two_days_is_told_by_kind_of_change() -> None:
    def told(before: date, after: date) -> list[PowerDifference]:
        return differences({"CF-1": ALL}, before=before, after=after)

    assert told(date(2025, 1, 1), date(2026, 1, 1)) == [PowerDifference("added", None, LINE)]
    assert told(date(2026, 1, 1), date(2026, 7, 1)) == [PowerDifference("changed", LINE, CHANGED)]
    (gone,) = told(date(2026, 7, 1), date(2027, 1, 1))
    assert (gone.change, gone.line) == ("removed", CHANGED)
    assert told(date(2026, 2, 1), date(2026, 3, 1)) == []
    assert told(date(2025, 1, 1), date(2027, 1, 1)) == []
    (new,) = told(date(2025, 1, 1), date(2026, 8, 1))
    assert new.line == CHANGED


def test_the_shipped_sample_is_read_whole_and_says_that_it_is_one() -> None:
    lines = parse_powers(decode(resource("powers/sample.csv").read_bytes(), FILE_TITLE))
    assert len(lines) == 12
    assert {line.kind for line in lines} == {"licence", "penalty", "compulsion", "inspection", "other"}
    assert all("样例" in line.source for line in lines)


def file(*rows: str) -> str:
    return "\n".join([",".join(column.titles[0] for column in COLUMNS), *rows])


def test_every_fault_is_named_with_its_line() -> None:
    bad = file(
        ",名,行政许可,法1,责,,,,,2026-01-01,,据",
        "A1,,行政许可,,责,,,,,2026-13-01,,据",
        "A2,名,许可,法1,责,,,,,2026-01-01,也许,据",
        "A3,名,行政许可,法1,责,,,,,2026-01-01,是,据",
        "A3,名,行政许可,法1,责,,,,,2026-01-01,,据",
        "A4,名,行政许可,法1,责,,,XK01-000000000000000000,,2026-01-01,,据",
    )
    with pytest.raises(BadRows) as refused:
        parse_powers(bad)
    told = [(row.line, row.reason.split("：")[0]) for row in refused.value.rows]
    assert sorted(told) == [
        (2, "权力编码"),
        (3, "事项名称"),
        (3, "实施依据"),
        (3, "生效日期"),
        (4, "取消"),
        (4, "权力类别"),
        (6, "与第5行重复（编码、生效日期相同），请只留一行"),
        (7, "许可事项编码"),
    ]


def test_a_line_taken_off_is_read_as_such() -> None:
    (line,) = parse_powers(file("A3,名,行政许可,法1,责,追,市容科,XK01,CF1,2026-01-01,是,据"))
    assert (line.removed, line.unit, line.matter_code, line.violation_code) == (True, "市容科", "XK01", "CF1")


def test_a_line_says_its_kind_its_basis_in_parts_and_since_when() -> None:
    told = {each.title: each.lines for each in power_sections(replace(LINE, basis="条例第一条；条例第二条"))}
    assert told["权力类别"] == ("行政处罚",)
    assert told["实施依据"] == ("条例第一条", "条例第二条")
    assert told["版本"] == ("自 2026-01-01 起施行，清单2026年版",)
    assert "追责情形" not in told
