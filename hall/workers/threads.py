"""Long-running device and watch loops, each in its own thread, all joined at stop."""

import logging
import threading
from collections.abc import Callable

from hall.workers.bugs import report_bug

log = logging.getLogger(__name__)

Loop = Callable[[threading.Event], None]

STOP_SECONDS = 10.0
RESTART_SECONDS = 5.0


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
