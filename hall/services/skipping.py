"""Who did not come (过号): skipped only after enough calls, called back some places behind the head of the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services.catalogue import matter_in_force
from hall.services.counter_records import locked_counter, tell
from hall.services.ticket_records import (
    add_event,
    advance,
    leave_counter,
    matter_code,
    present_ticket,
    ticket_locked,
)
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Counter, Ticket, TicketEvent

# Rank is an instant: the smallest step behind another ticket.
_JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SkippedTicket:
    """A ticket whose person did not come: when it was skipped the last time, where, and how often."""

    ticket_id: int
    code: str
    matter_name: str
    counter_number: int | None
    skipped_at: datetime
    skips: int


class SkippedTooEarly(Refused):
    """The person has not been called often enough."""

    def __init__(self, code: str, *, calls: int, needed: int) -> None:
        super().__init__(f"{code} 号才呼叫 {calls} 次，再重呼（F3）{needed - calls} 次仍不到才能过号。")


@retried
def skip(store: Store, actor: Actor, *, counter: int, policy: QueuePolicy) -> None:
    """The person has not come; the counter is free."""
    require(actor, "queue.skip")
    with store.work("queue.skip", actor) as work:
        place = locked_counter(work, counter)
        ticket = present_ticket(work, place)
        advance(ticket, "skip")
        needed = policy.calling.calls_before_skip
        if ticket.calls < needed:
            raise SkippedTooEarly(ticket.code, calls=ticket.calls, needed=needed)
        ticket.skips += 1
        tell(work, ticket, place, "skip")


def skipped(store: Store, actor: Actor) -> tuple[SkippedTicket, ...]:
    """Today's skipped tickets, the latest first."""
    require(actor, "queue.requeue")
    today = business_date(store.clock.now())
    last = (
        select(func.max(TicketEvent.id))
        .where(TicketEvent.ticket_id == Ticket.id, TicketEvent.kind == "skip")
        .correlate(Ticket)
        .scalar_subquery()
    )
    with store.read(actor) as session:
        rows = session.execute(
            select(Ticket.id, Ticket.code, Matter.code, Counter.number, TicketEvent.at, Ticket.skips)
            .join(Matter, Matter.id == Ticket.matter_id)
            .join(TicketEvent, TicketEvent.id == last)
            .outerjoin(Counter, Counter.id == TicketEvent.counter_id)
            .where(Ticket.hall_id == store.hall_id, Ticket.business_date == today, Ticket.state == "skipped")
            .order_by(TicketEvent.id.desc())
        ).tuples()
        return tuple(
            SkippedTicket(
                ticket_id, code, matter_in_force(session, store.hall_id, matter, today).matter.name, number, at, skips
            )
            for ticket_id, code, matter, number, at, skips in rows.all()
        )


@retried
def requeue(store: Store, actor: Actor, *, ticket_id: int, policy: QueuePolicy) -> None:
    """Put a skipped ticket back, behind the first n of those that wait for the same matter.

    It waits anew from now on: neither its old rank nor its longest wait overtakes the n. Where fewer wait it goes
    behind the last; where nobody waits it is the next.
    """
    require(actor, "queue.requeue")
    with store.work("queue.requeue", actor) as work:
        ticket = ticket_locked(work, ticket_id)
        advance(ticket, "requeue")
        leave_counter(ticket)
        rank = _rank_behind(work, ticket, policy.calling.places_behind)
        ticket.rank_at = ticket.rank_at if rank is None else max(ticket.rank_at, rank + _JUST_AFTER)
        ticket.waits_from = work.now
        ticket.must_call_by = policy.must_call_by(work.now, matter_code(work.session, ticket))
        add_event(work, ticket, "requeue")
        work.audit(f"ticket:{ticket.id}", code=ticket.code)
        work.changed("queue", ticket.code)


def _rank_behind(work: Work, ticket: Ticket, places: int) -> datetime | None:
    """The rank of the n-th ticket that waits for the matter, of the last where fewer wait; None where nobody does."""
    ranks = work.session.scalars(
        select(Ticket.rank_at)
        .where(
            Ticket.hall_id == work.hall_id,
            Ticket.business_date == ticket.business_date,
            Ticket.state == "waiting",
            Ticket.matter_id == ticket.matter_id,
            Ticket.id != ticket.id,
        )
        .order_by(Ticket.rank_at, Ticket.id)
        .limit(places)
    ).all()
    return ranks[-1] if ranks else None
