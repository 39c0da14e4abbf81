"""The code scanner (扫码枪) on its line: each scan is one text, ended by CR or LF or, without them, by a silence."""

import logging
import time
from collections.abc import Callable
from typing import Literal

from hall.devices.idcard import Stop
from hall.devices.serial_port import SerialPort
from hall.lines import PortUnavailable

log = logging.getLogger(__name__)

ScannerState = Literal["absent", "ready", "garbled"]  # Chinese: hall.words.SCANNER_STATES

LONGEST_SCAN = 300
"""Characters; a receipt's code has at most 180."""
SILENCE_SECONDS = 0.1
"""A scan's characters follow each other at once; a USB adapter holds them back 16 ms at most."""
REOPEN_SECONDS = 1.0

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
    What was scanned before the line was open is forgotten. `tap` hears the line.
    """
    watcher = _Watcher(on_scan=on_scan, on_state=on_state, stop=stop, monotonic=monotonic)
    while not stop.is_set():
        try:
            with SerialPort(port, baud=baud, tap=tap) as line:
                line.flush_input()
                watcher.follow(line)
        except PortUnavailable:
            watcher.tell("absent")
        stop.wait(REOPEN_SECONDS)


class _Watcher:
    """What the loop remembers: the state told."""

    def __init__(
        self,
        *,
        on_scan: Callable[[str], None],
        on_state: Callable[[ScannerState], None],
        stop: Stop,
        monotonic: Callable[[], float],
    ) -> None:
        self._on_scan = on_scan
        self._on_state = on_state
        self._stop = stop
        self._monotonic = monotonic
        self._state: ScannerState | None = None

    def tell(self, state: ScannerState) -> None:
        """Tell a new state; nothing while the loop is being stopped."""
        if state != self._state and not self._stop.is_set():
            log.info("scanner state: %s", state)
            self._state = state
            self._on_state(state)

    def follow(self, line: SerialPort) -> None:
        """Listen on one open line until it is gone or `stop`; a scan begun on a line that goes is forgotten."""
        parser, heard_at = ScanParser(), self._monotonic()
        self.tell("ready")
        while not self._stop.is_set():
            portion, garbled = line.read(), parser.garbled
            if portion:
                heard_at, scans = self._monotonic(), parser.feed(portion)
            else:
                scans = parser.hear_silence() if self._monotonic() - heard_at >= SILENCE_SECONDS else []
            if parser.garbled > garbled:
                self.tell("garbled")
            for scan in scans:
                self.tell("ready")
                self._on_scan(scan)
