"""Giving the present ticket back (退回排队): it keeps its place, and that it was given back is counted."""

from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.counter_records import locked_counter, tell
from hall.services.reasons import reason_for
from hall.services.ticket_records import advance, leave_counter, present_ticket
from hall.store import Store
from hall.store.retrying import retried


@retried
def give_back(store: Store, actor: Actor, *, counter: int, reason: str) -> None:
    """Return the present ticket, chosen or called, to where it stood in the queue."""
    require(actor, "queue.return")
    reason = reason_for("退回排队", reason)
    with store.work("queue.return", actor) as work:
        place = locked_counter(work, counter)
        ticket = present_ticket(work, place)
        advance(ticket, "return")
        tell(work, ticket, place, "return", reason=reason)
        leave_counter(ticket)
