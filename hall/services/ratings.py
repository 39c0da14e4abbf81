"""Ratings (好差评): who is invited to rate, and what was answered. Voluntary: nothing is ever filled in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules import ratings
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.queue_reading import counter_named
from hall.services.rating_follow_ups import open_follow_up
from hall.services.ticket_records import open_at
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.queueing import Counter, Ticket, TicketEvent
from hall.store.schema.ratings import Rating

INVITED_FOR = timedelta(seconds=20)
"""How long after a visit its rating is asked for; silence is no answer and leaves nothing."""

# A visit that ended so lately is among the last events of the hall; further back nobody looks.
_LATEST_EVENTS = 2000
# What ends a visit; the event stands for the matter that is done.
ENDS = ("finish", "proceed", "continue")


class NoVisitToRate(Missing):
    """The ticket has not been served at this counter today."""

    def __init__(self, counter: int) -> None:
        super().__init__(f"{counter}号窗口今天没有办完这个号，不能评价。请在办完之后再评价。")


class AlreadyRated(Refused):
    """One rating per matter of a ticket."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} 号的这个事项已经评价过，一次办理只评价一次。")


@dataclass(frozen=True, slots=True)
class Visit:
    """A matter of a ticket that was finished at a counter, and who served it."""

    ticket_id: int
    code: str
    matter_id: int
    account_id: int | None
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class CounterFace:
    """What the evaluator at a counter shows: one of `words.EVALUATOR_SHOWS`; with rate, the visit to be rated."""

    show: str
    visit: Visit | None = None


def counter_face(store: Store, actor: Actor, *, counter: int) -> CounterFace:
    """What the counter's evaluator shows now: an invitation until the next person is there, or 20 seconds are over."""
    require(actor, "rating.give")
    now = store.clock.now()
    with store.read(actor) as session:
        place = counter_named(session, store.hall_id, counter)
        ticket = session.scalars(open_at(place)).one_or_none()
        state = ticket.state if ticket else ""
        visit = _last_visit(session, TicketEvent.id > _latest(), place=place, now=now)
        there = ticket.id if ticket and state in {"arrived", "serving"} else None
        if visit and there in {None, visit.ticket_id} and _is_fresh(session, visit, now):
            return CounterFace("rate", visit)
        if state == "called":
            return CounterFace("welcome")
        if there is not None:
            return CounterFace("busy")
        return CounterFace("idle" if place.state == "open" else "pause")


@retried
def rate(store: Store, actor: Actor, *, ticket_id: int, counter: int, level: int, channel: str) -> int:
    """Keep one answer about the visit that the ticket last ended at the counter; a bad one opens a follow-up."""
    require(actor, "rating.give")
    level = ratings.checked_level(level)
    with store.work("rating.give", actor) as work:
        place = counter_named(work.session, work.hall_id, counter)
        work.lock(f"rating/{ticket_id}")
        visit = _last_visit(work.session, TicketEvent.ticket_id == ticket_id, place=place, now=work.now)
        if visit is None:
            raise NoVisitToRate(counter)
        if _is_rated(work.session, visit):
            raise AlreadyRated(visit.code)
        record = Rating(
            hall_id=work.hall_id,
            ticket_id=ticket_id,
            matter_id=visit.matter_id,
            counter_id=place.id,
            account_id=visit.account_id,
            level=level,
            channel=channel,
            at=work.now,
        )
        work.session.add(record)
        work.session.flush()
        if ratings.is_bad(level):
            open_follow_up(work, record.id)
        work.audit(f"rating:{record.id}", ticket=ticket_id, counter=counter, level=level, channel=channel)
        work.changed("rating", str(record.id))
        return record.id


def _latest() -> ScalarSelect[int]:
    return select(func.coalesce(func.max(TicketEvent.id), 0) - _LATEST_EVENTS).scalar_subquery()


def _last_visit(session: Session, among: ColumnElement[bool], *, place: Counter, now: datetime) -> Visit | None:
    """The visit that ended last at the counter today, of the events `among`."""
    end = session.execute(
        select(Ticket.id, Ticket.code, TicketEvent.matter_id, TicketEvent.account_id, TicketEvent.at)
        .join(Ticket, Ticket.id == TicketEvent.ticket_id)
        .where(
            among,
            TicketEvent.counter_id == place.id,
            TicketEvent.kind.in_(ENDS),
            TicketEvent.matter_id.is_not(None),
            Ticket.business_date == business_date(now),
        )
        .order_by(TicketEvent.id.desc())
        .limit(1)
    ).one_or_none()
    return Visit(*end) if end else None


def _is_fresh(session: Session, visit: Visit, now: datetime) -> bool:
    return now - visit.ended_at < INVITED_FOR and not _is_rated(session, visit)


def _is_rated(session: Session, visit: Visit) -> bool:
    query = select(Rating.id).where(Rating.ticket_id == visit.ticket_id, Rating.matter_id == visit.matter_id)
    return session.scalar(query) is not None
