"""The file in which a bureau keeps its discretion benchmarks: text in, violations out, every bad row named."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from hall.rules import violation_cells as cells
from hall.rules.catalogue_cells import BadCell, filled, plain
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.imports import BadRow, BadRows
from hall.rules.violations import Correction, Exemption, Tier, ViolationEntry

T = TypeVar("T")

FILE_TITLE = "裁量基准"

COLUMNS = (
    Column("code", ("案由编码", "编码")),
    Column("violation", ("案由", "违法行为")),
    Column("legal_basis", ("违法依据", "义务条款")),
    Column("penalty_article", ("处罚依据", "罚则")),
    Column("object", ("处罚对象", "对象")),
    Column("tier", ("裁量档次", "档次")),
    Column("circumstances", ("适用情形", "情形")),
    Column("fine_low", ("罚款下限", "下限")),
    Column("fine_high", ("罚款上限", "上限")),
    Column("unit", ("计罚单位", "单位")),
    Column("must_order_correction_first", ("责令改正",)),
    Column("first_offence_exempt", ("免罚", "首违不罚")),
    Column("exempt_basis", ("免罚依据",)),
    Column("simple_procedure_possible", ("简易程序",), required=False),
    Column("source", ("来源",)),
    Column("status_note", ("备注", "说明")),
    Column("effective_from", ("生效日期", "启用日期"), required=False),
    Column("effective_to", ("失效日期",), required=False),
    Column("published_on", ("公布日期",), required=False),
    Column("published_as", ("公布文号", "公布网址"), required=False),
    Column("superseded_by", ("上位法", "应当适用"), required=False),
    Column("statutory_low", ("法定下限",), required=False),
    Column("statutory_high", ("法定上限",), required=False),
    Column("exempt_list", ("清单文号",), required=False),
    Column("first_time_months", ("初次年限（月）", "初次年限(月)"), required=False),
    Column("correct_within_hours", ("改正时限（小时）", "改正时限(小时)"), required=False),
    Column("quantity_limit", ("数量限制",), required=False),
    Column("evidence", ("所需证据",), required=False),
    Column("excluded_if", ("排除情形",), required=False),
)
"""The one table of column names. 简易程序 is read past: the amount and the party tell it (行政处罚法 51)."""

_TITLES = {column.key: column.titles[0] for column in COLUMNS}
_UNREAD = "未读出"
_YUAN = cells.UnitCell("yuan", "元", None)
_MILDEST: tuple[Correction, ...] = ("may", "with", "none")

# What all rows of one version must say alike; the rest is said row by row and joined.
_ALIKE = {
    "violation": "案由",
    "legal_basis": "违法依据",
    "penalty_article": "处罚依据",
    "effective_to": "失效日期",
    "published_on": "公布日期",
    "published_as": "公布文号",
    "superseded_by": "上位法",
}


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    days: dict[str, date | None]
    tiers: tuple[Tier, ...]
    """The row itself; before it the span of the law, where its columns name another."""
    correction: Correction
    exemptions: tuple[Exemption, ...]
    code: str
    """Its own, where its code stands for another violation too (see `_told_apart`)."""

    def says(self, key: str) -> str:
        return self.line.cells.get(key, "")


def parse_violations(text: str) -> tuple[ViolationEntry, ...]:
    """All violations of a decoded file, in file order; raises BadRows with every fault of every row."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    read: list[_Row] = []
    for line in table.lines:
        reading = _Reading(line)
        row = reading.row()
        bad_rows.extend(BadRow(line.number, reason) for reason in reading.reasons)
        if not reading.reasons:
            read.append(row)
    groups: dict[tuple[str, date | None], list[_Row]] = {}
    for row in _told_apart(read):
        groups.setdefault((row.code, row.days["effective_from"]), []).append(row)
    bad_rows.extend(_half_dated(groups))
    for rows in groups.values():
        bad_rows.extend(_disagreements(rows))
        bad_rows.extend(_bad_tiers(rows))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(_entry(rows) for rows in groups.values())


class _Reading:
    """Reads the cells of one line and remembers every fault, so that staff see all of them at once."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.reasons: list[str] = []

    def row(self) -> _Row:
        """The row; `reasons` tells whether it can be trusted."""
        days = {key: self._cell(key, cells.optional_day, otherwise=None) for key in ("effective_from", "effective_to")}
        days["published_on"] = self._cell("published_on", cells.optional_day, otherwise=None)
        for key in ("violation", "legal_basis", "penalty_article", "tier", "source"):
            self._cell(key, filled, otherwise=_UNREAD)
        self._cell("code", cells.violation_code, otherwise=_UNREAD)
        self._check_days(days)
        return _Row(
            self._line,
            days,
            self._tiers(),
            self._cell("must_order_correction_first", cells.correction, otherwise="none"),
            self._exemptions(days["published_on"]),
            self._line.cells["code"],
        )

    def _cell(self, key: str, parse: Callable[[str], T], *, otherwise: T) -> T:
        try:
            return parse(self._line.cells.get(key, ""))
        except BadCell as bad:
            self.reasons.append(f"{_TITLES[key]}：{bad}")
            return otherwise

    def _check_days(self, days: dict[str, date | None]) -> None:
        begins, ends = days["effective_from"], days["effective_to"]
        if begins and ends and ends < begins:
            self.reasons.append(f"失效日期{ends}早于生效日期{begins}，请核对")
        if (days["published_on"] is None) != (not self._line.cells.get("published_as")):
            self.reasons.append("公布日期和公布文号要么都写，要么都不写：没有文号或者网址，公布就查不到")

    def _tiers(self) -> tuple[Tier, ...]:
        unit = self._cell("unit", cells.unit, otherwise=_YUAN)
        low, high = self._span("fine_low", "fine_high")
        legal = self._span("statutory_low", "statutory_high")
        name = self._line.cells["tier"]
        tier = Tier(
            object_kind=self._cell("object", cells.object_kind, otherwise="any"),
            object_words=self._line.cells["object"],
            tier=name,
            circumstances=self._cell("circumstances", plain, otherwise=""),
            low=low,
            high=high,
            unit=unit.unit,
            unit_words=unit.words,
            cap_fen=unit.cap_fen,
            statutory=name.startswith("法定") or (low is not None and (low, high) == legal),
        )
        if legal[0] is None or tier.statutory:
            return (tier,)
        law = Tier(
            tier.object_kind, tier.object_words, "法定幅度", "", *legal, unit.unit, unit.words, unit.cap_fen, True
        )
        return law, tier

    def _span(self, low_key: str, high_key: str) -> tuple[int | None, int | None]:
        low = self._cell(low_key, cells.amount, otherwise=None)
        high = self._cell(high_key, cells.amount, otherwise=None)
        given = [key for key in (low_key, high_key) if self._line.cells.get(key)]
        if len(given) == 1:
            self.reasons.append(f"只写了{_TITLES[given[0]]}：上限和下限要么都写，要么都不写")
        if low is not None and high is not None and low > high:
            self.reasons.append(f"{_TITLES[low_key]}大于{_TITLES[high_key]}，请核对")
        return low, high

    def _exemptions(self, published_on: date | None) -> tuple[Exemption, ...]:
        said = self._line.cells
        limbs = cells.exempt_limbs(said["first_offence_exempt"])
        months = self._cell("first_time_months", cells.whole, otherwise=None)
        hours = self._cell("correct_within_hours", cells.whole, otherwise=None)
        if not limbs or said["fine_high"] == "0":  # a tier that fines nothing is itself the exemption
            return ()
        conditions = said["exempt_basis"] or said["circumstances"]
        if not conditions:
            self.reasons.append("写了免罚，却没有写免罚依据：请写明是哪个清单、什么条件")
        return tuple(
            Exemption(
                limb=limb,
                conditions=conditions,
                list_number=said.get("exempt_list", "") or said["exempt_basis"],
                first_time_months=months if limb == "first_time" else None,
                correct_within_hours=hours,
                quantity_limit=said.get("quantity_limit", ""),
                evidence=said.get("evidence", ""),
                excluded_if=said.get("excluded_if", ""),
                published_on=published_on,
            )
            for limb in limbs
        )


def _told_apart(read: list[_Row]) -> Iterable[_Row]:
    """Violations that share a code in the published table but neither name nor norms: the later ones get their own.

    Another name under the same norms is more likely a slip of the pen, so such a row stays and is named as a fault.
    """
    taken = {row.says("code") for row in read}
    known: dict[tuple[str, date | None], list[tuple[str, _Row]]] = {}
    for row in read:
        own = known.setdefault((row.says("code"), row.days["effective_from"]), [])
        code = next((code for code, first in own if _same_violation(row, first)), "")
        if not code:
            code = _free_code(row.says("code"), taken) if own else row.says("code")
            taken.add(code)
            own.append((code, row))
        yield replace(row, code=code)


def _same_violation(row: _Row, first: _Row) -> bool:
    """Whether two rows of one code speak of one violation: by its name or by one of its norms."""
    norms = ("legal_basis", "penalty_article")
    return row.says("violation") == first.says("violation") or any(row.says(key) == first.says(key) for key in norms)


def _free_code(code: str, taken: set[str]) -> str:
    return next(new for number in itertools.count(2) if (new := f"{code}-{number}") not in taken)


def _half_dated(groups: dict[tuple[str, date | None], list[_Row]]) -> list[BadRow]:
    """Rows of one violation with and without a day cannot be told apart as versions."""
    dated = {code for code, begins in groups if begins is not None}
    return [
        BadRow(rows[0].line.number, f"案由{code}有的行写了生效日期，这一行没有写，请补上")
        for (code, begins), rows in groups.items()
        if begins is None and code in dated
    ]


def _disagreements(rows: list[_Row]) -> Iterable[BadRow]:
    """Rows that call one code by two names, or give one version two bases, days or higher norms."""
    first = rows[0]
    for row in rows[1:]:
        for key, title in _ALIKE.items():
            if row.says(key) != first.says(key):
                yield BadRow(row.line.number, _disagreement(row, first, key, title))
                break
        else:
            if "first" in {row.correction, first.correction} and row.correction != first.correction:
                yield BadRow(
                    row.line.number,
                    f"责令改正：第{first.line.number}行与本行一处写逾期不改才罚，一处不是，同一案由应当一致，请核对",
                )


def _disagreement(row: _Row, first: _Row, key: str, title: str) -> str:
    said, other = row.says(key) or "空", first.says(key) or "空"
    code = row.code
    return (
        f"{title}“{said[:40]}”与第{first.line.number}行的“{other[:40]}”不同，而编码都是{code}："
        f"一个编码只能是一个案由，请另编编码（如 {code}-2）或改为一致"
    )


def _bad_tiers(rows: list[_Row]) -> Iterable[BadRow]:
    """The same row twice, and tiers that leave the span of the law."""
    seen: dict[tuple[str, str, str, str], int] = {}
    for row in rows:
        own = row.tiers[-1]
        first = seen.setdefault((own.object_words, own.tier, own.circumstances, own.unit), row.line.number)
        if first != row.line.number:
            yield BadRow(row.line.number, f"与第{first}行重复（对象、档次、情形相同），请只留一行")
    spans = [tier for row in rows for tier in row.tiers if tier.statutory]
    for row in rows:
        own = row.tiers[-1]
        legal = [span for span in spans if (span.object_words, span.unit) == (own.object_words, own.unit)]
        if not own.statutory and legal and own.high and not any(_within(own, span) for span in legal):
            yield BadRow(row.line.number, f"档次“{own.tier}”的金额超出法定幅度，裁量基准不能突破法律规定，请核对")


def _within(tier: Tier, span: Tier) -> bool:
    if tier.low is None or tier.high is None or span.low is None or span.high is None:
        return True
    return span.low <= tier.low and tier.high <= span.high


def _entry(rows: list[_Row]) -> ViolationEntry:
    first = rows[0]
    return ViolationEntry(
        code=first.code,
        shares_code="" if first.code == first.says("code") else first.says("code"),
        name=first.says("violation"),
        legal_basis=first.says("legal_basis"),
        penalty_article=first.says("penalty_article"),
        correction=_correction(rows),
        tiers=tuple(dict.fromkeys(tier for row in rows for tier in row.tiers)),
        source=_joined(rows, "source"),
        valid_from=first.days["effective_from"],
        valid_to=first.days["effective_to"],
        published_on=first.days["published_on"],
        published_as=first.says("published_as"),
        superseded_by=first.says("superseded_by"),
        first_offence=_joined(rows, "first_offence_exempt"),
        exempt_basis=_joined(rows, "exempt_basis"),
        note=_joined(rows, "status_note"),
        exemptions=tuple(dict.fromkeys(exemption for row in rows for exemption in row.exemptions)),
        line=first.line.number,
    )


def _correction(rows: list[_Row]) -> Correction:
    """Of rows that differ in whether a fine stands beside the order or may stand there, the mildest for the party."""
    said = {row.correction for row in rows}
    return next((each for each in _MILDEST if each in said), "first")


def _joined(rows: list[_Row], key: str) -> str:
    return "；".join(dict.fromkeys(row.says(key) for row in rows if row.says(key)))
