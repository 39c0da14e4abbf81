"""What one actor can read of the list of powers: the services with store and actor bound, for the screens."""

from dataclasses import dataclass
from datetime import date

from hall.clock import business_date
from hall.rules.people import Actor
from hall.rules.powers import PowerDifference
from hall.services import guides, powers
from hall.services.powers import PowerView
from hall.store import Store


@dataclass(frozen=True, slots=True)
class PowerFront:
    """Every method is one use case."""

    store: Store
    actor: Actor

    def today(self) -> tuple[PowerView, ...]:
        """The list as it stands today."""
        return powers.list_powers(self.store, self.actor, on=business_date(self.store.clock.now()))

    def changes(self, before: date, after: date) -> tuple[PowerDifference, ...]:
        """What changed between two days."""
        return powers.changes(self.store, self.actor, before=before, after=after)

    def print_line(self, power_id: int) -> int:
        """打印 a line on this station's slip printer."""
        return guides.print_power(self.store, self.actor, power_id=power_id)
