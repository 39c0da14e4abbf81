"""Vendors and their credit as it stands on a day: facts read, points counted, what they mean for a stall."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.vendor_credit import Admission, Fact, FactState, admission, score
from hall.services.vendor_rules import credit_rules
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.vendors import Vendor, VendorEvent


def admission_of(session: Session, person_id: int, *, on: date, home: Path) -> Admission:
    """What somebody's credit means for an application for a stall on a day; without a record the base counts."""
    rules = credit_rules(home)
    query = select(Vendor.id).where(Vendor.person_id == person_id)
    facts = facts_by_vendor(session, session.scalars(query).all())
    return admission(score((fact for own in facts.values() for fact in own), on=on, rules=rules), rules.in_force(on))


def facts_by_vendor(session: Session, vendor_ids: Sequence[int]) -> dict[int, list[Fact]]:
    """Every fact ever entered about these vendors, as the rules see them."""
    query = (
        select(VendorEvent, PenaltyCase.state)
        .outerjoin(PenaltyCase, PenaltyCase.id == VendorEvent.penalty_id)
        .where(VendorEvent.vendor_id.in_(vendor_ids))
        .order_by(VendorEvent.id)
    )
    found: dict[int, list[Fact]] = {vendor_id: [] for vendor_id in vendor_ids}
    for event, penalty_state in session.execute(query).tuples():
        found[event.vendor_id].append(fact_of(event, overturned=penalty_state == "revoked"))
    return found


def fact_of(event: VendorEvent, *, overturned: bool) -> Fact:
    """The record as the rules see it."""
    return Fact(
        key=event.id,
        code=event.rule,
        points=event.points,
        happened_on=event.happened_on,
        expires_on=event.expires_on,
        state=cast(FactState, event.state),
        confirmed_on=event.confirmed_on,
        told_on=event.told_on,
        object_by=event.object_by,
        objected_on=event.objected_on,
        answered_on=event.answered_on,
        noticed=bool(event.told_way),
        corrects=event.corrects_id,
        overturned=overturned,
    )
