"""The file in which a bureau keeps who answers for what: text in, lines out, every bad row named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hall.rules import catalogue_cells as cells
from hall.rules.csv_table import Column, read_table
from hall.rules.imports import BadRow, BadRows
from hall.rules.responsibilities import UnitKind
from hall.rules.row_reading import RowReading
from hall.words import UNIT_KINDS

FILE_TITLE = "责任区"

COLUMNS = (
    Column("category", ("类别", "事项")),
    Column("area", ("区域", "街道或网格")),
    Column("unit_code", ("单位编码",)),
    Column("unit_name", ("单位名称",)),
    Column("unit_kind", ("单位类型",)),
    Column("department", ("科室名称",), required=False),
    Column("valid_from", ("生效日期",)),
    Column("valid_to", ("失效日期",), required=False),
    Column("source", ("来源",)),
)
"""科室名称: whose accounts act for the unit in the program; empty: the dispatcher enters what it reports back."""

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,19}")
LONGEST_AREA = 40


@dataclass(frozen=True, slots=True)
class ResponsibilityEntry:
    """A line of the file."""

    line: int
    category: str
    area: str
    unit_code: str
    unit_name: str
    unit_kind: UnitKind
    department: str
    valid_from: date
    valid_to: date | None
    source: str


def parse_responsibilities(text: str, *, categories: Mapping[str, str]) -> tuple[ResponsibilityEntry, ...]:
    """All lines of a decoded file, in file order; raises BadRows with every fault of every row.

    `categories`: code → words; a file may use either.
    """
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    entries: list[ResponsibilityEntry] = []
    for line in table.lines:
        row = RowReading(line, COLUMNS)
        entries.append(_entry(row, categories))
        bad_rows.extend(row.bad_rows)
    bad_rows.extend(_repeated(entries))
    bad_rows.extend(_two_units(entries))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(entries)


def category_code(cell: str, categories: Mapping[str, str]) -> str:
    """The code of a category written as code or words; raises BadCell."""
    if cell in categories:
        return cell
    for code, words in categories.items():
        if words == cell:
            return code
    raise cells.BadCell(f"没有“{cell[:20]}”这个类别，可用的：{'、'.join(categories.values())}")


def _entry(row: RowReading, categories: Mapping[str, str]) -> ResponsibilityEntry:
    entry = ResponsibilityEntry(
        line=row.number,
        category=row.cell("category", lambda cell: category_code(cell, categories), otherwise=""),
        area=row.cell("area", _area, otherwise=""),
        unit_code=row.cell("unit_code", _unit_code, otherwise=""),
        unit_name=row.cell("unit_name", cells.filled, otherwise=""),
        unit_kind=row.cell("unit_kind", _unit_kind, otherwise="outside"),
        department=row.cell("department", cells.plain, otherwise=""),
        valid_from=row.cell("valid_from", cells.day, otherwise=date.min),
        valid_to=row.cell("valid_to", _optional_day, otherwise=None),
        source=row.cell("source", cells.filled, otherwise=""),
    )
    if entry.valid_to is not None and entry.valid_to < entry.valid_from:
        row.fault(f"失效日期{entry.valid_to}早于生效日期{entry.valid_from}，请核对")
    return entry


def _area(cell: str) -> str:
    if len(cell) > LONGEST_AREA:
        raise cells.BadCell(f"最多 {LONGEST_AREA} 个字")
    return "" if cell in {"全区", "不限"} else cell


def _unit_code(cell: str) -> str:
    if not _CODE.fullmatch(cell):
        raise cells.BadCell("应为 1 至 20 位字母、数字（可用 - 或 _），不能为空")
    return cell


def _unit_kind(cell: str) -> UnitKind:
    kinds: Mapping[str, UnitKind] = {
        "科室": "department",
        "中队": "squad",
        "街道": "street",
        "网格": "grid",
        "外单位": "outside",
    }
    if cell not in kinds:
        raise cells.BadCell(f"“{cell[:20]}”不是单位类型，可用的：{'、'.join(UNIT_KINDS.values())}")
    return kinds[cell]


def _optional_day(cell: str) -> date | None:
    return cells.day(cell) if cell else None


def _repeated(entries: list[ResponsibilityEntry]) -> list[BadRow]:
    first_lines: dict[tuple[str, str, date], int] = {}
    bad_rows = []
    for each in entries:
        first = first_lines.setdefault((each.category, each.area, each.valid_from), each.line)
        if first != each.line:
            bad_rows.append(BadRow(each.line, f"与第{first}行重复（类别、区域、生效日期相同），请只留一行"))
    return bad_rows


def _two_units(entries: list[ResponsibilityEntry]) -> list[BadRow]:
    """One code is one unit: name, kind and department must agree."""
    first_lines: dict[str, ResponsibilityEntry] = {}
    bad_rows = []
    for each in entries:
        first = first_lines.setdefault(each.unit_code, each)
        told = (each.unit_name, each.unit_kind, each.department)
        if told != (first.unit_name, first.unit_kind, first.department):
            bad_rows.append(BadRow(each.line, f"单位编码{each.unit_code}与第{first.line}行写的不是同一个单位，请核对"))
    return bad_rows
