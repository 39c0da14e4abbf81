"""The queue: issue a ticket, call the next, recall, skip, start, finish. Each is one transaction."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused, Stale
from hall.rules import tickets
from hall.rules.authority import require
from hall.rules.cards import Card
from hall.rules.identity import age_on
from hall.rules.people import Actor
from hall.rules.tickets import QueuePolicy, WaitingTicket, ticket_code
from hall.services import persons, spool
from hall.services.catalogue import matter_in_force
from hall.services.persons import PersonView
from hall.services.queue_reading import counter_named, finished_today, open_counters, waiting_ahead
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import Matter
from hall.store.schema.people import Person
from hall.store.schema.queueing import Announcement, Counter, CounterMatter, Ticket, TicketEvent
from hall.store.secrets import KeyRing
from hall.words import TICKET_CHANNELS

# How many candidates a call looks at; the rule chooses among them and explains the choice.
_CANDIDATES = 8
# A call that loses the same race this often finds a queue that changes faster than it can read.
_ATTEMPTS = 50


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """A fresh ticket as the kiosk shows it. `minutes` is the estimated waiting time as a span."""

    ticket_id: int
    code: str
    matter_name: str
    waiting_ahead: int
    minutes: tuple[int, int]
    issued_at: datetime
    priority: str


@dataclass(frozen=True, slots=True)
class Called:
    """A ticket that is now at a counter, with why it was the next and who comes."""

    ticket_id: int
    code: str
    matter_code: str
    matter_name: str
    counter_number: int
    waited: timedelta
    calls: int
    reason: str
    state: str
    applicant: PersonView | None


@retried
def issue_ticket(
    store: Store,
    actor: Actor,
    *,
    matter_code: str,
    channel: str,
    policy: QueuePolicy,
    priority: str = "ordinary",
    card: Card | None = None,
    slip: bool = True,
) -> TicketIssued:
    """Take a number for a matter. The sequence is keyed by business date and prefix, without gaps or repeats.

    `slip`: whether this station prints one; where nothing can print, nothing is put into the spool.
    """
    require(actor, "queue.issue")
    if channel not in TICKET_CHANNELS:
        raise Refused(f"不认识的取号方式“{channel}”。")
    with store.work("queue.issue", actor) as work:
        today = business_date(work.now)
        matter = matter_in_force(work.session, work.hall_id, matter_code, today)
        person_id = persons.record_card(work, card) if card is not None else None
        priority = _priority(priority, card, today=today, policy=policy)
        rank_at = policy.rank_at(work.now, priority)
        # Drawn first: whoever takes a number with this letter next waits here and counts this ticket as ahead.
        sequence = work.next_number("ticket", f"{today.isoformat()}/{matter.matter.prefix}")
        ahead = waiting_ahead(work.session, work.hall_id, today, rank_at)
        minutes = tickets.waiting_minutes(
            ahead,
            counters=open_counters(work.session, work.hall_id, today),
            service_minutes=_service_minutes(work, today, policy),
        )
        code = ticket_code(matter.matter.prefix, sequence)
        ticket = Ticket(
            hall_id=work.hall_id,
            business_date=today,
            prefix=matter.matter.prefix,
            sequence=sequence,
            code=code,
            matter_id=matter.matter_id,
            priority=priority,
            channel=channel,
            state="waiting",
            person_id=person_id,
            issued_at=work.now,
            rank_at=rank_at,
            ahead=ahead,
            minutes_low=minutes[0],
            minutes_high=minutes[1],
        )
        ticket_id = _enter(work, ticket, slip=slip)
        work.audit(f"ticket:{ticket_id}", code=code, matter=matter_code, channel=channel, priority=priority)
        work.changed("queue", code)
        return TicketIssued(ticket_id, code, matter.matter.name, ahead, minutes, work.now, priority)


@retried
def call_next(store: Store, actor: Actor, *, counter: int) -> Called:
    """Call the next ticket to a counter. Two counters never get the same ticket: the update is guarded."""
    require(actor, "queue.call")
    with store.work("queue.call", actor) as work:
        place = counter_named(work.session, work.hall_id, counter)
        work.lock(f"counter/{place.id}")  # two calls at one counter: the second sees the first's ticket
        _refuse_second_ticket(work, place)
        today = business_date(work.now)
        for _ in range(_ATTEMPTS):
            choice = tickets.next_ticket(_candidates(work, place, today))
            if _take(work, choice.ticket.ticket_id, place):
                return _announce(work, choice.ticket.ticket_id, place, action="call", reason=choice.reason)
        raise Stale("排队变化太快，没有叫到号，请再按一次。")


@retried
def recall(store: Store, actor: Actor, *, counter: int) -> Called:
    """Call the counter's present ticket once more."""
    require(actor, "queue.recall")
    with store.work("queue.recall", actor) as work:
        place = counter_named(work.session, work.hall_id, counter)
        ticket = _present_ticket(work, place)
        _advance(ticket, "recall")
        ticket.calls += 1
        work.session.flush()
        return _announce(work, ticket.id, place, action="recall", reason="重呼")


@retried
def start(store: Store, actor: Actor, *, counter: int) -> None:
    """The person has come: service starts."""
    _step(store, actor, "start", counter=counter)


@retried
def skip(store: Store, actor: Actor, *, counter: int) -> None:
    """The person has not come."""
    _step(store, actor, "skip", counter=counter)


@retried
def finish(store: Store, actor: Actor, *, counter: int) -> None:
    """The visit is over; the counter is free."""
    _step(store, actor, "finish", counter=counter)


def present_ticket(store: Store, actor: Actor, *, counter: int) -> Called | None:
    """The ticket now at the counter, so that a restarted screen shows what it showed; None if there is none."""
    require(actor, "queue.call")
    with store.read(actor) as session:
        place = counter_named(session, store.hall_id, counter)
        ticket = session.scalars(_open_at(place)).one_or_none()
        if ticket is None:
            return None
        return _called(session, store.key_ring, ticket.id, place, reason="")


def _step(store: Store, actor: Actor, action: tickets.TicketAction, *, counter: int) -> None:
    require(actor, f"queue.{action}")
    with store.work(f"queue.{action}", actor) as work:
        place = counter_named(work.session, work.hall_id, counter)
        ticket = _present_ticket(work, place)
        _advance(ticket, action)
        if action == "start":
            ticket.started_at = work.now
        else:
            ticket.finished_at = work.now
        _event(work, ticket.id, action, counter_id=place.id)
        work.audit(f"ticket:{ticket.id}", code=ticket.code, counter=counter)
        work.changed("queue", ticket.code)


def _enter(work: Work, ticket: Ticket, *, slip: bool) -> int:
    """The ticket with its event and, where slips are printed, its slip; gives its key."""
    work.session.add(ticket)
    work.session.flush()
    _event(work, ticket.id, "issue", reason=ticket.channel)
    if slip:
        title = f"叫号小票 {ticket.code}"
        spool.enqueue(work, printer="slip", subject_kind="ticket", subject_id=ticket.id, title=title)
    return ticket.id


def _priority(wanted: str, card: Card | None, *, today: date, policy: QueuePolicy) -> str:
    """The wanted kind; an ordinary ticket taken with a card that shows the elders' age becomes an elder's."""
    if wanted == "ordinary" and card is not None and age_on(card.birth, today) >= policy.elder_age:
        return "elder"
    return wanted


def _service_minutes(work: Work, today: date, policy: QueuePolicy) -> float:
    count, minutes = finished_today(work.session, work.hall_id, today)
    return minutes if count >= policy.fewest_for_mean else float(policy.service_minutes)


def _refuse_second_ticket(work: Work, place: Counter) -> None:
    """One open ticket per counter; one that was left open on an earlier day is closed as 未办结."""
    open_ticket = work.session.scalars(_open_at(place).with_for_update()).one_or_none()
    if open_ticket is None:
        return
    if open_ticket.business_date == business_date(work.now):
        raise Refused(f"{open_ticket.code} 号还没有办完，请先办结（F8）或过号（F4）。")
    open_ticket.state = "unfinished"
    open_ticket.finished_at = work.now
    _event(work, open_ticket.id, "unfinished", counter_id=place.id)
    work.session.flush()


def _open_at(place: Counter) -> Select[tuple[Ticket]]:
    """The ticket at a counter: a unique partial index holds that there is one at most."""
    return select(Ticket).where(Ticket.counter_id == place.id, Ticket.state.in_(tickets.OPEN_AT_COUNTER))


def _present_ticket(work: Work, place: Counter) -> Ticket:
    ticket = work.session.scalars(_open_at(place).with_for_update()).one_or_none()
    if ticket is None:
        raise Missing(f"{place.number}号窗口现在没有在办的号，请先叫号（F2）。")
    return ticket


def _advance(ticket: Ticket, action: tickets.TicketAction) -> None:
    ticket.state = tickets.after(action, ticket.state, code=ticket.code)


def _candidates(work: Work, place: Counter, today: date) -> set[WaitingTicket]:
    """Those that rank first, and the oldest of all, which a priority ticket has to be told to overtake."""
    served = select(CounterMatter.matter_id).where(CounterMatter.counter_id == place.id)
    waiting = select(Ticket.id, Ticket.code, Ticket.priority, Ticket.issued_at, Ticket.rank_at).where(
        Ticket.hall_id == work.hall_id, Ticket.business_date == today, Ticket.state == "waiting"
    )
    if work.session.scalar(select(served.exists())):
        waiting = waiting.where(Ticket.matter_id.in_(served))
    first = waiting.order_by(Ticket.rank_at, Ticket.id).limit(_CANDIDATES)
    oldest = waiting.order_by(Ticket.issued_at, Ticket.id).limit(1)
    return {WaitingTicket(*row) for query in (first, oldest) for row in work.session.execute(query)}


def _take(work: Work, ticket_id: int, place: Counter) -> bool:
    """The guarded update: true when this counter, and no other, has taken the ticket."""
    taken = work.session.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id, Ticket.state == "waiting")
        .values(
            state="called",
            counter_id=place.id,
            account_id=work.actor.account_id,
            called_at=work.now,
            calls=Ticket.calls + 1,
        )
        .returning(Ticket.id)
        .execution_options(synchronize_session=False)
    )
    return taken.scalar_one_or_none() is not None


def _announce(work: Work, ticket_id: int, place: Counter, *, action: str, reason: str) -> Called:
    """Event, announcement, audit and change notice of a call, and what the clerk's screen shows of it."""
    called = _called(work.session, work.key_ring, ticket_id, place, reason=reason)
    _event(work, ticket_id, action, counter_id=place.id, reason=reason)
    work.session.execute(
        insert(Announcement).values(
            hall_id=work.hall_id,
            ticket_id=ticket_id,
            code=called.code,
            counter_number=place.number,
            state="pending",
            created_at=work.now,
        )
    )
    work.audit(
        f"ticket:{ticket_id}", code=called.code, counter=place.number, calls=called.calls, reason=reason
    )
    work.changed("queue", called.code)
    work.changed("announcement", called.code)
    return called


def _called(session: Session, ring: KeyRing, ticket_id: int, place: Counter, *, reason: str) -> Called:
    ticket, matter_code = session.execute(
        select(Ticket, Matter.code)
        .join(Matter, Matter.id == Ticket.matter_id)
        .where(Ticket.id == ticket_id)
        .execution_options(populate_existing=True)
    ).one()
    person = session.get(Person, ticket.person_id) if ticket.person_id else None
    return Called(
        ticket_id=ticket_id,
        code=ticket.code,
        matter_code=matter_code,
        matter_name=matter_in_force(session, place.hall_id, matter_code, ticket.business_date).matter.name,
        counter_number=place.number,
        waited=(ticket.called_at or ticket.issued_at) - ticket.issued_at,
        calls=ticket.calls,
        reason=reason,
        state=ticket.state,
        applicant=persons.public_view(person, ring) if person else None,
    )


def _event(work: Work, ticket_id: int, kind: str, *, counter_id: int | None = None, reason: str = "") -> None:
    work.session.execute(
        insert(TicketEvent).values(
            hall_id=work.hall_id,
            ticket_id=ticket_id,
            at=work.now,
            kind=kind,
            counter_id=counter_id,
            account_id=work.actor.account_id,
            reason=reason,
        )
    )
