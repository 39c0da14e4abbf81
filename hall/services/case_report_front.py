"""What the manager can do with monthly reports: the services with store and actor bound, for the screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hall.rules.people import Actor
from hall.services import case_report, case_report_paper, documents, tables_export
from hall.services.case_report import MonthReport
from hall.services.case_report_paper import IssuedReport
from hall.services.documents import DocumentFiles
from hall.services.tables_export import SheetTable
from hall.store import Store


@dataclass(frozen=True, slots=True)
class CaseReportFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def month(self, year: int, month: int) -> MonthReport:
        """A month in figures; takes seconds in a big hall."""
        return case_report.month_report(self.store, self.actor, year=year, month=month, home=self.home)

    def preview(self, year: int, month: int) -> bytes:
        """The paper as it would be issued now, as PDF."""
        return case_report_paper.preview_month(self.store, self.actor, year=year, month=month, home=self.home)

    def issue(self, year: int, month: int, *, printed: bool) -> IssuedReport:
        """Issue the report of a month as a document, and print it."""
        return case_report_paper.issue_month(
            self.store, self.actor, year=year, month=month, home=self.home, printed=printed
        )

    def preview_district(self, year: int, month: int) -> bytes:
        """The report to the district government as it would be issued now, as PDF."""
        return case_report_paper.preview_district(self.store, self.actor, year=year, month=month, home=self.home)

    def issue_district(self, year: int, month: int, *, printed: bool) -> IssuedReport:
        """Issue the report of a month's whole work to the district government, and print it."""
        return case_report_paper.issue_district(
            self.store, self.actor, year=year, month=month, home=self.home, printed=printed
        )

    def document(self, document_id: int) -> DocumentFiles:
        """The files of an issued report, for the preview."""
        return documents.produced(self.store, self.actor, document_id=document_id)

    def export(self, path: Path, tables: Sequence[SheetTable]) -> Path:
        """Write tables to a file; gives its path."""
        tables_export.write_tables(path, tables)
        return path
