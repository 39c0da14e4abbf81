"""Listens for changes by other stations in its own thread; tells the GUI thread at once, and bursts together."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hall.workers.mailbox import Mailbox

BURST_MS = 80


class Change(Protocol):
    """What changed: `topic` names a subject such as queue, `key` the one thing in it."""

    @property
    def topic(self) -> str: ...

    @property
    def key(self) -> str: ...


OnChanges = Callable[[Iterable[Change]], None]
OnState = Callable[[str], None]


class ChangeWatcher(Protocol):
    """Calls back from its own thread until `stop` is set; reconnects by itself."""

    def run(self, on_changes: OnChanges, on_state: OnState, stop: threading.Event) -> None: ...


class ChangeFeed(QObject):
    """`changed` carries the set of (topic, key) of a burst, `state` the connection's state in a word."""

    changed = Signal(object)
    state = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._mailbox = Mailbox()
        self._gathered: set[tuple[str, str]] = set()
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(BURST_MS)
        self._burst.timeout.connect(self._tell)

    def listen(self, watcher: ChangeWatcher, stop: threading.Event) -> None:
        """The loop for `Threads.start`."""
        watcher.run(self._heard, self._state_heard, stop)

    def close(self) -> None:
        """Say nothing more."""
        self._mailbox.close()
        self._burst.stop()

    def _heard(self, changes: Iterable[Change]) -> None:
        gathered = frozenset((change.topic, change.key) for change in changes)
        self._mailbox.post(partial(self._gather, gathered))

    def _state_heard(self, state: str) -> None:
        self._mailbox.post(partial(self.state.emit, state))

    def _gather(self, changes: frozenset[tuple[str, str]]) -> None:
        self._gathered |= changes
        if not self._burst.isActive():
            self._tell()

    @Slot()
    def _tell(self) -> None:
        """The first of a burst is told at once; what comes within BURST_MS after a telling is told together."""
        if not self._gathered:
            return
        changes, self._gathered = frozenset(self._gathered), set()
        self._burst.start()
        self.changed.emit(changes)
