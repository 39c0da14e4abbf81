"""The log of a hall's day, folded into facts: what was taken, called and served when, where and by whom.

A pure fold: `fold(fold(log, first), rest)` is `fold(log, first + rest)`, so figures may be kept up while a day
runs or be rebuilt at any time, with the same result. What a figure means stands in docs/statistics.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from hall.clock import HALL_ZONE, hall_time
from hall.rules.queue_events import CounterEvent, Event, TicketEvent, midnight_after

HOUR = timedelta(hours=1)
_NOTHING = timedelta()

_WAITS_AFTER = frozenset({"issue", "live", "return", "transfer", "requeue", "proceed", "release"})
_AT_COUNTER_AFTER = frozenset({"choose", "call", "recall", "arrive", "start", "resume", "continue", "serve"})
# Ticket events that are counted as they are, and the name of the figure.
_COUNTED = {
    "misprint": "misprinted",
    "call": "calls",
    "recall": "recalled",
    "skip": "skipped",
    "transfer": "transferred",
    "finish": "served",
    "cancel": "cancelled",
    "unfinished": "unfinished",
}
# What ends the service of a matter, so that its length counts; what ends the matter itself; what leaves it.
_ENDS_SERVICE = frozenset({"finish", "proceed", "continue", "transfer"})
_ENDS_MATTER = frozenset({"finish", "proceed", "continue"})
_LEAVES_MATTER = frozenset({"proceed", "continue", "transfer"})
_AT_WORK_AFTER = {"open": "open", "resume": "open", "pause": "paused", "close": "closed"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to count: `kind` names the figure; `length` where it is a length of time."""

    kind: str
    at: datetime
    counter_id: int | None
    account_id: int | None
    matter_id: int | None
    length: timedelta | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Ticket:
    """A ticket as far as the log has come. `serving_since` and `served_before`: its service, holds left out."""

    waits_from: datetime
    matter_id: int | None
    last_kind: str = ""
    only_counter_id: int | None = None
    queued: tuple[int | None, int | None] | None = None
    counter_id: int | None = None
    account_id: int | None = None
    first_called: bool = False
    called_at: datetime | None = None
    has_come: bool = False
    serving_since: datetime | None = None
    served_before: timedelta = _NOTHING


@dataclass(frozen=True, slots=True)
class _Counter:
    """A counter as far as the log has come. `idle_since`: free and open while somebody waits for it."""

    serves: frozenset[int]
    state: str = "closed"
    since: datetime | None = None
    account_id: int | None = None
    reason: str = ""
    ticket_id: int | None = None
    idle_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class DayLog:
    """The log of a day up to `seen`. `peaks`: hour of the day → most people who waited at one moment."""

    day: date
    seen: datetime
    tickets: Mapping[int, _Ticket] = field(default_factory=dict)
    counters: Mapping[int, _Counter] = field(default_factory=dict)
    queue: Mapping[tuple[int | None, int | None], int] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    peaks: Mapping[int, int] = field(default_factory=dict)


def begin(day: date, serves: Mapping[int, frozenset[int]]) -> DayLog:
    """A day of which nothing has happened yet, with its counters' matters (an empty set: all matters)."""
    counters = {counter_id: _Counter(matters) for counter_id, matters in serves.items()}
    return DayLog(day, datetime.combine(day, time(), HALL_ZONE), counters=counters)


def fold(log: DayLog, events: Iterable[Event]) -> DayLog:
    """The log with further events, given in order."""
    folding = _Folding(log)
    for event in events:
        folding.take(event)
    return folding.done()


def closed(log: DayLog, until: datetime) -> DayLog:
    """The log as it stands at an instant: what still lasts (idleness, pauses) counts up to then."""
    folding = _Folding(log)
    folding.close(until)
    return folding.done()


class _Folding:
    """A log being written: copies what it changes once, not with each event."""

    def __init__(self, log: DayLog) -> None:
        self._log = log
        self._midnight = midnight_after(log.day)
        self._seen = log.seen
        self._tickets, self._counters = dict(log.tickets), dict(log.counters)
        self._queue, self._peaks = dict(log.queue), dict(log.peaks)
        self._length = sum(self._queue.values())
        self._facts: list[Fact] = []

    def done(self) -> DayLog:
        return DayLog(
            day=self._log.day,
            seen=self._seen,
            tickets=self._tickets,
            counters=self._counters,
            queue=self._queue,
            facts=(*self._log.facts, *self._facts),
            peaks=self._peaks,
        )

    def take(self, event: Event) -> None:
        at = self._advance(event.at)
        before = self._queue.keys() | set()
        if isinstance(event, CounterEvent):
            self._at_counter(event, at)
            touched = {event.counter_id}
        else:
            touched = self._of_ticket(event, at)
        self._peak(at)
        if before != self._queue.keys():
            touched = set(self._counters)
        for counter_id in touched:
            self._judge_idleness(counter_id, at)

    def close(self, until: datetime) -> None:
        at = self._advance(until)
        for counter_id in tuple(self._counters):
            self._end_pause(counter_id, at)
            self._end_idleness(counter_id, at)

    def _advance(self, at: datetime) -> datetime:
        """The instant as the log counts it: never back, and what comes after midnight at the day's last moment."""
        if not self._seen < at < self._midnight:
            return self._seen
        hour = _hour_of(self._seen)
        while self._length and hour < at:
            self._peak(hour)
            hour += HOUR
        self._seen = at
        return at

    def _peak(self, at: datetime) -> None:
        if self._length:
            hour = hall_time(at).hour
            self._peaks[hour] = max(self._peaks.get(hour, 0), self._length)

    # Tickets.

    def _of_ticket(self, event: TicketEvent, at: datetime) -> set[int]:
        known = self._tickets.get(event.ticket_id)
        ticket = known or _Ticket(event.waits_from, event.matter_id)
        if known is None:
            self._fact("taken", at, event, ticket)
        self._count(event, at, ticket)
        self._measure(event, at, ticket)
        changed = self._changed(event, at, ticket)
        self._queue_up(ticket.queued, changed.queued)
        self._tickets[event.ticket_id] = changed
        return self._seat(event.ticket_id, ticket.counter_id, changed.counter_id, at)

    def _fact(
        self, kind: str, at: datetime, event: TicketEvent, ticket: _Ticket, length: timedelta | None = None
    ) -> None:
        """The counter of a call is the event's, of everything after it the ticket's; the program is no clerk."""
        counter_id = event.counter_id if event.kind in {"choose", "call"} else ticket.counter_id or event.counter_id
        account_id = (ticket.account_id if event.kind == "unfinished" else event.account_id) or None
        matter_id = ticket.matter_id if event.kind in _LEAVES_MATTER else _matter(event, ticket)
        self._facts.append(Fact(kind, at, counter_id, account_id, matter_id, length))

    def _count(self, event: TicketEvent, at: datetime, ticket: _Ticket) -> None:
        if event.kind in _COUNTED:
            self._fact(_COUNTED[event.kind], at, event, ticket)
        if event.kind in _ENDS_MATTER:
            self._fact("matters_done", at, event, ticket)
        if event.kind == "call" and event.rule == "given":
            self._fact("given", at, event, ticket)
        if event.kind == "return" and ticket.last_kind == "choose":
            self._fact("given_back", at, event, ticket)
        if event.kind == "unfinished" and ticket.serving_since is not None:
            self._fact("forgotten", at, event, ticket)

    def _measure(self, event: TicketEvent, at: datetime, ticket: _Ticket) -> None:
        if event.kind == "call" and not ticket.first_called:
            self._fact("called", at, event, ticket)
            called_at = min(event.at, at)  # the ticket's own instant, also where another log entry came between
            self._fact("waiting", at, event, ticket, max(called_at - ticket.waits_from, _NOTHING))
        if event.kind in {"arrive", "start"} and ticket.called_at is not None and not ticket.has_come:
            self._fact("way", at, event, ticket, at - ticket.called_at)
        if event.kind in _ENDS_SERVICE and (began := ticket.serving_since or ticket.called_at) is not None:
            self._fact("service", at, event, ticket, at - began + ticket.served_before)

    def _changed(self, event: TicketEvent, at: datetime, ticket: _Ticket) -> _Ticket:
        matter_id = _matter(event, ticket) if event.next_matter_id is None else event.next_matter_id
        plain = replace(ticket, matter_id=matter_id, last_kind=event.kind)
        if event.kind in _AT_COUNTER_AFTER:
            return _come_to(plain, event, at)
        gone = replace(plain, queued=None, counter_id=None, called_at=None, has_come=False, serving_since=None)
        if event.kind == "hold":
            began = ticket.serving_since or ticket.called_at or at
            return replace(gone, served_before=ticket.served_before + (at - began))
        only = event.only_counter_id if event.kind in {"transfer", "proceed"} else ticket.only_counter_id
        queued = (matter_id, only) if event.kind in _WAITS_AFTER else None
        return replace(gone, queued=queued, only_counter_id=only, served_before=_NOTHING)

    def _queue_up(
        self, before: tuple[int | None, int | None] | None, after: tuple[int | None, int | None] | None
    ) -> None:
        """The queue holds no group of nobody."""
        if before is not None:
            self._length -= 1
            self._queue[before] -= 1
            if not self._queue[before]:
                del self._queue[before]
        if after is not None:
            self._length += 1
            self._queue[after] = self._queue.get(after, 0) + 1

    def _seat(self, ticket_id: int, before: int | None, after: int | None, at: datetime) -> set[int]:
        """A counter to which a ticket comes is at work, whether or not somebody has opened it."""
        touched = {counter_id for counter_id in (before, after) if counter_id is not None}
        if before is not None:
            self._counters[before] = replace(self._counters[before], ticket_id=None)
        if after is not None:
            counter = self._counters.get(after, _Counter(frozenset()))
            if counter.state == "closed":
                account_id = self._tickets[ticket_id].account_id
                counter = replace(counter, state="open", since=at, account_id=account_id)
            self._counters[after] = replace(counter, ticket_id=ticket_id)
        return touched

    # Counters.

    def _at_counter(self, event: CounterEvent, at: datetime) -> None:
        counter = self._counters.setdefault(event.counter_id, _Counter(frozenset()))
        if event.kind == "matters":
            self._counters[event.counter_id] = replace(counter, serves=event.serves)
        if event.kind not in _AT_WORK_AFTER:
            return
        if event.kind == "close":
            self._free(event.counter_id)
        self._end_pause(event.counter_id, at)
        self._end_idleness(event.counter_id, at)
        self._counters[event.counter_id] = replace(
            self._counters[event.counter_id],
            state=_AT_WORK_AFTER[event.kind],
            since=at,
            account_id=event.account_id,
            reason=event.reason,
        )

    def _free(self, counter_id: int) -> None:
        """Tickets sent to a counter that closes may be called at any."""
        for ticket_id, ticket in self._tickets.items():
            if ticket.only_counter_id == counter_id:
                queued = (ticket.queued[0], None) if ticket.queued is not None else None
                self._queue_up(ticket.queued, queued)
                self._tickets[ticket_id] = replace(ticket, queued=queued, only_counter_id=None)

    def _end_pause(self, counter_id: int, at: datetime) -> None:
        counter = self._counters[counter_id]
        if counter.state == "paused" and counter.since is not None:
            length = at - counter.since
            self._facts.append(
                Fact("pause", counter.since, counter_id, counter.account_id, None, length, counter.reason)
            )

    def _judge_idleness(self, counter_id: int, at: datetime) -> None:
        counter = self._counters[counter_id]
        idle = counter.state == "open" and counter.ticket_id is None and self._waits_for(counter_id, counter.serves)
        if idle and counter.idle_since is None:
            self._counters[counter_id] = replace(counter, idle_since=at)
        if not idle:
            self._end_idleness(counter_id, at)

    def _waits_for(self, counter_id: int, serves: frozenset[int]) -> bool:
        """Whether somebody waits whom the counter could call."""
        return any(
            (only is None or only == counter_id) and (not serves or matter_id in serves)
            for matter_id, only in self._queue
        )

    def _end_idleness(self, counter_id: int, at: datetime) -> None:
        """Idle time counts in the hour in which it passes."""
        counter = self._counters[counter_id]
        began = counter.idle_since
        while began is not None and began < at:
            ends = min(_hour_of(began) + HOUR, at)
            self._facts.append(Fact("idle", began, counter_id, counter.account_id, None, ends - began))
            began = ends
        self._counters[counter_id] = replace(counter, idle_since=None)


def _come_to(ticket: _Ticket, event: TicketEvent, at: datetime) -> _Ticket:
    """The ticket at a counter."""
    here = replace(
        ticket, queued=None, counter_id=event.counter_id or ticket.counter_id, account_id=event.account_id or None
    )
    if event.kind == "call":
        return replace(here, first_called=True, called_at=at)
    if event.kind in {"choose", "recall"}:
        return here
    serving = replace(here, first_called=True, has_come=True, serving_since=at)
    return replace(serving, served_before=_NOTHING) if event.kind == "continue" else serving


def _matter(event: TicketEvent, ticket: _Ticket) -> int | None:
    return ticket.matter_id if event.matter_id is None else event.matter_id


def _hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
