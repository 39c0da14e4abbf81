"""The file of appointments that a booking system hands over: text in, booked times out, every bad row named."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import TypeVar

from hall.errors import Refused
from hall.rules import catalogue_cells as cells
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.identity import parse_id_number, parse_phone
from hall.rules.imports import BadRow, BadRows

T = TypeVar("T")

FILE_TITLE = "预约名单"

COLUMNS = (
    Column("reference", ("预约编号",)),
    Column("name", ("姓名",)),
    Column("id_number", ("证件号码",)),
    Column("phone", ("手机号",)),
    Column("matter", ("事项编码",)),
    Column("day", ("预约日期",)),
    Column("starts", ("开始时间",)),
    Column("ends", ("结束时间",)),
)
"""The one table of column names; a heading may use the key or the Chinese name."""

_TITLES = {column.key: column.titles[0] for column in COLUMNS}
_REFERENCE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,39}")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])(?:[:：]00)?")
_ROUNDED = re.compile(r"[0-9.]+[Ee][+][0-9]+")


@dataclass(frozen=True, slots=True)
class BookedTime:
    """One row: who may come when for which matter; `line` is where it stands. The repr tells no person."""

    line: int
    reference: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(repr=False)
    matter_code: str
    day: date
    starts: time
    ends: time


def parse_appointments(text: str) -> tuple[BookedTime, ...]:
    """All booked times of a decoded file, in file order; raises BadRows with every fault of every row."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    booked: list[BookedTime] = []
    for line in table.lines:
        row = _Reading(line)
        each = _booked(row)
        bad_rows.extend(BadRow(line.number, reason) for reason in row.reasons)
        booked.append(each)
    bad_rows.extend(_repeated(booked))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(booked)


class _Reading:
    """Reads the cells of one line and remembers every fault, so that staff see all of them at once."""

    def __init__(self, line: Line) -> None:
        self.number = line.number
        self._cells = line.cells
        self.reasons: list[str] = []

    def cell(self, key: str, parse: Callable[[str], T], *, otherwise: T) -> T:
        """The parsed cell; `otherwise` stands in for a bad one."""
        try:
            return parse(self._cells[key])
        except Refused as bad:
            self.reasons.append(f"{_TITLES[key]}：{bad}")
            return otherwise


def _booked(row: _Reading) -> BookedTime:
    booked = BookedTime(
        line=row.number,
        reference=row.cell("reference", _reference, otherwise=""),
        name=row.cell("name", cells.filled, otherwise=""),
        id_number=row.cell("id_number", _id_number, otherwise=""),
        phone=row.cell("phone", _phone, otherwise=""),
        matter_code=row.cell("matter", cells.matter_code, otherwise=""),
        day=row.cell("day", cells.day, otherwise=date.min),
        starts=row.cell("starts", _time, otherwise=time.min),
        ends=row.cell("ends", _time, otherwise=time.max),
    )
    if booked.ends <= booked.starts:
        row.reasons.append("结束时间应晚于开始时间")
    return booked


def _reference(cell: str) -> str:
    if not _REFERENCE.fullmatch(cell):
        raise cells.BadCell("应为 1 至 40 位字母、数字（可用 - 或 _），不能为空")
    return cell


def _id_number(cell: str) -> str:
    if _ROUNDED.fullmatch(cell):
        raise cells.BadCell("被 Excel 改成了科学计数，末几位已丢失，请把该列设为“文本”后重填")
    return parse_id_number(cell).number


def _phone(cell: str) -> str:
    """A telephone, or nothing where none was given."""
    return parse_phone(cell) if cell else ""


def _time(cell: str) -> time:
    """09:30, or 9:30 and 9:30:00 as Excel writes them back."""
    match = _TIME.fullmatch(cell)
    if match is None:
        raise cells.BadCell(f"“{cell[:20]}”不是时间，请写如 09:30")
    return time(int(match[1]), int(match[2]))


def _repeated(booked: list[BookedTime]) -> list[BadRow]:
    first_lines: dict[str, int] = {}
    bad_rows = []
    for each in booked:
        first = first_lines.setdefault(each.reference, each.line)
        if each.reference and first != each.line:
            bad_rows.append(BadRow(each.line, f"预约编号 {each.reference} 与第{first}行重复，请只留一行"))
    return bad_rows
