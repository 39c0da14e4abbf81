"""Calling: the next ticket of a counter, and the same once more. Each is one transaction."""

import math
from datetime import datetime, timedelta
from enum import Enum

from hall.clock import business_date
from hall.errors import Refused, Stale
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_order import CallingCounter, Choice, next_ticket
from hall.rules.queue_policy import QueuePolicy
from hall.services.counter_records import free_counter, locked_counter
from hall.services.serving import present
from hall.services.ticket_records import (
    Called,
    add_announcement,
    add_event,
    advance,
    called_view,
    present_ticket,
)
from hall.store import Store, Work
from hall.store.calls import CallGround, Offer, call_ground, take
from hall.store.chain import canonical_json
from hall.store.quick import Entry, QuickWork
from hall.store.retrying import retried
from hall.store.schema.queueing import Counter, Ticket

# One ticket of each kind is enough unless others take it at the same moment.
_ALONE, _CROWDED = 1, 8
# A call that loses the same race this often finds a queue that changes faster than it can read.
_ATTEMPTS = 50


class TooSoon(Refused):
    """Called again before the person could have come."""

    def __init__(self, code: str, remaining: timedelta) -> None:
        super().__init__(f"{code} 号刚刚呼叫过，请再等 {math.ceil(remaining.total_seconds())} 秒重呼。")


class _Missed(Enum):
    NOT_READY = 1
    """The counter is not open for this clerk, or a ticket is open at it."""
    TAKEN = 2
    """Others were faster."""


def call_next(store: Store, actor: Actor, *, counter: int, policy: QueuePolicy) -> Called:
    """叫号. Two counters never get the same ticket: the update is guarded. Calling opens a closed counter."""
    taken = take_next(store, actor, counter=counter, policy=policy)
    return _seen(store, actor, counter=counter, taken=taken)


def choose_next(store: Store, actor: Actor, *, counter: int, policy: QueuePolicy) -> Called:
    """预览: the next ticket is taken, nobody is called yet and no name is shown."""
    taken = take_next(store, actor, counter=counter, policy=policy, announced=False)
    return _seen(store, actor, counter=counter, taken=taken)


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


def take_next(store: Store, actor: Actor, *, counter: int, policy: QueuePolicy, announced: bool = True) -> int | None:
    """The call itself: the next ticket is at the counter, and called there where it is `announced`. Gives its id.

    None where the answer of the commit was lost on its way: a ticket is called, the counter shows which one.
    """
    require(actor, "queue.call")
    most = _CROWDED if store.collided else _ALONE
    for _ in range(_ATTEMPTS):
        taken = _attempt(store, actor, counter=counter, policy=policy, announced=announced, most=most)
        if not isinstance(taken, _Missed):
            return taken
        if taken is _Missed.NOT_READY:
            _make_ready(store, actor, counter=counter)
        most = _CROWDED
    raise Stale("排队变化太快，没有叫到号，请再按一次。")


def _seen(store: Store, actor: Actor, *, counter: int, taken: int | None) -> Called:
    """What was called; whoever works at the same counter may have ended it already, and called another one."""
    called = present(store, actor, counter=counter)
    if called is None or taken not in (None, called.ticket_id):
        raise Stale("刚叫到的号已被收回，请再按一次。")
    return called


@retried
def _attempt(
    store: Store, actor: Actor, *, counter: int, policy: QueuePolicy, announced: bool, most: int
) -> int | _Missed | None:
    called: int | _Missed | None = None  # where the commit's answer is lost on its way and the call is saved
    with store.quick("queue.call" if announced else "queue.choose", actor) as quick:
        ground = call_ground(quick, counter, today=business_date(quick.now), most=most)
        if ground is None or ground.occupied or not _open_for(ground, quick):
            return _Missed.NOT_READY
        offers = _offers(ground, quick, policy, most)
        taken = take(quick, ground, offers, announced=announced)
        called = _Missed.TAKEN if taken is None else taken.ticket.ticket_id
        store.collided = taken is not offers[0]
    return called


def _open_for(ground: CallGround, quick: QuickWork) -> bool:
    """Whether this clerk opened the counter today and has not paused it."""
    ours = ground.state == "open" and ground.account_id == quick.actor.account_id
    return ours and ground.since is not None and business_date(ground.since) == business_date(quick.now)


def _offers(ground: CallGround, quick: QuickWork, policy: QueuePolicy, most: int) -> list[Offer]:
    """The choice, and what it would be if others take that ticket at this very moment, and so on."""
    counter = CallingCounter(ground.head_starts, ground.favoured_calls, policy.calling.favoured_in_a_row)
    left = list(ground.waiting)
    offers: list[Offer] = []
    while len(offers) < most and (left or not offers):
        choice = next_ticket(left, counter, quick.now)
        left.remove(choice.ticket)
        offers.append(_offer(choice, ground))
    return offers


def _offer(choice: Choice, ground: CallGround) -> Offer:
    code = choice.ticket.code
    return Offer(
        ticket=choice.ticket,
        reason=choice.reason,
        terms=canonical_json({"rule": choice.rule}),
        favoured_calls=choice.favoured_calls,
        entry=Entry(
            f"ticket:{choice.ticket.ticket_id}", {"code": code, "counter": ground.number, "reason": choice.reason}
        ),
    )


@retried
def _make_ready(store: Store, actor: Actor, *, counter: int) -> None:
    """Open the counter for this clerk; refuses while it is paused or a ticket of today is open at it."""
    with store.work("counter.open", actor) as work:
        place = locked_counter(work, counter)
        free_counter(work, place)
        work.audit(f"counter:{counter}")
