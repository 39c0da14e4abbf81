"""Held tickets (挂起): parked at their counter while somebody fetches a paper, and taken up again there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.call_reasons import call_reason
from hall.services.catalogue import matter_in_force
from hall.services.counter_records import free_counter, locked_counter, tell
from hall.services.queue_reading import counter_named
from hall.services.reasons import reason_for
from hall.services.ticket_records import Called, advance, called_view, present_ticket, ticket_locked
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Ticket, TicketEvent


@dataclass(frozen=True, slots=True)
class HeldTicket:
    """A ticket parked at a counter: since when and why."""

    ticket_id: int
    code: str
    matter_name: str
    since: datetime
    reason: str


class HeldElsewhere(Refused):
    """Only the counter where a ticket is parked takes it up again."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} 号不是在本窗口挂起的，请在挂起它的窗口恢复，或请大厅主任释放。")


@retried
def hold(store: Store, actor: Actor, *, counter: int, reason: str) -> None:
    """Park the present ticket; the counter is free."""
    require(actor, "queue.hold")
    reason = reason_for("挂起", reason)
    with store.work("queue.hold", actor) as work:
        place = locked_counter(work, counter)
        ticket = present_ticket(work, place)
        advance(ticket, "hold")
        tell(work, ticket, place, "hold", reason=reason)


def held(store: Store, actor: Actor, *, counter: int) -> tuple[HeldTicket, ...]:
    """Today's tickets that are parked at the counter, the longest first."""
    require(actor, "queue.hold")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        place = counter_named(session, store.hall_id, counter)
        last = (
            select(func.max(TicketEvent.id))
            .where(TicketEvent.ticket_id == Ticket.id, TicketEvent.kind == "hold")
            .correlate(Ticket)
            .scalar_subquery()
        )
        rows = session.execute(
            select(Ticket.id, Ticket.code, Matter.code, TicketEvent.at, TicketEvent.reason)
            .join(Matter, Matter.id == Ticket.matter_id)
            .join(TicketEvent, TicketEvent.id == last)
            .where(Ticket.counter_id == place.id, Ticket.business_date == today, Ticket.state == "held")
            .order_by(TicketEvent.id)
        ).tuples()
        return tuple(
            HeldTicket(ticket_id, code, matter_in_force(session, store.hall_id, matter, today).matter.name, at, reason)
            for ticket_id, code, matter, at, reason in rows.all()
        )


@retried
def resume(store: Store, actor: Actor, *, counter: int, ticket_id: int) -> Called:
    """Take a parked ticket up again; the counter has to be free."""
    require(actor, "queue.hold")
    with store.work("queue.resume", actor) as work:
        place = locked_counter(work, counter)
        free_counter(work, place)
        ticket = ticket_locked(work, ticket_id)
        advance(ticket, "resume")
        if ticket.counter_id != place.id:
            raise HeldElsewhere(ticket.code)
        ticket.account_id = actor.account_id
        ticket.started_at = ticket.started_at or work.now
        tell(work, ticket, place, "resume")
        return called_view(work.session, work.key_ring, ticket, place, reason=call_reason(work.session, ticket))
