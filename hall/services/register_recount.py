"""Days by which entries of registers want a result, by a new calendar: what waited for its schedule gets its day."""

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.calendar import WorkCalendar
from hall.rules.registers import due_in_workdays
from hall.services.register_records import SUBJECT, TOPIC
from hall.services.reprojecting import MovedDate
from hall.services.subject_records import add_event
from hall.store import Work
from hall.store.schema.registers import RegisterEntry


def recount_registers(work: Work, calendar: WorkCalendar, *, why: str) -> tuple[MovedDate, ...]:
    """Every open entry with a day of workdays that moves, with its event."""
    query = select(RegisterEntry).where(
        RegisterEntry.hall_id == work.hall_id,
        RegisterEntry.due_workdays.is_not(None),
        RegisterEntry.closed_on.is_(None),
        RegisterEntry.voided_why == "",
    )
    moved = []
    for entry in work.session.scalars(query.order_by(RegisterEntry.id)).all():
        assert entry.due_workdays is not None, "asked for"
        due = due_in_workdays(business_date(entry.entered_at), entry.due_workdays, calendar=calendar)
        if due != entry.due_on:
            moved.append(MovedDate(entry.number, "register", entry.due_on, due))
            entry.due_on = due
            add_event(work, SUBJECT, entry.id, "recount", state="open", note=why)
    if moved:
        work.changed(TOPIC, "all")
    return tuple(moved)
