"""The file in which a hall keeps its work instructions: text in, steps out, every bad row named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from hall.rules.catalogue_cells import BadCell, day, filled, matter_code
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.imports import BadRow, BadRows
from hall.rules.violation_cells import optional_day
from hall.words import INSTRUCTION_SCREENS, INSTRUCTION_SUBJECTS, ROLES

T = TypeVar("T")

FILE_TITLE = "作业指导书"

COLUMNS = (
    Column("subject", ("业务", "事项", "事项编码")),
    Column("position", ("步骤序号", "序号")),
    Column("step", ("步骤", "工作内容")),
    Column("post", ("岗位",)),
    Column("minutes", ("分钟", "时限（分钟）", "时限(分钟)")),
    Column("workdays", ("工作日", "时限（工作日）", "时限(工作日)")),
    Column("standard", ("标准", "服务标准")),
    Column("record", ("留痕", "工作记录")),
    Column("screen", ("界面",), required=False),
    Column("effective_from", ("生效日期", "启用日期")),
    Column("effective_to", ("失效日期",), required=False),
    Column("source", ("来源",)),
)

_TITLES = {column.key: column.titles[0] for column in COLUMNS}
_SUBJECT_CODES = {words: code for code, words in INSTRUCTION_SUBJECTS.items()}
_SCREEN_CODES = {words: code for code, words in INSTRUCTION_SCREENS.items()}
_POSTS = {words: code for code, words in ROLES.items() if code not in {"kiosk", "display"}}
_LONGEST_MINUTES, _LONGEST_WORKDAYS, _LONGEST_CODE = 480, 60, 20
_NOT_READ = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class InstructionStep:
    """A step of an instruction: what a post does, in what time (minutes or workdays), to what standard.

    `subject` is a code of `words.INSTRUCTION_SUBJECTS` or a matter's; `line` where it stood in the file.
    """

    subject: str
    position: int
    step: str
    post: str
    minutes: int | None
    workdays: int | None
    standard: str
    record: str
    screen: str
    valid_from: date
    valid_to: date | None
    source: str
    line: int = 0


def parse_instructions(text: str) -> tuple[InstructionStep, ...]:
    """All steps of a decoded file, in file order; raises BadRows with every fault of every row."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    steps: list[InstructionStep] = []
    for line in table.lines:
        reading = _Reading(line)
        step = reading.step()
        bad_rows.extend(BadRow(line.number, reason) for reason in reading.reasons)
        if not reading.reasons:
            steps.append(step)
    bad_rows.extend(_faults_between(steps))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(steps)


class _Reading:
    """Reads the cells of one line and remembers every fault, so that staff see all of them at once."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.reasons: list[str] = []

    def step(self) -> InstructionStep:
        """The step; `reasons` tells whether it can be trusted."""
        begins = self._cell("effective_from", day, otherwise=_NOT_READ)
        ends = self._cell("effective_to", optional_day, otherwise=None)
        if ends is not None and ends < begins:
            self.reasons.append(f"失效日期{ends}早于生效日期{begins}，请核对")
        minutes = self._cell("minutes", _up_to(_LONGEST_MINUTES), otherwise=None)
        workdays = self._cell("workdays", _up_to(_LONGEST_WORKDAYS), otherwise=None)
        if minutes is not None and workdays is not None:
            self.reasons.append("分钟和工作日只填一个：一步只有一个时限")
        return InstructionStep(
            subject=self._cell("subject", _subject, otherwise=""),
            position=self._cell("position", _position, otherwise=0),
            step=self._cell("step", filled, otherwise=""),
            post=self._cell("post", _post, otherwise=""),
            minutes=minutes,
            workdays=workdays,
            standard=self._cell("standard", filled, otherwise=""),
            record=self._line.cells["record"],
            screen=self._cell("screen", _screen, otherwise=""),
            valid_from=begins,
            valid_to=ends,
            source=self._cell("source", filled, otherwise=""),
            line=self._line.number,
        )

    def _cell(self, key: str, parse: Callable[[str], T], *, otherwise: T) -> T:
        try:
            return parse(self._line.cells.get(key, ""))
        except BadCell as bad:
            self.reasons.append(f"{_TITLES[key]}：{bad}")
            return otherwise


def _faults_between(steps: list[InstructionStep]) -> list[BadRow]:
    """Two steps with one number, and a version that ends on two days."""
    faults: list[BadRow] = []
    places: dict[tuple[str, date, int], int] = {}
    ends: dict[tuple[str, date], date | None] = {}
    for step in steps:
        first = places.setdefault((step.subject, step.valid_from, step.position), step.line)
        if first != step.line:
            faults.append(BadRow(step.line, f"步骤序号{step.position}与第{first}行重复，请改为不同的序号"))
        if ends.setdefault((step.subject, step.valid_from), step.valid_to) != step.valid_to:
            faults.append(BadRow(step.line, "同一业务同一生效日期的各步骤，失效日期应当一致，请核对"))
    return faults


def _subject(cell: str) -> str:
    if cell in _SUBJECT_CODES:
        return _SUBJECT_CODES[cell]
    try:
        code = matter_code(cell)
    except BadCell:
        code = ""
    if not code or len(code) > _LONGEST_CODE or code in INSTRUCTION_SUBJECTS:
        raise BadCell(f"不认识“{cell[:20]}”，请写事项编码，或者写：{'、'.join(_SUBJECT_CODES)}")
    return code


def _post(cell: str) -> str:
    if cell not in _POSTS:
        raise BadCell(f"不认识岗位“{cell[:20]}”，请写：{'、'.join(_POSTS)}")
    return _POSTS[cell]


def _screen(cell: str) -> str:
    if cell and cell not in _SCREEN_CODES:
        raise BadCell(f"不认识界面“{cell[:20]}”，请写：{'、'.join(_SCREEN_CODES)}，或者留空")
    return _SCREEN_CODES.get(cell, "")


def _position(cell: str) -> int:
    number = _up_to(99)(cell)
    if number is None:
        raise BadCell("不能为空，请从 1 开始编号")
    return number


def _up_to(most: int) -> Callable[[str], int | None]:
    """A whole number from 1 on, or nothing."""

    def parse(cell: str) -> int | None:
        if not cell:
            return None
        if not cell.isdecimal() or not 1 <= int(cell) <= most:
            raise BadCell(f"“{cell[:20]}”不是 1 至 {most} 的整数，请改正")
        return int(cell)

    return parse
