"""The print loop of one printer: claim a job, render it from frozen content, print it, say what became of it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hall.errors import HallError
from hall.services.spool import JobView, Outcome

IDLE_SECONDS = 1.0
# Pauses before a printer that is not ready is asked again: no byte has left, nothing is counted.
BACKOFF_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)


class PrintQueue(Protocol):
    """The spool of one printer, as the services give it."""

    def claim(self) -> JobView | None: ...

    def settle(self, job: JobView, outcome: Outcome, error: str) -> None: ...


@dataclass(frozen=True, slots=True)
class PrintResult:
    """`queued`: not a byte has left, try again later; `unknown`: it may be on paper, an operator must look."""

    outcome: Outcome
    error: str = ""


class Spooler:
    """One per printer. `wake` is set when something was put into the spool, so that nobody waits a second."""

    def __init__(
        self,
        queue: PrintQueue,
        print_job: Callable[[JobView], PrintResult],
        *,
        on_state: Callable[[str], None],
    ) -> None:
        self._queue = queue
        self._print_job = print_job
        self._on_state = on_state
        self.wake = threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Print until told to stop; an unreachable database or printer only makes it wait."""
        failures = 0
        while not stop.is_set():
            try:
                printed = self._print_next()
            except HallError as error:
                self._on_state(str(error))
                printed = None
            if printed is None or printed.outcome == "queued":
                failures = failures + 1 if printed else 0
                self._pause(stop, BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS)) - 1] if failures else IDLE_SECONDS)
            else:
                failures = 0

    def _print_next(self) -> PrintResult | None:
        job = self._queue.claim()
        if job is None:
            return None
        result = self._print_job(job)
        self._queue.settle(job, result.outcome, result.error)
        self._on_state(result.error)
        return result

    def _pause(self, stop: threading.Event, seconds: float) -> None:
        self.wake.clear()
        if not stop.is_set():
            self.wake.wait(seconds)
