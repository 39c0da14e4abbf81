"""What every deed at a counter shares: the counter locked, its state and event, and that nobody else stands there.

A counter's row is locked before a ticket's, and two counters in the order of their ids, so that counters which
transfer to each other never wait in a ring.
"""

from sqlalchemy import ColumnElement, and_, insert, or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules import tickets
from hall.services.ended_days import refuse_ended_day
from hall.services.queue_reading import counter_named
from hall.services.ticket_records import add_event, advance
from hall.store import Work
from hall.store.schema.queueing import Counter, CounterEvent, CounterMatter, Ticket

DAY_OVER = "营业日结束"


class CounterPaused(Refused):
    """A paused counter calls nobody."""

    def __init__(self) -> None:
        super().__init__("本窗口暂停服务中，请先恢复（F9）。")


class CounterBusy(Refused):
    """One open ticket per counter."""

    def __init__(self, ticket: Ticket) -> None:
        way = "请先呼叫或退回排队" if ticket.state == "chosen" else "请先办结（F8）或过号（F4）"
        super().__init__(f"{ticket.code} 号还没有办完，{way}。")


def locked_counter(work: Work, number: int, *, beside: int | None = None) -> Counter:
    """The counter with a number as it is now; until the work ends nobody else does anything there.

    `beside`: the id of a second counter that is locked with it.
    """
    wanted = or_(Counter.number == number, Counter.id == beside)
    query = select(Counter).where(Counter.hall_id == work.hall_id, wanted).order_by(Counter.id)
    found = work.session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()
    place = next((each for each in found if each.number == number), None)
    return place or counter_named(work.session, work.hall_id, number)  # which says that there is none


def free_counter(work: Work, place: Counter) -> None:
    """What every call begins with: nobody stands at the counter, it is not paused, and calling opens it."""
    now_there = select(Counter.state, Counter.since, Counter.account_id, Ticket.id).outerjoin(Ticket, _at(place))
    state, since, account_id, ticket_id = work.session.execute(now_there.where(Counter.id == place.id)).one()
    if ticket_id is not None:
        leave_nobody(work, place)
    left_open = state != "closed" and business_date(since) != business_date(work.now)
    if left_open:
        add_counter_event(work, place, "close", reason=DAY_OVER)
    elif state == "paused":
        raise CounterPaused
    if left_open or state != "open" or account_id != work.actor.account_id:
        set_counter(work, place, "open", event="open")


def leave_nobody(work: Work, place: Counter) -> None:
    """Refuse while a ticket is open there; one that was left open on an earlier day is closed as 未办结."""
    ticket = work.session.scalars(select(Ticket).where(_at(place)).with_for_update()).one_or_none()
    if ticket is None:
        return
    if ticket.business_date == business_date(work.now):
        raise CounterBusy(ticket)
    end_unfinished(work, ticket)
    work.session.flush()


def end_unfinished(work: Work, ticket: Ticket) -> None:
    """未办结: the ticket's day is over."""
    advance(ticket, "unfinished")
    ticket.finished_at = work.now
    add_event(work, ticket, "unfinished", counter_id=ticket.counter_id, reason=DAY_OVER)


def tell(work: Work, ticket: Ticket, place: Counter, kind: str, *, reason: str = "", terms: str = "") -> None:
    """Event, audit and change notice of a deed on a ticket at a counter."""
    add_event(work, ticket, kind, counter_id=place.id, reason=reason, terms=terms)
    work.audit(f"ticket:{ticket.id}", code=ticket.code, counter=place.number, reason=reason)
    work.changed("queue", ticket.code)


def serves(session: Session, place: Counter, matter_id: int) -> bool:
    """Whether the counter serves the matter: one without matters of its own serves all."""
    own = session.scalars(select(CounterMatter.matter_id).where(CounterMatter.counter_id == place.id)).all()
    return not own or matter_id in own


def set_counter(work: Work, place: Counter, state: str, *, event: str, reason: str = "") -> None:
    """Put the counter into a state, with its event and change notice. Whoever does it works there."""
    if state != "closed":
        refuse_ended_day(work)
    place.state = state
    place.since = work.now
    place.reason = reason
    place.account_id = None if state == "closed" else work.actor.account_id
    add_counter_event(work, place, event, reason=reason)


def add_counter_event(work: Work, place: Counter, kind: str, *, reason: str = "") -> None:
    """Write what happened at the counter. Kinds are `words.COUNTER_EVENTS`."""
    work.session.execute(
        insert(CounterEvent).values(
            hall_id=work.hall_id,
            counter_id=place.id,
            at=work.now,
            kind=kind,
            account_id=work.actor.account_id,
            reason=reason,
        )
    )
    work.changed("counter", str(place.number))


def _at(place: Counter) -> ColumnElement[bool]:
    return and_(Ticket.counter_id == place.id, Ticket.state.in_(tickets.OPEN_AT_COUNTER))
