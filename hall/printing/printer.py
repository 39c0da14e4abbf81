"""Talks to a slip printer: asks for its state, sends a slip and finds out whether it was printed."""

import time
from dataclasses import dataclass
from typing import Literal

from hall.printing.ports import PrinterUnavailable, SlipPort
from hall.words import PRINTER_STATES

State = Literal["ready", "paper_near_end", "paper_out", "cover_open", "offline", "cutter_error", "unknown"]

ANSWER_SECONDS = 0.5
"""A printer answers a real-time status request within milliseconds; cheap adapters add some."""
ONLINE_SECONDS = 10.0
PAUSE_SECONDS = 0.1

_STATUS = b"\x10\x04"
_PRINTER, _OFFLINE_CAUSE, _ERROR_CAUSE, _PAPER = 1, 2, 3, 4


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


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """What became of a slip that left the computer.

    `printed`: the printer was online afterwards. `sent`: all bytes were taken by something that never
    reports (a file, a queue, a printer without status). `unconfirmed`: part of it may be on paper; an
    operator has to look, nothing may be sent again unasked. `reason` is a sentence, empty when printed.
    """

    state: Literal["printed", "sent", "unconfirmed"]
    reason: str = ""


def read_status(received: bytes) -> int | None:
    """The last DLE EOT answer among received bytes, None if there is none.

    Answers have the fixed bits 0xx1xx10. Automatic status (ASB: first byte 0xx1xx00, then three with bit 4
    clear), XON and XOFF differ in them, as does noise most of the time.
    """
    answers = [byte for byte in received if byte & 0x93 == 0x12]
    return answers[-1] if answers else None


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
    """Ask DLE EOT 1, 4 and 2 (3 only for the cause of an error); raises PrinterUnavailable if unplugged.

    Many printers answer only 1 and 4. After a silence nothing more is asked: a late answer would be
    taken for the next one.
    """
    if not port.answers:
        return PrinterStatus("unknown")
    printer = _ask(port, _PRINTER)
    if printer is None:
        return PrinterStatus("unknown")
    paper = _ask(port, _PAPER)
    cause = _ask(port, _OFFLINE_CAUSE) if paper is not None else None
    error = _ask(port, _ERROR_CAUSE) if cause is not None and cause & 0x40 else None
    return interpret(printer=printer, paper=paper, cause=cause, error=error)


def _ask(port: SlipPort, number: int) -> int | None:
    port.forget_input()
    try:
        port.send(_STATUS + bytes((number,)))
    except PrinterUnavailable as error:
        # A question is no part of a slip: nothing of a slip has left.
        raise PrinterUnavailable(port.address, "不接收状态查询") from error
    deadline = time.monotonic() + ANSWER_SECONDS
    received = b""
    while (left := deadline - time.monotonic()) > 0:
        received += port.receive(left)
        if (answer := read_status(received)) is not None:
            return answer
    return None


def print_slip(
    port: SlipPort, payload: bytes, *, must_answer: bool = False, online_seconds: float = ONLINE_SECONDS
) -> PrintOutcome:
    """Print one slip and say what is known about it afterwards.

    Raises PrinterUnavailable (PrinterNotReady where the printer gave the reason) only while no byte of the
    slip has left the computer, so whoever catches it may try again later. `must_answer`: this printer is known
    to report, so its silence is a fault.
    """
    before = query_status(port)
    if before.stopped or (must_answer and before.state == "unknown"):
        raise PrinterNotReady(port.address, before)
    try:
        port.send(payload)
    except PrinterUnavailable as error:
        if error.bytes_sent == 0:
            raise
        return PrintOutcome("unconfirmed", str(error))
    if before.state == "unknown":
        return PrintOutcome("sent", "内容已全部送出，但打印机不报告状态，请查看小票是否打出。")
    after = _wait_online(port, online_seconds)
    if after.prints:
        return PrintOutcome("printed")
    return PrintOutcome("unconfirmed", f"小票送出后打印机{after.word}，请查看小票是否打完整，再决定是否补打。")


def _wait_online(port: SlipPort, seconds: float) -> PrinterStatus:
    """The first state in which the printer prints, else the last one heard within the limit."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            status = query_status(port)
        except PrinterUnavailable:
            return PrinterStatus("unknown")
        if status.prints or time.monotonic() >= deadline:
            return status
        time.sleep(PAUSE_SECONDS)
