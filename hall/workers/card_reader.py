"""Runs the ID-card reader's loop in its own thread and hands cards to the GUI thread."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from hall.rules.cards import Card
from hall.workers.mailbox import Mailbox


class WatchCards(Protocol):
    """A reader's loop with its port bound: calls back from its own thread until `stop` is set."""

    def __call__(
        self, *, on_card: Callable[[Card], None], on_state: Callable[[str], None], stop: threading.Event
    ) -> None: ...


class CardFeed(QObject):
    """`card` carries a Card that was just laid down, `state` a key of hall.words.READER_STATES."""

    card = Signal(object)
    state = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._mailbox = Mailbox()

    def listen(self, watch: WatchCards, stop: threading.Event) -> None:
        """The loop for `Threads.start`."""
        watch(on_card=self._read, on_state=self._state_heard, stop=stop)

    def close(self) -> None:
        """Say nothing more."""
        self._mailbox.close()

    def _read(self, card: Card) -> None:
        self._mailbox.post(partial(self.card.emit, card))

    def _state_heard(self, state: str) -> None:
        self._mailbox.post(partial(self.state.emit, state))
