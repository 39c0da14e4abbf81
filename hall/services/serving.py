"""The visit at a counter, from the arrival to its end. Each deed is one transaction."""

from hall.rules import tickets
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services.call_reasons import call_reason
from hall.services.counter_records import locked_counter, tell
from hall.services.further_matters import further_matter, go_on
from hall.services.queue_reading import counter_named
from hall.services.ticket_records import Called, advance, called_view, open_at, present_ticket
from hall.services.transferring import go_back, with_sender
from hall.store import Store
from hall.store.retrying import retried


def present(store: Store, actor: Actor, *, counter: int) -> Called | None:
    """The ticket now at the counter, so that a restarted screen shows what it showed; None if there is none."""
    require(actor, "queue.call")
    now = store.clock.now()
    with store.read(actor) as session:
        place = counter_named(session, store.hall_id, counter)
        ticket = session.scalars(open_at(place)).one_or_none()
        if ticket is None:
            return None
        return called_view(session, store.key_ring, ticket, place, reason=call_reason(session, ticket), now=now)


@retried
def arrive(store: Store, actor: Actor, *, counter: int) -> None:
    """The person has come to the counter."""
    _step(store, actor, "arrive", counter=counter)


@retried
def start(store: Store, actor: Actor, *, counter: int) -> None:
    """Service starts."""
    _step(store, actor, "start", counter=counter)


@retried
def finish(store: Store, actor: Actor, *, counter: int, policy: QueuePolicy) -> Called | None:
    """The matter is done. Gives what stays at the counter: the ticket's next matter, where the counter serves it.

    A ticket that was sent here comes back to its sender; one with further matters goes on to the next of them.
    """
    require(actor, "queue.finish")
    with store.work("queue.finish", actor) as work:
        place, ticket = with_sender(work, counter)
        if ticket.sender_counter_id is not None:
            go_back(work, ticket, place, note="")
            return None
        following = further_matter(work.session, ticket)
        if following is not None:
            return go_on(work, ticket, place, following, policy=policy)
        advance(ticket, "finish")
        ticket.finished_at = work.now
        tell(work, ticket, place, "finish")
        return None


def _step(store: Store, actor: Actor, action: tickets.TicketAction, *, counter: int) -> None:
    require(actor, f"queue.{action}")
    with store.work(f"queue.{action}", actor) as work:
        place = locked_counter(work, counter)
        ticket = present_ticket(work, place)
        advance(ticket, action)
        if action == "start":
            ticket.started_at = work.now
        else:
            ticket.arrived_at = work.now
        tell(work, ticket, place, action)
