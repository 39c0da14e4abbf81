"""Talks to a slip printer: asks for its state, sends a slip and finds out whether it was printed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from hall.printing.ports import PrinterUnavailable, SlipPort
from hall.printing.replies import Replies
from hall.words import PRINTER_STATES

State = Literal["ready", "paper_near_end", "paper_out", "cover_open", "offline", "cutter_error", "unknown"]

ANSWER_SECONDS = 0.5
"""A printer answers a real-time status request within milliseconds; cheap adapters add some."""
MARK_SECONDS = 0.3
ONLINE_SECONDS = 10.0
PAUSE_SECONDS = 0.1

_STATUS, _MARK = b"\x10\x04", b"\x1dr\x01"
_LOOK = "请查看小票是否打完整，再决定是否补打。"
_PRINTER, _OFFLINE_CAUSE, _ERROR_CAUSE, _PAPER = 1, 2, 3, 4
_OFFLINE = 0x08


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What the printer says about itself; `unknown` is an answer of its own, never "paper ok"."""

    state: State

    @property
    def word(self) -> str:
        """For the device light."""
        return PRINTER_STATES[self.state]

    @property
    def prints(self) -> bool:
        """Whether the printer says that it can print now."""
        return self.state in {"ready", "paper_near_end"}

    @property
    def stopped(self) -> bool:
        """Whether the printer says that it cannot."""
        return not self.prints and self.state != "unknown"


class PrinterNotReady(PrinterUnavailable):
    """The printer says before the first byte that it cannot print now."""

    def __init__(self, address: str, status: PrinterStatus) -> None:
        super().__init__(address, f"不能打印：{status.word}")
        self.status = status


@dataclass(slots=True)
class Habits:
    """What a printer has shown that it does, for as long as the program runs.

    `reports`: it answers DLE EOT, so its silence is a fault. `marks`: it answers GS r behind what it has printed;
    None before that was tried.
    """

    reports: bool = False
    marks: bool | None = None


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """What became of a slip that left the computer.

    `printed`: the printer said so afterwards (see print_slip). `sent`: all bytes were taken by something that never
    reports (a file, a queue, a printer without status). `unconfirmed`: part of it may be on paper; an
    operator has to look, nothing may be sent again unasked. `reason` is a sentence, empty when printed.
    """

    state: Literal["printed", "sent", "unconfirmed"]
    reason: str = ""


def read_status(received: bytes) -> int | None:
    """The last DLE EOT answer among received bytes, None if there is none."""
    replies = Replies()
    replies.feed(received)
    return replies.answer


def interpret(*, printer: int, paper: int | None, cause: int | None, error: int | None) -> PrinterStatus:
    """The state that validated answers to DLE EOT 1, 4, 2, 3 amount to; None for no answer (Epson's bits)."""
    if cause is not None and cause & 0x04:
        return PrinterStatus("cover_open")
    if (paper is not None and paper & 0x60) or (cause is not None and cause & 0x20):
        return PrinterStatus("paper_out")
    if error is not None and error & 0x08:
        return PrinterStatus("cutter_error")
    if printer & 0x08 or (cause is not None and cause & 0x40):
        return PrinterStatus("offline")
    if paper is None:
        return PrinterStatus("unknown")
    return PrinterStatus("paper_near_end" if paper & 0x0C else "ready")


def query_status(port: SlipPort) -> PrinterStatus:
    """Ask the printer how it is; raises PrinterUnavailable if it is unplugged."""
    return _Talk(port, now=time.monotonic).status()


def print_slip(
    port: SlipPort,
    payload: bytes,
    *,
    habits: Habits | None = None,
    online_seconds: float = ONLINE_SECONDS,
    now: Callable[[], float] = time.monotonic,
) -> PrintOutcome:
    """Print one slip and say what is known about it afterwards.

    Raises PrinterUnavailable (PrinterNotReady where the printer gave the reason) only while no byte of the slip has
    left the computer, so whoever catches it may try again later. "Printed" is said only of a printer that was ready
    before, took every byte, was not silent afterwards and says that it can print on; one that gives marks has also
    given the one that stands behind the slip.
    """
    habits = habits or Habits()
    talk = _Talk(port, now=now)
    before = talk.status()
    if before.stopped or (habits.reports and before.state == "unknown"):
        raise PrinterNotReady(port.address, before)
    if before.prints:
        habits.reports = True
        if habits.marks is None:
            habits.marks = talk.gives_marks()
    try:
        port.send(payload + _MARK if before.prints and habits.marks else payload)
    except PrinterUnavailable as error:
        if error.bytes_sent == 0:
            raise
        return PrintOutcome("unconfirmed", str(error))
    if before.state == "unknown":
        return PrintOutcome("sent", "内容已全部送出，但打印机不报告状态，请查看小票是否打出。")
    return _outcome(talk, marks=bool(habits.marks), seconds=online_seconds)


def _outcome(talk: "_Talk", *, marks: bool, seconds: float) -> PrintOutcome:
    try:
        printed, status = talk.wait_printed(marks=marks, seconds=seconds)
    except PrinterUnavailable as error:
        return PrintOutcome("unconfirmed", f"小票送出后连不上打印机（{error.address}），{_LOOK}")
    if printed:
        return PrintOutcome("printed")
    what = "没有报告打完" if status.prints else status.word
    return PrintOutcome("unconfirmed", f"小票送出后打印机{what}，{_LOOK}")


class _Talk:
    """Questions and answers over one open port."""

    def __init__(self, port: SlipPort, *, now: Callable[[], float]) -> None:
        self._port = port
        self._now = now
        self._replies = Replies()
        self._late = False

    def status(self) -> PrinterStatus:
        """Ask DLE EOT 1 and 4, and 2 and 3 for why it is offline; raises PrinterUnavailable.

        Many printers answer only 1 and 4: what nobody needs is not asked, for a silence costs half a second. After a
        silence nothing more is asked: a late answer would be taken for the next one. A printer that does not answer
        may still say of itself (ASB) what is wrong; that all is well is not believed so, for nobody knows how long
        ago it was said.
        """
        if not self._port.answers:
            return PrinterStatus("unknown")
        printer = self._ask(_PRINTER)
        if printer is None:
            return self._said_unasked()
        paper = self._ask(_PAPER)
        cause = self._ask(_OFFLINE_CAUSE) if paper is not None and printer & _OFFLINE else None
        error = self._ask(_ERROR_CAUSE) if cause is not None and cause & 0x40 else None
        return interpret(printer=printer, paper=paper, cause=cause, error=error)

    def gives_marks(self) -> bool:
        """Whether the ready printer answers GS r; what one that does not know it might print, a slip's start clears."""
        self._send(_MARK)
        return self._listen(MARK_SECONDS, lambda: self._replies.marked)

    def wait_printed(self, *, marks: bool, seconds: float) -> tuple[bool, PrinterStatus]:
        """Whether the slip just sent is printed, and the last state heard within the limit."""
        deadline = self._now() + seconds
        self._replies.marked = False
        while True:
            status = self.status()
            marked = self._replies.marked or not marks
            if marked and status.prints:
                return True, status
            if self._now() >= deadline or (not marks and status.state == "unknown"):
                return False, status
            self._listen(PAUSE_SECONDS, lambda: False)

    def _ask(self, number: int) -> int | None:
        self._hear_what_came()
        self._replies.answer = None
        self._send(_STATUS + bytes((number,)))
        self._listen(ANSWER_SECONDS, lambda: self._replies.answer is not None)
        self._late = self._replies.answer is None
        return self._replies.answer

    def _send(self, question: bytes) -> None:
        try:
            self._port.send(question)
        except PrinterUnavailable as error:
            # A question is no part of a slip: nothing of a slip has left.
            raise PrinterUnavailable(self._port.address, "不接收状态查询") from error

    def _hear_what_came(self) -> None:
        """Take in what is there; after a silence also what comes late, or it would be taken for the next answer."""
        if self._late:
            self._listen(ANSWER_SECONDS, lambda: False)
        deadline = self._now() + ANSWER_SECONDS
        while self._now() < deadline and (received := self._port.receive(0)):
            self._replies.feed(received)

    def _listen(self, seconds: float, heard: Callable[[], bool]) -> bool:
        """Take in what comes until it is heard, it is quiet, or so long."""
        deadline = self._now() + seconds
        while not heard() and (left := deadline - self._now()) > 0 and (received := self._port.receive(left)):
            self._replies.feed(received)
        return heard()

    def _said_unasked(self) -> PrinterStatus:
        said = self._replies.automatic
        if said is None:
            return PrinterStatus("unknown")
        states: tuple[tuple[bool, State], ...] = (
            (said.cover_open, "cover_open"),
            (said.paper_out, "paper_out"),
            (said.cutter_error, "cutter_error"),
            (said.offline, "offline"),
        )
        return PrinterStatus(next((state for holds, state in states if holds), "unknown"))
