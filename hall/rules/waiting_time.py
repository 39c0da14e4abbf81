"""How long a ticket taken now would wait: the queue is played on, by the real order, with a last ticket of every kind.

Nobody knows how long the services will take, so the queue is played several times, each time with other lengths out
of the day's own; the span says how far these plays lie apart. The plays are the same for the same queue: their
lengths are drawn by a fixed sequence, and each draw has its mirror (a long service here is a short one there), so
that a few plays give a steady middle.
"""

import heapq
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest

from hall.rules.queue_order import CallingCounter, WaitingTicket, first_of

# Plays of one queue; even, because each has its mirror.
PLAYS = 8
# A longer queue is thinned to this many, each of which then stands for several.
MOST_PLAYED = 100
# The shape of service times where the day has none yet: parts of the mean, at equal steps of likelihood.
_SHAPE = (0.4, 0.6, 0.8, 1.0, 1.3, 1.9)
_BITS = 16
_CALLED = datetime.max.replace(tzinfo=UTC)
# Between two tickets a counter may rest; what is longer is no part of serving.
_LONGEST_PAUSE = timedelta(minutes=3)
# What was taken in the last while is expected to be taken again.
_LOOK_BACK = timedelta(minutes=45)
_LEAST_LOOK_BACK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ServingCounter:
    """A counter that calls tickets.

    `matters`: what it serves, None for all; `calling`: how it orders them; `busy_with` and `busy_since`: the matter
    of the ticket that is there now and since when; None when it is free.
    """

    counter_id: int
    matters: frozenset[int] | None
    calling: CallingCounter
    busy_with: int | None = None
    busy_since: datetime | None = None

    def serves(self, matter_id: int) -> bool:
        """Whether it may call tickets of the matter."""
        return self.matters is None or matter_id in self.matters


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """How long tickets keep a counter: in the whole hall, and by matter where the day has enough. All sorted."""

    hall: tuple[timedelta, ...]
    matters: Mapping[int, tuple[timedelta, ...]]

    def of(self, matter_id: int) -> tuple[timedelta, ...]:
        """The lengths to expect of a matter."""
        return self.matters.get(matter_id, self.hall)

    def drawn(self, matter_id: int, draw: int) -> timedelta:
        """The length at a likelihood of `draw` / 2**16."""
        lengths = self.of(matter_id)
        return lengths[draw * len(lengths) >> _BITS]

    def left(self, matter_id: int, elapsed: timedelta, draw: int) -> timedelta:
        """What is left of a service that has run so long already, at a likelihood of `draw` / 2**16."""
        lengths = self.of(matter_id)
        shorter = bisect_right(lengths, elapsed)
        if shorter == len(lengths):
            return lengths[0]
        return lengths[shorter + (draw * (len(lengths) - shorter) >> _BITS)] - elapsed


@dataclass(frozen=True, slots=True)
class Expected:
    """What a ticket taken now has before it: people, and the span of whole minutes."""

    ahead: int
    minutes: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue at one instant.

    `waiting`: who waits, or every n-th of them where `stands_for` is n; `away`: other counters, group by group (those
    that pause, then those that are closed), counted on only for a matter that none before serves; `recent`: (when,
    ticket) as taken in the last while: the near future is expected to be like it; `only`: ticket → the only counter
    that may call it.
    """

    waiting: Sequence[WaitingTicket]
    counters: Sequence[ServingCounter]
    times: ServiceTimes
    away: Sequence[Sequence[ServingCounter]] = ()
    recent: Sequence[tuple[datetime, WaitingTicket]] = ()
    only: Mapping[int, int] = field(default_factory=dict)
    stands_for: int = 1


@dataclass(frozen=True, slots=True)
class Served:
    """A ticket whose time at a counter is over: finished, or skipped because nobody came."""

    counter_id: int
    matter_id: int
    waits_from: datetime
    called_at: datetime
    ended_at: datetime


def lengths_at_counter(served: Iterable[Served]) -> Iterator[tuple[int, timedelta]]:
    """(matter, length): from the call to the next call there, if that ticket waited already, else to the end."""
    rows = sorted(served, key=lambda each: (each.counter_id, each.called_at))
    for each, following in zip_longest(rows, rows[1:]):
        until = each.ended_at
        if following is not None and following.counter_id == each.counter_id and following.waits_from <= until:
            until = min(max(until, following.called_at), until + _LONGEST_PAUSE)
        yield each.matter_id, until - each.called_at


def service_times(
    finished: Iterable[tuple[int, timedelta]],
    *,
    running: Iterable[tuple[int, timedelta]] = (),
    mean: timedelta,
    fewest: int,
) -> ServiceTimes:
    """From (matter, length) of the day: a matter's own lengths with two of the hall's.

    `running`: (matter, so far). They count with what such a service usually comes to, or a young day would know its
    short services only. While the hall has fewer than `fewest`, lengths in the usual shape around `mean` stand in.
    """
    ended = list(finished)
    hall = sorted(length for _, length in ended)
    if len(hall) < fewest:
        hall = sorted([*hall, *(mean * part for part in _SHAPE)])
    ended += [(matter_id, _in_the_end(hall, elapsed)) for matter_id, elapsed in running]
    by_matter: dict[int, list[timedelta]] = {}
    for matter_id, length in ended:
        by_matter.setdefault(matter_id, []).append(length)
    usual = (hall[len(hall) // 4], hall[3 * len(hall) // 4])
    return ServiceTimes(tuple(hall), {matter: tuple(sorted((*own, *usual))) for matter, own in by_matter.items()})


def _in_the_end(lengths: Sequence[timedelta], elapsed: timedelta) -> timedelta:
    """What a service that has run so long comes to: the middle of the longer ones, a quarter more than the longest."""
    longer = lengths[bisect_right(lengths, elapsed) :]
    return longer[len(longer) // 2] if longer else elapsed * 5 / 4


def expected_waits(queue: Queue, last: Sequence[WaitingTicket], now: datetime) -> dict[int, Expected]:
    """What each of the last tickets (with ids above those of the waiting) would have before it, by its id.

    They do not stand in each other's way. One that no counter serves, not even one that is away, is missing.
    """
    found = _found(queue, last, now)
    for group in queue.away:
        missing = [ticket for ticket in last if ticket.ticket_id not in found]
        if not missing:
            break
        queue = replace(queue, counters=(*queue.counters, *group))
        found |= _found(queue, missing, now)
    return found


def _found(queue: Queue, last: Sequence[WaitingTicket], now: datetime) -> dict[int, Expected]:
    """Tickets that every counter treats alike share one play."""
    alike: dict[object, list[int]] = {}
    played: list[WaitingTicket] = []
    for ticket in last:
        treated = tuple((each.serves(ticket.matter_id), each.calling.rank(ticket)) for each in queue.counters)
        same = alike.setdefault((treated, ticket.must_call_by, ticket.favoured), [])
        if not same:
            played.append(ticket)
        same.append(ticket.ticket_id)
    expected = _expected_each(queue, played, now)
    return {ticket_id: expected[same[0]] for same in alike.values() if same[0] in expected for ticket_id in same}


def _expected_each(queue: Queue, last: Sequence[WaitingTicket], now: datetime) -> dict[int, Expected]:
    ranked = sorted(queue.waiting, key=lambda ticket: (ticket.rank_at, ticket.ticket_id))
    step = -(-len(ranked) // MOST_PLAYED) or 1
    standing = ranked[step // 2 :: step]
    stands_for = step * queue.stands_for
    coming = _coming(queue, last, now)
    later = [ticket for _, ticket in coming]
    orders = _orders(queue, (*standing, *later, *last))
    ends: dict[int, list[tuple[timedelta, int]]] = {ticket.ticket_id: [] for ticket in last}
    for draws in _plays(len(queue.counters) + len(standing) + len(later)):
        free_at = [_free_at(queue, counter, now, next(draws)) for counter in queue.counters]
        lengths = {each.ticket_id: queue.times.drawn(each.matter_id, next(draws)) * stands_for for each in standing}
        lengths |= {each.ticket_id: queue.times.drawn(each.matter_id, next(draws)) for each in later}
        for ticket, called_at, ahead in _played(queue, orders, lengths, free_at, coming):
            ends[ticket.ticket_id].append((called_at - now, ahead * stands_for))
    return {ticket_id: _expected(each) for ticket_id, each in ends.items() if each}


def _coming(queue: Queue, last: Sequence[WaitingTicket], now: datetime) -> list[tuple[datetime, WaitingTicket]]:
    """Whoever must be expected to come later and yet rank before the last tickets: what came lately comes again."""
    recent = [each for each in queue.recent if now - _LOOK_BACK < each[0] <= now]
    if not recent or not last:
        return []
    period = max(now - min(taken_at for taken_at, _ in recent), _LEAST_LOOK_BACK)
    latest = max(ticket.rank_at for ticket in last)
    found: list[tuple[datetime, WaitingTicket]] = []
    for taken_at, ticket in recent:
        best = min((each.calling.rank(ticket) for each in queue.counters), default=ticket.rank_at)
        shift = period
        while best + shift < latest:
            found.append((taken_at + shift, _shifted(ticket, shift, -len(found) - 1)))
            shift += period
    return found


def _shifted(ticket: WaitingTicket, shift: timedelta, ticket_id: int) -> WaitingTicket:
    return replace(
        ticket,
        ticket_id=ticket_id,
        waits_from=ticket.waits_from + shift,
        rank_at=ticket.rank_at + shift,
        must_call_by=ticket.must_call_by + shift,
    )


def _expected(ends: list[tuple[timedelta, int]]) -> Expected:
    """The middle of all plays, and as far to both sides as they lie apart."""
    waits = sorted(wait / timedelta(minutes=1) for wait, _ in ends)
    middle = (waits[(len(waits) - 1) // 2] + waits[len(waits) // 2]) / 2
    spread = (waits[-1] - waits[0]) / 2
    low = max(int(middle - spread), 0)
    ahead = sum(ahead for _, ahead in ends) / len(ends)
    return Expected(round(ahead), (low, max(math.ceil(middle + spread), low + 1)))


def _plays(count: int) -> Iterator[Iterator[int]]:
    """Draws for each play, every second the mirror of the one before."""
    state = 1
    for _ in range(PLAYS // 2):
        draws = []
        for _ in range(count):
            state = (state * 1103515245 + 12345) % 2**31
            draws.append(state >> 31 - _BITS)
        yield iter(draws)
        yield iter([2**_BITS - 1 - draw for draw in draws])


def _free_at(queue: Queue, counter: ServingCounter, now: datetime, draw: int) -> datetime:
    if counter.busy_with is None or counter.busy_since is None:
        return now
    return now + queue.times.left(counter.busy_with, now - counter.busy_since, draw)


class _Order:
    """How one kind of counter goes through the queue: favoured and ordinary tickets by rank, all by longest wait."""

    __slots__ = ("_at", "_rows")

    def __init__(self, rows: tuple[list[WaitingTicket], ...]) -> None:
        self._rows = rows
        self._at = [0] * len(rows)

    def again(self) -> "_Order":
        """The same order from its beginning."""
        return _Order(self._rows)

    def heads(self, out_until: Mapping[int, datetime], now: datetime) -> tuple[WaitingTicket, ...]:
        """The first of each row that is there: the rule needs to see no others."""
        found = []
        for number, row in enumerate(self._rows):
            at = self._at[number]
            while at < len(row) and out_until.get(row[at].ticket_id) is _CALLED:
                at += 1
            self._at[number] = at
            while at < len(row) and out_until.get(row[at].ticket_id, now) > now:
                at += 1
            if at < len(row):
                found.append(row[at])
        return tuple(found)


def _orders(queue: Queue, tickets: Sequence[WaitingTicket]) -> list[tuple[int, _Order]]:
    """Of every counter; counters that serve and rank alike share one."""
    bound = set(queue.only.values())
    shared: dict[object, tuple[int, _Order]] = {}
    found = []
    for counter in queue.counters:
        head_starts = frozenset(counter.calling.head_starts.items())
        alike = (counter.matters, head_starts, counter.counter_id if counter.counter_id in bound else None)
        if alike not in shared:
            shared[alike] = (len(shared), _Order(_rows(queue, counter, tickets)))
        found.append(shared[alike])
    return found


def _rows(queue: Queue, counter: ServingCounter, tickets: Sequence[WaitingTicket]) -> tuple[list[WaitingTicket], ...]:
    mine = [
        ticket
        for ticket in tickets
        if counter.serves(ticket.matter_id)
        and queue.only.get(ticket.ticket_id, counter.counter_id) == counter.counter_id
    ]
    mine.sort(key=lambda ticket: (counter.calling.rank(ticket), ticket.ticket_id))
    return (
        [ticket for ticket in mine if ticket.favoured],
        [ticket for ticket in mine if not ticket.favoured],
        sorted(mine, key=lambda ticket: (ticket.must_call_by, ticket.ticket_id)),
    )


def _played(
    queue: Queue,
    orders: list[tuple[int, _Order]],
    lengths: Mapping[int, timedelta],
    free_at: list[datetime],
    coming: list[tuple[datetime, WaitingTicket]],
) -> Iterator[tuple[WaitingTicket, datetime, int]]:
    """One play: each last ticket, when it is called and how many were before it. Last tickets take no time."""
    begun = {number: order.again() for number, order in orders}
    mine = [begun[number] for number, _ in orders]
    calling = [counter.calling for counter in queue.counters]
    calls = [0] * len(calling)
    out_until = {ticket.ticket_id: arrives_at for arrives_at, ticket in coming}
    free = [(at, number) for number, at in enumerate(free_at)]
    heapq.heapify(free)
    while free:
        at, number = heapq.heappop(free)
        while heads := mine[number].heads(out_until, at):
            ticket, _ = first_of(heads, calling[number], at)
            calls[number] += ticket.ticket_id not in out_until  # who was expected to come is nobody ahead
            out_until[ticket.ticket_id] = _CALLED
            length = lengths.get(ticket.ticket_id)
            if length is not None:
                calling[number] = calling[number].after(ticket, heads)
                heapq.heappush(free, (at + length, number))
                break
            calls[number] -= 1
            yield ticket, at, _ahead(queue, calls, ticket)


def _ahead(queue: Queue, calls: list[int], ticket: WaitingTicket) -> int:
    return sum(count for counter, count in zip(queue.counters, calls, strict=True) if counter.serves(ticket.matter_id))
