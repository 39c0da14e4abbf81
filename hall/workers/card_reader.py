"""Runs the ID-card reader's loop in its own thread and hands cards to the GUI thread."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from hall.workers.mailbox import Mailbox


class CardReader(Protocol):
    """Calls back from its own thread until `stop` is set; survives an unplugged reader."""

    def watch(
        self, on_card: Callable[[object], None], on_state: Callable[[str], None], stop: threading.Event
    ) -> None: ...


class CardFeed(QObject):
    """`card` carries a card that was just laid down, `state` the reader's state in a word."""

    card = Signal(object)
    state = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._mailbox = Mailbox()

    def listen(self, reader: CardReader, stop: threading.Event) -> None:
        """The loop for `Threads.start`."""
        reader.watch(self._read, self._state_heard, stop)

    def close(self) -> None:
        """Say nothing more."""
        self._mailbox.close()

    def _read(self, card: object) -> None:
        self._mailbox.post(partial(self.card.emit, card))

    def _state_heard(self, state: str) -> None:
        self._mailbox.post(partial(self.state.emit, state))
