"""The monthly report on paper: issued with its number, frozen, previewed and printed like any other document."""

from dataclasses import dataclass
from pathlib import Path

from hall.clock import business_date
from hall.printing.content import DocumentContent
from hall.printing.declarations import declaration
from hall.resources import template
from hall.rules.authority import require
from hall.rules.case_statistics import Compared
from hall.rules.people import Actor
from hall.rules.work_report import numbered
from hall.services import issuing
from hall.services.case_paper import chinese_date
from hall.services.case_report import MonthReport, NamedFigures, month_report
from hall.services.case_report_tables import POPULATION, balance_words, refusal_words, title_of, value_words
from hall.services.documents import DocumentKind
from hall.services.papers_common import Fields, hall_block
from hall.services.papers_month import MatterMonth, RateRow, district_report, monthly_report
from hall.services.penalty_counts import penalty_lines
from hall.services.remedies import remedies
from hall.services.spool import Printer
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.halls import Hall
from hall.words import DOCUMENT_KINDS

# More names than these would fill the page and say less than their number.
_FEW = 5


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """A report that was issued: its document and its number."""

    document_id: int
    number: str


@retried
def issue_month(store: Store, actor: Actor, *, year: int, month: int, home: Path, printed: bool = True) -> IssuedReport:
    """Issue the report of a month as a document; a running month's says up to which day it counts.

    The figures are read before the transaction: they take seconds that nobody else should wait for.
    """
    require(actor, "report.issue")
    report = month_report(store, actor, year=year, month=month, home=home)
    with store.work("report.issue", actor) as work:
        hall = work.session.get_one(Hall, work.hall_id)
        content = report_content(report, hall_block(hall, clerk_name=actor.name), prepared_by=actor.name)
        printer: Printer | None = "page" if printed else None
        issued = issuing.issue(work, case_id=None, kind="monthly_report", content=content, home=home, printer=printer)
        work.audit(f"document:{issued.document_id}", number=issued.number, month=f"{year}-{month:02d}")
        work.changed("report", f"{year}-{month:02d}")
        return IssuedReport(issued.document_id, issued.number)


@retried
def issue_district(
    store: Store, actor: Actor, *, year: int, month: int, home: Path, printed: bool = True
) -> IssuedReport:
    """Issue the report of a month's whole work to the district government; of a running month up to today."""
    require(actor, "report.issue")
    report = month_report(store, actor, year=year, month=month, home=home)
    with store.work("report.issue", actor) as work:
        common = hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=actor.name)
        content = district_content(report, common, home=home)
        printer: Printer | None = "page" if printed else None
        issued = issuing.issue(work, case_id=None, kind="district_report", content=content, home=home, printer=printer)
        work.audit(f"document:{issued.document_id}", number=issued.number, month=f"{year}-{month:02d}")
        work.changed("report", f"{year}-{month:02d}")
        return IssuedReport(issued.document_id, issued.number)


def preview_month(store: Store, actor: Actor, *, year: int, month: int, home: Path) -> bytes:
    """The monthly report as it would be issued now, as PDF: without a number, and nothing is kept."""
    report = month_report(store, actor, year=year, month=month, home=home)
    content = report_content(report, _common(store, actor), prepared_by=actor.name)
    return _preview(report, "monthly_report", content, home=home)


def preview_district(store: Store, actor: Actor, *, year: int, month: int, home: Path) -> bytes:
    """The report to the district government as it would be issued now, as PDF."""
    report = month_report(store, actor, year=year, month=month, home=home)
    return _preview(report, "district_report", district_content(report, _common(store, actor), home=home), home=home)


def district_content(report: MonthReport, common: Fields, *, home: Path) -> Fields:
    """The fields of the report to the district government section by section."""
    return district_report(
        common,
        month=title_of(report),
        government=remedies(report.authority, home).government,
        population=POPULATION,
        sections=numbered(report.work),
    )


def _common(store: Store, actor: Actor) -> Fields:
    with store.read(actor) as session:
        return hall_block(session.get_one(Hall, store.hall_id), clerk_name=actor.name)


def _preview(report: MonthReport, kind: DocumentKind, content: Fields, *, home: Path) -> bytes:
    from hall.printing.documents import produce  # loads the typesetter: only who looks at a page needs it
    from hall.printing.fonts import FontSet

    fields = {**content, "number": "（预览，未出具）", "issued_on": chinese_date(business_date(report.as_of)), "qr": ""}
    drawn = DocumentContent(
        title=f"{DOCUMENT_KINDS[kind]} {title_of(report)}",
        author=report.authority,
        made_at=report.as_of,
        fields={name: value if isinstance(value, str) else tuple(value) for name, value in fields.items()},
    )
    path = template(declaration(template("fields.toml", home), kind).file, home)
    return produce(path, drawn, fonts=FontSet.shipped()).pdf


def report_content(report: MonthReport, common: Fields, *, prepared_by: str) -> Fields:
    """The fields of the paper."""
    compared = report.statistics.figures
    return monthly_report(
        common,
        month=title_of(report),
        population=POPULATION.removesuffix("。"),
        matters=tuple(_matter(each) for each in report.matters),
        rates=tuple(_rate(each) for each in compared if each.figure.denominator is not None),
        figures=(
            *((each.figure.name, value_words(each.figure)) for each in compared if each.figure.denominator is None),
            ("取号人次", f"{report.visitors.tickets:,}"),
            ("咨询", f"{report.visitors.enquiries:,}"),
        ),
        balance="；".join(balance_words(report.statistics.balance)) + "。",
        prepared_by=prepared_by,
        notes=_notes(report),
    )


def _matter(each: NamedFigures) -> MatterMonth:
    figures = each.figures
    return MatterMonth(each.name, figures.accepted, figures.visits, figures.done, figures.overdue)


def _rate(compared: Compared) -> RateRow:
    figure, before = compared.figure, compared.month_before
    in_days = figure.unit == "days"
    return RateRow(
        f"{figure.name}（工作日）" if in_days else figure.name,
        figure.numerator,
        figure.denominator or 0,
        value_words(figure).removesuffix(" 个工作日"),
        "—" if before is None else value_words(before).removesuffix(" 个工作日"),
    )


def _notes(report: MonthReport) -> str:
    statistics = report.statistics
    notes: list[str] = []
    if statistics.undatable:
        notes.append(f"{statistics.undatable} 件因放假安排未录入没有到期日，不计入时效。")
    if report.idle:
        some = "、".join(report.idle) if len(report.idle) <= _FEW else f"{len(report.idle)} 项"
        notes.append(f"本期无业务的事项：{some}。")
    penalties = "；".join(f"{subject}{words}" for subject, words in penalty_lines(report.penalties))
    if penalties:
        notes.append(f"处罚减免与公示（只计件数）：{penalties}。")
    refusals = "、".join(f"{refusal_words(limb)} {count} 件" for limb, count in statistics.refusals.items())
    return "".join((*notes, f"不予受理情形：{refusals}。" if refusals else ""))
