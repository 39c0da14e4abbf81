"""Runs the evaluator's loop in its own thread: the GUI thread says what to show and hears which level was pressed."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from hall.devices.counter_frames import DeviceState
from hall.devices.evaluator_frames import Show, Wish
from hall.workers.mailbox import Mailbox


class WatchEvaluator(Protocol):
    """An evaluator's loop with its port bound: calls back from its own thread until `stop` is set."""

    def __call__(
        self,
        *,
        wish: Wish,
        on_level: Callable[[int], None],
        on_state: Callable[[DeviceState], None],
        stop: threading.Event,
    ) -> None: ...


class EvaluatorFeed(QObject):
    """`level` carries the level that was pressed in answer to an invitation, `state` a key of EVALUATOR_STATES."""

    level = Signal(int)
    state = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._mailbox = Mailbox()
        self.wish = Wish()

    def show(self, what: Show) -> None:
        """Have the device show this; each 'rate' is a new invitation."""
        self.wish.show(what)

    def listen(self, watch: WatchEvaluator, stop: threading.Event) -> None:
        """The loop for `Threads.start`."""
        watch(wish=self.wish, on_level=self._pressed, on_state=self._state_heard, stop=stop)

    def close(self) -> None:
        """Say nothing more."""
        self._mailbox.close()

    def _pressed(self, level: int) -> None:
        self._mailbox.post(partial(self.level.emit, level))

    def _state_heard(self, state: DeviceState) -> None:
        self._mailbox.post(partial(self.state.emit, state))
