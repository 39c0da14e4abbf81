"""How a station's page printers take a job: typeset from frozen content, hand over, say what became of it."""

from collections.abc import Callable
from pathlib import Path

from hall.errors import HallError, Refused, Unavailable
from hall.printing.missing import describe_missing
from hall.printing.pages import print_pages
from hall.rules.people import system_actor
from hall.services import documents
from hall.services.spool import JobView
from hall.settings import Settings
from hall.store import Store
from hall.workers.ways import PrintResult, Way, Ways


def page_ways(store: Store, settings: Settings) -> Ways:
    """The station's page printer."""
    own = settings.page_printer
    return Ways(Way(own.queue or own.folder, page_printing(store, settings), lambda: None))


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
            return PrintResult("unmade", str(error))
        # A clerk completes a rare name by hand: the sheet is printed, and the lamp says so.
        return PrintResult("printed", describe_missing(made.missing) if made.missing else "")

    return print_job
