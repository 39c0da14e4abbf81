"""The table of legal periods and of the daily surcharge, as dated data: text in, rules out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TypeVar

from hall.errors import Missing, Refused
from hall.rules import catalogue_cells as cells
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.imports import BadRow, BadRows
from hall.rules.surcharge import SurchargeTerms
from hall.rules.timelimits import LimitRule, Unit

T = TypeVar("T", LimitRule, SurchargeTerms)

FILE_TITLE = "期限规则"

COLUMNS = (
    Column("rule", ("规则",)),
    Column("title", ("名称",)),
    Column("length", ("长度",)),
    Column("unit", ("单位",)),
    Column("direction", ("方向",)),
    Column("roll", ("顺延",)),
    Column("red_line", ("红线",)),
    Column("from_request", ("天数另给",)),
    Column("extension_max", ("最长延期",)),
    Column("law", ("依据",)),
    Column("law_excluded", ("扣除依据",)),
    Column("daily_rate", ("日比例",)),
    Column("cap", ("上限倍数",)),
    Column("payment_day_counts", ("缴款当日计入",)),
    Column("effective_from", ("生效日期",)),
    Column("source", ("来源",)),
    Column("note", ("备注",)),
)

_UNITS: dict[str, Unit] = {"workday": "workday", "day": "day", "month": "month", "hour": "hour"}
_RATE = "rate"


class UnknownRule(Missing):
    """No rule of that name; the sentence names the nearest."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        near = get_close_matches(name, list(known), n=1, cutoff=0.0)
        hint = f"，是不是 {near[0]}？" if near else ""
        super().__init__(f"没有规则 {name[:60]}{hint}")


class NotYetInForce(Refused):
    """The rule was not in force on the day from which it should count."""

    def __init__(self, name: str, day: date, since: date) -> None:
        super().__init__(f"规则 {name} 自{since}起施行，{day}适用的旧规定没有录入")


@dataclass(frozen=True, slots=True)
class LimitTable:
    """Every version of every rule."""

    limits: tuple[LimitRule, ...]
    surcharges: tuple[SurchargeTerms, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the rules, each once."""
        names = [rule.name for rule in self.limits] + [terms.name for terms in self.surcharges]
        return tuple(dict.fromkeys(names))

    def limit(self, name: str, on: date) -> LimitRule:
        """The version in force on a day. Raises UnknownRule, NotYetInForce."""
        return self._in_force(self.limits, name, on)

    def surcharge(self, name: str, on: date) -> SurchargeTerms:
        """The terms in force on a day. Raises UnknownRule, NotYetInForce."""
        return self._in_force(self.surcharges, name, on)

    def is_surcharge(self, name: str) -> bool:
        """Whether the name is that of a surcharge; UnknownRule for a name of nothing."""
        if name not in self.names:
            raise UnknownRule(name, self.names)
        return any(terms.name == name for terms in self.surcharges)

    def _in_force(self, rules: tuple[T, ...], name: str, on: date) -> T:
        versions = sorted((rule for rule in rules if rule.name == name), key=lambda rule: rule.effective_from)
        if not versions:
            raise UnknownRule(name, self.names)
        in_force = [rule for rule in versions if rule.effective_from <= on]
        if not in_force:
            raise NotYetInForce(name, on, versions[0].effective_from)
        return in_force[-1]


def parse_timelimits(text: str) -> LimitTable:
    """All rules of a decoded file; raises BadRows with a fault of every bad row."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    rules: list[LimitRule | SurchargeTerms] = []
    versions: set[tuple[str, date]] = set()
    for line in table.lines:
        try:
            rule = _surcharge(line) if line.cells["unit"] == _RATE else _limit(line)
            _refuse_repeated(versions, rule)
        except cells.BadCell as error:
            bad_rows.append(BadRow(line.number, str(error)))
        else:
            rules.append(rule)
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return LimitTable(
        tuple(rule for rule in rules if isinstance(rule, LimitRule)),
        tuple(rule for rule in rules if isinstance(rule, SurchargeTerms)),
    )


def _refuse_repeated(versions: set[tuple[str, date]], rule: LimitRule | SurchargeTerms) -> None:
    version = (rule.name, rule.effective_from)
    if version in versions:
        raise cells.BadCell(f"规则 {rule.name} 在{rule.effective_from}生效的版本重复")
    versions.add(version)


def _limit(line: Line) -> LimitRule:
    unit = _UNITS.get(line.cells["unit"])
    if unit is None:
        raise cells.BadCell(f"单位应为 {'、'.join([*_UNITS, _RATE])}")
    rule = LimitRule(
        name=cells.filled(line.cells["rule"]),
        title=cells.filled(line.cells["title"]),
        length=_whole(line.cells["length"]) if line.cells["length"] else None,
        unit=unit,
        backward=_one_of(line.cells["direction"], "backward", "forward"),
        rolls=yes_or_no(line.cells["roll"]),
        red_line=yes_or_no(line.cells["red_line"]),
        from_request=yes_or_no(line.cells["from_request"]),
        extension_max=_whole(line.cells["extension_max"]) if line.cells["extension_max"] else 0,
        law=cells.filled(line.cells["law"]),
        law_excluded=line.cells["law_excluded"],
        effective_from=cells.day(line.cells["effective_from"]),
        source=cells.filled(line.cells["source"]),
        note=line.cells["note"],
    )
    _refuse_contradiction(rule)
    return rule


def _refuse_contradiction(rule: LimitRule) -> None:
    natural = rule.unit in {"day", "month"}
    if rule.length is None and not rule.from_request:
        raise cells.BadCell("没有长度的规则，天数必须另给")
    if (rule.rolls or rule.red_line) and not natural:
        raise cells.BadCell("只有按自然日、月计算的期限才有顺延和红线")
    if rule.backward and (rule.unit != "workday" or rule.law_excluded or rule.extension_max):
        raise cells.BadCell("向前倒数的期限只能按工作日，不能扣除、不能延长")
    if rule.unit in {"month", "hour"} and rule.extension_max:
        raise cells.BadCell("按月、按小时的期限不能按日延长")
    if rule.unit == "hour" and rule.law_excluded:
        raise cells.BadCell("按小时的期限不能扣除时间")


def _surcharge(line: Line) -> SurchargeTerms:
    return SurchargeTerms(
        name=cells.filled(line.cells["rule"]),
        title=cells.filled(line.cells["title"]),
        daily_rate=_ratio(line.cells["daily_rate"]),
        cap=_ratio(line.cells["cap"]),
        payment_day_counts=yes_or_no(line.cells["payment_day_counts"]),
        law=cells.filled(line.cells["law"]),
        effective_from=cells.day(line.cells["effective_from"]),
        source=cells.filled(line.cells["source"]),
        note=line.cells["note"],
    )


def _whole(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and 0 < int(cell[:9]) < 10_000):
        raise cells.BadCell(f"“{cell[:20]}”应为正整数")
    return int(cell)


def _ratio(cell: str) -> Decimal:
    try:
        ratio = Decimal(cell)
    except InvalidOperation:
        ratio = Decimal(0)
    if not (ratio.is_finite() and 0 < ratio <= 10):
        raise cells.BadCell(f"“{cell[:20]}”应为大于0、不超过10的小数")
    return ratio


def yes_or_no(cell: str) -> bool:
    """`yes` or `no`, as files of dated rules have it; raises BadCell."""
    return _one_of(cell, "yes", "no")


def _one_of(cell: str, true: str, false: str) -> bool:
    if cell not in {true, false}:
        raise cells.BadCell(f"“{cell[:20]}”应为 {true} 或 {false}")
    return cell == true
