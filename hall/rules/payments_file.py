"""The bank's file of what was paid (罚缴分离): text in, lines out, every bad line named; the closing line agrees."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from hall.errors import Refused
from hall.rules import catalogue_cells as cells
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.imports import BadRow, BadRows
from hall.rules.money import fen, yuan
from hall.rules.money_words import money_figures
from hall.rules.pay_codes import pay_code

T = TypeVar("T")

FILE_TITLE = "缴款文件"
CLOSING = "合计"
LONGEST = 500
"""Lines in one file: all their cases, and on SQLite every other station, wait until the import is through."""

COLUMNS = (
    Column("reference", ("流水号",)),
    Column("pay_code", ("缴款识别码",)),
    Column("decision", ("决定书文号",)),
    Column("amount", ("金额",)),
    Column("paid_on", ("缴款日期",)),
)
"""The one table of column names; a heading may use the key or the Chinese name."""

_TITLES = {column.key: column.titles[0] for column in COLUMNS}
_REFERENCE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,59}")
_ROUNDED = re.compile(r"[0-9.]+[Ee][+][0-9]+")
_COUNT = re.compile(r"([0-9]{1,6})笔?")
_LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A payment as the bank reports it, amount in fen; at least one of pay code and decision number is there."""

    line: int
    reference: str
    pay_code: str
    decision_number: str
    fen: int
    paid_on: date


@dataclass(frozen=True, slots=True)
class PaidFile:
    """All lines of a file, in file order, whose closing line agrees with them."""

    lines: tuple[PaidLine, ...]

    @property
    def total_fen(self) -> int:
        """The sum of all lines in fen."""
        return sum(each.fen for each in self.lines)


def parse_payments(text: str) -> PaidFile:
    """The lines of a decoded file; raises BadRows with every fault of every line and of the closing line."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    closing = [line for line in table.lines if line.cells["reference"] == CLOSING]
    paid = [_paid(line, bad_rows) for line in table.lines if line.cells["reference"] != CLOSING]
    bad_rows.extend(_contradictions(paid))
    if len(paid) > LONGEST:
        bad_rows.append(BadRow(paid[LONGEST].line, f"文件超过{LONGEST}行，请分成几个文件，各有各的合计行"))
    if not bad_rows:
        bad_rows.extend(_closing_faults(table.lines, closing, paid))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return PaidFile(tuple(paid))


def _paid(line: Line, bad_rows: list[BadRow]) -> PaidLine:
    def cell(key: str, parse: Callable[[str], T], *, otherwise: T) -> T:
        try:
            return parse(line.cells[key])
        except Refused as bad:
            bad_rows.append(BadRow(line.number, f"{_TITLES[key]}：{bad}"))
            return otherwise

    if not (line.cells["pay_code"] or line.cells["decision"]):
        bad_rows.append(BadRow(line.number, "缴款识别码和决定书文号都空着，至少要有一个"))
    return PaidLine(
        line=line.number,
        reference=cell("reference", _reference, otherwise=""),
        pay_code=cell("pay_code", _pay_code, otherwise=""),
        decision_number=cell("decision", _decision, otherwise=""),
        fen=cell("amount", _amount, otherwise=0),
        paid_on=cell("paid_on", cells.day, otherwise=date.min),
    )


def _reference(cell: str) -> str:
    _refuse_rounded(cell)
    if not _REFERENCE.fullmatch(cell):
        raise cells.BadCell("应为 1 至 60 位字母、数字（可用 - 或 _），不能为空")
    return cell


def _pay_code(cell: str) -> str:
    _refuse_rounded(cell)
    return pay_code(cell) if cell else ""


def _decision(cell: str) -> str:
    if len(cell) > _LONGEST_NUMBER:
        raise cells.BadCell(f"“{cell[:20]}…”长{len(cell)}字，不是文号")
    return cell


def _amount(cell: str) -> int:
    amount = fen(cell)
    if not amount:
        raise cells.BadCell("金额应大于零；冲正和退款不在缴款文件里，请在对账页登记")
    return amount


def _refuse_rounded(cell: str) -> None:
    if _ROUNDED.fullmatch(cell):
        raise cells.BadCell("被 Excel 改成了科学计数，末几位已丢失，请用银行的原文件，或把该列设为“文本”")


def _contradictions(paid: Sequence[PaidLine]) -> list[BadRow]:
    """The bank may report a payment twice; but under one reference it cannot report two."""
    firsts: dict[str, PaidLine] = {}
    bad_rows = []
    for each in paid:
        first = firsts.setdefault(each.reference, each)
        if each.reference and not same_payment(first, each):
            bad_rows.append(
                BadRow(each.line, f"流水号 {each.reference} 与第{first.line}行相同而内容不同，请向银行核实")
            )
    return bad_rows


def same_payment(one: PaidLine, other: PaidLine) -> bool:
    """Whether two lines report one payment."""
    return (one.reference, one.fen, one.paid_on, one.pay_code, one.decision_number) == (
        other.reference,
        other.fen,
        other.paid_on,
        other.pay_code,
        other.decision_number,
    )


def _closing_faults(lines: Sequence[Line], closing: Sequence[Line], paid: Sequence[PaidLine]) -> list[BadRow]:
    last = lines[-1]
    if not closing:
        return [BadRow(last.number, "缺少合计行（流水号写“合计”，决定书文号写笔数，金额写总额），文件可能不完整")]
    if len(closing) > 1 or closing[0] is not last:
        return [BadRow(closing[0].number, "合计行应只有一行，并且是最后一行")]
    return [BadRow(last.number, reason) for reason in _disagreements(last, paid)]


def _disagreements(closing: Line, paid: Sequence[PaidLine]) -> list[str]:
    reasons = []
    count = _COUNT.fullmatch(closing.cells["decision"] or closing.cells["pay_code"])
    if count is None:
        reasons.append("合计行的笔数应写在决定书文号一列，例如 12 或 12笔")
    elif int(count[1]) != len(paid):
        reasons.append(f"合计行写{count[1]}笔，文件里有{len(paid)}笔，文件可能不完整，请向银行核实")
    total = sum(each.fen for each in paid)
    try:
        told = fen(closing.cells["amount"])
    except Refused as bad:
        return [*reasons, f"合计行的金额：{bad}"]
    if told != total:
        figures, found = money_figures(yuan(told)), money_figures(yuan(total))
        reasons.append(f"合计行的金额是{figures}，各行相加是{found}，文件可能不完整，请向银行核实")
    return reasons
