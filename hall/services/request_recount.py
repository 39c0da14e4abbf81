"""Days of open requests by a new calendar, within the import of a schedule: what waited for it gets its day."""

from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.calendar import WorkCalendar
from hall.rules.request_clocks import request_dues, unit_due
from hall.services.calendar import shipped_limits
from hall.services.enquiries import enquiry_due
from hall.services.intake_rule import intake_rules
from hall.services.reprojecting import MovedDate
from hall.services.request_records import SUBJECT
from hall.services.request_rule import request_rules
from hall.services.subject_records import add_event
from hall.store import Work
from hall.store.schema.permits import Enquiry
from hall.store.schema.requests import Dispatch, Request


def recount_requests(work: Work, calendar: WorkCalendar, *, home: Path, why: str) -> tuple[MovedDate, ...]:
    """Every open promise and every answer to a question that moves, every unit that waited for its day; with events.

    Days of the law are natural days and never move. The day of a unit that has one stays as its sheet tells it.
    """
    moved = (
        *_promises(work, calendar, why=why),
        *_units(work, calendar, home=home, why=why),
        *_questions(work, calendar, home=home, why=why),
    )
    if moved:
        work.changed(SUBJECT, "all")
        work.changed("enquiry", "all")
    return moved


def _promises(work: Work, calendar: WorkCalendar, *, why: str) -> list[MovedDate]:
    """A consultation has the day of its enquiry."""
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
    return moved


def _units(work: Work, calendar: WorkCalendar, *, home: Path, why: str) -> list[MovedDate]:
    """After the promises, which a unit never outlasts."""
    query = (
        select(Dispatch, Request)
        .join(Request, Request.id == Dispatch.request_id)
        .where(Dispatch.hall_id == work.hall_id, Dispatch.ended_on.is_(None), Dispatch.due_on.is_(None))
        .order_by(Dispatch.id)
    )
    moved = []
    for dispatch, request in work.session.execute(query).tuples().all():
        sent_on = business_date(dispatch.sent_at)
        workdays = request_rules(home).in_force(sent_on).feedback_workdays
        latest = (request.promised_by, request.finish_by)
        due = unit_due(calendar, sent_on=sent_on, workdays=workdays, latest=latest)
        if due is not None:
            dispatch.due_on, dispatch.pending = due, ""
            add_event(work, SUBJECT, request.id, "recount", state=request.state, note=f"{why}：单位反馈")
            moved.append(MovedDate(request.number, "unit", None, due))
    return moved


def _questions(work: Work, calendar: WorkCalendar, *, home: Path, why: str) -> list[MovedDate]:
    query = (
        select(Enquiry, Request)
        .join(Request, Request.enquiry_id == Enquiry.id)
        .where(Enquiry.hall_id == work.hall_id, Enquiry.answered_at.is_(None))
        .order_by(Enquiry.id)
    )
    moved = []
    for enquiry, request in work.session.execute(query).tuples().all():
        asked_on, before = business_date(enquiry.asked_at), enquiry.due_on
        due = enquiry_due(calendar, asked_on, days=intake_rules(home).in_force(asked_on).enquiry_days)
        if due != before:
            enquiry.due_on = request.promised_by = due
            request.pending = "" if due is not None else request.pending
            add_event(work, SUBJECT, request.id, "recount", state=request.state, note=why)
            moved.append(MovedDate(request.number, "promised", before, due))
    return moved
