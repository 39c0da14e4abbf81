"""What a kiosk or a guide can do: take numbers. The services with store, actor and policy bound, for the screens."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.rules.queue_policy import ORDINARY, QueuePolicy
from hall.rules.waiting_time import Expected
from hall.services import appointments, checking_in, taking, taking_limits
from hall.services.appointments import AppointmentView
from hall.services.booked import Booked, booked_today
from hall.services.taking import TicketIssued
from hall.services.taking_limits import TakingView
from hall.store import Store


@dataclass(frozen=True, slots=True)
class TakingFront:
    """`slip`: whether this station prints slips; `sheets`: its home where a page printer has to print the numbers."""

    store: Store
    actor: Actor
    policy: QueuePolicy
    slip: bool
    sheets: Path | None = None

    def issue(
        self,
        matter_code: str,
        *,
        channel: str,
        priority: str = ORDINARY,
        card: Card | None = None,
        further: tuple[str, ...] = (),
        expected: Expected | None = None,
    ) -> TicketIssued:
        """Take a number; the slip is in this station's spool. `expected`: what the visitor has just been shown."""
        return taking.issue_ticket(
            self.store,
            self.actor,
            matter_code=matter_code,
            channel=channel,
            policy=self.policy,
            priority=priority,
            card=card,
            further=further,
            expected=expected,
            slip=self.slip,
            sheets=self.sheets,
        )

    def availability(self) -> TakingView:
        """Which matters take numbers now, how many are left, and why not."""
        return taking_limits.availability(self.store, self.actor, policy=self.policy)

    def booked(self, card: Card) -> Booked | None:
        """The appointment that a check-in with this card would take."""
        return booked_today(self.store, self.actor, card=card)

    def check_in(self, card: Card) -> TicketIssued:
        """预约签到 by card: the first appointment of today without a number; `notice` says if it came too late."""
        return checking_in.check_in_by_card(
            self.store, self.actor, card=card, policy=self.policy, slip=self.slip, sheets=self.sheets
        )

    def check_in_reference(self, reference: str) -> TicketIssued:
        """预约签到 by the booking number."""
        return checking_in.check_in_by_reference(
            self.store, self.actor, reference=reference, policy=self.policy, slip=self.slip, sheets=self.sheets
        )

    def appointments(self) -> tuple[AppointmentView, ...]:
        """The day's appointments, masked, for staff."""
        return appointments.appointments_today(self.store, self.actor)
