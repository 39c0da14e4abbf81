"""A whole card read by the driver, beside the same bytes over the same line without it.

The line is as fast as its baud rate; the card's own second is left out of both.
"""

import os
import select
import statistics
import threading
import time
import tty
from collections.abc import Callable, Iterator
from functools import partial

from hall.bench.measured import Measured, compared
from hall.bench.slow_line import slow_line
from hall.devices.frames import build_frame
from hall.devices.idcard import FIND, NEWEST_ADDRESS, READ, SELECT, CardReader
from hall.devices.serial_port import SerialPort
from hall.devices.simulated.cards import LI_RARE
from hall.devices.simulated.text_block import encode_text_block, pad
from hall.errors import Damaged

READS = {115200: 20, 9600: 3}
"""Baud rate → how many reads; the slower one takes a second and a half each."""
ASKED_MS = 20.0
IN_TIME = 0.9
PHOTO = bytes(1024)


class WrongCard(Damaged):
    """The driver read something else than what the line said."""

    def __init__(self) -> None:
        super().__init__("读出的证件与线路上的不同，请报告这个错误。")


def answers() -> dict[bytes, bytes]:
    """What a reader says to the commands of one reading: a card with a newest address, 1295 bytes of text and photo."""
    text = encode_text_block(LI_RARE)
    lengths = len(text).to_bytes(2, "big") + len(PHOTO).to_bytes(2, "big")
    bodies = {
        FIND.body: b"\0\0\x9f" + bytes(4),
        SELECT.body: b"\0\0\x90" + bytes(8),
        READ.body: b"\0\0\x90" + lengths + text + PHOTO,
        NEWEST_ADDRESS.body: b"\0\0\x90" + pad(LI_RARE.newest_address or "", 70),
    }
    return {build_frame(command): build_frame(answer) for command, answer in bodies.items()}


def measure() -> Iterator[Measured]:
    """Each speed: the driver and the bare line in turn, and how much later the driver has the card."""
    said = answers()
    for baud, reads in READS.items():
        with slow_line(said, baud=baud) as port:
            whole, bare = _in_turn(port, baud, said, reads)
        yield _judged(baud, whole, bare)


def _in_turn(port: str, baud: int, said: dict[bytes, bytes], reads: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each reading, with the driver and without."""
    whole, bare = [], []
    for _ in range(reads):
        with SerialPort(port, baud=baud) as line:
            reader = CardReader(line, stop=threading.Event())
            whole.append(_milliseconds(partial(_read, reader)))
        bare.append(_exchanged(port, said))
    return whole, bare


def _read(reader: CardReader) -> None:
    if not reader.find() or reader.select_and_read() != LI_RARE:
        raise WrongCard


def _exchanged(port: str, said: dict[bytes, bytes]) -> float:
    """The same bytes and nothing else: write, and read until all have come."""
    line = os.open(port, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(line)
    try:
        return _milliseconds(partial(_exchange_all, line, said))
    finally:
        os.close(line)


def _exchange_all(line: int, said: dict[bytes, bytes]) -> None:
    for message, answer in said.items():
        os.write(line, message)
        received = 0
        while received < len(answer):
            select.select([line], [], [])
            received += len(os.read(line, len(answer)))


def _milliseconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def _judged(baud: int, whole: list[float], bare: list[float]) -> Measured:
    """Nine readings of ten must be in time; the slowest, which other work may have held up, is only told."""
    reference = statistics.median(bare)
    added = sorted(whole)[max(0, int(len(whole) * IN_TIME) - 1)] - reference
    measured = compared(
        "card",
        f"{baud} baud",
        value=statistics.median(whole),
        reference=reference,
        unit="ms",
        added=round(added, 3),
        slowest=round(max(whole), 3),
        asked=ASKED_MS,
        reads=len(whole),
    )
    return Measured(measured.line, good=added <= ASKED_MS)
