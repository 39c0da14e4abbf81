"""How a station's slip printers take a job: render from frozen content, send, find out whether it is on paper."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from hall.errors import HallError
from hall.printing.ports import PrinterUnavailable, open_port, reports
from hall.printing.printer import PrinterNotReady, print_slip, query_status
from hall.printing.slip import profile_for
from hall.rules.line_log import Tap
from hall.services import paper, paper_levels
from hall.services.spool import JobView
from hall.settings import SlipPrinterSettings
from hall.store import Store
from hall.store.failures import DatabaseAway, StoreBusy
from hall.workers.ways import PrintResult, Way, Ways

if TYPE_CHECKING:
    from hall.printing.raster import LineRasteriser

Render = Callable[[JobView], bytes]


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
    profile = profile_for(settings.width_mm, settings.rom)

    @cache
    def rasteriser() -> "LineRasteriser":
        from hall.printing.fonts import FontSet
        from hall.printing.raster import LineRasteriser

        return LineRasteriser(FontSet.shipped())

    def render(job: JobView) -> bytes:
        from hall.printing import escpos  # with the first slip, in the printer's thread: no start waits for it

        return escpos.render(paper.slip_of(store, job), profile, rasteriser())

    return render


def _printing(render: Render, address: str, baud: int, tap: Tap | None) -> Callable[[JobView], PrintResult]:
    """A printer that has reported once is silent only when it hangs: it gets nothing more until it answers."""
    has_reported = False

    def print_job(job: JobView) -> PrintResult:
        nonlocal has_reported
        try:
            payload = render(job)
        except (DatabaseAway, StoreBusy) as error:
            return PrintResult("queued", str(error))
        except HallError as error:
            return PrintResult("unmade", str(error))
        try:
            with open_port(address, baud=baud, tap=tap) as port:
                done = print_slip(port, payload, must_answer=has_reported)
        except PrinterUnavailable as error:
            return PrintResult("unknown" if error.bytes_sent else "queued", str(error))
        has_reported = has_reported or done.state == "printed"
        # A printer that never reports counts as printing: to ask after every slip would teach clerks not to look.
        return PrintResult("unknown" if done.state == "unconfirmed" else "printed", done.reason)

    return print_job
