"""What a print job puts on paper: the slip of a ticket, a matter's guide, the slip of an issued document."""

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.printing.receipts import receipt_slip
from hall.printing.slip import Slip
from hall.printing.tickets import Reprint, TicketSlip, ticket_slip
from hall.rules.identity import mask_name
from hall.rules.queue_policy import APPOINTMENT, ORDINARY
from hall.rules.tickets import NOT_LIVE
from hall.services.case_paper import receipt_slip_of
from hall.services.catalogue import name_on
from hall.services.documents import FrozenDocument, frozen
from hall.services.guides import guide_slip_of, power_slip_of
from hall.services.spool import JobView
from hall.store import Store
from hall.store.schema.appointments import Appointment
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.queueing import Counter, CounterMatter, Ticket, TicketEvent, TicketMatter
from hall.words import PRIORITY_KINDS

HINTS = (
    "请看屏幕、听广播，按号到窗口。",
    "过号请到导办台。",
    "优先号按规则先叫，属正常。",
    "本号当日有效。",
)
FURTHER_HINT = "几个事项用这一个号，办完一项请等下一项叫号。"
APPOINTMENT_HINT = "等候从预约时间算起。"

# Made once: a person waits for the slip.
_FURTHER = (
    select(TicketMatter.matter_id)
    .where(TicketMatter.ticket_id == bindparam("ticket_id"))
    .order_by(TicketMatter.position)
)
_TAKEN_FOR = (
    select(TicketEvent.matter_id)
    .where(TicketEvent.ticket_id == bindparam("ticket_id"), TicketEvent.matter_id.is_not(None))
    .order_by(TicketEvent.id)
    .limit(1)
)
_SERVED = select(CounterMatter.counter_id)
_SERVING = (
    select(Counter.number)
    .where(
        Counter.hall_id == bindparam("hall_id"),
        or_(
            Counter.id.not_in(_SERVED), Counter.id.in_(_SERVED.where(CounterMatter.matter_id == bindparam("matter_id")))
        ),
    )
    .order_by(Counter.number)
)


def slip_of(store: Store, job: JobView) -> Slip:
    """The slip of a job for the slip printer; a reprint says so, with its count and time."""
    reprint = Reprint(job.reprint, store.clock.now()) if job.reprint else None
    if job.subject_kind == "ticket":
        return ticket_slip_of(store, job.subject_id, reprint=reprint)
    if job.subject_kind == "guide":
        return guide_slip_of(store, job.subject_id)
    if job.subject_kind == "power":
        return power_slip_of(store, job.subject_id)
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
        return ticket_slip(ticket_value(session, ticket, reprint))


def require_live(store: Store, ticket_id: int) -> None:
    """Refuse a slip beside the spool for a ticket that lives only with the spool's own."""
    with store.read() as session:
        ticket = session.get_one(Ticket, ticket_id)
    if ticket.state in NOT_LIVE:
        raise Refused(f"{ticket.code} 号的小票还没有打出，请在导办台或窗口补打，打出后才进入排队。")


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


def ticket_value(session: Session, ticket: Ticket, reprint: Reprint | None = None) -> TicketSlip:
    """What stands on a ticket, whatever it is printed on."""
    numbers = _matter_ids(session, ticket)
    names = [name_on(session, number, ticket.business_date) for number in numbers]
    person = session.get(Person, ticket.person_id) if ticket.person_id else None
    booked = session.get(Appointment, ticket.appointment_id) if ticket.appointment_id else None
    return TicketSlip(
        hall=session.get_one(Hall, ticket.hall_id).name,
        code=ticket.code,
        matters=tuple(name for name, _ in names),
        place=_counters(session, ticket.hall_id, numbers[0]) or names[0][1],
        waiting_ahead=ticket.ahead,
        minutes=(ticket.minutes_low, ticket.minutes_high),
        issued_at=ticket.issued_at,
        priority=_mark(ticket.priority),
        masked_name=mask_name(person.name) if person else "",
        appointment=(booked.starts_at, booked.ends_at) if booked else None,
        hints=_hints(ticket, several=len(names) > 1),
        reprint=reprint,
    )


def _matter_ids(session: Session, ticket: Ticket) -> list[int]:
    """The matters the number was taken for, in order; a ticket that has gone on to a later one keeps its slip."""
    further = session.scalars(_FURTHER, {"ticket_id": ticket.id}).all()
    taken_for = session.scalar(_TAKEN_FOR, {"ticket_id": ticket.id})
    return [taken_for or ticket.matter_id, *further]


def _counters(session: Session, hall_id: int, matter_id: int) -> str:
    """The counters that serve a matter now: 1 至 4 号窗口; empty if none does."""
    numbers = session.scalars(_SERVING, {"hall_id": hall_id, "matter_id": matter_id}).all()
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]} 至 {numbers[-1]} 号窗口"
    return f"{'、'.join(map(str, numbers))} 号窗口" if numbers else ""


def _hints(ticket: Ticket, *, several: bool) -> tuple[str, ...]:
    """What the person should know; an appointment that came too late waits like everybody."""
    own = [
        hint for hint, holds in ((FURTHER_HINT, several), (APPOINTMENT_HINT, ticket.priority == APPOINTMENT)) if holds
    ]
    return (*own, *HINTS)


def _mark(priority: str) -> str:
    if priority in (ORDINARY, APPOINTMENT):
        return "" if priority == ORDINARY else PRIORITY_KINDS[priority]
    return f"{PRIORITY_KINDS[priority]}优先"
