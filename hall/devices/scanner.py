"""The code scanner (扫码枪) on its line: each scan is one text, ended by CR or LF or, without them, by a silence."""

import time
from collections.abc import Callable, Iterator
from typing import Literal

from hall.devices.serial_port import Line, SerialPort, Stop, Told, keep_open
from hall.rules.line_log import Tap

ScannerState = Literal["absent", "ready", "garbled"]  # Chinese: hall.words.SCANNER_STATES

LONGEST_SCAN = 300
"""Characters; a receipt's code has at most 180."""
SILENCE_SECONDS = 0.1
"""A scan's characters follow each other at once; a USB adapter holds them back 16 ms at most."""
MOST_AT_ONCE = 10
"""Scans in one portion: no hand makes more, a device that floods the line does."""

_ENDS = b"\r\n"


class ScanParser:
    """Cuts what a line brings into scans: printable ASCII, at most 300 characters, in whatever portions.

    `garbled` counts what was no such text: noise, a wrong baud rate, a scan that was torn. A scanner that has once
    ended a scan with CR or LF always does, so from then on a silence ends a torn scan, not a whole one.
    """

    def __init__(self) -> None:
        self.garbled = 0
        self._begun = b""
        self._ended_by_line = False
        self._overlong = False

    def feed(self, portion: bytes) -> list[str]:
        """Add received bytes; gives the scans now complete, in order."""
        scans = []
        for byte in portion:
            if byte in _ENDS:
                self._ended_by_line = self._ended_by_line or bool(self._begun)
                scans += self._finish()
            elif len(self._begun) < LONGEST_SCAN:
                self._begun += bytes([byte])
            else:
                self._overlong = True
        return scans

    def hear_silence(self) -> list[str]:
        """Nothing came for SILENCE_SECONDS: the scan that was begun is over."""
        self._overlong = self._overlong or (self._ended_by_line and bool(self._begun))
        return self._finish()

    def _finish(self) -> list[str]:
        begun, self._begun = self._begun, b""
        sound = not self._overlong and all(0x20 <= byte < 0x7F for byte in begun)
        self._overlong = False
        text = begun.decode("ascii", errors="replace").strip()
        self.garbled += not sound
        return [text] if sound and text else []


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
