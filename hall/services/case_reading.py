"""Permit cases as any counter may see them: by key, by number, by person; the applicant masked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.authority import require
from hall.rules.identity import mask_name
from hall.rules.lights import DueOrdinals, Light, Standing, Today, light
from hall.rules.people import Actor
from hall.rules.permits import CLOSED
from hall.services import persons
from hall.services.catalogue import version_numbered
from hall.services.persons import PersonView
from hall.services.schedules import calendar_in_force, today_in
from hall.store import Store
from hall.store.schema.clocks import CaseClock
from hall.store.schema.documents import Document
from hall.store.schema.people import Account, Person
from hall.store.schema.permits import CaseMaterial, PermitCase
from hall.store.schema.supervision import CaseUrging


@dataclass(frozen=True, slots=True)
class DocumentView:
    """An issued document in a list."""

    document_id: int
    kind: str
    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock of a case as stored."""

    kind: str
    budget: int
    unit: str
    started_on: date
    due_on: date | None
    pending: str
    state: str
    due_ordinal: int | None


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A material as it was handed in."""

    name: str
    originals: int
    copies: int
    lacking: bool = False
    """Whether 容缺受理 lets it follow, and it has not come."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as any counter may see it: the applicant masked. `today` is the day it was read, for its lights."""

    case_id: int
    receipt_number: str
    acceptance_number: str
    matter_code: str
    matter_name: str
    department: str
    applicant: PersonView
    clerk_name: str
    state: str
    received_at: datetime
    today: Today
    clocks: tuple[ClockView, ...]
    materials: tuple[MaterialView, ...]
    documents: tuple[DocumentView, ...]
    purpose: str = "new"
    subject: str = ""
    agent_masked: str = ""
    is_part: bool = False
    """Whether it is a part of a joint case."""
    light: Light | None = None
    """How its clocks stand on `today`, by the case's own warning days; None for a case that has ended."""
    urgings: int = 0
    """How often somebody has urged it on (催办)."""

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state not in CLOSED

    @property
    def lacks(self) -> bool:
        """Whether materials are still to follow (容缺受理)."""
        return any(each.lacking for each in self.materials)


def case_of(store: Store, actor: Actor, *, case_id: int) -> CaseView:
    """A case by its key."""
    require(actor, "case.read")
    with store.read(actor) as session:
        case = session.get(PermitCase, case_id)
        if case is None or case.hall_id != store.hall_id:
            raise Missing(f"没有办件 {case_id}。")
        return _case_view(session, store, case)


def case_numbered(store: Store, actor: Actor, *, number: str) -> CaseView:
    """A case by its receipt number or its acceptance number."""
    require(actor, "case.read")
    with store.read(actor) as session:
        case = session.scalars(
            select(PermitCase).where(
                PermitCase.hall_id == store.hall_id,
                (PermitCase.receipt_number == number) | (PermitCase.acceptance_number == number),
            )
        ).one_or_none()
        if case is None:
            raise Missing(f"没有编号为“{number}”的办件，请核对编号。")
        return _case_view(session, store, case)


def history(store: Store, actor: Actor, *, id_number: str) -> tuple[CaseView, ...]:
    """All cases of the person with an ID number, newest first; found through the blind index."""
    require(actor, "case.read")
    with store.read(actor) as session:
        person = persons.find_by_id_number(session, store.key_ring, hall_id=store.hall_id, number=id_number)
        if person is None:
            return ()
        cases = session.scalars(
            select(PermitCase).where(PermitCase.applicant_id == person.id).order_by(PermitCase.id.desc())
        ).all()
        return tuple(_case_view(session, store, case) for case in cases)


def _case_view(session: Session, store: Store, case: PermitCase) -> CaseView:
    matter = version_numbered(session, case.matter_version_id).matter
    person = session.get_one(Person, case.applicant_id)
    agent = session.get(Person, case.agent_id) if case.agent_id is not None else None
    clerk = session.get(Account, case.account_id)
    clocks = session.scalars(select(CaseClock).where(CaseClock.case_id == case.id).order_by(CaseClock.id))
    materials = session.scalars(
        select(CaseMaterial).where(CaseMaterial.case_id == case.id).order_by(CaseMaterial.position)
    )
    papers = session.scalars(select(Document).where(Document.case_id == case.id).order_by(Document.id))
    today = today_in(calendar_in_force(session, store.hall_id), business_date(store.clock.now()))
    return CaseView(
        case_id=case.id,
        receipt_number=case.receipt_number,
        acceptance_number=case.acceptance_number or "",
        matter_code=matter.code,
        matter_name=matter.name,
        department=matter.department,
        applicant=persons.public_view(person, store.key_ring),
        clerk_name=clerk.display_name if clerk else "系统",
        state=case.state,
        received_at=case.received_at,
        today=today,
        clocks=tuple(
            ClockView(
                each.kind,
                each.budget,
                each.unit,
                each.started_on,
                each.due_on,
                each.pending,
                each.state,
                each.due_ordinal,
            )
            for each in clocks
        ),
        materials=tuple(MaterialView(each.name, each.originals, each.copies, each.lacking) for each in materials),
        documents=tuple(DocumentView(each.id, each.kind, each.number, each.issued_on) for each in papers),
        purpose=case.purpose,
        subject=case.subject,
        agent_masked=mask_name(agent.name) if agent is not None else "",
        is_part=case.parent_id is not None,
        light=None if case.closed_at is not None else _light(case, today),
        urgings=session.scalar(select(func.count()).where(CaseUrging.case_id == case.id)) or 0,
    )


def _light(case: PermitCase, today: Today) -> Light:
    due = DueOrdinals(case.statutory_ordinal, case.promised_ordinal)
    standing: Standing = "paused" if case.standing == "paused" else "running"
    return light(due, today, warning_days=case.warning_days, standing=standing)
