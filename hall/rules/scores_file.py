"""The file of scores that others give the hall: text in, scores out, every fault named."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal, TypeVar, get_args

from hall.errors import Refused
from hall.rules.catalogue_cells import BadCell
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.imports import BadRow, BadRows
from hall.words import SCORE_KINDS

T = TypeVar("T")
ScoreKind = Literal["third_party", "deputies", "residents"]

FILE_TITLE = "外部评议"
LONGEST = 60

COLUMNS = (
    Column("source", ("来源", "评议机构")),
    Column("kind", ("类别",)),
    Column("month", ("月份",)),
    Column("indicator", ("指标",)),
    Column("score", ("得分",)),
    Column("full", ("满分",)),
    Column("asked", ("调查人数",), required=False),
    Column("report", ("报告", "报告文号"), required=False),
)
"""The one table of column names; a heading may use the key or the Chinese name."""

_TITLES = {column.key: column.titles[0] for column in COLUMNS}
_ORDER: tuple[ScoreKind, ...] = get_args(ScoreKind)
_MONTH = re.compile(r"(\d{4})[-年/.](\d{1,2})月?")
_LARGEST = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Score:
    """One indicator of one source in one month; scores in hundredths of a point. `asked` None: it is not told."""

    source: str
    kind: ScoreKind
    month: date
    indicator: str
    hundredths: int
    full_hundredths: int
    asked: int | None
    report: str


def parse_scores(text: str) -> tuple[Score, ...]:
    """The scores of a decoded file; raises BadRows with every fault of every line."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    scores = [_score(line, bad_rows) for line in table.lines]
    firsts: dict[tuple[str, date, str], int] = {}
    for line, score in zip(table.lines, scores, strict=True):
        first = firsts.setdefault((score.source, score.month, score.indicator), line.number)
        if first != line.number:
            bad_rows.append(BadRow(line.number, f"与第{first}行的来源、月份、指标相同，请只留一行"))
        if score.hundredths > score.full_hundredths:
            bad_rows.append(BadRow(line.number, "得分高于满分，请核对"))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(scores)


def _score(line: Line, bad_rows: list[BadRow]) -> Score:
    def cell(key: str, parse: Callable[[str], T], *, otherwise: T) -> T:
        try:
            return parse(line.cells.get(key, ""))
        except Refused as bad:
            bad_rows.append(BadRow(line.number, f"{_TITLES[key]}：{bad}"))
            return otherwise

    return Score(
        source=cell("source", _name, otherwise=f"{line.number}"),
        kind=cell("kind", _kind, otherwise="third_party"),
        month=cell("month", _month, otherwise=date.min),
        indicator=cell("indicator", _name, otherwise=""),
        hundredths=cell("score", _hundredths, otherwise=0),
        full_hundredths=cell("full", _full, otherwise=1),
        asked=cell("asked", _asked, otherwise=None),
        report=line.cells.get("report", ""),
    )


def _name(cell: str) -> str:
    if not cell or len(cell) > LONGEST:
        raise BadCell(f"不能为空，也不超过 {LONGEST} 个字")
    return cell


def _kind(cell: str) -> ScoreKind:
    for kind in _ORDER:
        if cell in (kind, SCORE_KINDS[kind]):
            return kind
    raise BadCell(f"“{cell[:20]}”不是评议类别，应为{'、'.join(SCORE_KINDS.values())}")


def _month(cell: str) -> date:
    found = _MONTH.fullmatch(cell)
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 2000:
        raise BadCell(f"“{cell[:20]}”不是月份，请写成 2026-11 这样")
    return date(int(found[1]), int(found[2]), 1)


def _hundredths(cell: str) -> int:
    try:
        value = Decimal(cell)
    except InvalidOperation as error:
        raise BadCell(f"“{cell[:20]}”不是分数，请写成 92 或 92.5 这样") from error
    exact = value * 100
    if not value.is_finite() or not 0 <= value <= _LARGEST or exact != exact.to_integral_value():
        raise BadCell(f"“{cell[:20]}”不是分数：应不小于 0、最多两位小数")
    return int(exact)


def _full(cell: str) -> int:
    full = _hundredths(cell)
    if not full:
        raise BadCell("应大于 0")
    return full


def _asked(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 7):
        raise BadCell(f"“{cell[:20]}”不是人数，请写数字，不知道的留空")
    return int(cell)
