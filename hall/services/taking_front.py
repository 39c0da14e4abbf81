"""What a kiosk or a guide can do: take numbers. The services with store, actor and policy bound, for the screens."""

from dataclasses import dataclass

from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.rules.queue_policy import ORDINARY, QueuePolicy
from hall.services import taking
from hall.services.taking import TicketIssued
from hall.store import Store


@dataclass(frozen=True, slots=True)
class TakingFront:
    """`slip`: whether this station prints slips."""

    store: Store
    actor: Actor
    policy: QueuePolicy
    slip: bool

    def issue(
        self,
        matter_code: str,
        *,
        channel: str,
        priority: str = ORDINARY,
        card: Card | None = None,
        further: tuple[str, ...] = (),
    ) -> TicketIssued:
        """Take a number; the slip is in this station's spool."""
        return taking.issue_ticket(
            self.store,
            self.actor,
            matter_code=matter_code,
            channel=channel,
            policy=self.policy,
            priority=priority,
            card=card,
            further=further,
            slip=self.slip,
        )
