"""Who answers for what: the most specific area, then the newest day; the file that says so, and every fault of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.imports import BadRows
from hall.rules.responsibilities import ResponsibilityLine, responsible
from hall.rules.responsibilities_file import COLUMNS, FILE_TITLE, parse_responsibilities

TODAY = date(2026, 11, 23)
EVERYWHERE = ResponsibilityLine("stall", "", 1, date(2026, 1, 1))
STREET = ResponsibilityLine("stall", "向阳街道", 2, date(2026, 1, 1))
CELL = ResponsibilityLine("stall", "LH-03", 3, date(2026, 1, 1))
LINES = (EVERYWHERE, STREET, CELL)
CATEGORIES = {"stall": "占道经营", "noise": "噪声"}
HEADING = ",".join(column.titles[0] for column in COLUMNS)


def who(*lines: ResponsibilityLine, area: str = "", grid_code: str = "", on: date = TODAY) -> int | None:
    line = responsible(lines, category="stall", area=area, grid_code=grid_code, on=on)
    return line.unit_id if line is not None else None


def test_the_most_specific_area_wins() -> None:
    assert who(*LINES) == 1
    assert who(*LINES, area="莲湖街道") == 1
    assert who(*LINES, area="向阳街道") == 2
    assert who(*LINES, area="向阳街道", grid_code="LH-03-12") == 3
    longer = ResponsibilityLine("stall", "LH-03-12", 4, date(2025, 1, 1))
    assert who(*LINES, longer, grid_code="LH-03-12") == 4


def test_between_equals_the_newest_line_wins_and_only_while_it_holds() -> None:
    newer = ResponsibilityLine("stall", "向阳街道", 9, date(2026, 11, 23), date(2026, 11, 30))
    assert who(STREET, newer, area="向阳街道") == 9
    assert who(STREET, newer, area="向阳街道", on=date(2026, 11, 22)) == 2
    assert who(STREET, newer, area="向阳街道", on=date(2026, 12, 1)) == 2


def test_no_line_names_nobody() -> None:
    assert who(STREET, area="莲湖街道") is None
    assert responsible(LINES, category="noise", area="", grid_code="", on=TODAY) is None


@given(st.permutations(LINES), st.sampled_from(["", "向阳街道", "莲湖街道"]), st.sampled_from(["", "LH-03-12", "XY-1"]))
def test_the_order_of_the_lines_tells_nothing(lines: list[ResponsibilityLine], area: str, grid_code: str) -> None:
    assert who(*lines, area=area, grid_code=grid_code) == who(*LINES, area=area, grid_code=grid_code)


def faults(*rows: str, heading: str = HEADING) -> list[str]:
    with pytest.raises(BadRows) as bad:
        parse_responsibilities("\n".join((heading, *rows)), categories=CATEGORIES)
    return [row.reason for row in bad.value.rows]


def test_a_file_names_categories_by_code_or_words_and_may_leave_areas_open() -> None:
    entries = parse_responsibilities(
        f"{HEADING}\n占道经营,全区,SR,市容科,科室,市容科,2026-01-01,,测试\nnoise,向阳街道,JJ,交警,外单位,,2026-1-1,2026-12-31,测试",
        categories=CATEGORIES,
    )
    assert [(each.category, each.area, each.unit_kind) for each in entries] == [
        ("stall", "", "department"),
        ("noise", "向阳街道", "outside"),
    ]
    assert entries[1].valid_to == date(2026, 12, 31)


def test_every_fault_of_a_row_is_named() -> None:
    found = faults("渣土,区,S R,,公司,,2026,x,")
    assert len(found) == 7
    assert "没有“渣土”这个类别" in found[0] or any("没有“渣土”" in each for each in found)
    assert faults(f"占道经营,{'长' * 41},SR,市容科,科室,,2026-01-01,,测试") == ["区域：最多 40 个字"]
    assert "早于" in faults("占道经营,,SR,市容科,科室,,2026-01-02,2026-01-01,测试")[0]


def test_one_line_stands_once_and_one_code_is_one_unit() -> None:
    plain = "占道经营,,SR,市容科,科室,,2026-01-01,,测试"
    assert "与第2行重复" in faults(plain, plain)[0]
    assert "不是同一个单位" in faults(plain, "噪声,,SR,园林科,科室,,2026-01-01,,测试")[0]
    assert faults("占道经营,坏了") != []


def test_the_shipped_sample_can_be_read() -> None:
    text = decode((resource("requests") / "responsibilities.csv").read_bytes(), FILE_TITLE)
    words = {row.split(",")[0] for row in text.splitlines()[1:]}
    entries = parse_responsibilities(text, categories={f"c{place}": word for place, word in enumerate(sorted(words))})
    assert {each.unit_kind for each in entries} == {"department", "squad", "outside"}
