"""Promises of open requests by a new calendar, within the import of a schedule: what waited for it gets its day."""

from sqlalchemy import select

from hall.rules.calendar import WorkCalendar
from hall.rules.request_clocks import request_dues
from hall.services.calendar import shipped_limits
from hall.services.reprojecting import MovedDate
from hall.services.request_records import SUBJECT
from hall.services.subject_records import add_event
from hall.store import Work
from hall.store.schema.requests import Request


def recount_requests(work: Work, calendar: WorkCalendar, *, why: str) -> tuple[MovedDate, ...]:
    """Every open promise that moves, with its event; days of the law are natural days and never move.

    A consultation has the day of its enquiry. The day of a unit stays as its sheet tells it.
    """
    query = select(Request).where(
        Request.hall_id == work.hall_id, Request.closed_on.is_(None), Request.kind != "consultation"
    )
    moved = []
    for request in work.session.scalars(query.order_by(Request.id)).all():
        dues = request_dues(
            calendar, shipped_limits(), received_on=request.received_on, petition=False, answerable=True
        )
        before = request.promised_by
        if (dues.promised_by, dues.pending) == (before, request.pending):
            continue
        request.promised_by, request.pending = dues.promised_by, dues.pending
        add_event(work, SUBJECT, request.id, "recount", state=request.state, note=why)
        moved.append(MovedDate(request.number, "promised", before, dues.promised_by))
    if moved:
        work.changed(SUBJECT, "all")
    return tuple(moved)
