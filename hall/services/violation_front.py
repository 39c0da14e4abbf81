"""What one actor can do with violations: the services with store, actor and home bound, for the screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.rules.penalty_terms import Line
from hall.rules.people import Actor
from hall.services import violations
from hall.services.penalty_terms import penalty_terms
from hall.services.violations import ViolationView
from hall.store import Store


@dataclass(frozen=True, slots=True)
class ViolationFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def listed(self) -> tuple[ViolationView, ...]:
        """Every violation with its benchmark."""
        return violations.list_violations(self.store, self.actor)

    def public(self) -> tuple[ViolationView, ...]:
        """What the public may rely on today."""
        return violations.public_violations(self.store, self.actor)

    def simple_limits(self) -> Line:
        """The highest fines of the simple procedure today (行政处罚法 51); raises BadParameters."""
        return penalty_terms(self.home, business_date(self.store.clock.now())).simple

    def publish(self, version_ids: Sequence[int], published_on: date, published_as: str) -> None:
        """登记公布."""
        violations.publish(
            self.store, self.actor, version_ids=version_ids, published_on=published_on, published_as=published_as
        )
