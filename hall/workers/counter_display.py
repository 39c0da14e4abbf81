"""Runs the counter display's loop in its own thread: the GUI thread says what to show."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from hall.devices.counter_display_frames import Sign
from hall.devices.counter_frames import DeviceState
from hall.rules.call_words import SentenceKind
from hall.workers.mailbox import Mailbox


class WatchCounterDisplay(Protocol):
    """A display's loop with its port bound: calls back from its own thread until `stop` is set."""

    def __call__(self, *, sign: Sign, on_state: Callable[[DeviceState], None], stop: threading.Event) -> None: ...


class CounterDisplayFeed(QObject):
    """`state` carries a key of COUNTER_DISPLAY_STATES."""

    state = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._mailbox = Mailbox()
        self.sign = Sign()

    def show(self, kind: SentenceKind, text: str) -> None:
        """Have the device show this."""
        self.sign.show(kind, text)

    def listen(self, watch: WatchCounterDisplay, stop: threading.Event) -> None:
        """The loop for `Threads.start`."""
        watch(sign=self.sign, on_state=self._state_heard, stop=stop)

    def close(self) -> None:
        """Say nothing more."""
        self._mailbox.close()

    def _state_heard(self, state: DeviceState) -> None:
        self._mailbox.post(partial(self.state.emit, state))
