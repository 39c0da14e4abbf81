"""Files as Excel and people leave them: encodings, headings, quotation marks, line numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.csv_table import LONGEST_CELL, Column, decode, read_table
from hall.rules.imports import BadRow, BadRows

COLUMNS = (
    Column("code", ("编码", "代码")),
    Column("name", ("名称",)),
    Column("note", ("备注",), required=False),
)


def refused(text: str) -> tuple[BadRow, ...]:
    with pytest.raises(BadRows) as caught:
        read_table(text, COLUMNS, file_title="目录")
    return caught.value.rows


def only_reason(text: str) -> str:
    ((line, reason),) = refused(text)
    assert line == 1
    return reason


def encoding_refused(content: bytes) -> BadRow:
    with pytest.raises(BadRows) as caught:
        decode(content, "目录")
    (row,) = caught.value.rows
    return row


def test_utf8_is_read_with_and_without_the_mark() -> None:
    assert decode("编码".encode("utf-8-sig"), "目录") == decode("编码".encode(), "目录") == "编码"


def test_gbk_is_refused_with_how_to_save_it_again() -> None:
    row = encoding_refused("code\n编码".encode("gbk"))
    assert row.line == 2
    assert "GBK" in row.reason
    assert "CSV UTF-8" in row.reason


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"code\n\xff\xff", "已损坏"),
        (b"PK\x03\x04rest", "工作簿"),
        (b"\xd0\xcf\x11\xe0rest", "工作簿"),
        ("code".encode("utf-16"), "UTF-16"),
    ],
)
def test_other_files_are_refused_by_what_they_are(content: bytes, words: str) -> None:
    assert words in encoding_refused(content).reason


def test_rows_come_with_the_line_a_person_sees() -> None:
    text = 'code,name\nA,"一\n二"\n\n,\nB,三\r\n"C\nC",四\n'
    table = read_table(text, COLUMNS, file_title="目录")
    assert [(line.number, line.cells["code"]) for line in table.lines] == [(2, "A"), (6, "B"), (7, "C\nC")]
    assert table.bad_rows == ()


def test_cells_are_trimmed_of_wide_spaces_too() -> None:
    table = read_table("\ufeff 编码 ,名称,,\nA\u3000, 一 ,,\n", COLUMNS, file_title="目录")
    assert table.lines[0].cells == {"code": "A", "name": "一"}


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", ",,\n , \n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert "文件是空的" in only_reason(text)


def test_a_heading_alone_is_refused() -> None:
    assert "只有表头" in only_reason("code,name\n,\n")


def test_an_unknown_column_names_the_nearest() -> None:
    assert "“nmae”，是不是“name”" in only_reason("code,name,nmae\nA,一,二\n")


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("code", "缺少列“名称”（name）"),
        ("code,名称,name", "列“名称”出现了2次"),
        ("code,,name", "有一格是空的"),
        ("代码,name,编码", "列“编码”出现了2次"),
    ],
)
def test_a_wrong_heading_is_refused(heading: str, words: str) -> None:
    assert words in only_reason(f"{heading}\nA,一,二\n")


@pytest.mark.parametrize("heading", ["code;name", "code\tname"])
def test_another_separator_is_recognised(heading: str) -> None:
    assert any("不是用英文逗号分隔" in row.reason for row in refused(f"{heading}\nA\n"))


def test_a_heading_after_empty_lines_is_named_by_its_own_line() -> None:
    assert [row.line for row in refused("\n\ncode\nA\n")] == [3]


def test_rows_of_the_wrong_width_are_told_and_the_others_read() -> None:
    table = read_table("code,name\nA\nB,二,\nC,三,四\n", COLUMNS, file_title="目录")
    assert [line.cells["code"] for line in table.lines] == ["B"]
    assert [row.line for row in table.bad_rows] == [2, 4]
    assert "有3格，表头有2列" in table.bad_rows[1].reason


def test_only_rows_of_the_wrong_width_are_left_to_the_reader_of_the_cells() -> None:
    table = read_table("code,name\nA\n", COLUMNS, file_title="目录")
    assert (table.lines, len(table.bad_rows)) == ((), 1)


def test_an_overlong_cell_is_refused_by_its_line() -> None:
    longest, longer = "长" * LONGEST_CELL, "长" * (LONGEST_CELL + 1)
    table = read_table(f"code,name\nA,{longest}\nB,{longer}\n", COLUMNS, file_title="目录")
    assert [row.line for row in table.bad_rows] == [3]


def test_control_characters_are_refused_by_their_lines() -> None:
    rows = refused("code,name\nA,一\nB,\0\nC,\t二\nD,\x0c\n")
    assert [row.line for row in rows] == [3, 5]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ('B,"二\nC,三\n', "没有配对"),
        ('B,"二"二\n', "用法不对"),
        (f'B,"{"长" * 200_000}\n', "没有配对"),
    ],
)
def test_a_broken_quotation_is_refused_where_it_begins(broken: str, words: str) -> None:
    table = read_table(f"code,name\nA,一\n{broken}", COLUMNS, file_title="目录")
    ((line, reason),) = table.bad_rows
    assert (line, words in reason) == (3, True)


def test_a_quotation_broken_in_the_heading_is_refused() -> None:
    assert "没有配对" in only_reason('"code,name\nA,一\n')


CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from('"\n\r\t,')
ANY_TEXT = st.text(CHARACTERS, max_size=12)


@given(st.lists(ANY_TEXT, min_size=1))
def test_any_cells_are_either_read_or_refused_by_their_line(parts: list[str]) -> None:
    table = read_table("code,name\nA,一\n" + ",".join(parts), COLUMNS, file_title="目录")
    assert table.lines[0] == (2, {"code": "A", "name": "一"})
    assert all(row.line >= 3 for row in table.bad_rows)
