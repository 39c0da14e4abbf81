"""The file that 12345 or the grid system hands over: text in, requests out, every bad row named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from hall.rules import catalogue_cells as cells
from hall.rules.csv_table import Column, read_table
from hall.rules.identity import parse_phone
from hall.rules.imports import BadRow, BadRows
from hall.rules.requests import RequestChannel, RequestKind
from hall.rules.responsibilities_file import category_code
from hall.rules.row_reading import RowReading

V = TypeVar("V")

FILE_TITLE = "外部诉求"

COLUMNS = (
    Column("channel", ("来源",)),
    Column("outside_number", ("外部编号", "工单编号")),
    Column("kind", ("类型",)),
    Column("category", ("类别",)),
    Column("subject", ("标题",)),
    Column("content", ("内容",)),
    Column("place", ("地点",), required=False),
    Column("area", ("区域",), required=False),
    Column("grid_code", ("网格编码",), required=False),
    Column("sent_on", ("转来日期",)),
    Column("name", ("反映人",), required=False),
    Column("phone", ("电话",), required=False),
    Column("photos", ("照片",), required=False),
)
"""照片: names of files in the folder of the CSV file, separated by semicolons; without 反映人 it is anonymous."""

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,59}")
_CHANNELS: Mapping[str, RequestChannel] = {
    "12345": "hotline",
    "12345热线": "hotline",
    "网格": "grid",
    "网格系统": "grid",
}
_KINDS: Mapping[str, RequestKind] = {"投诉": "complaint", "举报": "report", "求助": "help", "建议": "suggestion"}


@dataclass(frozen=True, slots=True)
class OutsideRequest:
    """A row; `line` is where it stands. The repr tells no person."""

    line: int
    channel: RequestChannel
    outside_number: str
    kind: RequestKind
    category: str
    subject: str
    content: str
    place: str
    area: str
    grid_code: str
    sent_on: date
    name: str = field(repr=False)
    phone: str = field(repr=False)
    photos: tuple[str, ...]


def parse_requests(text: str, *, categories: Mapping[str, str], today: date) -> tuple[OutsideRequest, ...]:
    """All requests of a decoded file, in file order; raises BadRows with every fault of every row.

    A consultation has no place in the file: it is answered where it is asked.
    """
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    found: list[OutsideRequest] = []
    for line in table.lines:
        row = RowReading(line, COLUMNS)
        found.append(_request(row, categories, today))
        bad_rows.extend(row.bad_rows)
    bad_rows.extend(_repeated(found))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(found)


def _request(row: RowReading, categories: Mapping[str, str], today: date) -> OutsideRequest:
    request = OutsideRequest(
        line=row.number,
        channel=row.cell("channel", lambda cell: _named(cell, _CHANNELS), otherwise="grid"),
        outside_number=row.cell("outside_number", _number, otherwise=""),
        kind=row.cell("kind", lambda cell: _named(cell, _KINDS), otherwise="complaint"),
        category=row.cell("category", lambda cell: category_code(cell, categories), otherwise=""),
        subject=row.cell("subject", cells.filled, otherwise=""),
        content=row.cell("content", cells.filled, otherwise=""),
        place=row.cell("place", cells.plain, otherwise=""),
        area=row.cell("area", cells.plain, otherwise=""),
        grid_code=row.cell("grid_code", cells.plain, otherwise=""),
        sent_on=row.cell("sent_on", cells.day, otherwise=date.min),
        name=row.cell("name", cells.plain, otherwise=""),
        phone=row.cell("phone", _phone, otherwise=""),
        photos=row.cell("photos", _photos, otherwise=()),
    )
    if request.sent_on > today:
        row.fault(f"转来日期{request.sent_on}还没有到，请核对")
    if request.phone and not request.name:
        row.fault("写了电话，没有写反映人：匿名的两样都不写")
    return request


def _named(cell: str, names: Mapping[str, V]) -> V:
    if cell not in names:
        raise cells.BadCell(f"“{cell[:20]}”不认识，可用的：{'、'.join(names)}")
    return names[cell]


def _number(cell: str) -> str:
    if not _NUMBER.fullmatch(cell):
        raise cells.BadCell("应为 1 至 60 位字母、数字（可用 . - 或 _），不能为空")
    return cell


def _phone(cell: str) -> str:
    return parse_phone(cell) if cell else ""


def _photos(cell: str) -> tuple[str, ...]:
    """Plain names of files: no folder, so that nothing outside the file's own folder is read."""
    names = tuple(name for part in re.split(r"[;；]", cell) if (name := part.strip()))
    for name in names:
        if "/" in name or "\\" in name or name in {".", ".."}:
            raise cells.BadCell(f"“{name[:30]}”只写文件名，照片和本文件放在同一个文件夹")
    return names


def _repeated(found: list[OutsideRequest]) -> list[BadRow]:
    first_lines: dict[tuple[str, str], int] = {}
    bad_rows = []
    for each in found:
        first = first_lines.setdefault((each.channel, each.outside_number), each.line)
        if each.outside_number and first != each.line:
            bad_rows.append(BadRow(each.line, f"外部编号 {each.outside_number} 与第{first}行重复，请只留一行"))
    return bad_rows
