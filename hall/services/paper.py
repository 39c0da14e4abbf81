"""What a print job puts on paper: the slip of a ticket, a matter's guide, the slip of an issued document."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.errors import Missing
from hall.printing.receipts import receipt_slip
from hall.printing.slip import Slip
from hall.printing.tickets import Reprint, TicketSlip, ticket_slip
from hall.rules.identity import mask_name
from hall.services.case_paper import receipt_slip_of
from hall.services.catalogue import matter_in_force
from hall.services.documents import FrozenDocument, frozen
from hall.services.guides import guide_slip_of
from hall.services.spool import JobView
from hall.store import Store
from hall.store.schema.catalogue import Matter
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.queueing import Ticket
from hall.words import PRIORITY_KINDS

HINTS = (
    "请留意屏幕和广播，叫到号请到指定窗口。",
    "过号请到导办台；优先号按规则提前，先叫其他号属正常。",
    "本号当日有效。",
)


def slip_of(store: Store, job: JobView) -> Slip:
    """The slip of a job for the slip printer; a reprint says so, with its count and time."""
    reprint = Reprint(job.reprint, store.clock.now()) if job.reprint else None
    if job.subject_kind == "ticket":
        return ticket_slip_of(store, job.subject_id, reprint=reprint)
    if job.subject_kind == "guide":
        return guide_slip_of(store, job.subject_id)
    return document_slip_of(frozen(store, job.subject_id), reprint=reprint)


def document_slip_of(document: FrozenDocument, *, reprint: Reprint | None = None) -> Slip:
    """The receipt of an accepted case as a slip."""
    return receipt_slip(
        receipt_slip_of(document.content, number=document.number, payload=document.code_payload, reprint=reprint)
    )


def ticket_slip_of(store: Store, ticket_id: int, *, reprint: Reprint | None = None) -> Slip:
    """A ticket's slip as it was issued: waiting people and minutes are those of that moment."""
    with store.read() as session:
        ticket = session.get(Ticket, ticket_id)
        if ticket is None or ticket.hall_id != store.hall_id:
            raise Missing(f"没有号票 {ticket_id}。")
        return ticket_slip(_ticket_value(session, ticket, reprint))


def ticket_id_of(store: Store, code: str) -> int:
    """The newest ticket with a code, e.g. A017 (codes repeat from day to day)."""
    with store.read() as session:
        found = session.scalar(
            select(Ticket.id)
            .where(Ticket.hall_id == store.hall_id, Ticket.code == code.upper())
            .order_by(Ticket.id.desc())
            .limit(1)
        )
    if found is None:
        raise Missing(f"没有号票“{code}”，请核对号码。")
    return found


def _ticket_value(session: Session, ticket: Ticket, reprint: Reprint | None) -> TicketSlip:
    matter_code = session.get_one(Matter, ticket.matter_id).code
    matter = matter_in_force(session, ticket.hall_id, matter_code, ticket.business_date).matter
    person = session.get(Person, ticket.person_id) if ticket.person_id else None
    return TicketSlip(
        hall=session.get_one(Hall, ticket.hall_id).name,
        code=ticket.code,
        matter=matter.name,
        place=matter.department,
        waiting_ahead=ticket.ahead,
        minutes=(ticket.minutes_low, ticket.minutes_high),
        issued_at=ticket.issued_at,
        priority="" if ticket.priority == "ordinary" else f"{PRIORITY_KINDS[ticket.priority]}优先",
        masked_name=mask_name(person.name) if person else "",
        hints=HINTS,
        reprint=reprint,
    )
