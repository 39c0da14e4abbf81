"""Runs the code scanner's loop in its own thread and hands scans to the GUI thread; a keyboard scanner joins in."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from hall.devices.scans import LONGEST_SCAN
from hall.workers.mailbox import Mailbox


class WatchScans(Protocol):
    """A scanner's loop with its port bound: calls back from its own thread until `stop` is set."""

    def __call__(
        self, *, on_scan: Callable[[str], None], on_state: Callable[[str], None], stop: threading.Event
    ) -> None: ...


class ScannerFeed(QObject):
    """`scanned` carries one scan, printable ASCII of at most 300 characters; `state` a key of SCANNER_STATES."""

    scanned = Signal(str)
    state = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._mailbox = Mailbox()

    def listen(self, watch: WatchScans, stop: threading.Event) -> None:
        """The loop for `Threads.start`."""
        watch(on_scan=self._read, on_state=self._state_heard, stop=stop)

    def take(self, text: str) -> None:
        """A scan that came as keystrokes, in the GUI thread; one that is too long is none."""
        if len(text) <= LONGEST_SCAN:
            self.scanned.emit(text)

    def close(self) -> None:
        """Say nothing more."""
        self._mailbox.close()

    def _read(self, text: str) -> None:
        self._mailbox.post(partial(self.scanned.emit, text))

    def _state_heard(self, state: str) -> None:
        self._mailbox.post(partial(self.state.emit, state))
