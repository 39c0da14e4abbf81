"""The print loop of one printer: claim a job, render it from frozen content, print it, say what became of it."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from hall.errors import HallError, Missing
from hall.services.spool import JobView
from hall.workers.bugs import report_bug
from hall.workers.ways import PrintResult, Ways

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
# Pauses before a printer that is not ready is asked again: no byte has left, nothing is counted.
BACKOFF_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)
# How often a print queue is asked after what it has taken.
FOLLOW_SECONDS = 0.5


class PrintQueue(Protocol):
    """The spool of one printer, as the services give it."""

    def claim(self) -> JobView | None: ...

    def settle(self, job: JobView, result: PrintResult) -> None: ...

    def followed(self) -> tuple[JobView, ...]: ...


class Spooler:
    """One per printer. `wake` is set when something was put into the spool, so that nobody waits a second."""

    def __init__(
        self,
        queue: PrintQueue,
        ways: Ways,
        *,
        paper: Callable[[], str],
        on_state: Callable[[str], None],
        wake: threading.Event | None = None,
    ) -> None:
        """`paper` says how little of its counted paper is left, empty while there is enough or where nobody counts."""
        self._queue = queue
        self._ways = ways
        self._paper = paper
        self._on_state = on_state
        self._troubled = False
        self._told = ""
        self._owed: tuple[JobView, PrintResult] | None = None
        self._submitted: tuple[JobView, ...] = ()
        self._ask_at = 0.0
        self._asks = True  # once at start: a queue may have taken something before the settings changed
        self.wake = wake or threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Print until told to stop (stop, then wake); an unreachable database or printer only makes it wait."""
        failures = 0
        while not stop.is_set():
            self.wake.clear()  # before looking: what is put into the spool from now on wakes the wait below
            printed = self._turn()
            if printed is not None and printed.outcome != "queued":
                failures = 0
                continue
            failures = failures + 1 if printed else 0
            self._rest(min(_pause(failures), self._ways.until_failover), stop)

    def _turn(self) -> PrintResult | None:
        try:
            self._ask_after_submitted()
            return self._print_next()
        except HallError as error:
            self._tell(str(error))
            return None

    def _rest(self, seconds: float, stop: threading.Event) -> None:
        """Sleep until woken or over, but ask after what a print queue has meanwhile."""
        left = seconds
        while left > 0 and not stop.is_set():
            step = min(left, FOLLOW_SECONDS) if self._submitted else left
            if self.wake.wait(step):
                return
            left -= step
            if left > 0:
                try:
                    self._ask_after_submitted()
                except HallError as error:
                    self._tell(str(error))

    def _print_next(self) -> PrintResult | None:
        """One job from claim to settlement; a settlement that the database did not take is done first."""
        if self._owed is None:
            job = None if self._ways.full(self._submitted) else self._queue.claim()
            if job is None:
                self._look_again()
                return None
            self._owed = (job, self._result(job))
        job, result = self._owed
        self._settle(job, result)
        self._owed = None
        if result.outcome == "submitted":
            self._submitted += (replace(job, device=result.device),)
        self._tell(result.error)
        return result

    def _ask_after_submitted(self) -> None:
        """What became of the jobs that print queues have taken; the first that is held up tells why."""
        now = time.monotonic()
        if not self._asks or now < self._ask_at:
            return
        self._ask_at = now + FOLLOW_SECONDS
        waiting, trouble = [], ""
        for job, result in self._ways.follow(self._queue.followed()):
            if result is None or result.outcome == "submitted":
                waiting.append(job)
                trouble = trouble or (result.error if result else "")
            if result is not None and (result.outcome, result.error) != ("submitted", job.last_error):
                self._settle(job, result)
        self._submitted = tuple(waiting)
        self._asks = self._ways.follows
        if trouble:
            self._tell(trouble)

    def _settle(self, job: JobView, result: PrintResult) -> None:
        try:
            self._queue.settle(job, result)
        except Missing:
            log.info("print job %d was settled already", job.job_id)

    def _look_again(self) -> None:
        """After trouble no job may come that would show that it is over: a kiosk without paper takes no number."""
        if self._troubled:
            self._tell(self._ways.look())
        elif self._paper() != self._told:  # somebody has refilled it
            self._tell("")

    def _tell(self, fault: str) -> None:
        self._troubled = bool(fault)
        self._told = fault or self._paper()
        self._on_state(self._told)

    def _result(self, job: JobView) -> PrintResult:
        try:
            return self._ways.print_job(job)
        except HallError as error:
            return PrintResult("unknown", str(error))
        except Exception as error:  # noqa: BLE001 - the boundary: a bug in one job must not leave it being sent for ever
            return PrintResult("unknown", str(report_bug(error, "spooler")))


def _pause(failures: int) -> float:
    return BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS)) - 1] if failures else IDLE_SECONDS
