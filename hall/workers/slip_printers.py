"""How a station's slip printers take a job: render from frozen content, send, find out whether it is on paper."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from hall.errors import HallError, Unavailable
from hall.printing.missing import describe_missing
from hall.printing.ports import QUEUE, PrinterUnavailable, open_port, queue_of, reports
from hall.printing.printer import Habits, PrinterNotReady, print_slip, query_status
from hall.printing.queues import QueuePrinter, print_system
from hall.printing.slip import profile_for
from hall.rules.line_log import Tap
from hall.services import paper, paper_levels
from hall.services.spool import JobView
from hall.settings import SlipPrinterSettings
from hall.store import Store
from hall.store.failures import DatabaseAway, StoreBusy
from hall.workers.following import following, queue_fault
from hall.workers.ways import PrintResult, Way, Ways

if TYPE_CHECKING:
    from hall.printing.raster import LineRasteriser


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a slip, and what a clerk has to complete by hand: a sentence, mostly empty."""

    payload: bytes
    by_hand: str = ""


Render = Callable[[JobView], Made]


def slip_ways(store: Store, settings: SlipPrinterSettings, *, tap: Tap | None = None) -> Ways:
    """The station's slip printer and, where the settings name one, its spare: of the same width and characters.

    `tap` hears their lines.
    """
    render = _rendering(store, settings)
    ports = (port for port in (settings.port, settings.failover) if port)
    first, *spare = (slip_way(render, port, settings.baud, tap=tap) for port in ports)
    return Ways(first, *spare)


def slip_way(render: Render, address: str, baud: int, *, tap: Tap | None = None) -> Way:
    """One slip printer; its port is opened for each slip, so a replug heals itself."""
    if address.startswith(QUEUE):
        return _queue_way(render, QueuePrinter(print_system(), queue_of(address)), address)
    return Way(address, _printing(render, address, baud, tap), slip_printer_fault(address, baud, tap=tap))


def slip_printer_fault(address: str, baud: int, *, tap: Tap | None = None) -> Callable[[], str | None]:
    """Asks the slip printer what is wrong with it; None from a printer that does not report."""

    def fault() -> str | None:
        if not reports(address):
            return None
        try:
            with open_port(address, baud=baud, tap=tap) as port:
                status = query_status(port)
        except HallError as error:
            return str(error)
        if status.stopped:
            return str(PrinterNotReady(address, status))
        return "" if status.prints else None

    return fault


def slip_paper(store: Store) -> Callable[[], str]:
    """Says how little is left on the roll of this station's slip printer."""

    def paper_words() -> str:
        level = paper_levels.own_level(store)
        return level.words if level else ""

    return paper_words


def _rendering(store: Store, settings: SlipPrinterSettings) -> Render:
    profile = profile_for(settings.width_mm, settings.rom, settings.qr)

    @cache
    def rasteriser() -> "LineRasteriser":
        from hall.printing.fonts import FontSet
        from hall.printing.raster import LineRasteriser

        return LineRasteriser(FontSet.shipped())

    def render(job: JobView) -> Made:
        from hall.printing import escpos  # with the first slip, in the printer's thread: no start waits for it

        slip = paper.slip_of(store, job)
        missing = escpos.missing_in(slip, profile, lacks=rasteriser().lacks)
        return Made(escpos.render(slip, profile, rasteriser()), describe_missing(missing) if missing else "")

    return render


def _printing(render: Render, address: str, baud: int, tap: Tap | None) -> Callable[[JobView], PrintResult]:
    """What the printer has shown that it does is kept from slip to slip."""
    habits = Habits()

    def send(_: JobView, payload: bytes) -> PrintResult:
        try:
            with open_port(address, baud=baud, tap=tap) as port:
                done = print_slip(port, payload, habits=habits)
        except PrinterUnavailable as error:
            return PrintResult("unknown" if error.bytes_sent else "queued", str(error))
        # A printer that never reports counts as printing: to ask after every slip would teach clerks not to look.
        return PrintResult("unknown" if done.state == "unconfirmed" else "printed", done.reason)

    return _rendered(render, send)


def _queue_way(render: Render, printer: QueuePrinter, address: str) -> Way:
    """A print queue that passes the bytes on: it is asked what became of them."""
    fault = queue_fault(printer.system, printer.name)

    def send(job: JobView, payload: bytes) -> PrintResult:
        if trouble := fault():
            return PrintResult("queued", trouble)
        try:
            handle = printer.system.submit_raw(printer.name, payload, title=job.queue_title)
        except Unavailable as error:
            return PrintResult("queued", str(error))
        return PrintResult("submitted", handle=handle)

    return Way(address, _rendered(render, send), fault, _with_missing(render, following(printer)))


def _rendered(render: Render, send: Callable[[JobView, bytes], PrintResult]) -> Callable[[JobView], PrintResult]:
    """A slip that cannot be made is the job's own failure; a database that is away is not."""

    def print_job(job: JobView) -> PrintResult:
        try:
            made = render(job)
        except (DatabaseAway, StoreBusy) as error:
            return PrintResult("queued", str(error))
        except HallError as error:
            return PrintResult("unmade", str(error))
        result = send(job, made.payload)
        return replace(result, error=f"{made.by_hand}{result.error}") if result.outcome == "printed" else result

    return print_job


def _with_missing(render: Render, follow: Callable[[JobView], PrintResult]) -> Callable[[JobView], PrintResult]:
    """What a clerk has to complete stays with a slip that a queue has printed."""

    def ask(job: JobView) -> PrintResult:
        result = follow(job)
        return replace(result, error=render(job).by_hand) if result.outcome == "printed" else result

    return ask
