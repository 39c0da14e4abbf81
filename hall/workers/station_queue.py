"""The spool of one printer of this station, as its print loop uses it."""

from dataclasses import dataclass

from hall.services import spool
from hall.services.spool import JobView, Printer
from hall.store import Store
from hall.workers.ways import PrintResult


@dataclass(frozen=True, slots=True)
class StationQueue:
    """The print loop's view of the services."""

    store: Store
    printer: Printer

    def claim(self) -> JobView | None:
        """Take the oldest queued job."""
        return spool.claim(self.store, printer=self.printer)

    def settle(self, job: JobView, result: PrintResult) -> None:
        """Say what became of it."""
        if result.outcome == "submitted" and job.state == "sending":
            spool.submitted(self.store, job_id=job.job_id, handle=result.handle, device=result.device)
        else:
            spool.settle(
                self.store, job_id=job.job_id, outcome=result.outcome, error=result.error, device=result.device
            )

    def followed(self) -> tuple[JobView, ...]:
        """What print queues have taken."""
        return spool.followed(self.store, printer=self.printer)
