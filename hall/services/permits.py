"""Permit cases: what acceptance would mean, acceptance itself, and the case as screens show it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.numbering import Series, document_number
from hall.rules.people import Actor
from hall.rules.permits import ClockStart, HandedIn, check_acceptance, missing_materials, start_clocks
from hall.services import documents, persons, receipts, spool
from hall.services.case_paper import case_content
from hall.services.catalogue import MatterInForce, matter_in_force, version_numbered
from hall.services.persons import PersonView
from hall.services.schedules import calendar_in_force
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.documents import Document
from hall.store.schema.halls import Hall
from hall.store.schema.people import Account, Person
from hall.store.schema.permits import CaseClock, CaseEvent, CaseMaterial, PermitCase
from hall.store.schema.queueing import Ticket
from hall.words import DOCUMENT_KINDS


@dataclass(frozen=True, slots=True)
class Intake:
    """What acceptance would mean today: the matter, what is missing, both clocks."""

    matter: Matter
    missing: tuple[str, ...]
    clocks: tuple[ClockStart, ...]


@dataclass(frozen=True, slots=True)
class Application:
    """An application as the clerk has it on the screen."""

    matter_code: str
    card: Card
    phone: str
    materials: tuple[HandedIn, ...]
    ticket_id: int | None = None
    channel: str = "counter"


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted case: both numbers, both clocks, what is on its way to the printers."""

    case_id: int
    receipt_number: str
    acceptance_number: str
    clocks: tuple[ClockStart, ...]
    receipt_payload: str
    receipt_document: int
    acceptance_document: int


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


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as any counter may see it: the applicant masked."""

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
    clocks: tuple[ClockView, ...]
    materials: tuple[HandedIn, ...]
    documents: tuple[DocumentView, ...]


def intake(store: Store, actor: Actor, *, matter_code: str, materials: tuple[HandedIn, ...]) -> Intake:
    """Look before accepting: nothing is written."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read() as session:
        matter = matter_in_force(session, store.hall_id, matter_code, today).matter
        calendar = calendar_in_force(session, store.hall_id)
    return Intake(
        matter, missing_materials(matter.materials, materials), start_clocks(matter, today, calendar=calendar)
    )


@retried
def accept(store: Store, actor: Actor, *, application: Application, home: Path) -> Accepted:
    """Accept a complete application: case, clocks, numbers, frozen documents and print jobs in one transaction.

    Receipt and acceptance fall together: the set is complete when it is handed in (行政许可法 32(1)(5)).
    Raises MaterialsMissing, ForeignMaterial and whatever the applicant's particulars are refused for.
    """
    require(actor, "case.accept")
    with store.work("case.accept", actor) as work:
        today = business_date(work.now)
        matter = matter_in_force(work.session, work.hall_id, application.matter_code, today)
        check_acceptance(matter.matter, application.materials)
        if application.card.expired_on(today):
            raise Refused("这张证件已过有效期，请申请人出示有效证件。")
        case = _open_case(work, matter, application)
        clocks = start_clocks(matter.matter, today, calendar=calendar_in_force(work.session, work.hall_id))
        _write_clocks(work, case.id, clocks)
        _write_materials(work, case.id, matter.matter, application.materials)
        accepted = _issue_documents(work, case, matter.matter, application, clocks=clocks, home=home)
        work.audit(
            f"case:{case.id}",
            receipt=accepted.receipt_number,
            acceptance=accepted.acceptance_number,
            matter=application.matter_code,
            version=matter.version,
            due={clock.kind: clock.due_on.isoformat() if clock.due_on else None for clock in clocks},
        )
        work.changed("case", str(case.id))
        return accepted


def case_of(store: Store, actor: Actor, *, case_id: int) -> CaseView:
    """A case by its key."""
    require(actor, "case.read")
    with store.read() as session:
        case = session.get(PermitCase, case_id)
        if case is None or case.hall_id != store.hall_id:
            raise Missing(f"没有办件 {case_id}。")
        return _case_view(session, store, case)


def case_numbered(store: Store, actor: Actor, *, number: str) -> CaseView:
    """A case by its receipt number or its acceptance number."""
    require(actor, "case.read")
    with store.read() as session:
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
    with store.read() as session:
        person = persons.find_by_id_number(session, store.key_ring, hall_id=store.hall_id, number=id_number)
        if person is None:
            return ()
        cases = session.scalars(
            select(PermitCase).where(PermitCase.applicant_id == person.id).order_by(PermitCase.id.desc())
        ).all()
        return tuple(_case_view(session, store, case) for case in cases)


def _open_case(work: Work, matter: MatterInForce, application: Application) -> PermitCase:
    _check_ticket(work, application.ticket_id)
    year = str(business_date(work.now).year)
    case = PermitCase(
        hall_id=work.hall_id,
        receipt_number=_number(work, "许收", year),
        acceptance_number=_number(work, "许受", year),
        matter_version_id=matter.version_id,
        applicant_id=persons.record_card(work, application.card, phone=application.phone),
        ticket_id=application.ticket_id,
        department_id=matter.department_id,
        account_id=work.actor.account_id,
        channel=application.channel,
        state="accepted",
        received_at=work.now,
        accepted_at=work.now,
    )
    work.session.add(case)
    work.session.flush()
    for kind in ("receive", "accept"):
        work.session.add(
            CaseEvent(
                hall_id=work.hall_id,
                case_id=case.id,
                at=work.now,
                kind=kind,
                account_id=work.actor.account_id,
                note="",
            )
        )
    return case


def _check_ticket(work: Work, ticket_id: int | None) -> None:
    if ticket_id is None:
        return
    ticket = work.session.get(Ticket, ticket_id)
    if ticket is None or ticket.hall_id != work.hall_id or ticket.account_id != work.actor.account_id:
        raise Refused("这个号不在您的窗口办理中，请先叫号。")


def _number(work: Work, series: Series, year: str) -> str:
    hall = work.session.get_one(Hall, work.hall_id)
    return document_number(
        hall.short_name, series, year=int(year), serial=work.next_number(f"document/{series}", year)
    )


def _write_clocks(work: Work, case_id: int, clocks: tuple[ClockStart, ...]) -> None:
    work.session.add_all(
        CaseClock(
            hall_id=work.hall_id,
            case_id=case_id,
            kind=clock.kind,
            unit=clock.limit.unit,
            budget=clock.limit.days,
            started_on=clock.started_on,
            due_on=clock.due_on,
            due_ordinal=clock.due_ordinal,
            pending=clock.pending,
            state="running",
        )
        for clock in clocks
    )


def _write_materials(work: Work, case_id: int, matter: Matter, handed: tuple[HandedIn, ...]) -> None:
    names = {rule.position: rule.name for rule in matter.materials}
    work.session.add_all(
        CaseMaterial(
            hall_id=work.hall_id,
            case_id=case_id,
            position=each.position,
            name=names[each.position],
            originals=each.originals,
            copies=each.copies,
        )
        for each in handed
        if each.originals or each.copies
    )


def _issue_documents(
    work: Work,
    case: PermitCase,
    matter: Matter,
    application: Application,
    *,
    clocks: tuple[ClockStart, ...],
    home: Path,
) -> Accepted:
    """Freeze the receipt (slip) and the acceptance notice (pages), sign both, put both into the spool."""
    today = business_date(work.now)
    hall = work.session.get_one(Hall, work.hall_id)
    content = case_content(
        hall,
        matter,
        received_at=case.received_at,
        applicant_name=application.card.name,
        applicant_id=application.card.id_number,
        materials=application.materials,
        clocks=clocks,
        channel=application.channel,
        clerk_name=work.actor.name,
        issued_on=today,
    )
    issued: dict[str, int] = {}
    payloads: dict[str, str] = {}
    papers: tuple[tuple[documents.DocumentKind, str, spool.Printer], ...] = (
        ("receipt", case.receipt_number, "slip"),
        ("acceptance", case.acceptance_number or "", "page"),
    )
    for kind, number, printer in papers:
        payloads[kind] = receipts.sign(work, number, today)
        issued[kind] = documents.freeze(
            work,
            case_id=case.id,
            kind=kind,
            number=number,
            issued_on=today,
            content={**content, "number": number},
            code_payload=payloads[kind],
            home=home,
        )
        title = f"{DOCUMENT_KINDS[kind]} {number}"
        spool.enqueue(work, printer=printer, subject_kind="document", subject_id=issued[kind], title=title)
    return Accepted(
        case_id=case.id,
        receipt_number=case.receipt_number,
        acceptance_number=case.acceptance_number or "",
        clocks=clocks,
        receipt_payload=payloads["receipt"],
        receipt_document=issued["receipt"],
        acceptance_document=issued["acceptance"],
    )


def _case_view(session: Session, store: Store, case: PermitCase) -> CaseView:
    matter = version_numbered(session, case.matter_version_id).matter
    person = session.get_one(Person, case.applicant_id)
    clerk = session.get(Account, case.account_id)
    clocks = session.scalars(select(CaseClock).where(CaseClock.case_id == case.id).order_by(CaseClock.id))
    materials = session.scalars(
        select(CaseMaterial).where(CaseMaterial.case_id == case.id).order_by(CaseMaterial.position)
    )
    papers = session.scalars(select(Document).where(Document.case_id == case.id).order_by(Document.id))
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
        clocks=tuple(
            ClockView(
                each.kind, each.budget, each.unit, each.started_on, each.due_on, each.pending, each.state
            )
            for each in clocks
        ),
        materials=tuple(HandedIn(each.position, each.originals, each.copies) for each in materials),
        documents=tuple(DocumentView(each.id, each.kind, each.number, each.issued_on) for each in papers),
    )
