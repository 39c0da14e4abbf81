"""The follow-up (回访整改) of a bad rating: opened with it, due by the calendar, closed once by the manager."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.ratings import RECTIFICATION, follow_up_due
from hall.services.calendar import shipped_limits
from hall.services.catalogue import matter_in_force
from hall.services.persons import PersonView, public_view, refuse_numbers
from hall.services.schedules import calendar_in_force
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import Matter
from hall.store.schema.people import Account, Person
from hall.store.schema.queueing import Counter, Ticket
from hall.store.schema.ratings import Rating, RatingFollowUp
from hall.store.secrets import KeyRing


class OutcomeMissing(Refused):
    """A follow-up was to be closed without saying what came of it."""

    def __init__(self) -> None:
        super().__init__("没有写回访整改的结果，请写明联系情况和处理结果后再办结。")


class FollowUpClosed(Refused):
    """A follow-up is closed once."""

    def __init__(self) -> None:
        super().__init__("这件差评回访已经办结，不能再改。请重新载入。")


class NoSuchFollowUp(Missing):
    """The hall has no follow-up with this key."""

    def __init__(self) -> None:
        super().__init__("没有找到这件差评回访，可能属于别的大厅。请重新载入。")


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A bad rating and what becomes of it. `applicant` is masked, None for a ticket without a person.

    `pending` says which schedule is lacking while there is no `due_on`; `closed_at` is None while it is open.
    """

    follow_up_id: int
    rating_id: int
    level: int
    rated_at: datetime
    ticket_code: str
    matter_name: str
    counter_number: int
    clerk: str
    applicant: PersonView | None
    opened_on: date
    due_on: date | None
    pending: str
    outcome: str
    closed_at: datetime | None


def open_follow_up(work: Work, rating_id: int) -> None:
    """Within the work that keeps the bad rating."""
    today = business_date(work.now)
    rule = shipped_limits().limit(RECTIFICATION, today)
    due = follow_up_due(calendar_in_force(work.session, work.hall_id), rule, today)
    work.session.add(
        RatingFollowUp(
            hall_id=work.hall_id, rating_id=rating_id, opened_on=today, due_on=due.due_on, pending=due.pending
        )
    )


def follow_ups(store: Store, actor: Actor, *, closed: bool = False) -> tuple[FollowUpView, ...]:
    """The open follow-ups, the most urgent first and the pending last; or all that are closed, the newest first.

    One that is pending is counted anew with the schedules in force, so an import ends the waiting.
    """
    require(actor, "rating.follow_up")
    with store.read(actor) as session:
        query = (
            select(RatingFollowUp, Rating, Ticket, Matter.code, Counter.number, Account.display_name, Person)
            .join(Rating, Rating.id == RatingFollowUp.rating_id)
            .join(Ticket, Ticket.id == Rating.ticket_id)
            .join(Matter, Matter.id == Rating.matter_id)
            .join(Counter, Counter.id == Rating.counter_id)
            .outerjoin(Account, Account.id == Rating.account_id)
            .outerjoin(Person, Person.id == Ticket.person_id)
            .where(RatingFollowUp.hall_id == store.hall_id, RatingFollowUp.closed_at.is_not(None) == closed)
            .order_by(RatingFollowUp.id.desc() if closed else RatingFollowUp.id)
        )
        views = [_view(session, store.key_ring, row) for row in session.execute(query).tuples().all()]
    return tuple(views) if closed else tuple(sorted(views, key=lambda view: view.due_on or date.max))


@retried
def close_follow_up(store: Store, actor: Actor, *, follow_up_id: int, outcome: str) -> None:
    """Say what came of it; once."""
    require(actor, "rating.follow_up")
    outcome = outcome.strip()
    if not outcome:
        raise OutcomeMissing
    refuse_numbers(outcome)
    with store.work("rating.follow_up", actor) as work:
        closed = work.session.execute(
            update(RatingFollowUp)
            .where(
                RatingFollowUp.id == follow_up_id,
                RatingFollowUp.hall_id == work.hall_id,
                RatingFollowUp.closed_at.is_(None),
            )
            .values(outcome=outcome, closed_at=work.now, closed_by=actor.account_id)
            .returning(RatingFollowUp.rating_id)
            .execution_options(synchronize_session=False)
        ).scalar_one_or_none()
        if closed is None:
            record = work.session.get(RatingFollowUp, follow_up_id)
            raise NoSuchFollowUp if record is None or record.hall_id != work.hall_id else FollowUpClosed
        work.audit(f"rating:{closed}", follow_up=follow_up_id, outcome=outcome)
        work.changed("rating", str(closed))


def _view(
    session: Session,
    ring: KeyRing,
    row: tuple[RatingFollowUp, Rating, Ticket, str, int, str | None, Person | None],
) -> FollowUpView:
    record, rating, ticket, matter_code, counter, clerk, person = row
    due_on, pending = _due(session, record)
    return FollowUpView(
        follow_up_id=record.id,
        rating_id=rating.id,
        level=rating.level,
        rated_at=rating.at,
        ticket_code=ticket.code,
        matter_name=matter_in_force(session, ticket.hall_id, matter_code, ticket.business_date).matter.name,
        counter_number=counter,
        clerk=clerk or "",
        applicant=public_view(person, ring) if person else None,
        opened_on=record.opened_on,
        due_on=due_on,
        pending=pending,
        outcome=record.outcome,
        closed_at=record.closed_at,
    )


def _due(session: Session, record: RatingFollowUp) -> tuple[date | None, str]:
    if record.due_on is not None or record.closed_at is not None:
        return record.due_on, record.pending
    rule = shipped_limits().limit(RECTIFICATION, record.opened_on)
    due = follow_up_due(calendar_in_force(session, record.hall_id), rule, record.opened_on)
    return due.due_on, due.pending
