"""Serving somebody without a ticket (直接办理): a number is drawn all the same, so that every visit is counted."""

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_policy import ORDINARY, QueuePolicy
from hall.rules.waiting_time import Expected
from hall.services.catalogue import matter_in_force
from hall.services.counter_records import free_counter, locked_counter, tell
from hall.services.taking import NewTicket, enter_ticket
from hall.services.ticket_records import Called, advance, called_view
from hall.store import Store
from hall.store.retrying import retried

_AT_ONCE = Expected(ahead=0, minutes=(0, 0))


@retried
def serve_without_ticket(store: Store, actor: Actor, *, counter: int, matter_code: str, policy: QueuePolicy) -> Called:
    """Serve the person who stands at the counter; no slip, no announcement."""
    require(actor, "queue.start")
    with store.work("queue.serve", actor) as work:
        place = locked_counter(work, counter)
        free_counter(work, place)
        matter = matter_in_force(work.session, work.hall_id, matter_code, business_date(work.now))
        new = NewTicket(matter=matter, priority=ORDINARY, channel="counter", expected=_AT_ONCE)
        ticket = enter_ticket(work, new, policy=policy, slip=False)
        advance(ticket, "serve")
        ticket.counter_id = place.id
        ticket.account_id = actor.account_id
        ticket.called_at = ticket.arrived_at = ticket.started_at = work.now
        reason = f"{ticket.code} 没有取号，由窗口直接办理。"
        tell(work, ticket, place, "serve", reason=reason)
        work.session.flush()
        return called_view(work.session, work.key_ring, ticket, place, reason=reason)
