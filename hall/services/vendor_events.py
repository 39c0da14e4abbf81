"""Facts about vendors: entered, confirmed by another, told, objected to, answered by a third, set right."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, func, select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.penalties import birth_in
from hall.rules.people import Actor
from hall.rules.vendor_credit import expiry
from hall.rules.vendor_facts import (
    BadFact,
    Decision,
    TellingWay,
    check_new,
    check_replaced,
    check_single,
    check_told,
    corrected_once,
)
from hall.services import persons
from hall.services.clocks import calendar
from hall.services.issuing import Issued
from hall.services.penalty_records import NoSuchPenalty
from hall.services.reasons import reason_for, short_text, statement_for
from hall.services.subject_records import add_event
from hall.services.vendor_papers import issue_notice, issue_reply
from hall.services.vendor_records import (
    allowed,
    answer_by,
    event_locked,
    facts_of,
    object_by,
    settle_fact,
    vendor_locked,
)
from hall.services.vendor_rules import credit_rules
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.store.schema.people import Person
from hall.store.schema.vendors import Vendor, VendorEvent

SERVED = frozenset({"served", "closed"})
"""States of a penalty case whose decision has reached the party."""


class CorrectedAlready(Refused):
    """One fact takes the place of another."""

    def __init__(self) -> None:
        super().__init__("这条事实的更正已经登记，正在等待复核或者已经复核，不用再登记更正。")


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact as it was found. `rule`: the code of a line of the rule table; `penalty_number`: what it rests on."""

    rule: str
    happened_on: date
    facts: str
    evidence: str
    place: str = ""
    penalty_number: str = ""


@retried
def note(store: Store, actor: Actor, *, vendor_id: int, new: NewFact, home: Path) -> int:
    """登记征信事项; gives its key. It counts once it was confirmed by another and, against the person, told.

    Raises BadFact, NoSuchPenalty, NoSuchVendor.
    """
    require(actor, "vendor.note")
    with store.work("vendor.note", actor) as work:
        vendor = vendor_locked(work, vendor_id)
        event = _entered(work, vendor, new, home=home)
        settle_fact(work, event, "note", detail={"rule": event.rule, "points": event.points})
        return event.id


@retried
def correct(store: Store, actor: Actor, *, event_id: int, new: NewFact, home: Path) -> int:
    """登记更正: a new fact in the place of the old one, which ends when somebody else confirms it; gives its key.

    Raises CannotOnFact, CorrectedAlready, BadFact.
    """
    require(actor, "vendor.note")
    with store.work("vendor.note", actor) as work:
        old, vendor = event_locked(work, event_id)
        allowed(work, old, "correct", today=business_date(work.now))
        if corrected_once(old.id, facts_of(work.session, vendor.id)):
            raise CorrectedAlready
        event = _entered(work, vendor, new, home=home, corrects_id=old.id)
        settle_fact(work, event, "correct", detail={"rule": event.rule, "points": event.points, "corrects": old.id})
        return event.id


@retried
def confirm(store: Store, actor: Actor, *, event_id: int) -> None:
    """复核: another account has looked at the evidence. What it corrects counts no more from now on.

    Raises CannotOnFact (also while the person's objection to what it corrects is open), SameHandOnFact, BadFact where
    its penalty was revoked meanwhile.
    """
    require(actor, "vendor.confirm")
    with store.work("vendor.confirm", actor) as work:
        event, vendor = event_locked(work, event_id)
        fact = allowed(work, event, "confirm", today=business_date(work.now))
        if fact.overturned:
            raise BadFact("所依据的处罚决定已经撤销，不能复核。请退回作废。")
        event.state = "confirmed"
        event.confirmed_by, event.confirmed_on = work.actor.account_id, business_date(work.now)
        if event.corrects_id is not None:
            check_replaced(next(each for each in facts_of(work.session, vendor.id) if each.key == event.corrects_id))
            _replaced(work, event.corrects_id)
        settle_fact(work, event, "confirm")


@retried
def drop(store: Store, actor: Actor, *, event_id: int, reason: str) -> None:
    """退回作废 by who was to confirm it. Raises CannotOnFact, SameHandOnFact."""
    require(actor, "vendor.confirm")
    why = reason_for("退回", reason)
    with store.work("vendor.confirm", actor) as work:
        event, _ = event_locked(work, event_id)
        allowed(work, event, "drop", today=business_date(work.now))
        event.state = "voided"
        settle_fact(work, event, "drop", note=why)


@retried
def notify(store: Store, actor: Actor, *, event_id: int, way: TellingWay, home: Path) -> Issued:
    """出告知书; handed over it is told today, else `tell` enters the day on which it arrived. Raises CannotOnFact."""
    require(actor, "vendor.tell")
    with store.work("vendor.tell", actor) as work:
        today = business_date(work.now)
        work.share("calendar")  # an import must not miss the last day to object
        event, vendor = event_locked(work, event_id)
        allowed(work, event, "notify", today=today)
        event.object_days = credit_rules(home).in_force(today).objection_days
        issued = issue_notice(work, vendor, event, home=home)
        event.told_way, event.document_id = way, issued.document_id
        if way == "handed":
            _told(work, event, today)
        settle_fact(work, event, "notify", detail={"way": way}, document_id=issued.document_id)
        return issued


@retried
def tell(store: Store, actor: Actor, *, event_id: int, told_on: date) -> date | None:
    """登记送达 of a notice that was sent; gives the last day to object, None while its schedule is not there.

    Raises CannotOnFact, BadFact.
    """
    require(actor, "vendor.tell")
    with store.work("vendor.tell", actor) as work:
        today = business_date(work.now)
        work.share("calendar")  # an import must not miss the last day to object
        event, _ = event_locked(work, event_id)
        check_told(told_on, allowed(work, event, "tell", today=today), today)
        until = _told(work, event, told_on)
        settle_fact(work, event, "tell", detail={"told_on": told_on.isoformat()})
        return until


@retried
def object_to(store: Store, actor: Actor, *, event_id: int, objection: str) -> date:
    """登记异议, at any time and once; gives the day by which it is answered (征信业管理条例 25, by analogy).

    Raises CannotOnFact.
    """
    require(actor, "vendor.object")
    words = statement_for("登记异议", objection)
    with store.work("vendor.object", actor) as work:
        today = business_date(work.now)
        event, _ = event_locked(work, event_id)
        allowed(work, event, "object", today=today)
        until = answer_by(work, today)
        event.state, event.objected_on, event.objection = "objected", today, words
        event.answer_by = until
        settle_fact(work, event, "object", detail={"answer_by": until.isoformat()})
        return until


@retried
def answer(store: Store, actor: Actor, *, event_id: int, upheld: bool, reasons: str, home: Path) -> Issued:
    """答复异议 by a third account: what was objected to rightly is void from the beginning; the paper for the person.

    Raises CannotOnFact, SameHandOnFact.
    """
    require(actor, "vendor.answer")
    why = statement_for("答复异议", reasons)
    with store.work("vendor.answer", actor) as work:
        today = business_date(work.now)
        event, vendor = event_locked(work, event_id)
        allowed(work, event, "answer", today=today)
        event.state = "voided" if upheld else "standing"
        event.answered_on, event.answered_by = today, work.actor.account_id
        event.answer, event.upheld = why, upheld
        issued = issue_reply(work, vendor, event, home=home)
        settle_fact(work, event, "answer", detail={"upheld": upheld}, document_id=issued.document_id)
        return issued


@retried
def void(store: Store, actor: Actor, *, event_id: int, reason: str) -> None:
    """作废 of our own motion, by who neither entered nor confirmed it. Raises CannotOnFact, SameHandOnFact."""
    require(actor, "vendor.answer")
    why = reason_for("作废", reason)
    with store.work("vendor.answer", actor) as work:
        event, _ = event_locked(work, event_id)
        allowed(work, event, "void", today=business_date(work.now))
        event.state = "voided"
        settle_fact(work, event, "void", note=why)


def _entered(work: Work, vendor: Vendor, new: NewFact, *, home: Path, corrects_id: int | None = None) -> VendorEvent:
    line = credit_rules(home).in_force(new.happened_on).line(new.rule)
    case = _case(work, new.penalty_number)
    today = business_date(work.now)
    expires_on = expiry(line, new.happened_on) if line is not None and new.happened_on <= today else today
    check_new(
        line,
        happened_on=new.happened_on,
        today=today,
        expires_on=expires_on,
        birth=_birth(work, vendor),
        decision=_decision(work, case, vendor) if case is not None else None,
    )
    assert line is not None, "checked"
    of_day = VendorEvent.rule == line.code, VendorEvent.happened_on == new.happened_on
    check_single(
        same_day=_known(work, vendor, *of_day, but=corrects_id),
        same_case=case is not None and _known(work, vendor, VendorEvent.penalty_id == case.id, but=corrects_id),
    )
    event = VendorEvent(
        hall_id=work.hall_id,
        vendor_id=vendor.id,
        rule=line.code,
        points=line.points,
        happened_on=new.happened_on,
        place=short_text(new.place),
        facts=statement_for("登记征信事项", new.facts),
        evidence=reason_for("证据", new.evidence),
        penalty_id=case.id if case is not None else None,
        entered_by=work.actor.account_id,
        entered_at=work.now,
        expires_on=expires_on,
        corrects_id=corrects_id,
        state="entered",
    )
    work.session.add(event)
    work.session.flush()
    return event


def _replaced(work: Work, event_id: int) -> None:
    """What was void before stays so."""
    old = work.session.get_one(VendorEvent, event_id)
    if old.state != "voided":
        old.state = "corrected"
        add_event(work, "vendor_event", old.id, "corrected", state=old.state)


def _told(work: Work, event: VendorEvent, told_on: date) -> date | None:
    assert event.object_days is not None, "its notice says them"
    until = object_by(calendar(work), told_on, days=event.object_days)
    event.told_on, event.object_by, event.state = told_on, until, "told"
    return until


def _case(work: Work, number: str) -> PenaltyCase | None:
    if not number.strip():
        return None
    query = select(PenaltyCase).where(PenaltyCase.hall_id == work.hall_id, PenaltyCase.number == number.strip())
    case = work.session.scalar(query)
    if case is None:
        raise NoSuchPenalty
    return case


def _decision(work: Work, case: PenaltyCase, vendor: Vendor) -> Decision:
    punished_on = work.session.scalar(
        select(func.min(PenaltyDecision.decided_on)).where(
            PenaltyDecision.case_id == case.id, PenaltyDecision.kind == "penalty"
        )
    )
    return Decision(case.party_id == vendor.person_id, case.state in SERVED, punished_on)


def _known(work: Work, vendor: Vendor, *like: ColumnElement[bool], but: int | None) -> bool:
    """Whether such a fact stands or waits for its check, other than the one that is corrected."""
    query = select(VendorEvent.id).where(
        VendorEvent.vendor_id == vendor.id, VendorEvent.state.not_in(("corrected", "voided")), *like
    )
    found = work.session.scalars(query).all()
    return any(event_id != but for event_id in found)


def _birth(work: Work, vendor: Vendor) -> date | None:
    person = persons.opened(work.session.get_one(Person, vendor.person_id), work.key_ring)
    return None if person.kind == persons.ORGANISATION else birth_in(person.id_number)
