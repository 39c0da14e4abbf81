"""The end of a preview (预览): the ticket that was chosen for the counter is announced."""

from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.call_reasons import call_reason
from hall.services.counter_records import locked_counter
from hall.services.queueing import tell_call
from hall.services.ticket_records import Called, advance, present_ticket
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.queueing import Ticket


@retried
def announce(store: Store, actor: Actor, *, counter: int) -> Called:
    """Call the ticket that was chosen."""
    require(actor, "queue.call")
    with store.work("queue.announce", actor) as work:
        place = locked_counter(work, counter)
        ticket = present_ticket(work, place)
        advance(ticket, "call")
        count_call(work, ticket)
        return tell_call(work, ticket, place, action="call", reason=call_reason(work.session, ticket))


def count_call(work: Work, ticket: Ticket) -> None:
    """The ticket is called once more, at this instant, by this clerk."""
    ticket.account_id = work.actor.account_id
    ticket.called_at = work.now
    ticket.first_called_at = ticket.first_called_at or work.now
    ticket.calls += 1
    work.session.flush()
