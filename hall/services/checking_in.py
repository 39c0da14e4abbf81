"""Checking in (预约签到): an appointment of today becomes a ticket that waits from the booked time."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules import appointments as rule
from hall.rules.authority import may, require
from hall.rules.cards import Card
from hall.rules.identity import age_on
from hall.rules.people import Actor
from hall.rules.queue_policy import APPOINTMENT, ORDINARY, QueuePolicy
from hall.rules.taking import priority_of
from hall.rules.waiting_time import Expected
from hall.services import persons
from hall.services.appointments import appointments_of, ticket_codes, without_number
from hall.services.catalogue import matter_in_force
from hall.services.queue_reading import expected_wait
from hall.services.taking import NewTicket, TicketIssued, enter_ticket, issued_view
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.appointments import Appointment
from hall.store.schema.catalogue import Matter
from hall.words import APPOINTMENT_STATES


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An appointment whose holder is here, with what its ticket will be."""

    appointment_id: int
    matter_code: str
    priority: str
    waits_from: datetime
    notice: str


def check_in_by_card(
    store: Store, actor: Actor, *, card: Card, policy: QueuePolicy, slip: bool, sheets: Path | None = None
) -> TicketIssued:
    """The card's first appointment of today that has no number yet; raises the refusals of `rules.appointments`."""
    require(actor, "queue.issue")
    index = persons.id_number_index(store.key_ring, card.id_number)
    with store.read(actor) as session:
        today = business_date(store.clock.now())
        found = _of_card(session, store.hall_id, index=index, today=today)
        arrival = _arrival(session, found, now=store.clock.now(), policy=policy, card=card)
    return _check_in(store, actor, arrival, card=card, policy=policy, slip=slip, sheets=sheets)


def check_in_by_reference(
    store: Store, actor: Actor, *, reference: str, policy: QueuePolicy, slip: bool, sheets: Path | None = None
) -> TicketIssued:
    """By the booking system's number. Typed at a kiosk it puts nobody's name on the ticket: it may be another's."""
    require(actor, "queue.issue")
    reference = reference.strip()
    with store.read(actor) as session:
        query = select(Appointment).where(Appointment.hall_id == store.hall_id, Appointment.reference == reference)
        found = session.scalars(query).one_or_none()
        if found is None:
            raise rule.NoSuchReference(reference)
        arrival = _arrival(session, found, now=store.clock.now(), policy=policy, card=None)
    return _check_in(store, actor, arrival, card=None, policy=policy, slip=slip, sheets=sheets)


def _check_in(
    store: Store,
    actor: Actor,
    arrival: _Arrival,
    *,
    card: Card | None,
    policy: QueuePolicy,
    slip: bool,
    sheets: Path | None,
) -> TicketIssued:
    expected = expected_wait(
        store,
        actor,
        policy=policy,
        matter_code=arrival.matter_code,
        priority=arrival.priority,
        waits_from=arrival.waits_from,
    )
    return _give_number(store, actor, arrival, card=card, policy=policy, expected=expected, slip=slip, sheets=sheets)


@retried
def _give_number(
    store: Store,
    actor: Actor,
    arrival: _Arrival,
    *,
    card: Card | None,
    policy: QueuePolicy,
    expected: Expected,
    slip: bool,
    sheets: Path | None,
) -> TicketIssued:
    with store.work("queue.check_in", actor) as work:
        appointment = work.session.get_one(Appointment, arrival.appointment_id, with_for_update=True)
        _refuse_unready(work.session, appointment, business_date(work.now))
        matter = matter_in_force(work.session, work.hall_id, arrival.matter_code, appointment.day)
        new = NewTicket(
            matter=matter,
            priority=arrival.priority,
            channel="appointment",
            expected=expected,
            person_id=_person_id(work, appointment, card),
            waits_from=arrival.waits_from,
            appointment_id=appointment.id,
        )
        ticket = enter_ticket(work, new, policy=policy, slip=slip, sheets=sheets)
        appointment.state, appointment.checked_in_at = "checked_in", work.now
        work.audit(f"ticket:{ticket.id}", code=ticket.code, reference=appointment.reference, priority=ticket.priority)
        work.changed("appointment", appointment.reference)
        sheet = sheets is not None and not slip
        return issued_view(ticket, matter, notice=arrival.notice, sheet=sheet)


def _of_card(session: Session, hall_id: int, *, index: str, today: date) -> Appointment:
    """The first appointment of the card that has no number; if all have one, the last."""
    found = appointments_of(session, hall_id, index=index, day=today)
    if not found:
        raise rule.NoAppointment
    return without_number(session, found) or found[-1]


def _arrival(
    session: Session, appointment: Appointment, *, now: datetime, policy: QueuePolicy, card: Card | None
) -> _Arrival:
    _refuse_unready(session, appointment, business_date(now))
    matter_code = session.scalars(select(Matter.code).where(Matter.id == appointment.matter_id)).one()
    kind = rule.kind_at(now, appointment.starts_at, policy.appointments)
    if kind == APPOINTMENT:
        return _Arrival(appointment.id, matter_code, kind, appointment.starts_at, "")
    age = age_on(card.birth, business_date(now)) if card is not None else None
    kind = priority_of(ORDINARY, alone=True, age=age, elder_age=policy.elder_age)
    return _Arrival(appointment.id, matter_code, kind, now, rule.late_notice(policy.appointments.latest))


def _refuse_unready(session: Session, appointment: Appointment, today: date) -> None:
    """Another day's, cancelled or missed, or checked in; a cancelled ticket gives the appointment back."""
    if appointment.day != today:
        raise rule.OtherDay(appointment.day)
    if appointment.state not in ("booked", "checked_in"):
        raise rule.AppointmentOver(APPOINTMENT_STATES[appointment.state])
    if code := ticket_codes(session, appointment.hall_id, today).get(appointment.id):
        raise rule.AlreadyCheckedIn(code)


def _person_id(work: Work, appointment: Appointment, card: Card | None) -> int | None:
    """The holder of the card; where staff have asked, the person of the hall who has the appointment's number."""
    if card is not None:
        return persons.record_card(work, card)
    if not may(work.actor, "appointment.read"):
        return None
    known = persons.find_by_index(work.session, hall_id=work.hall_id, index=appointment.id_number_index)
    return known.id if known else None
