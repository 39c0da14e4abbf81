"""How a station's printers take a job: render from frozen content, send, say what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hall.errors import HallError, Refused, Unavailable
from hall.printing.missing import describe_missing
from hall.printing.pages import print_pages
from hall.printing.ports import PrinterUnavailable, open_port, reports
from hall.printing.printer import PrinterNotReady, print_slip, query_status
from hall.printing.slip import profile_for
from hall.rules.people import system_actor
from hall.services import documents, paper, paper_levels, spool
from hall.services.spool import JobView, Outcome, Printer
from hall.settings import Settings, SlipPrinterSettings
from hall.store import Store
from hall.workers.spooler import PrintResult

if TYPE_CHECKING:
    from hall.printing.raster import LineRasteriser


@dataclass(frozen=True, slots=True)
class StationQueue:
    """The spool of one printer of this station."""

    store: Store
    printer: Printer

    def claim(self) -> JobView | None:
        """Take the oldest queued job."""
        return spool.claim(self.store, printer=self.printer)

    def settle(self, job: JobView, outcome: Outcome, error: str) -> None:
        """Say what became of it."""
        spool.settle(self.store, job_id=job.job_id, outcome=outcome, error=error)


def slip_printing(store: Store, settings: SlipPrinterSettings) -> Callable[[JobView], PrintResult]:
    """Prints slips on the station's slip printer; the port is opened for each slip, so a replug heals itself.

    A printer that has reported once is silent only when it hangs: it gets nothing more until it answers.
    """
    profile = profile_for(settings.width_mm, settings.rom)
    has_reported = False

    @cache
    def rasteriser() -> "LineRasteriser":
        from hall.printing.fonts import FontSet
        from hall.printing.raster import LineRasteriser

        return LineRasteriser(FontSet.shipped())

    def print_job(job: JobView) -> PrintResult:
        nonlocal has_reported
        from hall.printing import escpos  # with the first slip, in the printer's thread: no start waits for it

        try:
            payload = escpos.render(paper.slip_of(store, job), profile, rasteriser())
            with open_port(settings.port, baud=settings.baud) as port:
                done = print_slip(port, payload, must_answer=has_reported)
        except PrinterUnavailable as error:
            return PrintResult("unknown" if error.bytes_sent else "queued", str(error))
        except Unavailable as error:
            return PrintResult("queued", str(error))
        except HallError as error:
            return PrintResult("failed", str(error))
        has_reported = has_reported or done.state == "printed"
        # A printer that never reports counts as printing: to ask after every slip would teach clerks not to look.
        return PrintResult("unknown" if done.state == "unconfirmed" else "printed", done.reason)

    return print_job


def slip_printer_fault(settings: SlipPrinterSettings) -> Callable[[], str]:
    """Asks the slip printer what is wrong with it; a printer that does not report is not called faulty."""

    def fault() -> str:
        if not reports(settings.port):
            return ""
        try:
            with open_port(settings.port, baud=settings.baud) as port:
                status = query_status(port)
        except HallError as error:
            return str(error)
        return str(PrinterNotReady(settings.port, status)) if status.stopped else ""

    return fault


def slip_paper(store: Store) -> Callable[[], str]:
    """Says how little is left on the roll of this station's slip printer."""

    def paper_words() -> str:
        level = paper_levels.own_level(store)
        return level.words if level else ""

    return paper_words


def nothing_known() -> str:
    """A page printer reports through its queue, job by job, and nobody counts its paper."""
    return ""


def page_printing(store: Store, settings: Settings) -> Callable[[JobView], PrintResult]:
    """Prints documents on the station's page printer, or keeps their PDFs in a folder where none is attached."""
    own = settings.page_printer
    folder = Path(own.folder) if own.folder else settings.home / "printed"
    actor = system_actor(store.hall_id)

    def print_job(job: JobView) -> PrintResult:
        try:
            if job.subject_kind != "document":
                raise Refused(f"“{job.title}”不是文书，不能用页式打印机打印。")
            made = documents.produced(store, actor, document_id=job.subject_id)
            title = job.title if not job.reprint else f"{job.title} 补打{job.reprint}"
            copies = 1 if job.reprint else documents.copies(store, document_id=job.subject_id, home=settings.home)
            print_pages(made.pdf, queue=own.queue, folder=folder, title=title, copies=copies)
        except Unavailable as error:
            return PrintResult("queued", str(error))
        except HallError as error:
            return PrintResult("failed", str(error))
        # A clerk completes a rare name by hand: the sheet is printed, and the lamp says so.
        return PrintResult("printed", describe_missing(made.missing) if made.missing else "")

    return print_job
