"""The live monitor (排队监控): the hall at one instant, from the state of its tickets and counters.

The statistics of the same day are rebuilt from the event log; a test holds that both agree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_alarms import Alarm, CounterNow, MatterQueue, alarms_now
from hall.rules.queue_policy import QueuePolicy
from hall.rules.queue_statistics import Lengths
from hall.rules.tickets import OPEN_AT_COUNTER
from hall.services.day_log import waits_from
from hall.services.statistics import matter_names
from hall.store import Store
from hall.store.schema.appointments import Appointment
from hall.store.schema.catalogue import Matter
from hall.store.schema.people import Account
from hall.store.schema.queueing import Counter, CounterMatter, Ticket

_NOTHING = timedelta()
# How a ticket is taken that begins at the counter.
WITHOUT_TICKET = "counter"


@dataclass(frozen=True, slots=True)
class Totals:
    """Tickets of today by what has become of them. `waited`: those called, up to their first call."""

    taken: int
    waiting: int
    at_counters: int
    held: int
    skipped: int
    served: int
    cancelled: int
    unfinished: int
    unprinted: int
    waited: Lengths
    longest_waiting: timedelta


@dataclass(frozen=True, slots=True)
class SeatedTicket:
    """A ticket at a counter or parked there. `since`: called, arrived or started, as its state says."""

    ticket_id: int
    code: str
    state: str
    matter_name: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class CounterRow:
    """A counter now. `matters`: code → head start in minutes, none for all; `could_call`: who waits for it."""

    number: int
    name: str
    state: str
    since: datetime | None
    reason: str
    clerk: str
    ticket: SeatedTicket | None
    held: tuple[SeatedTicket, ...]
    served: int
    could_call: int
    matters: Mapping[str, int]
    emergency_at: datetime | None


@dataclass(frozen=True, slots=True)
class MatterRow:
    """Who waits for a matter, and how many counters are open for it."""

    code: str
    name: str
    waiting: int
    longest: timedelta
    counters: int


@dataclass(frozen=True, slots=True)
class MonitorView:
    """Everything at one instant."""

    as_of: datetime
    totals: Totals
    counters: tuple[CounterRow, ...]
    matters: tuple[MatterRow, ...]
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True)
class _Ticket:
    waits_from: datetime
    ticket_id: int
    code: str
    state: str
    matter_id: int
    counter_id: int | None
    only_counter_id: int | None
    first_called_at: datetime | None
    called_at: datetime | None
    arrived_at: datetime | None
    started_at: datetime | None
    channel: str

    @property
    def waited(self) -> timedelta | None:
        """Up to the first call; None while there was none, and for somebody who was served without a ticket."""
        if self.first_called_at is None or self.channel == WITHOUT_TICKET:
            return None
        return max(self.first_called_at - self.waits_from, _NOTHING)

    @property
    def since(self) -> datetime | None:
        """When its present state began."""
        begins = {"called": self.called_at, "arrived": self.arrived_at, "serving": self.started_at}
        return begins.get(self.state) or self.called_at


@dataclass(frozen=True, slots=True)
class _Hall:
    """What was read, before it is put together."""

    now: datetime
    tickets: tuple[_Ticket, ...]
    places: tuple[tuple[Counter, str | None], ...]
    serves: Mapping[int, Mapping[int, int]]
    codes: Mapping[int, str]
    names: Mapping[int, str]

    @property
    def waiting(self) -> tuple[_Ticket, ...]:
        return tuple(ticket for ticket in self.tickets if ticket.state == "waiting")

    def is_open(self, place: Counter) -> bool:
        """A counter left open on an earlier day is closed."""
        return place.since is not None and business_date(place.since) == business_date(self.now)

    def state(self, place: Counter) -> str:
        return place.state if self.is_open(place) else "closed"


def monitor_view(store: Store, actor: Actor, *, policy: QueuePolicy) -> MonitorView:
    """The hall now."""
    require(actor, "statistics.read")
    now = store.clock.now()
    today = business_date(now)
    with store.read(actor) as session:
        hall = _Hall(
            now=now,
            tickets=_tickets(session, store.hall_id, today),
            places=_places(session, store.hall_id),
            serves=_serves(session, store.hall_id),
            codes=dict(
                session.execute(select(Matter.id, Matter.code).where(Matter.hall_id == store.hall_id)).tuples().all()
            ),
            names=matter_names(session, store.hall_id, today),
        )
        counters = tuple(_counter(hall, place, clerk) for place, clerk in hall.places)
    queues = _queues(hall)
    return MonitorView(
        as_of=now,
        totals=_totals(hall, policy.alarms.waiting),
        counters=counters,
        matters=tuple(_matter(queue, counters) for queue in queues),
        alarms=alarms_now(queues, [_now(row) for row in counters], policy.alarms),
    )


def _tickets(session: Session, hall_id: int, today: date) -> tuple[_Ticket, ...]:
    rows = session.execute(
        select(
            Ticket.id,
            Ticket.code,
            Ticket.state,
            Ticket.matter_id,
            Ticket.counter_id,
            Ticket.only_counter_id,
            Ticket.first_called_at,
            Ticket.called_at,
            Ticket.arrived_at,
            Ticket.started_at,
            Ticket.channel,
            Ticket.issued_at,
            Ticket.priority,
            Appointment.starts_at,
        )
        .outerjoin(Appointment, Appointment.id == Ticket.appointment_id)
        .where(Ticket.hall_id == hall_id, Ticket.business_date == today)
        .order_by(Ticket.id)
    ).tuples()
    return tuple(_Ticket(waits_from(*row[11:]), *row[:11]) for row in rows)


def _places(session: Session, hall_id: int) -> tuple[tuple[Counter, str | None], ...]:
    rows = session.execute(
        select(Counter, Account.display_name)
        .outerjoin(Account, Account.id == Counter.account_id)
        .where(Counter.hall_id == hall_id)
        .order_by(Counter.number)
    )
    return tuple(rows.tuples())


def _serves(session: Session, hall_id: int) -> dict[int, dict[int, int]]:
    """Counter → its matters with their head starts."""
    serves: dict[int, dict[int, int]] = {}
    rows = session.execute(
        select(CounterMatter.counter_id, CounterMatter.matter_id, CounterMatter.head_start_minutes).where(
            CounterMatter.hall_id == hall_id
        )
    )
    for counter_id, matter_id, minutes in rows.tuples():
        serves.setdefault(counter_id, {})[matter_id] = minutes
    return serves


def _totals(hall: _Hall, limit: timedelta) -> Totals:
    states: dict[str, int] = {}
    for ticket in hall.tickets:
        states[ticket.state] = states.get(ticket.state, 0) + 1
    waited = [ticket.waited for ticket in hall.tickets if ticket.waited is not None]
    return Totals(
        taken=len(hall.tickets),
        waiting=states.get("waiting", 0),
        at_counters=sum(states.get(state, 0) for state in OPEN_AT_COUNTER),
        held=states.get("held", 0),
        skipped=states.get("skipped", 0),
        served=states.get("finished", 0),
        cancelled=states.get("cancelled", 0),
        unfinished=states.get("unfinished", 0),
        unprinted=states.get("unprinted", 0),
        waited=Lengths(
            len(waited), sum(waited, _NOTHING), max(waited, default=_NOTHING), sum(each > limit for each in waited)
        ),
        longest_waiting=_longest(hall.waiting, hall.now),
    )


def _longest(waiting: Iterable[_Ticket], now: datetime) -> timedelta:
    return max((max(now - ticket.waits_from, _NOTHING) for ticket in waiting), default=_NOTHING)


def _counter(hall: _Hall, place: Counter, clerk: str | None) -> CounterRow:
    here = [ticket for ticket in hall.tickets if ticket.counter_id == place.id]
    serves = hall.serves.get(place.id, {})
    is_open = hall.is_open(place)
    return CounterRow(
        number=place.number,
        name=place.name,
        state=hall.state(place),
        since=place.since if is_open else None,
        reason=place.reason if is_open else "",
        clerk=(clerk or "") if is_open else "",
        ticket=next((_seated(hall, ticket) for ticket in here if ticket.state in OPEN_AT_COUNTER), None),
        held=tuple(_seated(hall, ticket) for ticket in here if ticket.state == "held"),
        served=sum(ticket.state == "finished" for ticket in here),
        could_call=sum(
            ticket.only_counter_id in {None, place.id} and (not serves or ticket.matter_id in serves)
            for ticket in hall.waiting
        ),
        matters={hall.codes[matter_id]: minutes for matter_id, minutes in sorted(serves.items())},
        emergency_at=place.emergency_at,
    )


def _seated(hall: _Hall, ticket: _Ticket) -> SeatedTicket:
    return SeatedTicket(ticket.ticket_id, ticket.code, ticket.state, hall.names[ticket.matter_id], ticket.since)


def _queues(hall: _Hall) -> tuple[MatterQueue, ...]:
    """The matters for which somebody waits, most people first."""
    by_matter: dict[int, list[_Ticket]] = {}
    for ticket in hall.waiting:
        by_matter.setdefault(ticket.matter_id, []).append(ticket)
    queues = [
        MatterQueue(hall.codes[matter_id], hall.names[matter_id], len(each), _longest(each, hall.now))
        for matter_id, each in by_matter.items()
    ]
    return tuple(sorted(queues, key=lambda queue: (-queue.waiting, queue.code)))


def _matter(queue: MatterQueue, counters: Iterable[CounterRow]) -> MatterRow:
    serving = sum(row.state == "open" and (not row.matters or queue.code in row.matters) for row in counters)
    return MatterRow(queue.code, queue.name, queue.waiting, queue.longest, serving)


def _now(row: CounterRow) -> CounterNow:
    return CounterNow(row.number, row.state, frozenset(row.matters), row.could_call)
