"""What a day that is over needs: open tickets and appointments closed, its operation records sealed."""

from datetime import date

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.people import system_actor
from hall.rules.tickets import OPEN
from hall.services.appointments import miss_past
from hall.services.counter_records import DAY_OVER, end_unfinished, set_counter
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.queueing import Counter, Ticket
from hall.store.schema.trail import AuditRow, AuditSeal
from hall.store.seals import AlreadySealed, seal_day


def end_past_days(store: Store) -> tuple[date, ...]:
    """End every day before today that nobody has ended; any station may do it, one of them does.

    Nothing depends on midnight: a hall that was switched off catches up when it starts.
    """
    ended = []
    for day in _unsealed_days(store):
        try:
            end_day(store, day=day)
        except AlreadySealed:
            continue  # another station was faster
        ended.append(day)
    return tuple(ended)


@retried
def end_day(store: Store, *, day: date) -> None:
    """Close the day's tickets and appointments and seal it, in one transaction; raises AlreadySealed."""
    with store.work("day.end", system_actor(store.hall_id)) as work:
        _close_counters(work, day)
        _close_tickets(work, day)
        miss_past(work, day)
        seal_day(work, day)
        work.changed("queue", day.isoformat())


def _unsealed_days(store: Store) -> list[date]:
    """Days before today on which anything was done, since the last seal."""
    today = business_date(store.clock.now())
    with store.read() as session:
        last = session.scalar(
            select(AuditSeal.day).where(AuditSeal.hall_id == store.hall_id).order_by(AuditSeal.day.desc()).limit(1)
        )
        query = select(AuditRow.at).where(AuditRow.hall_id == store.hall_id).order_by(AuditRow.at)
        if last is not None:
            sealed = select(AuditSeal.sealed_at).where(AuditSeal.hall_id == store.hall_id, AuditSeal.day == last)
            query = query.where(AuditRow.at >= sealed.scalar_subquery())
        days = dict.fromkeys(business_date(at) for at in session.scalars(query))
    return [day for day in days if day < today and (last is None or day > last)]


def _close_tickets(work: Work, day: date) -> None:
    """Every ticket that is still open, at a counter, parked, skipped, waiting or without its slip."""
    tickets = work.session.scalars(
        select(Ticket)
        .where(Ticket.hall_id == work.hall_id, Ticket.business_date == day, Ticket.state.in_(OPEN))
        .order_by(Ticket.id)
        .with_for_update()
    ).all()
    for ticket in tickets:
        end_unfinished(work, ticket)


def _close_counters(work: Work, day: date) -> None:
    """Counters that nobody has closed; one that is at work today again stays open."""
    for place in work.session.scalars(
        select(Counter)
        .where(Counter.hall_id == work.hall_id)
        .order_by(Counter.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all():
        if place.state != "closed" and place.since is not None and business_date(place.since) <= day:
            set_counter(work, place, "closed", event="close", reason=DAY_OVER)
