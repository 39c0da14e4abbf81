"""What is written in the logs of tickets and counters, as values, and both logs in one order of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hall.clock import HALL_ZONE


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """What happened to a ticket; `kind` is of words.TICKET_ACTIONS, or issue.

    `waits_from` is when the ticket's waiting counts from and never changes. `matter_id` is the matter it stood for,
    `next_matter_id` the one it stands for from then on, where that is another; `rule` how a call chose it,
    `only_counter_id` the one counter to which a transfer sends it.
    """

    event_id: int
    ticket_id: int
    at: datetime
    kind: str
    waits_from: datetime
    counter_id: int | None = None
    account_id: int | None = None
    matter_id: int | None = None
    next_matter_id: int | None = None
    rule: str = ""
    only_counter_id: int | None = None


@dataclass(frozen=True, slots=True)
class CounterEvent:
    """What happened at a counter; `kind` is of words.COUNTER_EVENTS, `serves` its matters from then on."""

    event_id: int
    counter_id: int
    at: datetime
    kind: str
    account_id: int | None = None
    reason: str = ""
    serves: frozenset[int] = frozenset()


Event = TicketEvent | CounterEvent


def in_order(ticket_events: Iterable[TicketEvent], counter_events: Iterable[CounterEvent]) -> tuple[Event, ...]:
    """Both logs as one, in the order of time.

    A log's own order counts before its times: on PostgreSQL a work that began earlier may write later.
    """
    timed: list[tuple[datetime, int, int, Event]] = []
    logs: tuple[Iterable[Event], ...] = (counter_events, ticket_events)
    for number, events in enumerate(logs):
        latest: datetime | None = None
        for event in sorted(events, key=lambda each: each.event_id):
            latest = event.at if latest is None else max(latest, event.at)
            timed.append((latest, number, event.event_id, event))
    return tuple(each[3] for each in sorted(timed, key=lambda each: each[:3]))


def last_of_day(events: Iterable[Event], day: date) -> datetime | None:
    """The last event within the day: the program's closing of tickets after midnight is none."""
    midnight = midnight_after(day)
    return max((event.at for event in events if event.at < midnight), default=None)


def midnight_after(day: date) -> datetime:
    """The end of a day in the hall's zone."""
    return datetime.combine(day + timedelta(days=1), time(), HALL_ZONE)
