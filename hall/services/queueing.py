"""Calling: the next ticket of a counter, and the same once more. Each is one transaction."""

import math
from datetime import date, datetime, timedelta

from sqlalchemy import false, or_, select, true, update

from hall.clock import business_date
from hall.errors import Refused, Stale
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_order import CallingCounter, Choice, WaitingTicket, next_ticket
from hall.rules.queue_policy import QueuePolicy
from hall.services.counter_records import free_counter, locked_counter
from hall.services.ticket_records import (
    Called,
    add_announcement,
    add_event,
    advance,
    called_view,
    present_ticket,
)
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.queueing import Counter, CounterMatter, Ticket

# How many candidates of each kind a call looks at; the rule chooses among them and explains the choice.
_CANDIDATES = 8
# A call that loses the same race this often finds a queue that changes faster than it can read.
_ATTEMPTS = 50


class TooSoon(Refused):
    """Called again before the person could have come."""

    def __init__(self, code: str, remaining: timedelta) -> None:
        super().__init__(f"{code} 号刚刚呼叫过，请再等 {math.ceil(remaining.total_seconds())} 秒重呼。")


@retried
def call_next(store: Store, actor: Actor, *, counter: int, policy: QueuePolicy) -> Called:
    """Call the next ticket to a counter. Two counters never get the same ticket: the update is guarded."""
    require(actor, "queue.call")
    with store.work("queue.call", actor) as work:
        place = locked_counter(work, counter)
        free_counter(work, place)
        for _ in range(_ATTEMPTS):
            choice = _choose(work, place, policy)
            if _take(work, choice, place):
                ticket = work.session.get_one(Ticket, choice.ticket.ticket_id, populate_existing=True)
                return tell_call(work, ticket, place, action="call", reason=choice.reason)
        raise Stale("排队变化太快，没有叫到号，请再按一次。")


@retried
def recall(store: Store, actor: Actor, *, counter: int, policy: QueuePolicy) -> Called:
    """Call the counter's present ticket once more, after a moment in which the person could have come."""
    require(actor, "queue.recall")
    with store.work("queue.recall", actor) as work:
        place = locked_counter(work, counter)
        ticket = present_ticket(work, place)
        advance(ticket, "recall")
        _refuse_haste(ticket, work.now, policy.calling.recall_after)
        ticket.calls += 1
        ticket.called_at = work.now
        work.session.flush()
        return tell_call(work, ticket, place, action="recall", reason="重呼")


def _refuse_haste(ticket: Ticket, now: datetime, least: timedelta) -> None:
    """A clock that was set back holds no call up."""
    since = now - (ticket.called_at or now)
    if timedelta() <= since < least:
        raise TooSoon(ticket.code, least - since)


def tell_call(work: Work, ticket: Ticket, place: Counter, *, action: str, reason: str, terms: str = "") -> Called:
    """Event, announcement, audit and change notice of a call, and what the clerk's screen shows of it."""
    add_event(work, ticket, action, counter_id=place.id, reason=reason, terms=terms)
    add_announcement(work, ticket, place)
    work.audit(f"ticket:{ticket.id}", code=ticket.code, counter=place.number, calls=ticket.calls, reason=reason)
    work.changed("queue", ticket.code)
    return called_view(work.session, work.key_ring, ticket, place, reason=reason)


def _choose(work: Work, place: Counter, policy: QueuePolicy) -> Choice:
    weights = {
        matter_id: timedelta(minutes=minutes)
        for matter_id, minutes in work.session.execute(
            select(CounterMatter.matter_id, CounterMatter.head_start_minutes).where(
                CounterMatter.counter_id == place.id
            )
        )
    }
    calling = CallingCounter(weights, place.favoured_calls, policy.calling.favoured_in_a_row)
    return next_ticket(_candidates(work, place, weights, business_date(work.now)), calling, work.now)


def _candidates(work: Work, place: Counter, weights: dict[int, timedelta], today: date) -> set[WaitingTicket]:
    """The first by rank of each kind and each head start, those that wait longest, and the oldest of all."""
    waiting = select(
        Ticket.id,
        Ticket.code,
        Ticket.matter_id,
        Ticket.priority,
        Ticket.favoured,
        Ticket.waits_from,
        Ticket.rank_at,
        Ticket.must_call_by,
    ).where(
        Ticket.hall_id == work.hall_id,
        Ticket.business_date == today,
        Ticket.state == "waiting",
        or_(Ticket.only_counter_id.is_(None), Ticket.only_counter_id == place.id),
        Ticket.matter_id.in_(weights) if weights else true(),
    )
    queries = [
        waiting.where(Ticket.must_call_by <= work.now).order_by(Ticket.must_call_by, Ticket.id),
        waiting.order_by(Ticket.waits_from, Ticket.id),
    ]
    for head_start in set(weights.values()) or {timedelta()}:
        own = [matter_id for matter_id, weight in weights.items() if weight == head_start]
        for favoured in (true(), false()):
            of_kind = waiting.where(Ticket.favoured == favoured, Ticket.matter_id.in_(own) if own else true())
            queries.append(of_kind.order_by(Ticket.rank_at, Ticket.id))
    return {WaitingTicket(*row) for query in queries for row in work.session.execute(query.limit(_CANDIDATES))}


def _take(work: Work, choice: Choice, place: Counter) -> bool:
    """The guarded update: true when this counter, and no other, has taken the ticket."""
    taken = work.session.execute(
        update(Ticket)
        .where(Ticket.id == choice.ticket.ticket_id, Ticket.state == "waiting")
        .values(
            state="called",
            counter_id=place.id,
            account_id=work.actor.account_id,
            called_at=work.now,
            first_called_at=work.now,
            calls=Ticket.calls + 1,
        )
        .returning(Ticket.id)
        .execution_options(synchronize_session=False)
    )
    if taken.scalar_one_or_none() is None:
        return False
    place.favoured_calls = choice.favoured_calls
    return True
