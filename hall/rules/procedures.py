"""Special procedures (特别程序): which clocks each stops, for how long at most, by which law; dated data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from hall.errors import Refused
from hall.rules import catalogue_cells as cells
from hall.rules.catalogue import Limit, LimitUnit, Matter
from hall.rules.clocks import Pause
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.imports import BadRow, BadRows
from hall.rules.timelimits_file import yes_or_no
from hall.words import CASE_PROCEDURES, LIMIT_UNITS

FILE_TITLE = "特别程序"

COLUMNS = (
    Column("code", ("代码",)),
    Column("name", ("名称",)),
    Column("stops_statutory", ("暂停法定",)),
    Column("stops_promised", ("暂停承诺",)),
    Column("limited", ("须给定时间",)),
    Column("max_days", ("最长天数",)),
    Column("unit", ("单位",)),
    Column("law", ("依据",)),
    Column("effective_from", ("生效日期",)),
    Column("source", ("来源",)),
    Column("note", ("备注",)),
)

_UNITS: Mapping[str, LimitUnit] = {"workday": "workday", "day": "day"}


class CannotSuspend(Refused):
    """The procedure, or the time for it, is not what law and matter allow."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"不能启动{name}：{reason}。")


@dataclass(frozen=True, slots=True)
class ProcedureTerms:
    """A procedure as law or hall lay it down from a day on.

    `limited`: a time has to be granted with it; `longest` None: any. What stops the limit of law is a closed list
    (行政许可法 45); the hall's own procedures only ever stop its promise.
    """

    code: str
    name: str
    stops_statutory: bool
    stops_promised: bool
    limited: bool
    longest: Limit | None
    unit: LimitUnit
    law: str
    effective_from: date
    source: str
    note: str

    @property
    def stops(self) -> bool:
        """Whether any clock stands still for it."""
        return self.stops_statutory or self.stops_promised

    def pause(self, first_day: date, granted: Limit | None) -> Pause:
        """The pause it makes. Raises CannotSuspend."""
        self._check(granted)
        return Pause(
            self.code,
            first_day,
            granted=granted,
            title=self.name,
            basis=self.law,
            stops_statutory=self.stops_statutory,
            stops_promised=self.stops_promised,
        )

    def _check(self, granted: Limit | None) -> None:
        if not self.stops:
            raise CannotSuspend(self.name, f"它不在可以扣除的时间之列（{self.law}），时限照常计算")
        if granted is None:
            if self.limited:
                raise CannotSuspend(self.name, "要给定所需时间并书面告知申请人（行政许可法第四十五条）")
            return
        if granted.unit != self.unit or granted.days < 1:
            raise CannotSuspend(self.name, f"所需时间按{LIMIT_UNITS[self.unit]}给定，至少1天")
        if self.longest is not None and granted.days > self.longest.days:
            raise CannotSuspend(self.name, f"所需时间最长{self.longest}，给了{granted}（{self.law}）")


@dataclass(frozen=True, slots=True)
class ProcedureTable:
    """Every version of every procedure."""

    rows: tuple[ProcedureTerms, ...]

    def in_force(self, code: str, day: date) -> ProcedureTerms | None:
        """The version of a day; None where the law of that day knows none."""
        begun = [row for row in self.rows if row.code == code and row.effective_from <= day]
        return max(begun, key=lambda row: row.effective_from, default=None)

    def of_matter(self, matter: Matter, day: date) -> tuple[ProcedureTerms, ...]:
        """The procedures that stop a clock of the matter's cases on a day.

        What the matter publishes goes before the general rule, but never touches the limit of law: those of
        行政许可法 45 any matter may need, and no matter can add to them.
        """
        found = (self._terms(code, matter, day) for code in CASE_PROCEDURES)
        return tuple(terms for terms in found if terms is not None and terms.stops)

    def _terms(self, code: str, matter: Matter, day: date) -> ProcedureTerms | None:
        general = self.in_force(code, day)
        own = next((rule for rule in matter.procedures if rule.procedure == code), None)
        if general is None or own is None:
            return general
        return replace(
            general,
            stops_promised=own.stops_promised,
            longest=own.granted or general.longest,
            unit=own.granted.unit if own.granted else general.unit,
            law=general.law if own.basis in general.law else f"{general.law}；{own.basis}",
        )


def parse_procedures(text: str) -> ProcedureTable:
    """All rows of a decoded file; raises BadRows with a fault of every bad row."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    rows: dict[tuple[str, date], ProcedureTerms] = {}
    for line in table.lines:
        try:
            terms = _terms(line)
            if (terms.code, terms.effective_from) in rows:
                raise cells.BadCell(f"{terms.code} 在{terms.effective_from}生效的版本重复")
            rows[terms.code, terms.effective_from] = terms
        except cells.BadCell as error:
            bad_rows.append(BadRow(line.number, str(error)))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return ProcedureTable(tuple(rows.values()))


def _terms(line: Line) -> ProcedureTerms:
    code, unit = line.cells["code"], _UNITS.get(line.cells["unit"])
    if code not in CASE_PROCEDURES:
        raise cells.BadCell(f"“{code[:20]}”不是特别程序，应为 {'、'.join(CASE_PROCEDURES)}")
    if unit is None:
        raise cells.BadCell(f"单位应为 {'、'.join(_UNITS)}")
    longest = line.cells["max_days"]
    if longest and not (longest.isascii() and longest.isdigit() and 0 < int(longest[:9]) < 1000):
        raise cells.BadCell(f"“{longest[:20]}”应为 1 至 999 的整数，没有上限的留空")
    return ProcedureTerms(
        code=code,
        name=cells.filled(line.cells["name"]),
        stops_statutory=yes_or_no(line.cells["stops_statutory"]),
        stops_promised=yes_or_no(line.cells["stops_promised"]),
        limited=yes_or_no(line.cells["limited"]),
        longest=Limit(int(longest), unit) if longest else None,
        unit=unit,
        law=cells.filled(line.cells["law"]),
        effective_from=cells.day(line.cells["effective_from"]),
        source=cells.filled(line.cells["source"]),
        note=line.cells["note"],
    )
