"""The file in which a training office sends its records: text in, records by badge number out, bad rows named."""

from dataclasses import dataclass
from datetime import date

from hall.rules.catalogue_cells import BadCell, day, filled
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.imports import BadRow, BadRows
from hall.rules.training import TRAINING_KINDS, Trained, TrainingKind, TrainingRule, faults_of, half_hours_of
from hall.rules.violation_cells import optional_day
from hall.words import TRAINING_KINDS as KIND_WORDS

FILE_TITLE = "培训记录"

COLUMNS = (
    Column("badge", ("工号",)),
    Column("name", ("姓名",)),
    Column("kind", ("类别", "培训类别")),
    Column("title", ("内容", "培训内容")),
    Column("held_on", ("日期", "开始日期")),
    Column("until_day", ("结束日期",), required=False),
    Column("hours", ("学时",)),
    Column("score", ("分数", "成绩"), required=False),
    Column("proof", ("证明", "证明材料"), required=False),
)

_TITLES = {column.key: column.titles[0] for column in COLUMNS}
_KINDS: dict[str, TrainingKind] = {KIND_WORDS[kind]: kind for kind in TRAINING_KINDS}


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """A record of the file, about whoever has the badge number."""

    line: int
    badge: str
    name: str
    kind: TrainingKind
    title: str
    held_on: date
    until_day: date | None
    half_hours: int
    score: int | None
    proof: str


def parse_training(text: str, rule: TrainingRule, *, today: date) -> tuple[TrainingRow, ...]:
    """All records of a decoded file, in file order; raises BadRows with every fault of every row."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    rows = [row for line in table.lines if (row := _row(line, rule, today=today, bad_rows=bad_rows)) is not None]
    seen: dict[tuple[str, str, str, date], int] = {}
    for row in rows:
        first = seen.setdefault((row.badge, row.kind, row.title, row.held_on), row.line)
        if first != row.line:
            bad_rows.append(BadRow(row.line, f"与第{first}行重复（同一人同一天同一内容），请只留一行"))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(rows)


def _row(line: Line, rule: TrainingRule, *, today: date, bad_rows: list[BadRow]) -> TrainingRow | None:
    """The record, or None with its first fault in `bad_rows`."""
    reading = _Reading(line)
    try:
        row = reading.row(rule)
    except BadCell as bad:
        bad_rows.append(BadRow(line.number, f"{_TITLES[reading.key]}：{bad}"))
        return None
    record = Trained(0, row.kind, row.held_on, row.until_day, row.half_hours)
    faults = faults_of(record, rule, score=row.score, today=today)
    bad_rows.extend(BadRow(line.number, fault) for fault in faults)
    return row


class _Reading:
    """Reads the cells of one line; `key` is the one that was read last."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.key = ""

    def row(self, rule: TrainingRule) -> TrainingRow:
        """The record; raises BadCell."""
        return TrainingRow(
            line=self._line.number,
            badge=filled(self._cell("badge")),
            name=filled(self._cell("name")),
            kind=_kind(self._cell("kind")),
            title=filled(self._cell("title")),
            held_on=day(self._cell("held_on")),
            until_day=optional_day(self._cell("until_day")),
            half_hours=_hours(self._cell("hours"), rule),
            score=_score(self._cell("score")),
            proof=self._cell("proof"),
        )

    def _cell(self, key: str) -> str:
        self.key = key
        return self._line.cells.get(key, "")


def _kind(cell: str) -> TrainingKind:
    if cell not in _KINDS:
        raise BadCell(f"不认识“{cell[:20]}”，请写：{'、'.join(_KINDS)}")
    return _KINDS[cell]


def _hours(cell: str, rule: TrainingRule) -> int:
    if not cell:
        return 0
    found = half_hours_of(cell, rule.minutes_an_hour)
    if found is None:
        raise BadCell(f"“{cell[:20]}”读不懂，请写学时（4 或 4.5），或者写 180分钟")
    return found


def _score(cell: str) -> int | None:
    if not cell:
        return None
    if not cell.isdecimal() or len(cell) > 3:
        raise BadCell(f"“{cell[:20]}”不是 0 至 100 的整数")
    return int(cell)
