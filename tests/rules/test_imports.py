"""A refused import names every bad line."""

from hall.errors import Refused
from hall.rules.imports import BadRow, BadRows


def test_a_refused_file_names_each_bad_line_in_file_order() -> None:
    error = BadRows("放假安排", [(7, "类别应为休或班"), (2, "日期读不懂")])
    assert isinstance(error, Refused)
    assert error.rows == (BadRow(2, "日期读不懂"), BadRow(7, "类别应为休或班"))
    assert str(error).splitlines() == [
        "放假安排有2处错误，没有导入任何内容，请改正后重新导入：",
        "第2行：日期读不懂",
        "第7行：类别应为休或班",
    ]


def test_a_very_bad_file_shows_the_first_twenty_lines_and_counts_the_rest() -> None:
    error = BadRows("目录", [(line, "缺列") for line in range(2, 52)])
    lines = str(error).splitlines()
    assert len(error.rows) == 50
    assert lines[20] == "第21行：缺列"
    assert lines[21:] == ["……另有30处"]
