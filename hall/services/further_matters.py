"""A ticket taken for several matters: when one is done it goes on to the next, here or in the queue."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.queue_policy import QueuePolicy
from hall.rules.tickets import TicketAction
from hall.services.counter_records import serves, tell
from hall.services.ticket_records import Called, advance, called_view, leave_counter, matter_code
from hall.store import Work
from hall.store.schema.queueing import Counter, Ticket, TicketMatter


def further_matter(session: Session, ticket: Ticket) -> TicketMatter | None:
    """The next matter that the ticket has not gone on to."""
    return session.scalars(
        select(TicketMatter)
        .where(TicketMatter.ticket_id == ticket.id, TicketMatter.done_at.is_(None))
        .order_by(TicketMatter.position)
        .limit(1)
    ).one_or_none()


def go_on(work: Work, ticket: Ticket, place: Counter, following: TicketMatter, *, policy: QueuePolicy) -> Called | None:
    """Go on to the next matter; the event stands for the matter that is done.

    A counter that serves the next matter, too, keeps the ticket. Otherwise the ticket keeps its rank, so that it
    is among the first, and waits anew: how long it was served is no waiting time.
    """
    stays = serves(work.session, place, following.matter_id)
    action: TicketAction = "continue" if stays else "proceed"
    tell(work, ticket, place, action)
    advance(ticket, action)
    following.done_at = work.now
    ticket.matter_id = following.matter_id
    if stays:
        ticket.started_at = work.now
        work.session.flush()
        return called_view(work.session, work.key_ring, ticket, place, reason="")
    leave_counter(ticket)
    ticket.only_counter_id = None
    ticket.waits_from = work.now
    ticket.must_call_by = policy.must_call_by(work.now, matter_code(work.session, ticket))
    return None
