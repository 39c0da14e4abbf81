"""The visit at a counter: start and finish of the present ticket. Each is one transaction."""

from hall.rules import tickets
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.queue_reading import counter_named
from hall.services.ticket_records import Called, add_event, advance, called_view, open_at, present_ticket
from hall.store import Store
from hall.store.retrying import retried


def present(store: Store, actor: Actor, *, counter: int) -> Called | None:
    """The ticket now at the counter, so that a restarted screen shows what it showed; None if there is none."""
    require(actor, "queue.call")
    with store.read(actor) as session:
        place = counter_named(session, store.hall_id, counter)
        ticket = session.scalars(open_at(place)).one_or_none()
        if ticket is None:
            return None
        return called_view(session, store.key_ring, ticket, place, reason="")


@retried
def start(store: Store, actor: Actor, *, counter: int) -> None:
    """Service starts."""
    _step(store, actor, "start", counter=counter)


@retried
def skip(store: Store, actor: Actor, *, counter: int) -> None:
    """The person has not come."""
    _step(store, actor, "skip", counter=counter)


@retried
def finish(store: Store, actor: Actor, *, counter: int) -> None:
    """The visit is over; the counter is free."""
    _step(store, actor, "finish", counter=counter)


def _step(store: Store, actor: Actor, action: tickets.TicketAction, *, counter: int) -> None:
    require(actor, f"queue.{action}")
    with store.work(f"queue.{action}", actor) as work:
        place = counter_named(work.session, work.hall_id, counter)
        ticket = present_ticket(work, place)
        advance(ticket, action)
        if action == "start":
            ticket.started_at = work.now
        else:
            ticket.finished_at = work.now
        add_event(work, ticket, action, counter_id=place.id)
        work.audit(f"ticket:{ticket.id}", code=ticket.code, counter=counter)
        work.changed("queue", ticket.code)
