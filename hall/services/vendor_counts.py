"""Vendors' credit in figures of a period, for the monthly report: how much was done, never who stands where."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from hall.store.schema.subjects import SubjectEvent
from hall.store.schema.vendors import Vendor, VendorEvent


@dataclass(frozen=True, slots=True)
class VendorCounts:
    """Plain counts of a period. Objections answered in time: `answered_in_time` of `answered`."""

    vendors: int
    """Who trades at the end of the period."""
    entered: int
    left: int
    facts_against: int
    """Confirmed in the period and standing: what was voided or replaced counts nowhere, as in the registers."""
    facts_in_favour: int
    told: int
    objections: int
    answered: int
    answered_in_time: int
    upheld: int
    corrected: int
    """Facts that were voided or replaced."""


def counts_of(session: Session, *, hall_id: int, first: date, last: date) -> VendorCounts:
    """What happened from `first` to `last`, both counted."""

    def vendors(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(Vendor).where(Vendor.hall_id == hall_id, *conditions)
        return session.scalar(query) or 0

    def facts(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(VendorEvent).where(VendorEvent.hall_id == hall_id, *conditions)
        return session.scalar(query) or 0

    answered = VendorEvent.answered_on.between(first, last)
    confirmed = VendorEvent.confirmed_on.between(first, last) & VendorEvent.state.not_in(("corrected", "voided"))
    return VendorCounts(
        vendors=vendors(Vendor.registered_on <= last, (Vendor.left_on.is_(None)) | (Vendor.left_on > last)),
        entered=vendors(Vendor.registered_on.between(first, last)),
        left=vendors(Vendor.left_on.between(first, last)),
        facts_against=facts(confirmed, VendorEvent.points < 0),
        facts_in_favour=facts(confirmed, VendorEvent.points > 0),
        told=facts(VendorEvent.told_on.between(first, last)),
        objections=facts(VendorEvent.objected_on.between(first, last)),
        answered=facts(answered),
        answered_in_time=facts(answered, VendorEvent.answered_on <= VendorEvent.answer_by),
        upheld=facts(answered, VendorEvent.upheld.is_(True)),
        corrected=_corrected(session, hall_id, first, last),
    )


def _corrected(session: Session, hall_id: int, first: date, last: date) -> int:
    query = select(func.count(SubjectEvent.subject_id.distinct())).where(
        SubjectEvent.hall_id == hall_id,
        SubjectEvent.subject == "vendor_event",
        SubjectEvent.kind.in_(("void", "corrected")),
        SubjectEvent.day.between(first, last),
    )
    return session.scalar(query) or 0
