"""What tickets taken now would wait: the queue of today as the rule of waiting time wants it, read in one go."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.queue_order import CallingCounter, WaitingTicket
from hall.rules.queue_policy import ORDINARY, QueuePolicy
from hall.rules.tickets import OPEN_AT_COUNTER
from hall.rules.waiting_time import (
    MOST_PLAYED,
    Expected,
    Queue,
    Served,
    ServingCounter,
    expected_waits,
    lengths_at_counter,
    service_times,
)
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Counter, CounterMatter, Ticket

# The newest of the day that the estimate looks at; of a longer queue it reads every n-th ticket.
_NEWEST = 150
_MOST_WAITING = MOST_PLAYED
# Above every ticket's key: whoever takes a number now stands last.
_LAST_ID = 2**62
# Where nothing can be said: the matter is served nowhere.
NOTHING_AHEAD = Expected(ahead=0, minutes=(0, 1))


def expected_by_matter(session: Session, hall_id: int, *, now: datetime, policy: QueuePolicy) -> dict[str, Expected]:
    """What an ordinary ticket of each matter would have before it, by the matter's code."""
    matters = session.execute(select(Matter.id, Matter.code).where(Matter.hall_id == hall_id).order_by(Matter.id))
    last = {
        code: _taken(_LAST_ID + number, matter_id, code, priority=ORDINARY, waits_from=now, policy=policy)
        for number, (matter_id, code) in enumerate(matters.tuples())
    }
    found = expected_waits(_queue(session, hall_id, now=now, policy=policy), tuple(last.values()), now)
    return {code: found[ticket.ticket_id] for code, ticket in last.items() if ticket.ticket_id in found}


def expected_of(
    session: Session,
    hall_id: int,
    *,
    matter_code: str,
    priority: str,
    waits_from: datetime,
    now: datetime,
    policy: QueuePolicy,
) -> Expected:
    """What one ticket would have before it; nothing for a matter that the hall does not know."""
    matter_id = session.scalar(select(Matter.id).where(Matter.hall_id == hall_id, Matter.code == matter_code))
    if matter_id is None:
        return NOTHING_AHEAD
    last = _taken(_LAST_ID, matter_id, matter_code, priority=priority, waits_from=waits_from, policy=policy)
    found = expected_waits(_queue(session, hall_id, now=now, policy=policy), (last,), now)
    return found.get(last.ticket_id, NOTHING_AHEAD)


def _taken(
    ticket_id: int, matter_id: int, matter_code: str, *, priority: str, waits_from: datetime, policy: QueuePolicy
) -> WaitingTicket:
    return WaitingTicket(
        ticket_id=ticket_id,
        code="",
        matter_id=matter_id,
        priority=priority,
        favoured=priority != ORDINARY,
        waits_from=waits_from,
        rank_at=policy.rank_at(waits_from, priority),
        must_call_by=policy.must_call_by(waits_from, matter_code),
    )


def _queue(session: Session, hall_id: int, *, now: datetime, policy: QueuePolicy) -> Queue:
    today = business_date(now)
    waiting, only, stands_for = _waiting(session, hall_id, today)
    counters, paused, closed = _counters(session, hall_id, now=now, policy=policy)
    present = [(each.busy_with, each.busy_since) for each in (*counters, *paused)]
    times = service_times(
        lengths_at_counter(_served(session, hall_id, today)),
        running=[(matter_id, now - since) for matter_id, since in present if matter_id is not None and since],
        mean=timedelta(minutes=policy.service_minutes),
        fewest=policy.fewest_for_mean,
    )
    return Queue(
        waiting=waiting,
        counters=counters,
        times=times,
        away=(paused, closed),
        recent=_recent(session, hall_id, today, own=_own((*counters, *paused)), policy=policy),
        only=only,
        stands_for=stands_for,
    )


def _waiting(session: Session, hall_id: int, today: date) -> tuple[list[WaitingTicket], dict[int, int], int]:
    """Who waits (every n-th of very many), who of them only for one counter, and n."""
    waits = (Ticket.hall_id == hall_id, Ticket.business_date == today, Ticket.state == "waiting")
    count = session.scalar(select(func.count()).select_from(Ticket).where(*waits)) or 0
    stands_for = -(-count // _MOST_WAITING) or 1
    rows = session.execute(
        select(
            Ticket.id,
            Ticket.code,
            Ticket.matter_id,
            Ticket.priority,
            Ticket.favoured,
            Ticket.waits_from,
            Ticket.rank_at,
            Ticket.must_call_by,
            Ticket.only_counter_id,
        ).where(*waits, Ticket.id % stands_for == 0)
    ).tuples()
    waiting: list[WaitingTicket] = []
    only: dict[int, int] = {}
    for ticket_id, code, matter_id, priority, favoured, waits_from, rank_at, must_call_by, only_counter_id in rows:
        waiting.append(WaitingTicket(ticket_id, code, matter_id, priority, favoured, waits_from, rank_at, must_call_by))
        if only_counter_id is not None:
            only[ticket_id] = only_counter_id
    return waiting, only, stands_for


def _counters(
    session: Session, hall_id: int, *, now: datetime, policy: QueuePolicy
) -> tuple[list[ServingCounter], list[ServingCounter], list[ServingCounter]]:
    """Those that are open today, those that pause, and the others."""
    today = business_date(now)
    served = _matters(session, hall_id)
    present = _present(session, hall_id, today)
    by_state: dict[str, list[ServingCounter]] = {"open": [], "paused": [], "closed": []}
    for place in session.scalars(select(Counter).where(Counter.hall_id == hall_id).order_by(Counter.number)):
        head_starts = served.get(place.id, {})
        busy_with, busy_since = present.get(place.id, (None, None))
        serving = ServingCounter(
            counter_id=place.id,
            matters=frozenset(head_starts) or None,
            calling=CallingCounter(head_starts, place.favoured_calls, policy.calling.favoured_in_a_row),
            busy_with=busy_with,
            busy_since=busy_since if busy_with is None else busy_since or now,
        )
        of_today = place.since is not None and business_date(place.since) == today
        by_state[place.state if of_today else "closed"].append(serving)
    return by_state["open"], by_state["paused"], by_state["closed"]


def _matters(session: Session, hall_id: int) -> dict[int, dict[int, timedelta]]:
    found: dict[int, dict[int, timedelta]] = {}
    rows = session.execute(
        select(CounterMatter.counter_id, CounterMatter.matter_id, CounterMatter.head_start_minutes).where(
            CounterMatter.hall_id == hall_id
        )
    )
    for counter_id, matter_id, minutes in rows.tuples():
        found.setdefault(counter_id, {})[matter_id] = timedelta(minutes=minutes)
    return found


def _present(session: Session, hall_id: int, today: date) -> dict[int, tuple[int, datetime | None]]:
    """Counter → matter of the ticket there, and since when it was called."""
    rows = session.execute(
        select(Ticket.counter_id, Ticket.matter_id, Ticket.called_at).where(
            Ticket.hall_id == hall_id, Ticket.business_date == today, Ticket.state.in_(OPEN_AT_COUNTER)
        )
    )
    return {counter_id: (matter_id, called_at) for counter_id, matter_id, called_at in rows.tuples() if counter_id}


def _served(session: Session, hall_id: int, today: date) -> Iterator[Served]:
    """The newest services that are over."""
    rows = session.execute(
        select(Ticket.counter_id, Ticket.matter_id, Ticket.waits_from, Ticket.called_at, Ticket.finished_at)
        .where(Ticket.hall_id == hall_id, Ticket.business_date == today, Ticket.state == "finished")
        .order_by(Ticket.called_at.desc())
        .limit(_NEWEST)
    )
    for counter_id, matter_id, waits_from, called_at, ended_at in rows.tuples():
        if counter_id is not None and called_at is not None and ended_at is not None:
            yield Served(counter_id, matter_id, waits_from, called_at, ended_at)


def _own(counters: Iterable[ServingCounter]) -> set[int]:
    """Matters that some counter calls before others."""
    return {matter_id for each in counters for matter_id, gain in each.calling.head_starts.items() if gain}


def _recent(
    session: Session, hall_id: int, today: date, *, own: set[int], policy: QueuePolicy
) -> list[tuple[datetime, WaitingTicket]]:
    """The newest tickets of the day that may pass others, as they were taken; not those served without waiting."""
    rows = session.execute(
        select(Ticket.id, Ticket.issued_at, Ticket.matter_id, Ticket.priority, Ticket.waits_from)
        .where(
            Ticket.hall_id == hall_id,
            Ticket.business_date == today,
            Ticket.channel != "counter",
            or_(Ticket.favoured, Ticket.matter_id.in_(own)),
        )
        .order_by(Ticket.id.desc())
        .limit(_NEWEST)
    )
    return [
        (issued_at, _taken(ticket_id, matter_id, "", priority=priority, waits_from=waits_from, policy=policy))
        for ticket_id, issued_at, matter_id, priority, waits_from in rows.tuples()
    ]
