"""What screens show of the queue: waiting numbers, last calls, a counter's present ticket. No names before the call."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.authority import require
from hall.rules.call_words import public_reason
from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.rules.tickets import NOT_LIVE, OPEN_AT_COUNTER
from hall.rules.waiting_time import Expected
from hall.services.waiting import NOTHING_AHEAD, expected_by_matter, expected_of
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

    `at_counters` has the ticket now called to or served at a counter, by the counter's number; `expected`: matter →
    what an ordinary ticket taken now would have before it; `minutes` is the span over all matters people wait for.
    """

    as_of: datetime
    waiting: tuple[WaitingView, ...]
    calls: tuple[CallView, ...]
    at_counters: dict[int, CallView]
    per_matter: dict[str, int]
    minutes: tuple[int, int]
    expected: dict[str, Expected]

    def minutes_of(self, matter_code: str) -> tuple[int, int]:
        """How long an ordinary ticket of the matter would wait; the hall's span for a matter not served anywhere."""
        known = self.expected.get(matter_code)
        return known.minutes if known else self.minutes


def expected_wait(
    store: Store,
    actor: Actor,
    *,
    policy: QueuePolicy,
    matter_code: str,
    priority: str,
    waits_from: datetime | None = None,
) -> Expected:
    """How many would be called before a ticket taken now, and how long it would wait; an appointment has its time."""
    require(actor, "queue.read")
    now = store.clock.now()
    with store.read(actor) as session:
        return expected_of(
            session,
            store.hall_id,
            matter_code=matter_code,
            priority=priority,
            waits_from=waits_from or now,
            now=now,
            policy=policy,
        )


def queue_view(store: Store, actor: Actor, *, policy: QueuePolicy, last_calls: int = 6) -> QueueView:
    """Read the whole state at once, so that display, kiosk and counter agree."""
    require(actor, "queue.read")
    now = store.clock.now()
    today = business_date(now)
    with store.read(actor) as session:
        waiting = _waiting(session, actor.hall_id, today)
        expected = expected_by_matter(session, actor.hall_id, now=now, policy=policy)
        per_matter = _per_matter(waiting)
        return QueueView(
            as_of=now,
            waiting=waiting,
            calls=_calls(session, actor.hall_id, today, last_calls),
            at_counters=_at_counters(session, actor.hall_id, today),
            per_matter=per_matter,
            minutes=_over_all(expected, per_matter),
            expected=expected,
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


def _over_all(expected: dict[str, Expected], per_matter: dict[str, int]) -> tuple[int, int]:
    """From the shortest to the longest wait of the matters that people wait for, or of all where nobody waits."""
    spans = [each.minutes for code, each in expected.items() if not per_matter or code in per_matter]
    if not spans:
        return NOTHING_AHEAD.minutes
    return min(low for low, _ in spans), max(high for _, high in spans)


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
    """Who is served without a ticket was never called."""
    query = _called(hall_id, today).where(Ticket.calls > 0)
    query = query.order_by(Ticket.called_at.desc(), Ticket.id.desc()).limit(last_calls)
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
