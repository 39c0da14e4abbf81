"""Reads the CSV files that hall staff keep in Excel into named cells, with the line numbers a person sees."""

import csv
import difflib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hall.rules.imports import BadRow, BadRows

LONGEST_CELL = 4000
"""Characters; longer than any article or list of materials, shorter than a pasted document."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SAVE_AGAIN = "请在 Excel 或 WPS 中用“另存为”选“CSV UTF-8（逗号分隔）”后重新导入"


class Column(NamedTuple):
    """A column of a file: its key in the heading and the Chinese names it may have instead."""

    key: str
    titles: tuple[str, ...]
    required: bool = True


class Line(NamedTuple):
    """One row: the number of its first line in the file and its trimmed cells by column key."""

    number: int
    cells: Mapping[str, str]


class Table(NamedTuple):
    """The rows that could be read, and the rows whose shape was wrong."""

    lines: tuple[Line, ...]
    bad_rows: tuple[BadRow, ...]


def decode(content: bytes, file_title: str) -> str:
    """The text of a UTF-8 file, with or without mark; BadRows says how to save any other file again."""
    if content.startswith(_WORKBOOKS):
        raise BadRows(file_title, [(1, f"这是 Excel 工作簿，不是 CSV 文件，{_SAVE_AGAIN}")])
    if content.startswith(_UTF16_MARKS):
        raise BadRows(file_title, [(1, f"文件是 UTF-16 编码，{_SAVE_AGAIN}")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadRows(file_title, [(line, f"{_guess_encoding(content)}，{_SAVE_AGAIN}")]) from error


def _guess_encoding(content: bytes) -> str:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "文件不是 UTF-8 编码，或已损坏"
    return "文件像是 GBK 编码，不是 UTF-8"


def read_table(text: str, columns: Sequence[Column], *, file_title: str) -> Table:
    """Rows of a CSV text by column key; rows without any content are skipped.

    Raises BadRows where no row can be trusted: empty file, wrong heading, control characters.
    """
    _refuse_control_characters(text, file_title)
    rows, bad_rows = _split(text)
    if not rows:
        raise BadRows(file_title, bad_rows or [(1, "文件是空的，请从样例目录复制表头后填写")])
    keys = _heading(rows[0], columns, file_title=file_title)
    lines = []
    for number, cells in rows[1:]:
        if reason := _shape_fault(cells, len(keys)):
            bad_rows.append(BadRow(number, reason))
        else:
            lines.append(Line(number, dict(zip(keys, cells, strict=False))))
    if not lines and not bad_rows:
        raise BadRows(file_title, [(1, "只有表头，没有一行内容，请填写后重新导入")])
    return Table(tuple(lines), tuple(bad_rows))


def _refuse_control_characters(text: str, file_title: str) -> None:
    """They are never meant, and the XML inside a .docx document cannot hold them."""
    lines = [number for number, line in enumerate(_physical_lines(text), 1) if _CONTROL.search(line)]
    if lines:
        reason = f"含有看不见的控制字符（NUL 等），请删去，或{_SAVE_AGAIN.removeprefix('请')}"
        raise BadRows(file_title, [(line, reason) for line in lines])


def _physical_lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text.removeprefix("\ufeff"), newline=""))


def _split(text: str) -> tuple[list[tuple[int, list[str]]], list[BadRow]]:
    """Rows with content and the line each begins on; a broken quotation ends the reading."""
    reader = csv.reader(_physical_lines(text), strict=True)
    rows: list[tuple[int, list[str]]] = []
    first_line = 1
    try:
        for cells in reader:
            trimmed = [cell.strip() for cell in cells]
            if any(trimmed):
                rows.append((first_line, trimmed))
            first_line = reader.line_num + 1
    except csv.Error as error:
        return rows, [BadRow(first_line, _quotation_fault(str(error)))]
    return rows, []


def _quotation_fault(message: str) -> str:
    if "unexpected end" in message:
        return '从本行起有一个英文引号 " 没有配对，其后的内容都读不出，请补上或删去'
    if "field larger" in message:
        return '从本行起有一格长得读不下，多半是英文引号 " 没有配对，请补上或删去'
    return '本行英文引号 " 的用法不对：引号内的引号要写两个，其后的内容都读不出，请改正'


def _heading(row: tuple[int, list[str]], columns: Sequence[Column], *, file_title: str) -> list[str]:
    """The column key of each cell of the heading; Excel's empty cells at its end do not count."""
    number, cells = row
    while not cells[-1]:
        cells = cells[:-1]
    by_name = {name: column.key for column in columns for name in (column.key, *column.titles)}
    faults = [_unknown_column(cell, list(by_name)) for cell in cells if cell not in by_name]
    keys = [by_name.get(cell, "") for cell in cells]
    faults.extend(
        f"列“{_title(column)}”出现了{keys.count(column.key)}次，请只留一列"
        for column in columns
        if keys.count(column.key) > 1
    )
    faults.extend(
        f"缺少列“{_title(column)}”（{column.key}），请补上"
        for column in columns
        if column.required and column.key not in keys
    )
    if faults:
        raise BadRows(file_title, [(number, fault) for fault in faults])
    return keys


def _title(column: Column) -> str:
    return column.titles[0]


def _unknown_column(cell: str, known: list[str]) -> str:
    if not cell:
        return "表头里有一格是空的，请填上列名或删去该列"
    if "\t" in cell or ";" in cell:
        return "列之间不是用英文逗号分隔的，请另存为“CSV UTF-8（逗号分隔）”"
    near = difflib.get_close_matches(cell, known, n=1, cutoff=0.0)[0]
    return f"有不认识的列“{cell[:20]}”，是不是“{near}”？不用的列请删去"


def _shape_fault(cells: list[str], width: int) -> str:
    extra = [cell for cell in cells[width:] if cell]
    if len(cells) < width or extra:
        return f"有{len(cells)}格，表头有{width}列，请检查格内的英文逗号是否用引号括起"
    longest = max(len(cell) for cell in cells)
    if longest > LONGEST_CELL:
        return f"有一格长{longest}字，超过{LONGEST_CELL}字，请缩短"
    return ""
