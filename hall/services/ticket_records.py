"""What every deed on a ticket shares: the ticket at a counter, its next state, its event, what the clerk sees of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from hall.errors import Missing
from hall.rules import tickets
from hall.services import persons
from hall.services.catalogue import matter_in_force
from hall.services.persons import PersonView
from hall.store import Work
from hall.store.schema.catalogue import Matter
from hall.store.schema.people import Person
from hall.store.schema.queueing import Announcement, Counter, Ticket, TicketEvent, TicketMatter
from hall.store.secrets import KeyRing


@dataclass(frozen=True, slots=True)
class Called:
    """A ticket that is now at a counter, with why it was the next and who comes.

    `further`: names of the matters that come after this one; `sender`: the counter it goes back to;
    `called_at`: the latest call, None while it is only chosen.
    """

    ticket_id: int
    code: str
    matter_code: str
    matter_name: str
    counter_number: int
    waited: timedelta
    calls: int
    reason: str
    state: str
    applicant: PersonView | None
    priority: str
    note: str
    further: tuple[str, ...]
    sender: int | None
    called_at: datetime | None


def open_at(place: Counter) -> Select[tuple[Ticket]]:
    """The ticket at a counter: a unique partial index holds that there is one at most."""
    return select(Ticket).where(Ticket.counter_id == place.id, Ticket.state.in_(tickets.OPEN_AT_COUNTER))


def present_ticket(work: Work, place: Counter) -> Ticket:
    """The ticket at a counter, locked; raises Missing."""
    ticket = work.session.scalars(open_at(place).with_for_update()).one_or_none()
    if ticket is None:
        raise Missing(f"{place.number}号窗口现在没有在办的号，请先叫号（F2）。")
    return ticket


def ticket_locked(work: Work, ticket_id: int) -> Ticket:
    """A ticket of this hall by its key, locked; raises Missing."""
    ticket = work.session.get(Ticket, ticket_id, with_for_update=True)
    if ticket is None or ticket.hall_id != work.hall_id:
        raise Missing(f"没有号票 {ticket_id}。")
    return ticket


def advance(ticket: Ticket, action: tickets.TicketAction) -> None:
    """The state that follows, or TicketNotReady."""
    ticket.state = tickets.after(action, ticket.state, code=ticket.code)


def leave_counter(ticket: Ticket) -> None:
    """The ticket goes back to the queue: no counter, no clerk, and the calls to come are counted anew."""
    ticket.counter_id = ticket.account_id = None
    ticket.called_at = ticket.arrived_at = ticket.started_at = None
    ticket.calls = 0


def add_event(
    work: Work, ticket: Ticket, kind: str, *, counter_id: int | None = None, reason: str = "", terms: str = ""
) -> None:
    """Write what happened to the ticket, with the matter it stands for now. Kinds are `words.TICKET_ACTIONS`."""
    work.session.execute(
        insert(TicketEvent).values(
            hall_id=work.hall_id,
            ticket_id=ticket.id,
            at=work.now,
            kind=kind,
            counter_id=counter_id,
            account_id=work.actor.account_id,
            reason=reason,
            matter_id=ticket.matter_id,
            terms=terms,
        )
    )


def add_announcement(work: Work, ticket: Ticket, place: Counter) -> None:
    """Have the loudspeaker call the ticket to the counter; whoever owns it hears of the change of the queue."""
    work.session.execute(
        insert(Announcement).values(
            hall_id=work.hall_id,
            ticket_id=ticket.id,
            code=ticket.code,
            counter_number=place.number,
            state="pending",
            created_at=work.now,
        )
    )


def called_view(
    session: Session, ring: KeyRing, ticket: Ticket, place: Counter, *, reason: str, now: datetime | None = None
) -> Called:
    """What the clerk at the counter sees of the ticket: names, numbers and notes only now that it is called.

    `now`: until when a ticket that is not yet called has waited.
    """
    code = matter_code(session, ticket)
    matter = matter_in_force(session, place.hall_id, code, ticket.business_date).matter
    first = ticket.first_called_at  # before the ticket waited anew, where it does
    until = first if first and first >= ticket.waits_from else ticket.called_at or now or ticket.waits_from
    revealed = ticket.state != "chosen"
    person = session.get(Person, ticket.person_id) if revealed and ticket.person_id is not None else None
    return Called(
        ticket_id=ticket.id,
        code=ticket.code,
        matter_code=code,
        matter_name=matter.name,
        counter_number=place.number,
        waited=max(until - ticket.waits_from, timedelta()),
        calls=ticket.calls,
        reason=reason,
        state=ticket.state,
        applicant=persons.public_view(person, ring) if person else None,
        priority=ticket.priority,
        note=ticket.note if revealed else "",
        further=_further(session, ticket),
        sender=_number(session, ticket.sender_counter_id),
        called_at=ticket.called_at,
    )


def matter_code(session: Session, ticket: Ticket) -> str:
    """The code of the matter the ticket stands for now."""
    return session.scalars(select(Matter.code).where(Matter.id == ticket.matter_id)).one()


def _further(session: Session, ticket: Ticket) -> tuple[str, ...]:
    codes = session.scalars(
        select(Matter.code)
        .join(TicketMatter, TicketMatter.matter_id == Matter.id)
        .where(TicketMatter.ticket_id == ticket.id, TicketMatter.done_at.is_(None))
        .order_by(TicketMatter.position)
    )
    return tuple(
        matter_in_force(session, ticket.hall_id, code, ticket.business_date).matter.name for code in codes.all()
    )


def _number(session: Session, counter_id: int | None) -> int | None:
    return None if counter_id is None else session.scalar(select(Counter.number).where(Counter.id == counter_id))
