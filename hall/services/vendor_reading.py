"""The credit of vendors within a session: facts as rules see them, what they mean for a stall, what was reported."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.vendor_credit import Admission, Fact, FactState, admission, score
from hall.services.vendor_rules import credit_rules
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.store.schema.subjects import SubjectEvent
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


def reported(session: Session, event_ids: Iterable[int]) -> frozenset[int]:
    """Those of the facts that the credit platform has: exported, and not withdrawn after that."""
    query = (
        select(SubjectEvent.subject_id, SubjectEvent.kind)
        .where(
            SubjectEvent.subject == "vendor_event",
            SubjectEvent.subject_id.in_(list(event_ids)),
            SubjectEvent.kind.in_(("export", "withdraw")),
        )
        .order_by(SubjectEvent.id)
    )
    last = dict(session.execute(query).tuples().all())
    return frozenset(event_id for event_id, kind in last.items() if kind == "export")


def decision_numbers(session: Session, events: Iterable[VendorEvent]) -> dict[int, str]:
    """By fact: the number of the newest decision of the penalty case that it rests on."""
    cases = {event.id: event.penalty_id for event in events if event.penalty_id is not None}
    query = (
        select(PenaltyDecision.case_id, PenaltyDecision.number)
        .where(PenaltyDecision.case_id.in_(set(cases.values())), PenaltyDecision.kind.in_(("penalty", "vary")))
        .order_by(PenaltyDecision.id)
    )
    numbers = dict(session.execute(query).tuples().all())
    return {event_id: numbers[case_id] for event_id, case_id in cases.items() if case_id in numbers}
