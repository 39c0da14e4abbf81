"""Print queues of Windows, not tried on one: PDFium draws pages for the driver, the spooler is asked about jobs.

pywin32 is imported where it is used: elsewhere than on Windows there is none, and how its answers are read is tested.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

from hall.printing.preview import POINTS_PER_INCH, opened, page_sizes
from hall.printing.queues import (
    JobNews,
    JobState,
    NoSuchQueue,
    PageJob,
    PagePrinterUnavailable,
    PrintSystemAway,
    QueueView,
    Trouble,
)

if TYPE_CHECKING:
    from _win32typing import PyDEVMODEW
    from PIL.Image import Image

Bits = Sequence[tuple[int, Trouble]]

MOST_DPI = 300
"""What a page is drawn at where the printer has more: 26 MB a page, in colour for red letterheads and seals."""
MOST_JOBS = 999

# winspool.h, worst first.
JOB_ENDED, JOB_DELETED, JOB_PRINTING, JOB_PAUSED = 0x80 | 0x1000, 0x4 | 0x100, 0x10, 0x1
JOB_TROUBLES: Bits = ((0x40, "paper_out"), (0x20, "offline"), (0x2 | 0x200 | 0x400, "fault"), (JOB_PAUSED, "held"))
PRINTER_TROUBLES: Bits = (
    (0x1, "paused"),
    (0x8, "jam"),
    (0x400000, "cover_open"),
    (0x10 | 0x40, "paper_out"),
    (0x40000, "toner_out"),
    (0x80 | 0x1000, "offline"),
    (0x2 | 0x20 | 0x100000 | 0x200000, "fault"),
)
WORKS_OFFLINE = 0x400

# wingdi.h
PAPERS = {"A4": 9, "A5": 11}
SIDES = {"one-sided": 1, "two-sided-long-edge": 2, "two-sided-short-edge": 3}
_BINS: Final = 6
_BIN_NAMES: Final = 12
_DPI, _WIDTH, _HEIGHT, _LEFT, _TOP = 88, 110, 111, 112, 113
_PAPER, _COPIES, _TRAY, _DUPLEX, _COLLATE = 0x2, 0x100, 0x200, 0x1000, 0x8000
_LOCAL_AND_CONNECTED = 0x2 | 0x4


class WindowsQueues:
    """The printers that this Windows user sees."""

    def submit(self, queue: str, pdf: bytes, job: PageJob) -> str:
        """As PrintSystem.submit. The spooler prints pages as they come: what breaks after the first has no number."""
        import win32gui
        import win32print
        from pywintypes import error as WindowsError  # noqa: N812 - its name says nothing

        try:
            context = win32gui.CreateDC("WINSPOOL", queue, _wishes(queue, job))
            number = win32print.StartDoc(context, (job.title, None, None, 0))
        except WindowsError as error:
            raise PagePrinterUnavailable(queue, f"没有接收任务（{error.strerror}）") from error
        try:
            for page in _drawn(pdf, min(MOST_DPI, win32print.GetDeviceCaps(context, _DPI))):
                win32print.StartPage(context)
                _lay_on(context, page)
                win32print.EndPage(context)
            win32print.EndDoc(context)
        except WindowsError:
            return ""
        finally:
            win32gui.DeleteDC(context)
        return str(number)

    def submit_raw(self, queue: str, payload: bytes, *, title: str) -> str:
        """As PrintSystem.submit_raw."""
        import win32print
        from pywintypes import error as WindowsError  # noqa: N812

        try:
            printer = win32print.OpenPrinter(queue)
            number = win32print.StartDocPrinter(printer, 1, (title, None, "RAW"))
        except WindowsError as error:
            raise PagePrinterUnavailable(queue, f"没有接收任务（{error.strerror}）") from error
        try:
            win32print.StartPagePrinter(printer)
            win32print.WritePrinter(printer, payload)
            win32print.EndPagePrinter(printer)
            win32print.EndDocPrinter(printer)
        except WindowsError:
            return ""
        finally:
            win32print.ClosePrinter(printer)
        return str(number)

    def state(self, queue: str, *, spool_id: str, handle: str) -> JobNews:
        """As PrintSystem.state, by the title: nobody withholds it here."""
        import win32print
        from pywintypes import error as WindowsError  # noqa: N812

        try:
            printer = win32print.OpenPrinter(queue)
            try:
                jobs = win32print.EnumJobs(printer, 0, MOST_JOBS, 1)
            finally:
                win32print.ClosePrinter(printer)
        except WindowsError as error:
            raise PagePrinterUnavailable(queue, f"问不到（{error.strerror}）") from error
        news = read_jobs([cast(Mapping[str, object], job) for job in jobs], spool_id=spool_id, handle=handle)
        if news.trouble or news.state not in ("waiting", "printing"):
            return news
        return JobNews(news.state, self.queue(queue).trouble, news.handle)

    def queue(self, name: str) -> QueueView:
        """As PrintSystem.queue."""
        for found in self.queues():
            if found.name == name:
                return found
        raise NoSuchQueue(name)

    def queues(self) -> tuple[QueueView, ...]:
        """As PrintSystem.queues."""
        import win32print
        from pywintypes import error as WindowsError  # noqa: N812

        try:
            found = win32print.EnumPrinters(_LOCAL_AND_CONNECTED, None, 2)
        except WindowsError as error:
            raise PrintSystemAway from error
        views = (_queue_view(cast(Mapping[str, object], printer)) for printer in found)
        return tuple(sorted(views, key=lambda view: view.name))


def read_jobs(jobs: Sequence[Mapping[str, object]], *, spool_id: str, handle: str) -> JobNews:
    """What the spooler's list says about our job. It forgets a job that is done, and one that somebody has deleted:
    whoever had a number and is not there counts as done."""
    for job in jobs:
        if str(job["pDocument"]).endswith(f"#{spool_id}"):
            return _news(int(str(job["Status"])), str(job["JobId"]))
    return JobNews("done", handle=handle) if handle else JobNews("gone")


def read_printer(status: int, *, attributes: int) -> Trouble:
    """What is wrong with a printer, from PRINTER_INFO_2; many USB drivers never report anything."""
    return _first(PRINTER_TROUBLES, status) or ("offline" if attributes & WORKS_OFFLINE else "")


def _news(status: int, number: str) -> JobNews:
    if status & JOB_DELETED:
        return JobNews("cancelled", handle=number)
    if status & JOB_ENDED:
        return JobNews("done", handle=number)
    state: JobState = "held" if status & JOB_PAUSED else "printing" if status & JOB_PRINTING else "waiting"
    return JobNews(state, _first(JOB_TROUBLES, status), number)


def _first(bits: Bits, status: int) -> Trouble:
    return next((trouble for mask, trouble in bits if status & mask), "")


def _queue_view(printer: Mapping[str, object]) -> QueueView:
    name, port = str(printer["pPrinterName"]), str(printer["pPortName"])
    trouble = read_printer(int(str(printer["Status"])), attributes=int(str(printer["Attributes"])))
    return QueueView(name, str(printer["pDriverName"]), trouble, tuple(_trays(name, port)))


def _trays(queue: str, port: str) -> Mapping[str, int]:
    """The driver's number of each tray, by the name it has in its settings."""
    import win32print
    from pywintypes import error as WindowsError  # noqa: N812

    try:
        names = win32print.DeviceCapabilities(queue, port, _BIN_NAMES)
        numbers = win32print.DeviceCapabilities(queue, port, _BINS)
    except WindowsError:
        return {}
    return {name.rstrip("\0 "): number for name, number in zip(names, numbers, strict=True)}


def _wishes(queue: str, job: PageJob) -> "PyDEVMODEW":
    """The driver's settings with those of the job; what the driver does not know it leaves out."""
    import win32print

    printer = win32print.OpenPrinter(queue)
    try:
        about = win32print.GetPrinter(printer, 2)
    finally:
        win32print.ClosePrinter(printer)
    mode = about["pDevMode"]
    if mode is None:
        raise PagePrinterUnavailable(queue, "没有驱动程序的设置，请重新安装打印机")
    mode.PaperSize, mode.Copies, mode.Duplex, mode.Collate = PAPERS[job.paper], job.copies, SIDES[job.sides], 1
    mode.Fields |= _PAPER | _COPIES | _DUPLEX | _COLLATE
    trays = _trays(queue, about["pPortName"]) if job.tray else {}
    if job.tray in trays:
        mode.DefaultSource = trays[job.tray]
        mode.Fields |= _TRAY
    return mode


def _drawn(pdf: bytes, dpi: int) -> "Iterator[Image]":
    """Page by page, so that previews on the screen come between them."""
    for page in range(len(page_sizes(pdf))):
        with opened(pdf) as document:
            picture = document[page].render(scale=dpi / POINTS_PER_INCH).to_pil()
        yield picture


def _lay_on(context: int, page: "Image") -> None:
    """Over the whole sheet, of which the printer's own coordinates leave out the margins."""
    import win32print
    from PIL import ImageWin

    left, top = win32print.GetDeviceCaps(context, _LEFT), win32print.GetDeviceCaps(context, _TOP)
    width, height = win32print.GetDeviceCaps(context, _WIDTH), win32print.GetDeviceCaps(context, _HEIGHT)
    ImageWin.Dib(page).draw(ImageWin.HDC(context), (-left, -top, width - left, height - top))
