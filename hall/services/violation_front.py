"""What one actor can do with violations: the services with store and actor bound, for the screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hall.rules.people import Actor
from hall.services import violations
from hall.services.violations import ViolationView
from hall.store import Store


@dataclass(frozen=True, slots=True)
class ViolationFront:
    """Every method is one use case."""

    store: Store
    actor: Actor

    def listed(self) -> tuple[ViolationView, ...]:
        """Every violation with its benchmark."""
        return violations.list_violations(self.store, self.actor)

    def public(self) -> tuple[ViolationView, ...]:
        """What the public may rely on today."""
        return violations.public_violations(self.store, self.actor)

    def publish(self, version_ids: Sequence[int], published_on: date, published_as: str) -> None:
        """登记公布."""
        violations.publish(
            self.store, self.actor, version_ids=version_ids, published_on=published_on, published_as=published_as
        )
