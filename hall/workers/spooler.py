"""The print loop of one printer: claim a job, render it from frozen content, print it, say what became of it."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hall.errors import HallError, Missing
from hall.services.spool import JobView, Outcome
from hall.workers.bugs import report_bug

log = logging.getLogger(__name__)

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
        fault: Callable[[], str],
        paper: Callable[[], str],
        on_state: Callable[[str], None],
        wake: threading.Event | None = None,
    ) -> None:
        """`fault` asks the printer itself what is wrong with it: a sentence, empty if nothing is known to be.

        `paper` says how little of its counted paper is left, empty while there is enough or where nobody counts.
        """
        self._queue = queue
        self._print_job = print_job
        self._fault = fault
        self._paper = paper
        self._on_state = on_state
        self._troubled = False
        self._told = ""
        self._owed: tuple[JobView, PrintResult] | None = None
        self.wake = wake or threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Print until told to stop (stop, then wake); an unreachable database or printer only makes it wait."""
        failures = 0
        while not stop.is_set():
            self.wake.clear()  # before looking: what is put into the spool from now on wakes the wait below
            try:
                printed = self._print_next()
            except HallError as error:
                self._tell(str(error))
                printed = None
            if printed is not None and printed.outcome != "queued":
                failures = 0
                continue
            failures = failures + 1 if printed else 0
            if not stop.is_set():
                self.wake.wait(_pause(failures))

    def _print_next(self) -> PrintResult | None:
        """One job from claim to settlement; a settlement that the database did not take is done first."""
        if self._owed is None:
            job = self._queue.claim()
            if job is None:
                self._look_again()
                return None
            self._owed = (job, self._result(job))
        job, result = self._owed
        try:
            self._queue.settle(job, result.outcome, result.error)
        except Missing:
            log.info("print job %d was settled already", job.job_id)
        self._owed = None
        self._tell(result.error)
        return result

    def _look_again(self) -> None:
        """After trouble no job may come that would show that it is over: a kiosk without paper takes no number."""
        if self._troubled:
            self._tell(self._fault())
        elif self._paper() != self._told:  # somebody has refilled it
            self._tell("")

    def _tell(self, fault: str) -> None:
        self._troubled = bool(fault)
        self._told = fault or self._paper()
        self._on_state(self._told)

    def _result(self, job: JobView) -> PrintResult:
        try:
            return self._print_job(job)
        except HallError as error:
            return PrintResult("unknown", str(error))
        except Exception as error:  # noqa: BLE001 - the boundary: a bug in one job must not leave it being sent for ever
            return PrintResult("unknown", str(report_bug(error, "spooler")))


def _pause(failures: int) -> float:
    return BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS)) - 1] if failures else IDLE_SECONDS
