"""The clocks of a case for the screens: why a date is what it is, what a deed would change, and the deeds."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.people import Actor
from hall.services import explaining
from hall.services.explaining import Explanation
from hall.store import Store


@dataclass(frozen=True, slots=True)
class ClockFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def explain(self, case_id: int) -> tuple[Explanation, ...]:
        """Every due date of a case, day by day."""
        return explaining.explain_case(self.store, self.actor, case_id=case_id)
