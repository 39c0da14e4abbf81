"""How a station's page printers take a job: typeset from frozen content, hand over, say what became of it."""

from collections.abc import Callable
from dataclasses import replace

from hall.errors import HallError, Refused, Unavailable
from hall.printing.missing import describe_missing
from hall.printing.pages import page_printer
from hall.printing.queues import PageJob, PagePrinter, QueuePrinter, print_system
from hall.rules.people import system_actor
from hall.services import documents
from hall.services.documents import DocumentFiles
from hall.services.spool import JobView
from hall.settings import Settings
from hall.store import Store
from hall.store.failures import DatabaseAway, StoreBusy
from hall.workers.following import following, queue_fault
from hall.workers.ways import PrintResult, Way, Ways


def page_ways(store: Store, settings: Settings) -> Ways:
    """The station's page printer and, where the settings name one, its spare; a folder has none."""
    own = settings.page_printer
    first = page_way(store, settings, page_printer(own, home=settings.home))
    if not (own.queue and own.failover):
        return Ways(first)
    return Ways(first, page_way(store, settings, QueuePrinter(print_system(), own.failover)))


def page_way(store: Store, settings: Settings, printer: PagePrinter) -> Way:
    """One printer. What a queue has taken is asked after; what a folder keeps is there."""
    if not isinstance(printer, QueuePrinter):
        return Way(printer.name, _printing(store, settings, printer, lambda: ""), lambda: None)
    fault = queue_fault(printer.system, printer.name)
    follow = _with_missing(store, following(printer))
    return Way(printer.name, _printing(store, settings, printer, fault), fault, follow)


def page_job(store: Store, settings: Settings, *, document_id: int, title: str) -> PageJob:
    """A document as its kind is declared: copies, paper, stock, sides; `title` as PageJob has it."""
    declared = documents.declared(store, document_id=document_id, home=settings.home)
    own = settings.page_printer.trays
    trays = {"plain": own.plain, "certificate": own.certificate, "form": own.form}
    return PageJob(title, declared.copies, declared.paper, trays[declared.tray], declared.sides)


def _printing(
    store: Store, settings: Settings, printer: PagePrinter, fault: Callable[[], str]
) -> Callable[[JobView], PrintResult]:
    """A document that cannot be made is the job's own failure; a printer or database that is away is not.

    A reprint is one copy: it is for somebody whose paper is missing.
    """

    def print_job(job: JobView) -> PrintResult:
        try:
            if job.subject_kind != "document":
                raise Refused(f"“{job.title}”不是文书，不能用页式打印机打印。")
            made = _made(store, job)
            wanted = page_job(store, settings, document_id=job.subject_id, title=job.queue_title)
        except (DatabaseAway, StoreBusy) as error:
            return PrintResult("queued", str(error))
        except HallError as error:
            return PrintResult("unmade", str(error))
        if trouble := fault():
            return PrintResult("queued", trouble)
        try:
            handle = printer.submit(made.pdf, replace(wanted, copies=1) if job.reprint else wanted)
        except Unavailable as error:
            return PrintResult("queued", str(error))
        return PrintResult("submitted" if isinstance(printer, QueuePrinter) else "printed", _by_hand(made), handle)

    return print_job


def _made(store: Store, job: JobView) -> DocumentFiles:
    return documents.produced(store, system_actor(store.hall_id), document_id=job.subject_id)


def _by_hand(made: DocumentFiles) -> str:
    """A clerk completes a rare name by hand: the sheet is printed, and the lamp says so."""
    return describe_missing(made.missing) if made.missing else ""


def _with_missing(store: Store, follow: Callable[[JobView], PrintResult]) -> Callable[[JobView], PrintResult]:
    """What a clerk has to complete stays with the job when it is printed."""

    def ask(job: JobView) -> PrintResult:
        result = follow(job)
        return PrintResult("printed", _by_hand(_made(store, job))) if result.outcome == "printed" else result

    return ask
