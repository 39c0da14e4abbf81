"""Due days of vendors' credit: the answer to an objection."""

from collections.abc import Iterator

from sqlalchemy import select

from hall.rules.authority import LEGAL_REVIEWER
from hall.rules.catalogue import Limit
from hall.rules.lights import warning_days_of
from hall.services.dues import Due, Looking
from hall.services.light_rule import warning_rules
from hall.services.subject_notices import Addressee
from hall.services.vendor_records import answer_days
from hall.store.schema.vendors import Vendor, VendorEvent


def vendor_dues(looking: Looking) -> Iterator[Due]:
    """Objections that wait for their answer by a third hand."""
    rule = warning_rules(looking.home).in_force(looking.today)
    warning_days = warning_days_of(rule, Limit(answer_days(looking.today), "day"))
    query = (
        select(VendorEvent.id, VendorEvent.answer_by, Vendor.number)
        .join(Vendor, Vendor.id == VendorEvent.vendor_id)
        .where(VendorEvent.hall_id == looking.hall_id, looking.only(VendorEvent.id), VendorEvent.state == "objected")
        .where(VendorEvent.answer_by.between(*looking.days("answer", warning_days=warning_days)))
        .order_by(VendorEvent.id)
    )
    for event_id, answer_by, number in looking.session.execute(query).tuples():
        assert answer_by is not None, "it lies between two days"
        yield Due(
            subject="vendor_event",
            subject_id=event_id,
            due="answer",
            due_on=answer_by,
            name=f"征信异议 {number}",
            holders=(Addressee(role=LEGAL_REVIEWER),),
            warning_days=warning_days,
        )
