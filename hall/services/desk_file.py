"""The whole file of a case for the desk: facts, materials, records, papers, files, and what may be done with it now."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import may, require
from hall.rules.catalogue import Matter
from hall.rules.lights import Today
from hall.rules.people import Actor
from hall.services import case_files, persons
from hall.services.case_files import FileView
from hall.services.case_reading import DocumentView
from hall.services.catalogue import version_numbered
from hall.services.clocks import case_kept
from hall.services.desk_acts import DeskAct, desk_acts
from hall.services.desk_reading import desk_records
from hall.services.desk_records import DeskRecords
from hall.services.paper_head import name_of
from hall.services.persons import PersonView
from hall.services.schedules import calendar_in_force, today_in
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.people import Person
from hall.store.schema.permits import CaseEvent, CaseMaterial, PermitCase


@dataclass(frozen=True, slots=True)
class DeskMaterial:
    """A material; `lacking`: 容缺受理 lets it follow and it has not come."""

    position: int
    name: str
    originals: int
    copies: int
    lacking: bool


@dataclass(frozen=True, slots=True)
class DeskPart:
    """A part of a joint case (联办)."""

    case_id: int
    receipt_number: str
    matter_name: str
    department: str
    state: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the reviewer proposed last, as the approver finds it filled in."""

    verdict: str
    conditions: str
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class DeskFile:
    """A case as whoever works on it sees it: persons masked. `mine`: the actor has it in hand."""

    case_id: int
    receipt_number: str
    acceptance_number: str
    matter: Matter
    department: str
    applicant: PersonView
    agent: PersonView | None
    agent_authority: str
    subject: str
    purpose: str
    handling: str
    channel: str
    clerk: str
    received_at: datetime
    accepted_on: date | None
    accepted_how: str
    state: str
    standing: str
    proposal: Proposed | None
    outcome: str
    decided_on: date | None
    closed_at: datetime | None
    holder: str
    mine: bool
    today: Today
    on: date
    warning_days: int
    statutory_ordinal: int | None
    promised_ordinal: int | None
    parent_id: int | None
    materials: tuple[DeskMaterial, ...]
    records: DeskRecords
    documents: tuple[DocumentView, ...]
    files: tuple[FileView, ...]
    parts: tuple[DeskPart, ...]
    acts: tuple[DeskAct, ...]


def desk_file(store: Store, actor: Actor, *, case_id: int) -> DeskFile:
    """Everything about a case, read at one instant; `acts` are those the actor has the role for."""
    require(actor, "case.read")
    files = case_files.files_of(store, actor, case_id=case_id) if may(actor, "file.read") else ()
    with store.read(actor) as session:
        return _desk_file(session, store, actor, case_kept(session, store.hall_id, case_id), files)


def _desk_file(session: Session, store: Store, actor: Actor, case: PermitCase, files: tuple[FileView, ...]) -> DeskFile:
    day, calendar = business_date(store.clock.now()), calendar_in_force(session, store.hall_id)
    matter = version_numbered(session, case.matter_version_id).matter
    return DeskFile(
        case_id=case.id,
        receipt_number=case.receipt_number,
        acceptance_number=case.acceptance_number or "",
        matter=matter,
        department=matter.department,
        applicant=persons.public_view(session.get_one(Person, case.applicant_id), store.key_ring),
        agent=_agent(session, store, case),
        agent_authority=case.agent_authority,
        subject=case.subject,
        purpose=case.purpose,
        handling=case.handling,
        channel=case.channel,
        clerk=name_of(session, case.account_id),
        received_at=case.received_at,
        accepted_on=case.accepted_on,
        accepted_how=case.accepted_how,
        state=case.state,
        standing=case.standing,
        proposal=_proposed(session, case),
        outcome=case.outcome,
        decided_on=case.decided_on,
        closed_at=case.closed_at,
        holder=name_of(session, case.officer_id),
        mine=case.officer_id == actor.account_id,
        today=today_in(calendar, day),
        on=day,
        warning_days=case.warning_days,
        statutory_ordinal=case.statutory_ordinal,
        promised_ordinal=case.promised_ordinal,
        parent_id=case.parent_id,
        materials=_materials(session, case.id),
        records=desk_records(session, store.key_ring, case.id, today=day, calendar=calendar),
        documents=_documents(session, case.id),
        files=files,
        parts=_parts(session, case.id),
        acts=desk_acts(session, case, actor, day=day),
    )


def _agent(session: Session, store: Store, case: PermitCase) -> PersonView | None:
    if case.agent_id is None:
        return None
    return persons.public_view(session.get_one(Person, case.agent_id), store.key_ring)


def _proposed(session: Session, case: PermitCase) -> Proposed | None:
    if not case.proposal:
        return None
    last = select(CaseEvent.detail).where(CaseEvent.case_id == case.id, CaseEvent.kind == "propose")
    told = json.loads(session.scalar(last.order_by(CaseEvent.id.desc()).limit(1)) or "{}")
    days = {key: date.fromisoformat(told[key]) if told.get(key) else None for key in ("valid_from", "valid_until")}
    return Proposed(case.proposal, told.get("conditions", ""), days["valid_from"], days["valid_until"])


def _materials(session: Session, case_id: int) -> tuple[DeskMaterial, ...]:
    found = session.scalars(select(CaseMaterial).where(CaseMaterial.case_id == case_id).order_by(CaseMaterial.position))
    return tuple(DeskMaterial(each.position, each.name, each.originals, each.copies, each.lacking) for each in found)


def _documents(session: Session, case_id: int) -> tuple[DocumentView, ...]:
    found = session.scalars(select(Document).where(Document.case_id == case_id).order_by(Document.id))
    return tuple(DocumentView(each.id, each.kind, each.number, each.issued_on) for each in found)


def _parts(session: Session, case_id: int) -> tuple[DeskPart, ...]:
    found = session.scalars(select(PermitCase).where(PermitCase.parent_id == case_id).order_by(PermitCase.id)).all()
    parts = []
    for each in found:
        matter = version_numbered(session, each.matter_version_id).matter
        parts.append(DeskPart(each.id, each.receipt_number, matter.name, matter.department, each.state, each.outcome))
    return tuple(parts)
