"""Days by which bad ratings are followed up, by a new calendar: what waited for its schedule gets its day."""

from sqlalchemy import or_, select

from hall.rules.calendar import WorkCalendar
from hall.rules.ratings import RECTIFICATION, follow_up_due
from hall.services.calendar import shipped_limits
from hall.services.rating_follow_ups import SUBJECT
from hall.services.reprojecting import MovedDate
from hall.services.subject_records import add_event
from hall.store import Work
from hall.store.schema.ratings import RatingFollowUp


def recount_follow_ups(work: Work, calendar: WorkCalendar, *, why: str) -> tuple[MovedDate, ...]:
    """Every open follow-up whose day moves, and those that were closed while theirs was not known, with its event."""
    query = select(RatingFollowUp).where(
        RatingFollowUp.hall_id == work.hall_id,
        or_(RatingFollowUp.closed_at.is_(None), RatingFollowUp.due_on.is_(None)),
    )
    limits, moved = shipped_limits(), []
    for record in work.session.scalars(query.order_by(RatingFollowUp.id)).all():
        due = follow_up_due(calendar, limits.limit(RECTIFICATION, record.opened_on), record.opened_on)
        if due.due_on != record.due_on:
            moved.append(MovedDate(f"{record.opened_on} 的差评", "follow_up", record.due_on, due.due_on))
            record.due_on, record.pending = due.due_on, due.pending
            add_event(work, SUBJECT, record.id, "recount", state="closed" if record.closed_at else "open", note=why)
    if moved:
        work.changed("rating", "all")
    return tuple(moved)
