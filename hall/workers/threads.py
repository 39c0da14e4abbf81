"""Long-running device and watch loops, each in its own thread, all joined at stop."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hall.workers.bugs import report_bug

log = logging.getLogger(__name__)

Loop = Callable[[threading.Event], None]

STOP_SECONDS = 10.0
RESTART_SECONDS = 5.0


class Turn:
    """Runs a device's loop and, when asked, has it leave its port for a while.

    `run` is the loop for `Threads.start`, with `wakers` as what ends its waits. `taken` is for any other thread.
    """

    def __init__(self, loop: Loop, *wakers: threading.Event) -> None:
        """`wakers`: what the loop sleeps on besides its stop."""
        self._loop = loop
        self._holding = threading.Lock()  # who holds it owns the device
        self._asking = threading.Lock()  # one at a time may ask for it
        self._leave = threading.Event()
        self._back = threading.Event()
        self._sleeps_on = wakers
        self.wakers = (self._leave, self._back, *wakers)

    def run(self, stop: threading.Event) -> None:
        """The device's loop again and again, until `stop` is set and then the wakers."""
        while not stop.is_set():
            with self._holding:
                if not stop.is_set():
                    self._loop(self._leave)
            self._back.wait()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait until the loop has left, have the device, then let the loop begin anew."""
        with self._asking:
            self._back.clear()
            self._leave.set()
            for event in self._sleeps_on:
                event.set()
            with self._holding:
                try:
                    yield
                finally:
                    self._leave.clear()
                    self._back.set()


class Threads:
    """Starts loops and ends them: a loop returns soon after its event is set."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._wakers: list[threading.Event] = []

    def start(self, name: str, loop: Loop, *, wake: threading.Event | None = None) -> None:
        """Run `loop` in a thread of this name until `stop`; a bug in it is logged and it starts again.

        `wake` is what the loop sleeps on, set at stop so that it ends at once.
        """
        if wake is not None:
            self._wakers.append(wake)
        thread = threading.Thread(target=self._run, args=(name, loop), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def start_turn(self, name: str, turn: Turn) -> None:
        """The same for a loop that gives its device back when asked."""
        self._wakers += turn.wakers
        self.start(name, turn.run)

    def stop(self) -> tuple[str, ...]:
        """Tell all loops to end and join them; names those still alive after 10 seconds."""
        self._stop.set()
        for wake in self._wakers:
            wake.set()
        alive = join_all(self._threads)
        self._threads.clear()
        return alive

    def _run(self, name: str, loop: Loop) -> None:
        while not self._stop.is_set():
            try:
                loop(self._stop)
            except Exception as error:  # noqa: BLE001 - the boundary: a bug must not end a device for the day
                report_bug(error, name)
                self._stop.wait(RESTART_SECONDS)
            else:
                return


def join_all(threads: list[threading.Thread]) -> tuple[str, ...]:
    """Wait for threads that were told to stop; logs and names those still alive after 10 seconds each."""
    for thread in threads:
        thread.join(STOP_SECONDS)
    alive = tuple(thread.name for thread in threads if thread.is_alive())
    if alive:
        log.warning("threads still alive at stop: %s", ", ".join(alive))
    return alive
