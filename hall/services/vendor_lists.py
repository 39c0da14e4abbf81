"""Lists of vendors and of the facts about them: masked, with what each counts today and what may be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.catalogue import Limit
from hall.rules.lights import LIGHTS, Light, warning_days_of
from hall.rules.people import Actor
from hall.rules.vendor_credit import Admission, CreditRule, CreditRules, Fact, Score, ScoreLine, admission, score
from hall.rules.vendor_facts import FactAct, answer_light, open_acts
from hall.services.case_reading import DocumentView
from hall.services.light_rule import warning_rules
from hall.services.paper_head import name_of
from hall.services.persons import PersonView, id_number_index, public_view
from hall.services.subject_files import titles_with
from hall.services.subject_records import Happened, history
from hall.services.vendor_reading import decision_numbers, facts_by_vendor
from hall.services.vendor_records import NoSuchFact, answer_days
from hall.services.vendor_rules import credit_rules
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.people import Person
from hall.store.schema.vendors import Vendor, VendorEvent
from hall.store.secrets import KeyRing

MOST = 500
Listed = Literal["waiting", "confirm", "tell", "objected", "all"]


@dataclass(frozen=True, slots=True)
class VendorRow:
    """A vendor in the list, masked, with the credit of today line by line and what it means for a stall."""

    vendor_id: int
    number: str
    person: PersonView
    category: str
    farmer: bool
    usual_place: str
    registered_on: date
    left_on: date | None
    left_why: str
    score: Score
    admission: Admission


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact in the list. `line` says what it counts today and why; `acts` what may be done with it, the next first."""

    event_id: int
    vendor_id: int
    vendor_number: str
    name_masked: str
    line: ScoreLine
    place: str
    facts: str
    evidence: str
    files: int
    """How many photos and scans are kept with it."""
    basis: str
    decision_number: str
    entered_name: str
    confirmed_name: str
    told_way: str
    objection: str
    answer_by: date | None
    answer_light: Light | None
    answer: str
    answered_name: str
    document: DocumentView | None
    acts: tuple[FactAct, ...]

    @property
    def fact(self) -> Fact:
        """The fact as the rules see it."""
        return self.line.fact


def vendors(store: Store, actor: Actor, *, text: str = "", left: bool = False, home: Path) -> tuple[VendorRow, ...]:
    """Vendors whose number, name, trade's place or ID number is looked for, the newest first; `left`: also those."""
    require(actor, "vendor.read")
    today, rules = business_date(store.clock.now()), credit_rules(home)
    query = (
        select(Vendor, Person)
        .join(Person, Person.id == Vendor.person_id)
        .where(Vendor.hall_id == store.hall_id)
        .order_by(Vendor.id.desc())
        .limit(MOST)
    )
    if not left:
        query = query.where(Vendor.left_on.is_(None))
    if text:
        query = query.where(
            or_(
                Vendor.number.contains(text.upper(), autoescape=True),
                Vendor.usual_place.contains(text, autoescape=True),
                Person.name.contains(text, autoescape=True),
                Person.id_number_index == id_number_index(store.key_ring, text),
            )
        )
    with store.read(actor) as session:
        rows = session.execute(query).tuples().all()
        facts = facts_by_vendor(session, [vendor.id for vendor, _ in rows])
        counted = {key: score(own, on=today, rules=rules) for key, own in facts.items()}
        return tuple(
            _vendor(vendor, person, counted[vendor.id], rules.in_force(today), store.key_ring)
            for vendor, person in rows
        )


def facts(store: Store, actor: Actor, *, listed: Listed = "waiting", text: str = "", home: Path) -> tuple[FactRow, ...]:
    """Facts that wait for the next step, the most pressing first; or all of them, the newest first."""
    require(actor, "vendor.read")
    query = _facts(store.hall_id, listed)
    if text:
        query = query.where(
            or_(Vendor.number.contains(text.upper(), autoescape=True), Person.name.contains(text, autoescape=True))
        )
    with store.read(actor) as session:
        rows = session.execute(query.order_by(VendorEvent.id.desc()).limit(MOST)).tuples().all()
        found = _fact_rows(session, rows, store.key_ring, today=business_date(store.clock.now()), home=home)
    return found if listed == "all" else tuple(sorted(found, key=_pressing))


def happened(store: Store, actor: Actor, *, event_id: int) -> tuple[Happened, ...]:
    """What was done with a fact and by whom, the first thing first. Raises NoSuchFact."""
    require(actor, "vendor.read")
    with store.read(actor) as session:
        event = session.get(VendorEvent, event_id)
        if event is None or event.hall_id != store.hall_id:
            raise NoSuchFact
        return history(session, "vendor_event", event_id)


def rule_in_force(store: Store, actor: Actor, *, home: Path) -> CreditRule:
    """The rule table of today."""
    require(actor, "vendor.read")
    return credit_rules(home).in_force(business_date(store.clock.now()))


def _vendor(vendor: Vendor, person: Person, counted: Score, rule: CreditRule, ring: KeyRing) -> VendorRow:
    return VendorRow(
        vendor_id=vendor.id,
        number=vendor.number,
        person=public_view(person, ring),
        category=vendor.category,
        farmer=vendor.farmer,
        usual_place=vendor.usual_place,
        registered_on=vendor.registered_on,
        left_on=vendor.left_on,
        left_why=vendor.left_why,
        score=counted,
        admission=admission(counted, rule),
    )


def _facts(hall_id: int, listed: Listed) -> Select[tuple[VendorEvent, Vendor, Person, Document]]:
    query = (
        select(VendorEvent, Vendor, Person, Document)
        .join(Vendor, Vendor.id == VendorEvent.vendor_id)
        .join(Person, Person.id == Vendor.person_id)
        .outerjoin(Document, Document.id == VendorEvent.document_id)
        .where(VendorEvent.hall_id == hall_id)
    )
    confirm, objected = VendorEvent.state == "entered", VendorEvent.state == "objected"
    untold = VendorEvent.state.in_(("confirmed", "standing"))
    tell = and_(untold, VendorEvent.told_on.is_(None), VendorEvent.points < 0)
    match listed:
        case "waiting":
            return query.where(or_(confirm, tell, objected))
        case "confirm":
            return query.where(confirm)
        case "tell":
            return query.where(tell)
        case "objected":
            return query.where(objected)
    return query


def _fact_rows(
    session: Session,
    rows: Sequence[tuple[VendorEvent, Vendor, Person, Document | None]],
    ring: KeyRing,
    *,
    today: date,
    home: Path,
) -> tuple[FactRow, ...]:
    rules = credit_rules(home)
    facts = facts_by_vendor(session, sorted({vendor.id for _, vendor, _, _ in rows}))
    lines = {line.fact.key: line for own in facts.values() for line in score(own, on=today, rules=rules).lines}
    files = titles_with(session, "vendor_event", [event.id for event, _, _, _ in rows])
    warning_days = warning_days_of(warning_rules(home).in_force(today), Limit(answer_days(today), "day"))
    numbers = decision_numbers(session, [event for event, _, _, _ in rows])
    return tuple(
        FactRow(
            event_id=event.id,
            vendor_id=vendor.id,
            vendor_number=vendor.number,
            name_masked=public_view(person, ring).name_masked,
            line=lines[event.id],
            place=event.place,
            facts=event.facts,
            evidence=event.evidence,
            files=len(files.get(event.id, ())),
            basis=_basis(event, rules),
            decision_number=numbers.get(event.id, ""),
            entered_name=name_of(session, event.entered_by),
            confirmed_name=name_of(session, event.confirmed_by),
            told_way=event.told_way,
            objection=event.objection,
            answer_by=event.answer_by,
            answer_light=answer_light(event.answer_by, lines[event.id].fact, today, warning_days=warning_days),
            answer=event.answer,
            answered_name=name_of(session, event.answered_by),
            document=DocumentView(paper.id, paper.kind, paper.number, paper.issued_on) if paper is not None else None,
            acts=open_acts(lines[event.id].fact, today),
        )
        for event, vendor, person, paper in rows
    )


def _basis(event: VendorEvent, rules: CreditRules) -> str:
    line = rules.in_force(event.happened_on).line(event.rule)
    return line.basis if line is not None else ""


def _pressing(row: FactRow) -> int:
    return LIGHTS.index(row.answer_light) if row.answer_light is not None else len(LIGHTS)
