"""Permit cases: what acceptance would mean, and acceptance itself."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.cards import Card, TypedCard
from hall.rules.catalogue import Matter
from hall.rules.clocks import ClockStart, start_clocks
from hall.rules.identity import parse_id_number
from hall.rules.materials import HandedIn, check_acceptance, missing_materials
from hall.rules.numbering import Series, document_number
from hall.rules.people import Actor
from hall.rules.tickets import OPEN_AT_COUNTER
from hall.rules.timelimits import LimitRequest, compute
from hall.services import documents, persons, receipts, spool
from hall.services.calendar import shipped_limits
from hall.services.case_paper import case_content
from hall.services.catalogue import MatterInForce, matter_in_force
from hall.services.persons import PersonDetails
from hall.services.schedules import FAR, calendar_in_force
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.clocks import CaseClock
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.permits import CaseEvent, CaseMaterial, PermitCase
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
    card: Card | TypedCard
    phone: str = field(repr=False)
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


def intake(store: Store, actor: Actor, *, matter_code: str, materials: tuple[HandedIn, ...]) -> Intake:
    """Look before accepting: nothing is written."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        matter = matter_in_force(session, store.hall_id, matter_code, today).matter
        calendar = calendar_in_force(session, store.hall_id)
    return Intake(
        matter, missing_materials(matter.materials, materials), start_clocks(matter, today, calendar=calendar)
    )


@retried
def accept(store: Store, actor: Actor, *, application: Application, home: Path, slip: bool = True) -> Accepted:
    """Accept a complete application: case, clocks, numbers, frozen documents and print jobs in one transaction.

    `slip`: whether this station prints slips; where it does not, the receipt comes out as a page.

    Receipt and acceptance fall together: the set is complete when it is handed in (行政许可法 32(1)(5)).
    Raises MaterialsMissing, ForeignMaterial and whatever the applicant's particulars are refused for.
    """
    require(actor, "case.accept")
    with store.work("case.accept", actor) as work:
        work.lock("calendar")  # an import must not miss this case's clocks, nor this case the import
        today = business_date(work.now)
        matter = matter_in_force(work.session, work.hall_id, application.matter_code, today)
        check_acceptance(matter.matter, application.materials)
        if isinstance(application.card, Card) and application.card.expired_on(today):
            raise Refused("这张证件已过有效期，请申请人出示有效证件。")
        case = _open_case(work, matter, application)
        clocks = start_clocks(matter.matter, today, calendar=calendar_in_force(work.session, work.hall_id))
        _write_clocks(work, case.id, clocks)
        _write_materials(work, case.id, matter.matter, application.materials)
        accepted = _issue_documents(work, case, matter.matter, application, clocks=clocks, home=home, slip=slip)
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


def _open_case(work: Work, matter: MatterInForce, application: Application) -> PermitCase:
    _check_ticket(work, application.ticket_id)
    year = str(business_date(work.now).year)
    case = PermitCase(
        hall_id=work.hall_id,
        receipt_number=_number(work, "许收", year),
        acceptance_number=_number(work, "许受", year),
        matter_version_id=matter.version_id,
        matter_id=matter.matter_id,
        applicant_id=_record_applicant(work, application),
        ticket_id=application.ticket_id,
        department_id=matter.department_id,
        account_id=work.actor.account_id,
        channel=application.channel,
        purpose="new",
        handling=matter.matter.handling,
        state="accepted",
        received_at=work.now,
        accepted_at=work.now,
        accepted_on=business_date(work.now),
        accepted_how="complete",
        urgency=FAR,
        warning_days=1,
    )
    work.session.add(case)
    work.session.flush()
    for kind in ("receive", "accept"):
        work.session.add(
            CaseEvent(
                hall_id=work.hall_id,
                case_id=case.id,
                at=work.now,
                day=business_date(work.now),
                kind=kind,
                state="received" if kind == "receive" else "accepted",
                account_id=work.actor.account_id,
                note="",
            )
        )
    return case


def _record_applicant(work: Work, application: Application) -> int:
    card, phone = application.card, application.phone
    if isinstance(card, Card):
        return persons.record_card(work, card, phone=phone)
    told = parse_id_number(card.id_number, today=business_date(work.now))
    details = PersonDetails(kind=told.kind, name=card.name, id_number=told.number, phone=phone, address=card.address)
    return persons.record_details(work, details)


def _check_ticket(work: Work, ticket_id: int | None) -> None:
    if ticket_id is None:
        return
    ticket = work.session.get(Ticket, ticket_id)
    here = ticket is not None and ticket.hall_id == work.hall_id and ticket.state in OPEN_AT_COUNTER
    if ticket is None or not here or ticket.account_id != work.actor.account_id:
        raise Refused("这个号不在您的窗口办理中，请先叫号。")


def _number(work: Work, series: Series, year: str) -> str:
    hall = work.session.get_one(Hall, work.hall_id)
    return document_number(hall.short_name, series, year=int(year), serial=work.next_number(f"document/{series}", year))


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
    slip: bool,
) -> Accepted:
    """Freeze the receipt (slip) and the acceptance notice (pages), sign both, put both into the spool."""
    today = business_date(work.now)
    hall = work.session.get_one(Hall, work.hall_id)
    applicant = persons.opened(work.session.get_one(Person, case.applicant_id), work.key_ring)
    content = case_content(
        hall,
        matter,
        received_at=case.received_at,
        applicant_name=applicant.name,
        applicant_id=applicant.id_number,
        materials=application.materials,
        clocks=clocks,
        channel=application.channel,
        clerk_name=work.actor.name,
        receipt_number=case.receipt_number,
        check_due=_check_due(work, today),
        issued_on=today,
    )
    issued: dict[str, int] = {}
    payloads: dict[str, str] = {}
    papers: tuple[tuple[documents.DocumentKind, str, spool.Printer], ...] = (
        ("receipt", case.receipt_number, "slip" if slip else "page"),
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


def _check_due(work: Work, received_on: date) -> date | None:
    """By when a hall must say what is missing (行政许可法 32(1)(4)); None while that year's schedule is lacking."""
    rule = shipped_limits().limit("permit.supplement-notice", received_on)
    calendar = calendar_in_force(work.session, work.hall_id)
    due = compute(calendar, rule, LimitRequest(start=received_on)).due
    return due.date() if isinstance(due, datetime) else due
