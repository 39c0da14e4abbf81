"""The one door from worker threads into the GUI thread."""

import threading
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

Letter = Callable[[], None]


class Mailbox(QObject):
    """Runs posted letters in the thread that made it, in order; any thread may post.

    The signal belongs to an object of the GUI thread and its receiver is a slot of the same object:
    with any other arrangement Qt may run the receiver in the worker.
    """

    _woken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._letters: deque[Letter] = deque()
        self._lock = threading.Lock()
        self._bell_rung = False
        self._closed = False
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, letter: Letter) -> None:
        """Have `letter` run in the GUI thread soon; after `close` it is dropped."""
        with self._lock:
            if self._closed:
                return
            self._letters.append(letter)
            self._ring()

    def close(self) -> None:
        """Drop what has not been delivered and everything that still arrives."""
        with self._lock:
            self._closed = True
            self._letters.clear()

    def _ring(self) -> None:
        if not self._bell_rung:
            self._bell_rung = True
            self._woken.emit()

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            letters, self._letters = self._letters, deque()
            self._bell_rung = False
        try:
            while letters:
                letters.popleft()()
        finally:
            self._return_undelivered(letters)

    def _return_undelivered(self, letters: deque[Letter]) -> None:
        """One letter that raises goes to the excepthook; those behind it are delivered all the same."""
        with self._lock:
            if letters and not self._closed:
                self._letters.extendleft(reversed(letters))
                self._ring()
