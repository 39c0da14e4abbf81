"""The code scanner (扫码枪) on its line: each scan is one event, and what floods or tears a line is none."""

import time
from collections.abc import Callable, Iterator
from typing import Literal

from hall.devices.scans import ScanParser
from hall.devices.serial_port import Line, SerialPort, Stop, Told, keep_open
from hall.rules.line_log import Tap

ScannerState = Literal["absent", "ready", "garbled"]  # Chinese: hall.words.SCANNER_STATES

SILENCE_SECONDS = 0.1
"""A scan's characters follow each other at once; a USB adapter holds them back 16 ms at most."""
MOST_AT_ONCE = 10
"""Scans in one portion: no hand makes more, a device that floods the line does."""


def watch(
    port: str,
    baud: int,
    *,
    on_scan: Callable[[str], None],
    on_state: Callable[[ScannerState], None],
    stop: Stop,
    monotonic: Callable[[], float] = time.monotonic,
    tap: Tap | None = None,
) -> None:
    """Tell every scan until `stop`. Runs in a worker's thread; no failure of the device leaves this function.

    `port` must be a stable name, since the line is reopened by it after an unplug. `on_state` hears each change once.
    What was scanned before the line was open is forgotten, and so is a scan begun on a line that goes. `tap` hears
    the line.
    """
    told: Told[ScannerState] = Told(on_state, stop)

    def follow(line: SerialPort) -> None:
        line.flush_input()
        told.tell("ready")
        for scans, garbled in _heard(line, stop, monotonic):
            if garbled:
                told.tell("garbled")
            for scan in scans:
                told.tell("ready")
                on_scan(scan)

    keep_open(port, baud, follow, on_absent=lambda: told.tell("absent"), stop=stop, tap=tap)


def _heard(line: Line, stop: Stop, monotonic: Callable[[], float]) -> Iterator[tuple[list[str], bool]]:
    """The scans that ended with each portion or silence, and whether something was none."""
    parser, heard_at = ScanParser(), monotonic()
    while not stop.is_set():
        garbled, scans = parser.garbled, []
        if portion := line.read():
            heard_at, scans = monotonic(), parser.feed(portion)
        elif monotonic() - heard_at >= SILENCE_SECONDS:
            scans = parser.hear_silence()
        floods = len(scans) > MOST_AT_ONCE
        yield [] if floods else scans, floods or parser.garbled > garbled
