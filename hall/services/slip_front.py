"""What staff do about slips that did not come out, and about paper: the services bound to one actor at one station."""

from dataclasses import dataclass

from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services import paper_levels, unprinted
from hall.services.paper_levels import PaperView
from hall.services.unprinted import SlipFate, UnprintedTicket
from hall.store import Store


@dataclass(frozen=True, slots=True)
class SlipFront:
    """For the guide desk, the counters and the kiosk. `slip`: whether this station prints slips."""

    store: Store
    actor: Actor
    policy: QueuePolicy
    slip: bool

    def unprinted(self) -> tuple[UnprintedTicket, ...]:
        """Today's tickets of the hall whose slip is not out, oldest first."""
        return unprinted.unprinted_tickets(self.store, self.actor)

    def fate(self, ticket_id: int) -> SlipFate:
        """Whether the slip of a ticket just taken is being printed, is out, or did not come out."""
        return unprinted.slip_fate(self.store, self.actor, ticket_id=ticket_id)

    def reprint(self, ticket_id: int, reason: str) -> int:
        """补打, here or where it was to come out; the ticket lives when that slip is printed."""
        return unprinted.reprint(self.store, self.actor, ticket_id=ticket_id, reason=reason, slip=self.slip)

    def confirm(self, ticket_id: int) -> None:
        """「已打出」: the slip is in the person's hand."""
        unprinted.confirm(self.store, self.actor, ticket_id=ticket_id)

    def void(self, ticket_id: int, reason: str) -> None:
        """作废: the number stays used."""
        unprinted.void(self.store, self.actor, ticket_id=ticket_id, reason=reason)

    def level(self) -> PaperView | None:
        """The paper of this station; None where it is not counted."""
        return paper_levels.own_level(self.store)

    def levels(self) -> tuple[PaperView, ...]:
        """The paper of every station that counts it."""
        return paper_levels.levels(self.store, self.actor)

    def refill(self, pieces: int, *, station: str | None = None) -> None:
        """换纸登记, for this station or the one named."""
        alarm_at = self.policy.taking.paper_alarm_at
        paper_levels.refill(self.store, self.actor, pieces=pieces, alarm_at=alarm_at, station=station)
