"""What an applicant can ask at a kiosk: how it stands, bound to one station."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.people import Actor
from hall.services import progress
from hall.services.progress_found import ProgressView
from hall.store import Store


@dataclass(frozen=True, slots=True)
class ProgressFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def asked(self, year: int, serial: int, last_four: str) -> tuple[ProgressView, ...]:
        """By a serial of a year and the last four characters of a number."""
        return progress.progress(self.store, self.actor, home=self.home, year=year, serial=serial, last_four=last_four)

    def scanned(self, payload: str) -> ProgressView:
        """By the code on a paper."""
        return progress.progress_by_code(self.store, self.actor, payload=payload)
