"""What screens show of the queue: waiting numbers, last calls, a counter's present ticket. No names before the call."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.authority import require
from hall.rules.call_words import public_reason
from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.rules.tickets import NOT_LIVE, OPEN_AT_COUNTER
from hall.rules.waiting_time import waiting_minutes
from hall.store import Store
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Counter, Ticket, TicketEvent

_CallRow = tuple[int, str, int, datetime | None, int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A ticket before its call as clerks may see it: no name, no ID."""

    ticket_id: int
    code: str
    matter_code: str
    priority: str
    issued_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class CallView:
    """A call as the public display shows it; `reason` says in public words why it was this number's turn."""

    ticket_id: int
    code: str
    counter_number: int
    called_at: datetime
    calls: int
    state: str
    priority: str
    reason: str


@dataclass(frozen=True, slots=True)
class QueueView:
    """The queue at one instant: the waiting in order of rank, the last calls newest first, waiting per matter.

    `at_counters` has the ticket now called to or served at a counter, by the counter's number; `minutes` is the
    span a ticket taken now would wait.
    """

    as_of: datetime
    waiting: tuple[WaitingView, ...]
    calls: tuple[CallView, ...]
    at_counters: dict[int, CallView]
    per_matter: dict[str, int]
    minutes: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a ticket taken now has before it: people, and the span of minutes."""

    ahead: int
    minutes: tuple[int, int]


def expected_wait(
    store: Store,
    actor: Actor,
    *,
    policy: QueuePolicy,
    matter_code: str,
    priority: str,
    waits_from: datetime | None = None,
) -> Expected:
    """How many rank before a ticket taken now, and how long it would wait; an appointment waits from its time."""
    require(actor, "queue.read")
    now = store.clock.now()
    today = business_date(now)
    with store.read(actor) as session:
        ahead = waiting_ahead(session, store.hall_id, today, policy.rank_at(waits_from or now, priority))
        count, mean = finished_today(session, store.hall_id, today)
        minutes = waiting_minutes(
            ahead,
            counters=open_counters(session, store.hall_id, today),
            service_minutes=mean if count >= policy.fewest_for_mean else policy.service_minutes,
        )
    return Expected(ahead, minutes)


def queue_view(store: Store, actor: Actor, *, policy: QueuePolicy, last_calls: int = 6) -> QueueView:
    """Read the whole state at once, so that display, kiosk and counter agree."""
    require(actor, "queue.read")
    now = store.clock.now()
    today = business_date(now)
    with store.read(actor) as session:
        waiting = _waiting(session, actor.hall_id, today)
        count, mean = finished_today(session, actor.hall_id, today)
        return QueueView(
            as_of=now,
            waiting=waiting,
            calls=_calls(session, actor.hall_id, today, last_calls),
            at_counters=_at_counters(session, actor.hall_id, today),
            per_matter=_per_matter(waiting),
            minutes=waiting_minutes(
                len(waiting),
                counters=open_counters(session, actor.hall_id, today),
                service_minutes=mean if count >= policy.fewest_for_mean else policy.service_minutes,
            ),
        )


def tickets_without_slip(store: Store, actor: Actor) -> tuple[WaitingView, ...]:
    """Today's numbers that do not live yet: the slip is being printed or did not come out. Oldest first."""
    require(actor, "queue.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        return _views(session, _tickets(store.hall_id, today, Ticket.state.in_(NOT_LIVE)).order_by(Ticket.id))


def counter_named(session: Session, hall_id: int, number: int) -> Counter:
    """The counter with a number; raises Missing."""
    counter = session.scalars(select(Counter).where(Counter.hall_id == hall_id, Counter.number == number)).one_or_none()
    if counter is None:
        raise Missing(f"没有{number}号窗口，请在后台登记窗口或核对窗口号。")
    return counter


def waiting_ahead(session: Session, hall_id: int, today: date, rank_at: datetime) -> int:
    """How many waiting tickets rank before the instant."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Ticket)
            .where(
                Ticket.hall_id == hall_id,
                Ticket.business_date == today,
                Ticket.state == "waiting",
                Ticket.rank_at <= rank_at,
            )
        )
        or 0
    )


def open_counters(session: Session, hall_id: int, today: date) -> int:
    """Counters that have called today; before the first call, all counters of the hall."""
    called = session.scalar(
        select(func.count(func.distinct(Ticket.counter_id))).where(
            Ticket.hall_id == hall_id, Ticket.business_date == today, Ticket.counter_id.is_not(None)
        )
    )
    return called or session.scalar(select(func.count()).select_from(Counter).where(Counter.hall_id == hall_id)) or 1


def finished_today(session: Session, hall_id: int, today: date) -> tuple[int, float]:
    """How many tickets are finished today and their mean minutes from call to finish."""
    rows = session.execute(
        select(Ticket.called_at, Ticket.finished_at).where(
            Ticket.hall_id == hall_id, Ticket.business_date == today, Ticket.state == "finished"
        )
    ).all()
    lengths = [finished - called for called, finished in rows if called and finished]
    if not lengths:
        return 0, 0.0
    return len(lengths), sum(lengths, timedelta()) / len(lengths) / timedelta(minutes=1)


def _waiting(session: Session, hall_id: int, today: date) -> tuple[WaitingView, ...]:
    return _views(session, _tickets(hall_id, today, Ticket.state == "waiting").order_by(Ticket.rank_at, Ticket.id))


def _tickets(
    hall_id: int, today: date, wanted: ColumnElement[bool]
) -> Select[tuple[int, str, str, str, datetime, str]]:
    return (
        select(Ticket.id, Ticket.code, Matter.code, Ticket.priority, Ticket.issued_at, Ticket.state)
        .join(Matter, Matter.id == Ticket.matter_id)
        .where(Ticket.hall_id == hall_id, Ticket.business_date == today, wanted)
    )


def _views(session: Session, query: Select[tuple[int, str, str, str, datetime, str]]) -> tuple[WaitingView, ...]:
    return tuple(WaitingView(*row) for row in session.execute(query))


def _calls(session: Session, hall_id: int, today: date, last_calls: int) -> tuple[CallView, ...]:
    query = _called(hall_id, today).order_by(Ticket.called_at.desc(), Ticket.id.desc()).limit(last_calls)
    return tuple(_call_view(row) for row in session.execute(query))


def _at_counters(session: Session, hall_id: int, today: date) -> dict[int, CallView]:
    query = _called(hall_id, today).where(Ticket.state.in_(OPEN_AT_COUNTER))
    views = [_call_view(row) for row in session.execute(query)]
    return {view.counter_number: view for view in views}


def _called(hall_id: int, today: date) -> Select[_CallRow]:
    """Calls with the sentence of the last one, and what the choice was made from."""
    return (
        select(
            Ticket.id,
            Ticket.code,
            Counter.number,
            Ticket.called_at,
            Ticket.calls,
            Ticket.state,
            Ticket.priority,
            _of_last_call(TicketEvent.reason).label("reason"),
            _of_last_call(TicketEvent.terms).label("terms"),
        )
        .join(Counter, Counter.id == Ticket.counter_id)
        .where(Ticket.hall_id == hall_id, Ticket.business_date == today, Ticket.called_at.is_not(None))
    )


def _of_last_call(column: InstrumentedAttribute[str]) -> ScalarSelect[str]:
    return (
        select(column)
        .where(TicketEvent.ticket_id == Ticket.id, TicketEvent.kind.in_(("call", "serve")))
        .order_by(TicketEvent.id.desc())
        .limit(1)
        .correlate(Ticket)
        .scalar_subquery()
    )


def _call_view(row: Row[_CallRow]) -> CallView:
    return CallView(
        ticket_id=row.id,
        code=row.code,
        counter_number=row.number,
        called_at=row.called_at,
        calls=row.calls,
        state=row.state,
        priority=row.priority,
        reason=public_reason(row.code, row.reason or "", row.terms or ""),
    )


def _per_matter(waiting: tuple[WaitingView, ...]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for ticket in waiting:
        counts[ticket.matter_code] = counts.get(ticket.matter_code, 0) + 1
    return counts
