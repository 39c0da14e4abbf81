"""What every act on a vendor and the facts about him shares: the vendor locked, the fact found, the end of an act."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.errors import Missing
from hall.rules.calendar import WorkCalendar
from hall.rules.timelimits import LimitRequest, compute
from hall.rules.vendor_credit import Fact
from hall.rules.vendor_facts import CannotOnFact, FactAct, Hands, check_hands, reasons
from hall.services.calendar import shipped_limits
from hall.services.clocks import calendar
from hall.services.subject_records import Detail, add_event, lock_subject, settle_subject
from hall.services.vendor_reading import facts_by_vendor
from hall.store import Work
from hall.store.schema.vendors import Vendor, VendorEvent

TOPIC = "vendor"
OBJECTION, ANSWER = "credit.objection", "credit.answer"
"""Names in `timelimits.csv`."""


class NoSuchVendor(Missing):
    """No vendor of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这位流动经营者，请刷新列表后重新选择。")


class NoSuchFact(Missing):
    """No fact about a vendor of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这条征信事项，请刷新列表后重新选择。")


def vendor_locked(work: Work, vendor_id: int) -> Vendor:
    """The vendor, kept from every other act until the end of the work; raises NoSuchVendor."""
    lock_subject(work, "vendor", vendor_id)
    return vendor_of(work.session, work.hall_id, vendor_id)


def vendor_of(session: Session, hall_id: int, vendor_id: int) -> Vendor:
    """The vendor of this hall; raises NoSuchVendor."""
    vendor = session.get(Vendor, vendor_id, populate_existing=True)
    if vendor is None or vendor.hall_id != hall_id:
        raise NoSuchVendor
    return vendor


def event_locked(work: Work, event_id: int) -> tuple[VendorEvent, Vendor]:
    """A fact and its vendor, who is locked: acts on two facts of one vendor come one after the other.

    Raises NoSuchFact.
    """
    query = select(VendorEvent.vendor_id).where(VendorEvent.id == event_id, VendorEvent.hall_id == work.hall_id)
    vendor_id = work.session.scalar(query)
    if vendor_id is None:
        raise NoSuchFact
    vendor = vendor_locked(work, vendor_id)
    return work.session.get_one(VendorEvent, event_id, populate_existing=True), vendor


def allowed(work: Work, event: VendorEvent, act: FactAct, *, today: date) -> Fact:
    """The fact as the rules see it, if the act may be done by this account today.

    Raises CannotOnFact, SameHandOnFact.
    """
    fact = next(each for each in facts_of(work.session, event.vendor_id) if each.key == event.id)
    if why := reasons(act, fact, today):
        raise CannotOnFact(why)
    check_hands(act, Hands(event.entered_by, event.confirmed_by), work.actor.account_id)
    return fact


def facts_of(session: Session, vendor_id: int) -> list[Fact]:
    """Every fact about one vendor."""
    return facts_by_vendor(session, (vendor_id,))[vendor_id]


def settle_fact(
    work: Work,
    event: VendorEvent,
    kind: str,
    *,
    note: str = "",
    detail: Detail | None = None,
    document_id: int | None = None,
) -> None:
    """What every act on a fact ends with."""
    add_event(
        work, "vendor_event", event.id, kind, state=event.state, note=note, detail=detail, document_id=document_id
    )
    settle_subject(work, TOPIC, "vendor_event", event.id, vendor=event.vendor_id, act=kind, state=event.state)


def object_by(calendar: WorkCalendar, told_on: date, *, days: int) -> date | None:
    """The last day to object: the next workday where it is a day of rest, in favour of the person.

    None while the schedule of its year is not there: `vendor_recount` enters it with that.
    """
    rule = shipped_limits().limit(OBJECTION, told_on)
    due = compute(calendar, rule, LimitRequest(start=told_on, days=days)).due
    return due if isinstance(due, date) else None


def answer_by(work: Work, objected_on: date) -> date:
    """The day by which an objection is answered: the strict one, days of rest move nothing."""
    rule = shipped_limits().limit(ANSWER, objected_on)
    strict = compute(calendar(work), rule, LimitRequest(start=objected_on)).strict_due
    assert strict is not None, "calendar days have a strict end"
    return strict


def answer_days(day: date) -> int:
    """How many days an answer may take."""
    length = shipped_limits().limit(ANSWER, day).length
    assert length is not None, "the row says how long"
    return length
