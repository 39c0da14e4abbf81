"""Last days to object to a fact about a vendor, by a new calendar: what waited for its schedule gets its day."""

from sqlalchemy import or_, select

from hall.clock import business_date
from hall.rules.calendar import WorkCalendar
from hall.services.reprojecting import MovedDate
from hall.services.subject_records import add_event
from hall.services.vendor_records import TOPIC, object_by
from hall.store import Work
from hall.store.schema.vendors import Vendor, VendorEvent


def recount_objections(work: Work, calendar: WorkCalendar, *, why: str) -> tuple[MovedDate, ...]:
    """Every last day to object that moves, with its event; none that has passed already."""
    query = (
        select(VendorEvent, Vendor.number)
        .join(Vendor, Vendor.id == VendorEvent.vendor_id)
        .where(
            VendorEvent.hall_id == work.hall_id,
            VendorEvent.told_on.is_not(None),
            or_(VendorEvent.object_by.is_(None), VendorEvent.object_by >= business_date(work.now)),
        )
        .order_by(VendorEvent.id)
    )
    moved = []
    for event, number in work.session.execute(query).tuples().all():
        assert event.told_on is not None, "asked for"
        assert event.object_days is not None, "who was told was told the days"
        until = object_by(calendar, event.told_on, days=event.object_days)
        if until != event.object_by:
            moved.append(MovedDate(number, "objection", event.object_by, until))
            event.object_by = until
            add_event(work, "vendor_event", event.id, "recount", state=event.state, note=why)
    if moved:
        work.changed(TOPIC, "all")
    return tuple(moved)
