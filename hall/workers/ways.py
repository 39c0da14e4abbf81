"""The printers of one print loop: the first, and a spare one that takes over while the first does not print."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from hall.errors import HallError, Unavailable
from hall.services.spool import JobView, Outcome
from hall.workers.bugs import report_bug

FAILOVER_SECONDS = 30.0
"""Longer than a roll is changed or a cable put back, and not longer than people wait for a slip."""

MOST_SUBMITTED = 4
"""No more lies in a print queue at a time: what waits here can still go to another printer."""


@dataclass(frozen=True, slots=True)
class PrintResult:
    """`queued`: not a byte has left, try again later; `unknown`: it may be on paper, an operator must look.

    `submitted`: a print queue has it, under its number `handle`. `error` is a sentence, empty for nothing to say;
    `device` the printer that took it.
    """

    outcome: Outcome
    error: str = ""
    handle: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One printer as a print loop uses it; `name` is what the settings call it.

    `fault` asks the printer itself what is wrong: a sentence, empty if it says that it is well, None if it cannot say.
    `follow`, where jobs go to a print queue, asks what became of one that is `submitted`, by its `spool_id` (its
    `handle` may be empty or another job's): None if there is no news, `submitted` with a sentence while it is held
    up, else its end. It raises Unavailable while nobody answers.
    """

    name: str
    print_job: Callable[[JobView], PrintResult]
    fault: Callable[[], str | None]
    follow: Callable[[JobView], PrintResult | None] | None = None


class Ways:
    """The first printer and perhaps a spare one; only a job of which not a byte has left goes to the spare."""

    def __init__(self, first: Way, spare: Way | None = None, *, now: Callable[[], float] = time.monotonic) -> None:
        """`now` gives seconds that never go back."""
        self._first = first
        self._spare = spare
        self._now = now
        self._unable_since: float | None = None
        self._ask_first_at = 0.0
        self._why = ""
        self._held_up = ""

    @property
    def follows(self) -> bool:
        """Whether any of them is a print queue."""
        return any(way is not None and way.follow is not None for way in (self._first, self._spare))

    @property
    def words(self) -> str:
        """That the spare printer is in use, and why; else empty."""
        return f"{self._why}已改用备用打印机 {self._spare.name}。" if self._spare and self._over else ""

    @property
    def until_failover(self) -> float:
        """Seconds until the spare printer takes over; infinite where it will not, or has."""
        if self._spare is None or self._unable_since is None or self._over:
            return float("inf")
        return self._unable_since + FAILOVER_SECONDS - self._now()

    def print_job(self, job: JobView) -> PrintResult:
        """Print with the first; with the spare once the first, which is asked now and then, has been unable so long."""
        if not self._over or self._now() >= self._ask_first_at:
            result = self._with_first(job)
            if result.outcome != "queued":
                return result
            if not self._over:
                return result
        return self._with_spare(job)

    def look(self) -> str:
        """What is wrong now, without a job; empty if nothing is known to be."""
        if not self._held_up:
            fault = self._first.fault()
            if fault == "":
                self._unable_since = None
            elif fault:
                self._unable(fault)
                return self.words or fault
        return self.words or self._held_up

    def follow(self, jobs: tuple[JobView, ...]) -> tuple[tuple[JobView, PrintResult | None], ...]:
        """What became of jobs that print queues have taken; None where there is no news.

        While one of them is held up the first printer gets no more: what still waits may go to the spare one.
        """
        news = tuple((job, self._news(job)) for job in jobs)
        spare = self._spare.name if self._spare else None
        held_up = (result.error for job, result in news if result and _goes_on(result) and job.device != spare)
        self._hold(next((why for why in held_up if why), ""))
        return news

    def full(self, jobs: tuple[JobView, ...]) -> bool:
        """Whether the queue in use has as many of these jobs as it may."""
        if self._held_up and not self._over:
            return False
        used = self._spare if self._spare and self._over else self._first
        return sum(job.device in ("", used.name) for job in jobs) >= MOST_SUBMITTED

    @property
    def _over(self) -> bool:
        """Whether the spare printer is in use."""
        since = self._unable_since
        return self._spare is not None and since is not None and self._now() - since >= FAILOVER_SECONDS

    def _news(self, job: JobView) -> PrintResult | None:
        for way in (self._first, self._spare):
            if way is not None and way.follow is not None and job.device in ("", way.name):
                return _asked(way.follow, job)
        return PrintResult("unknown", "打印队列已改，查不到这个任务是否打出")

    def _hold(self, why: str) -> None:
        if why:
            self._unable(why)
        elif self._held_up:
            self._unable_since = None
        self._held_up = why

    def _with_first(self, job: JobView) -> PrintResult:
        result = PrintResult("queued", self._held_up) if self._held_up else self._first.print_job(job)
        if result.outcome == "queued":
            self._unable(result.error)
        elif result.outcome != "unmade":
            self._unable_since = None
        return replace(result, device="" if result.outcome in ("queued", "unmade") else self._first.name)

    def _with_spare(self, job: JobView) -> PrintResult:
        assert self._spare is not None
        result = self._spare.print_job(job)
        if result.outcome == "queued":
            return replace(result, error=f"{self._why}备用：{result.error}")
        return replace(result, error=result.error or self.words, device=self._spare.name)

    def _unable(self, why: str) -> None:
        self._why = why
        self._ask_first_at = self._now() + FAILOVER_SECONDS
        if self._unable_since is None:
            self._unable_since = self._now()


def _goes_on(result: PrintResult) -> bool:
    """Whether the job is still with its queue."""
    return result.outcome == "submitted"


def _asked(follow: Callable[[JobView], PrintResult | None], job: JobView) -> PrintResult | None:
    try:
        return follow(job)
    except Unavailable as error:
        return PrintResult("submitted", str(error))
    except HallError as error:
        return PrintResult("unknown", str(error))
    except Exception as error:  # noqa: BLE001 - the boundary: a bug must not leave the job with its queue for ever
        return PrintResult("unknown", str(report_bug(error, "spooler")))
