"""The file in which a bureau keeps its list of powers and duties: text in, lines out, every bad row named."""

import re
from collections.abc import Mapping
from datetime import date

from hall.rules import catalogue_cells as cells
from hall.rules.csv_table import Column, read_table
from hall.rules.imports import BadRow, BadRows
from hall.rules.powers import PowerKind, PowerLine
from hall.rules.row_reading import RowReading
from hall.words import POWER_KINDS

FILE_TITLE = "权责清单"

COLUMNS = (
    Column("code", ("权力编码", "编码")),
    Column("name", ("事项名称", "名称")),
    Column("kind", ("权力类别", "类别")),
    Column("basis", ("实施依据", "依据")),
    Column("duty", ("责任事项", "责任")),
    Column("liability", ("追责情形",), required=False),
    Column("unit", ("承办机构", "承办科室"), required=False),
    Column("matter_code", ("许可事项编码",), required=False),
    Column("violation_code", ("案由编码",), required=False),
    Column("valid_from", ("生效日期",)),
    Column("removed", ("取消",), required=False),
    Column("source", ("调整依据", "来源")),
)

LONGEST_LINK = 20
"""Characters of the code of a matter or of a cause."""
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,29}")
_KINDS: Mapping[str, PowerKind] = {
    "行政许可": "licence",
    "行政处罚": "penalty",
    "行政强制": "compulsion",
    "行政检查": "inspection",
    "行政给付": "payment",
    "行政裁决": "ruling",
    "行政确认": "confirmation",
    "行政奖励": "reward",
    "行政征收": "levy",
    "其他类别": "other",
}
_YES, _NO = frozenset({"是", "取消"}), frozenset({"", "否", "—", "-"})


def parse_powers(text: str) -> tuple[PowerLine, ...]:
    """All lines of a decoded file, in file order; raises BadRows with every fault of every row."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    lines: list[PowerLine] = []
    for each in table.lines:
        row = RowReading(each, COLUMNS)
        lines.append(_line(row))
        bad_rows.extend(row.bad_rows)
    bad_rows.extend(_repeated(lines))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(lines)


def _line(row: RowReading) -> PowerLine:
    return PowerLine(
        line=row.number,
        code=row.cell("code", _code, otherwise=""),
        name=row.cell("name", cells.filled, otherwise=""),
        kind=row.cell("kind", _kind, otherwise="other"),
        basis=row.cell("basis", cells.filled, otherwise=""),
        duty=row.cell("duty", cells.filled, otherwise=""),
        liability=row.cell("liability", cells.plain, otherwise=""),
        unit=row.cell("unit", cells.plain, otherwise=""),
        matter_code=row.cell("matter_code", _linked, otherwise=""),
        violation_code=row.cell("violation_code", _linked, otherwise=""),
        valid_from=row.cell("valid_from", cells.day, otherwise=date.min),
        removed=row.cell("removed", _yes, otherwise=False),
        source=row.cell("source", cells.filled, otherwise=""),
    )


def _code(cell: str) -> str:
    if not _CODE.fullmatch(cell):
        raise cells.BadCell("应为 1 至 30 位字母、数字（可用 - 或 .），不能为空")
    return cell


def _linked(cell: str) -> str:
    if len(cell) > LONGEST_LINK:
        raise cells.BadCell(f"编码最多 {LONGEST_LINK} 位，请照事项目录、裁量基准里的编码填写")
    return cell


def _kind(cell: str) -> PowerKind:
    if cell not in _KINDS:
        raise cells.BadCell(f"“{cell[:20]}”不是权力类别，可用的：{'、'.join(POWER_KINDS.values())}")
    return _KINDS[cell]


def _yes(cell: str) -> bool:
    if cell not in _YES | _NO:
        raise cells.BadCell("从生效日期起取消的写“是”，其他的空着")
    return cell in _YES


def _repeated(lines: list[PowerLine]) -> list[BadRow]:
    first_lines: dict[tuple[str, date], int] = {}
    bad_rows = []
    for each in lines:
        first = first_lines.setdefault((each.code, each.valid_from), each.line)
        if first != each.line:
            bad_rows.append(BadRow(each.line, f"与第{first}行重复（编码、生效日期相同），请只留一行"))
    return bad_rows
