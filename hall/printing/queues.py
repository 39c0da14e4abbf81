"""Print queues behind one protocol: hand pages over, find them again by our own id, say what holds them up."""

import sys
from dataclasses import dataclass
from typing import Literal, Protocol

from hall.errors import Unavailable
from hall.words import QUEUE_TROUBLES

JobState = Literal["waiting", "printing", "held", "done", "cancelled", "aborted", "gone"]
"""`done`: handed to the device, which is not "on paper". `gone`: the print system does not know the job any more."""

Trouble = Literal[
    "",
    "paper_out",
    "jam",
    "cover_open",
    "toner_out",
    "offline",
    "disabled",
    "paused",
    "refusing",
    "login",
    "retrying",
    "held",
    "fault",
    "silent",
]
"""What stands in the way, in the order in which somebody should see to it; empty for nothing that is known."""


class PagePrinterUnavailable(Unavailable):
    """No page has left the computer."""

    def __init__(self, printer: str, what: str) -> None:
        super().__init__(f"打印机 {printer} {what}。请检查打印机和打印队列，稍后会再试。")


class PrintSystemAway(Unavailable):
    """There is no print system on this computer, or it does not answer. No page has left."""

    def __init__(self) -> None:
        super().__init__(
            "打印系统没有应答，请检查它（CUPS 或 Windows 的 Print Spooler）是否装好、是否在运行，稍后会再试。"
        )


class NoSuchQueue(PagePrinterUnavailable):
    """The print system has no queue of this name."""

    def __init__(self, queue: str) -> None:
        super().__init__(queue, "不存在：打印系统里没有这个队列")


@dataclass(frozen=True, slots=True)
class PageJob:
    """How a PDF is printed. `title` names a paper, never a person, and ends with `#` and our own id (a UUID's digits).

    `tray` is what the printer itself calls it, empty for its usual one; `sides` are words of RFC 8011 (5.2.8).
    """

    title: str
    copies: int = 1
    paper: str = "A4"
    tray: str = ""
    sides: str = "one-sided"


@dataclass(frozen=True, slots=True)
class JobNews:
    """What is known about a job; `handle` is its number in the print system, empty where it was not found."""

    state: JobState
    trouble: Trouble = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class QueueView:
    """A queue of this computer. `trays` are the names that PageJob.tray may have, empty where nobody knows."""

    name: str
    model: str
    trouble: Trouble
    trays: tuple[str, ...]

    @property
    def fault(self) -> str:
        """What is wrong with it and what to do; empty for nothing."""
        return trouble_sentence(self.name, self.trouble)


class PagePrinter(Protocol):
    """One printer of pages: a queue, or the folder that stands for it."""

    @property
    def name(self) -> str:
        """What people know it by."""

    def submit(self, pdf: bytes, job: PageJob) -> str:
        """Hand the PDF over; gives the job's number. Raises Unavailable while nothing has left.

        From the moment it returns nothing is known before `state` says it: an empty number means that the print
        system broke off after the last byte, and that only our own id can find the job.
        """

    def state(self, *, spool_id: str, handle: str) -> JobNews:
        """What became of the job with our own id; raises Unavailable."""


class PrintSystem(Protocol):
    """The print system of this computer. Calls may come from any thread but the windows': one waits as long as a print
    system that hangs (libcups knows no limit), and only its own printer with it."""

    def submit(self, queue: str, pdf: bytes, job: PageJob) -> str:
        """As PagePrinter.submit."""

    def submit_raw(self, queue: str, payload: bytes, *, title: str) -> str:
        """Bytes for the device as they are; gives the job's number, as PagePrinter.submit."""

    def state(self, queue: str, *, spool_id: str, handle: str) -> JobNews:
        """As PagePrinter.state. Numbers are used again after a crash: a job is ours only by our own id."""

    def queue(self, name: str) -> QueueView:
        """One queue; raises NoSuchQueue and PrintSystemAway."""

    def queues(self) -> tuple[QueueView, ...]:
        """All queues by name; raises PrintSystemAway."""


@dataclass(frozen=True, slots=True)
class QueuePrinter:
    """One queue of a print system as a printer of pages."""

    system: PrintSystem
    name: str

    def submit(self, pdf: bytes, job: PageJob) -> str:
        """As PagePrinter.submit."""
        return self.system.submit(self.name, pdf, job)

    def state(self, *, spool_id: str, handle: str) -> JobNews:
        """As PagePrinter.state."""
        return self.system.state(self.name, spool_id=spool_id, handle=handle)


def print_system() -> PrintSystem:
    """That of the platform: CUPS, or the Windows spooler."""
    if sys.platform == "win32":
        from hall.printing.windows_queues import WindowsQueues

        return WindowsQueues()
    from hall.printing.cups_queues import CupsQueues  # with the first page: no start waits for it

    return CupsQueues()


def trouble_sentence(queue: str, trouble: Trouble) -> str:
    """What holds a queue up, with what to do about it; empty for nothing."""
    return QUEUE_TROUBLES[trouble].format(queue=queue) if trouble else ""
