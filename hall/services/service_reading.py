"""What is to be served and how far it came: the papers of a case, and all that is under way in the hall."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.case_facts import to_serve
from hall.services.paper_head import name_of
from hall.services.service_rule import service_rules
from hall.store import Store
from hall.store.schema.certificates import ServiceRecord
from hall.store.schema.clocks import CaseClock
from hall.store.schema.documents import Document
from hall.store.schema.permits import PermitCase
from hall.words import DOCUMENT_KINDS


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to serve a paper; `served_on` may lie ahead for a public notice."""

    record_id: int
    way: str
    sent_on: date
    served_on: date | None
    failed_on: date | None
    failure: str
    recipient: str
    capacity: str
    postal_number: str
    servers: tuple[str, ...]
    proof_document: int | None


@dataclass(frozen=True, slots=True)
class PaperToServe:
    """A paper of a case with every attempt, the oldest first."""

    document_id: int
    name: str
    number: str
    issued_on: date
    served: bool
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A paper that was sent and has not arrived. `due_on`: where the limit of delivery ends; `overdue`: it has."""

    case_id: int
    case_number: str
    document_id: int
    name: str
    number: str
    way: str
    sent_on: date
    postal_number: str
    due_on: date | None
    overdue: bool


def papers_of(store: Store, actor: Actor, *, case_id: int) -> tuple[PaperToServe, ...]:
    """The papers of a case that its applicant has to get."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        papers = session.scalars(to_serve(case_id).where(Document.hall_id == store.hall_id)).all()
        return tuple(_paper(session, paper, today) for paper in papers)


def under_way(store: Store, actor: Actor, *, overdue_only: bool = False) -> tuple[UnderWay, ...]:
    """Every paper that is on its way, the longest first."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        rows = session.execute(
            select(ServiceRecord, Document, PermitCase.receipt_number)
            .join(Document, Document.id == ServiceRecord.document_id)
            .join(PermitCase, PermitCase.id == ServiceRecord.case_id)
            .where(
                ServiceRecord.hall_id == store.hall_id,
                ServiceRecord.failed_on.is_(None),
                ServiceRecord.served_on.is_(None),
            )
            .order_by(ServiceRecord.sent_on, ServiceRecord.id)
        )
        found = tuple(_under_way(session, record, paper, number, today) for record, paper, number in rows.tuples())
    return tuple(each for each in found if each.overdue) if overdue_only else found


def capacities(store: Store, actor: Actor, *, home: Path) -> tuple[str, ...]:
    """Who may take a paper for its addressee."""
    require(actor, "case.read")
    return service_rules(home).in_force(business_date(store.clock.now())).capacities


def _paper(session: Session, paper: Document, today: date) -> PaperToServe:
    records = session.scalars(
        select(ServiceRecord).where(ServiceRecord.document_id == paper.id).order_by(ServiceRecord.id)
    ).all()
    return PaperToServe(
        document_id=paper.id,
        name=DOCUMENT_KINDS[paper.kind],
        number=paper.number,
        issued_on=paper.issued_on,
        served=any(record.served_on is not None and record.served_on <= today for record in records),
        attempts=tuple(_attempt(session, record) for record in records),
    )


def _attempt(session: Session, record: ServiceRecord) -> Attempt:
    names = (name_of(session, record.server_id), name_of(session, record.second_server_id))
    return Attempt(
        record_id=record.id,
        way=record.way,
        sent_on=record.sent_on,
        served_on=record.served_on,
        failed_on=record.failed_on,
        failure=record.failure,
        recipient=record.recipient,
        capacity=record.capacity,
        postal_number=record.postal_number,
        servers=tuple(name for name in names if name),
        proof_document=record.proof_document_id,
    )


def _under_way(session: Session, record: ServiceRecord, paper: Document, number: str, today: date) -> UnderWay:
    due_on = session.scalar(
        select(CaseClock.due_on)
        .where(CaseClock.case_id == record.case_id, CaseClock.kind == "delivery", CaseClock.state != "stopped")
        .order_by(CaseClock.id.desc())
        .limit(1)
    )
    return UnderWay(
        case_id=record.case_id,
        case_number=number,
        document_id=paper.id,
        name=DOCUMENT_KINDS[paper.kind],
        number=paper.number,
        way=record.way,
        sent_on=record.sent_on,
        postal_number=record.postal_number,
        due_on=due_on,
        overdue=due_on is not None and today > due_on,
    )
