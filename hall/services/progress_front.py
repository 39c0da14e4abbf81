"""What an applicant can ask at a kiosk: the progress of a case, bound to one station."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.people import Actor
from hall.services import progress
from hall.services.progress import ProgressView
from hall.store import Store


@dataclass(frozen=True, slots=True)
class ProgressFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def asked(self, year: int, serial: int, last_four: str) -> ProgressView:
        """By the receipt's serial and the last four characters of a number."""
        return progress.progress(self.store, self.actor, home=self.home, year=year, serial=serial, last_four=last_four)

    def scanned(self, payload: str) -> ProgressView:
        """By the code on the receipt."""
        return progress.progress_by_code(self.store, self.actor, payload=payload)
