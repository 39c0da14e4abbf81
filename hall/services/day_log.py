"""The event log of a hall's day as it is read from the database, for statistics and for checking it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from hall.clock import HALL_ZONE
from hall.rules.queue_events import CounterEvent, Event, TicketEvent, in_order
from hall.rules.queue_log import DayLog, begin, fold
from hall.rules.queue_policy import APPOINTMENT
from hall.store.schema.appointments import Appointment
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Counter, CounterMatter, Ticket
from hall.store.schema.queueing import CounterEvent as CounterEventRecord
from hall.store.schema.queueing import TicketEvent as TicketEventRecord

_CODE = re.compile(r"[^（、]+")
_MATTERS_CHANGED = "matters"


@dataclass(frozen=True, slots=True)
class LoggedDay:
    """A day's tickets (key → number) and its events, each in the order of its own log."""

    day: date
    codes: Mapping[int, str]
    ticket_events: tuple[TicketEvent, ...]
    counter_events: tuple[CounterEvent, ...]
    serves: Mapping[int, frozenset[int]]

    @property
    def events(self) -> tuple[Event, ...]:
        """Both logs in the order of time."""
        return in_order(self.ticket_events, self.counter_events)

    def folded(self) -> DayLog:
        """The whole day as facts."""
        return fold(begin(self.day, self.serves), self.events)


def read_day(session: Session, hall_id: int, day: date) -> LoggedDay:
    """The log of a business date: what happened to its tickets, and at the counters from midnight to midnight."""
    tickets = session.execute(_tickets(hall_id, day)).tuples().all()
    matters = {code: matter_id for matter_id, code in session.execute(_matters(hall_id)).tuples()}
    return LoggedDay(
        day=day,
        codes=dict(tickets),
        ticket_events=_ticket_events(session, hall_id, day),
        counter_events=_counter_events(session, hall_id, day, matters),
        serves=_serves(session, hall_id, day, matters),
    )


def waits_from(issued_at: datetime, priority: str, starts_at: datetime | None) -> datetime:
    """When a ticket's waiting counts from, in all figures: an appointment's own time, else when it was drawn.

    The ticket's column of that name is for the order of calling, and moves when the ticket waits anew.
    """
    return starts_at if priority == APPOINTMENT and starts_at is not None else issued_at


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Midnight before and after, in the hall's zone."""
    return datetime.combine(day, time(), HALL_ZONE), datetime.combine(day + timedelta(days=1), time(), HALL_ZONE)


def _tickets(hall_id: int, day: date) -> Select[tuple[int, str]]:
    return select(Ticket.id, Ticket.code).where(Ticket.hall_id == hall_id, Ticket.business_date == day)


def _matters(hall_id: int) -> Select[tuple[int, str]]:
    return select(Matter.id, Matter.code).where(Matter.hall_id == hall_id)


def _ticket_events(session: Session, hall_id: int, day: date) -> tuple[TicketEvent, ...]:
    """The matter that a ticket goes on to is that of its next event, or its present one."""
    counters = {number: key for key, number in session.execute(_counters(hall_id)).tuples()}
    record = TicketEventRecord
    rows = session.execute(
        select(
            record.id,
            record.ticket_id,
            record.at,
            record.kind,
            record.counter_id,
            record.account_id,
            record.matter_id,
            record.terms,
            Ticket.matter_id,
            Ticket.issued_at,
            Ticket.priority,
            Appointment.starts_at,
        )
        .join(Ticket, Ticket.id == record.ticket_id)
        .outerjoin(Appointment, Appointment.id == Ticket.appointment_id)
        .where(Ticket.hall_id == hall_id, Ticket.business_date == day)
        .order_by(record.id.desc())
    ).tuples()
    events: list[TicketEvent] = []
    later: dict[int, int | None] = {}
    for key, ticket_id, at, kind, counter_id, account_id, matter_id, terms, present, issued, priority, starts in rows:
        event = TicketEvent(
            key, ticket_id, at, kind, waits_from(issued, priority, starts), counter_id, account_id, matter_id
        )
        following = later.get(ticket_id, present)
        if following != matter_id:
            event = replace(event, next_matter_id=following)
        events.append(_with_terms(event, terms, counters) if terms else event)
        later[ticket_id] = matter_id
    return tuple(reversed(events))


def _with_terms(event: TicketEvent, terms: str, counters: Mapping[int, int]) -> TicketEvent:
    """Calls say by which rule, transfers to which counter."""
    said = json.loads(terms)
    if event.kind == "transfer":
        return replace(event, only_counter_id=counters.get(said.get("counter")))
    return replace(event, rule=said.get("rule", ""))


def _counters(hall_id: int) -> Select[tuple[int, int]]:
    return select(Counter.id, Counter.number).where(Counter.hall_id == hall_id)


def _counter_events(session: Session, hall_id: int, day: date, matters: Mapping[str, int]) -> tuple[CounterEvent, ...]:
    first, last = day_bounds(day)
    record = CounterEventRecord
    rows = session.execute(
        select(record.id, record.counter_id, record.at, record.kind, record.account_id, record.reason)
        .where(record.hall_id == hall_id, record.at >= first, record.at < last)
        .order_by(record.id)
    ).tuples()
    return tuple(
        CounterEvent(*row, serves=_said(row[5], matters) if row[3] == _MATTERS_CHANGED else frozenset()) for row in rows
    )


def _serves(session: Session, hall_id: int, day: date, matters: Mapping[str, int]) -> dict[int, frozenset[int]]:
    """Each counter's matters when the day began: as last changed before it; one never changed has them still.

    Of one that was changed for the first time later, nobody wrote what it had before: it counts as serving all.
    """
    present: dict[int, set[int]] = {}
    for counter_id, matter_id in session.execute(
        select(CounterMatter.counter_id, CounterMatter.matter_id).where(CounterMatter.hall_id == hall_id)
    ).tuples():
        present.setdefault(counter_id, set()).add(matter_id)
    before, ever = _changes_before(session, hall_id, day), _changed_ever(session, hall_id)
    serves: dict[int, frozenset[int]] = {}
    for counter_id in session.scalars(select(Counter.id).where(Counter.hall_id == hall_id)):
        if counter_id in before:
            serves[counter_id] = _said(before[counter_id], matters)
        else:
            serves[counter_id] = frozenset() if counter_id in ever else frozenset(present.get(counter_id, ()))
    return serves


def _changes_before(session: Session, hall_id: int, day: date) -> dict[int, str]:
    record = CounterEventRecord
    last = (
        select(record.counter_id, func.max(record.id).label("event_id"))
        .where(record.hall_id == hall_id, record.kind == _MATTERS_CHANGED, record.at < day_bounds(day)[0])
        .group_by(record.counter_id)
        .subquery()
    )
    rows = session.execute(select(record.counter_id, record.reason).join(last, and_(last.c.event_id == record.id)))
    return dict(rows.tuples().all())


def _changed_ever(session: Session, hall_id: int) -> set[int]:
    record = CounterEventRecord
    return set(
        session.scalars(
            select(record.counter_id).where(record.hall_id == hall_id, record.kind == _MATTERS_CHANGED).distinct()
        )
    )


def _said(reason: str, matters: Mapping[str, int]) -> frozenset[int]:
    """The matters that the event names: XK01（提前10分钟）、XK05; 全部事项 names none."""
    codes = (_CODE.match(part) for part in reason.split("、"))
    return frozenset(matters[code[0]] for code in codes if code and code[0] in matters)
