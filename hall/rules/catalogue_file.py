"""The file in which a bureau keeps its matters: text in, matters out, every bad row named with its faults."""

from collections.abc import Callable
from datetime import date
from typing import TypedDict, TypeVar

from hall.rules import catalogue_cells as cells
from hall.rules import catalogue_handling_cells as handling
from hall.rules.catalogue import BadMatter, Matter, ProcedureRule, StepRule
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.imports import BadRow, BadRows

T = TypeVar("T")

FILE_TITLE = "事项目录"

COLUMNS = (
    Column("code", ("事项编码", "编码")),
    Column("name", ("事项名称", "名称")),
    Column("department", ("承办部门", "部门")),
    Column("prefix", ("取号前缀", "前缀")),
    Column("legal_basis", ("设定依据", "依据")),
    Column("statutory_limit_wd", ("法定时限", "法定时限（工作日）", "法定时限(工作日)")),
    Column("limit_basis", ("法定时限依据",), required=False),
    Column("promised_limit_wd", ("承诺时限", "承诺时限（工作日）", "承诺时限(工作日)")),
    Column("materials", ("申请材料", "材料")),
    Column("site_inspection", ("现场勘验", "现场勘查")),
    Column("validity", ("有效期", "证件有效期")),
    Column("fee", ("收费",)),
    Column("fee_basis", ("收费依据",), required=False),
    Column("applicant_kind", ("申请人类型", "申请人")),
    Column("effective_from", ("生效日期", "启用日期")),
    Column("lacking_allowed", ("容缺受理",), required=False),
    Column("informed_allowed", ("告知承诺",), required=False),
    Column("default_allowed", ("超时默认",), required=False),
    Column("safety", ("公共安全", "涉及公共安全"), required=False),
    Column("legal_review", ("法制审核",), required=False),
    Column("refusal_report", ("否定报备",), required=False),
    Column("warning_days", ("预警天数",), required=False),
    Column("extension_days", ("承诺延长", "承诺延长（工作日）"), required=False),
    Column("certificate_name", ("证件名称",), required=False),
    Column("steps", ("环节", "环节时限"), required=False),
    Column("procedures", ("特别程序",), required=False),
    Column("notes", ("备注", "说明")),
    Column("source", ("来源",), required=False),
    Column("promise_city", ("承诺时限出处",), required=False),
    Column("verification", ("核对情况",), required=False),
)
"""The one table of column names; a heading may use the key or any of the Chinese names."""

_UNREAD = "未读出"
_ANYONE = cells.applicant_kinds("不限")
_TITLES = {column.key: column.titles[0] for column in COLUMNS}


def parse_catalogue(text: str) -> tuple[Matter, ...]:
    """All matters of a decoded file, in file order; raises BadRows with every fault of every row."""
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    matters: list[tuple[int, Matter]] = []
    bad_rows = list(table.bad_rows)
    for line in table.lines:
        try:
            matters.append((line.number, _matter(line)))
        except _BadLine as bad:
            bad_rows.extend(BadRow(line.number, reason) for reason in bad.reasons)
    bad_rows.extend(_duplicates(matters))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(matter for _, matter in matters)


def _duplicates(matters: list[tuple[int, Matter]]) -> list[BadRow]:
    first_lines: dict[tuple[str, date], int] = {}
    bad_rows = []
    for number, matter in matters:
        first = first_lines.setdefault((matter.code, matter.effective_from), number)
        if first != number:
            version = f"事项{matter.code}在{matter.effective_from}生效的版本"
            reason = f"{version}与第{first}行重复，请只留一行或改生效日期"
            bad_rows.append(BadRow(number, reason))
    return bad_rows


class _BadLine(Exception):
    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


class _Reading:
    """Reads the cells of one line and remembers every fault, so that staff see all of them at once."""

    def __init__(self, line: Line) -> None:
        self._cells = line.cells
        self.reasons: list[str] = []

    def cell(self, key: str, parse: Callable[[str], T], *, otherwise: T) -> T:
        """The parsed cell. `otherwise` stands in for a bad one and is itself lawful, so that a refused
        line still shows what else is wrong with it."""
        try:
            return parse(self._cells.get(key, ""))
        except cells.BadCell as bad:
            self.reasons.append(f"{_TITLES[key]}：{bad}")
            return otherwise


def _matter(line: Line) -> Matter:
    row = _Reading(line)
    visited, visit_note = row.cell("site_inspection", cells.site_visit, otherwise=(False, ""))
    validity = row.cell("validity", cells.validity, otherwise=cells.Validity("", None))
    try:
        matter = Matter(
            code=row.cell("code", cells.matter_code, otherwise=_UNREAD),
            name=row.cell("name", cells.filled, otherwise=_UNREAD),
            department=row.cell("department", cells.filled, otherwise=_UNREAD),
            prefix=row.cell("prefix", cells.plain, otherwise=""),
            basis=row.cell("legal_basis", cells.filled, otherwise=_UNREAD),
            statutory=row.cell("statutory_limit_wd", cells.limit, otherwise=None),
            limit_basis=row.cell("limit_basis", cells.plain, otherwise=""),
            promised=row.cell("promised_limit_wd", cells.limit, otherwise=None),
            materials=row.cell("materials", cells.materials, otherwise=()),
            site_visit=visited,
            site_visit_note=visit_note,
            validity=validity.text,
            validity_months=validity.months,
            fee_fen=row.cell("fee", cells.fee, otherwise=0),
            fee_basis=row.cell("fee_basis", cells.plain, otherwise=""),
            applicant_kinds=row.cell("applicant_kind", cells.applicant_kinds, otherwise=_ANYONE),
            effective_from=row.cell("effective_from", cells.day, otherwise=date.min),
            note=row.cell("notes", cells.plain, otherwise=""),
            source=_source(line),
            **_handling(row),
        )
    except BadMatter as bad:
        raise _BadLine((*row.reasons, *bad.reasons)) from bad
    if row.reasons:
        raise _BadLine(tuple(row.reasons))
    return matter


class _Handling(TypedDict):
    lacking_allowed: bool
    informed_allowed: bool
    default_allowed: bool
    safety: bool
    legal_review: bool
    refusal_report: bool
    warning_days: int | None
    extension_days: int
    certificate_name: str
    steps: tuple[StepRule, ...]
    procedures: tuple[ProcedureRule, ...]


def _handling(row: _Reading) -> _Handling:
    """How the cases of the matter are handled; a file without these columns allows nothing special."""
    return _Handling(
        lacking_allowed=row.cell("lacking_allowed", handling.yes, otherwise=False),
        informed_allowed=row.cell("informed_allowed", handling.yes, otherwise=False),
        default_allowed=row.cell("default_allowed", handling.yes, otherwise=False),
        safety=row.cell("safety", handling.yes, otherwise=False),
        legal_review=row.cell("legal_review", handling.yes, otherwise=False),
        refusal_report=row.cell("refusal_report", handling.yes, otherwise=False),
        warning_days=row.cell("warning_days", handling.days, otherwise=None),
        extension_days=row.cell("extension_days", handling.days, otherwise=None) or 0,
        certificate_name=row.cell("certificate_name", cells.plain, otherwise=""),
        steps=row.cell("steps", handling.steps, otherwise=()),
        procedures=row.cell("procedures", handling.procedures, otherwise=()),
    )


def _source(line: Line) -> str:
    """Where the row comes from: page, the place whose promise it repeats, and how far it was checked."""
    labelled = (("source", ""), ("promise_city", "承诺时限取自："), ("verification", "核对："))
    return "；".join(label + line.cells[key] for key, label in labelled if line.cells.get(key))
