"""Appointments (预约): imported from the booking system's file, listed masked, missed when their day is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from hall.clock import HALL_ZONE, business_date
from hall.rules.appointment_file import FILE_TITLE, BookedTime
from hall.rules.authority import require
from hall.rules.identity import mask_name, mask_phone
from hall.rules.imports import BadRow, BadRows
from hall.rules.people import Actor
from hall.services.catalogue import version_on
from hall.services.persons import id_number_index
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.appointments import Appointment
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Ticket
from hall.store.secrets import KeyRing

_NAME, _PHONE = "appointment.name", "appointment.phone"
# References that one query asks for: below the variables a statement of SQLite may have.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AppointmentsImported:
    """What an import did, by reference; `kept`: no longer booked (checked in, missed, cancelled), left as they are."""

    added: tuple[str, ...]
    renewed: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """An appointment as staff see it: name and phone masked; `ticket_code` once it is checked in."""

    reference: str
    starts_at: datetime
    ends_at: datetime
    matter_code: str
    matter_name: str
    name_masked: str
    phone_masked: str
    state: str
    ticket_code: str | None


@retried
def import_appointments(store: Store, actor: Actor, *, booked: tuple[BookedTime, ...]) -> AppointmentsImported:
    """Store all booked times or none; a reference that is still booked is brought up to date. Raises BadRows."""
    require(actor, "appointment.import")
    done: dict[str, list[str]] = {"added": [], "renewed": [], "unchanged": [], "kept": []}
    with store.work("appointment.import", actor) as work:
        work.lock("appointments")
        known = _known(work, [each.reference for each in booked])
        matter_ids = _matter_ids(work, booked, known)
        for each in booked:
            done[_enter(work, each, known.get(each.reference), matter_ids[each.matter_code, each.day])].append(
                each.reference
            )
        work.audit("appointments", **{kind: len(references) for kind, references in done.items()})
        work.changed("appointment", "all")
    return AppointmentsImported(**{kind: tuple(references) for kind, references in done.items()})


def appointments_today(store: Store, actor: Actor) -> tuple[AppointmentView, ...]:
    """The day's appointments in order of time."""
    require(actor, "appointment.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        rows = session.execute(
            select(Appointment, Matter.code)
            .join(Matter, Matter.id == Appointment.matter_id)
            .where(Appointment.hall_id == store.hall_id, Appointment.day == today)
            .order_by(Appointment.starts_at, Appointment.id)
        ).tuples()
        appointments = rows.all()
        codes = ticket_codes(session, store.hall_id, today)
        names = {code: _matter_name(session, store.hall_id, code, today) for code in {code for _, code in appointments}}
        return tuple(_view(each, store.key_ring, code, names[code], codes.get(each.id)) for each, code in appointments)


def miss_past(work: Work, day: date) -> None:
    """Appointments up to a day that is over and that nobody checked in are missed (爽约)."""
    missed = work.session.execute(
        update(Appointment)
        .where(Appointment.hall_id == work.hall_id, Appointment.day <= day, Appointment.state == "booked")
        .values(state="missed")
        .returning(Appointment.id)
        .execution_options(synchronize_session=False)
    )
    if missed.scalars().all():
        work.changed("appointment", day.isoformat())


def ticket_codes(session: Session, hall_id: int, day: date) -> dict[int, str]:
    """The numbers that a day's appointments were given, by appointment; cancelled tickets do not count."""
    rows = session.execute(
        select(Ticket.appointment_id, Ticket.code).where(
            Ticket.hall_id == hall_id,
            Ticket.business_date == day,
            Ticket.appointment_id.is_not(None),
            Ticket.state != "cancelled",
        )
    )
    return {appointment_id: code for appointment_id, code in rows if appointment_id is not None}


def appointments_of(session: Session, hall_id: int, *, index: str, day: date) -> tuple[Appointment, ...]:
    """A person's appointments of a day in their order; `index` is the blind index of the ID number."""
    return tuple(
        session.scalars(
            select(Appointment)
            .where(Appointment.hall_id == hall_id, Appointment.day == day, Appointment.id_number_index == index)
            .order_by(Appointment.starts_at, Appointment.id)
        )
    )


def without_number(session: Session, appointments: Sequence[Appointment]) -> Appointment | None:
    """The first of a day's appointments that still stands and has no number."""
    for each in appointments:
        if each.state in ("booked", "checked_in") and each.id not in ticket_codes(session, each.hall_id, each.day):
            return each
    return None


def _known(work: Work, references: Sequence[str]) -> dict[str, Appointment]:
    known: dict[str, Appointment] = {}
    for start in range(0, len(references), _AT_ONCE):
        some = references[start : start + _AT_ONCE]
        rows = work.session.scalars(
            select(Appointment)
            .where(Appointment.hall_id == work.hall_id, Appointment.reference.in_(some))
            .with_for_update()
        )
        known.update((each.reference, each) for each in rows)
    return known


def _matter_ids(work: Work, booked: Sequence[BookedTime], known: dict[str, Appointment]) -> dict[tuple[str, date], int]:
    """The matter of each row; raises BadRows where it is not in force that day, or a new row's day is over."""
    today = business_date(work.now)
    wanted = {(each.matter_code, each.day) for each in booked}
    versions = {each: version_on(work.session, work.hall_id, *each) for each in wanted}
    found = {each: version.matter_id for each, version in versions.items() if version is not None}
    bad_rows = []
    for each in booked:
        if (each.matter_code, each.day) not in found:
            bad_rows.append(BadRow(each.line, f"事项编码：{each.day} 没有事项 {each.matter_code}，请核对事项目录"))
        if each.day < today and each.reference not in known:
            bad_rows.append(BadRow(each.line, f"预约日期：{each.day} 已过，请核对日期或删去该行"))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return found


def _enter(work: Work, booked: BookedTime, known: Appointment | None, matter_id: int) -> str:
    """Add or bring up to date; gives the word for what was done."""
    if known is None:
        blank = Appointment(hall_id=work.hall_id, reference=booked.reference, state="booked")
        _fill(work, blank, booked, matter_id)
        work.session.add(blank)
        return "added"
    if known.state != "booked":
        return "kept"
    if _stands(known, booked, matter_id, work.key_ring):
        return "unchanged"
    _fill(work, known, booked, matter_id)
    return "renewed"


def _fill(work: Work, record: Appointment, booked: BookedTime, matter_id: int) -> None:
    ring = work.key_ring
    record.day = booked.day
    record.starts_at, record.ends_at = _instant(booked.day, booked.starts), _instant(booked.day, booked.ends)
    record.matter_id = matter_id
    record.name_sealed = ring.seal(booked.name, _NAME)
    record.phone_sealed = ring.seal(booked.phone, _PHONE) if booked.phone else None
    record.id_number_index = id_number_index(ring, booked.id_number)
    record.imported_at = work.now


def _stands(known: Appointment, booked: BookedTime, matter_id: int, ring: KeyRing) -> bool:
    """Whether the row says what is stored."""
    stored = (known.starts_at, known.ends_at, known.matter_id, known.id_number_index, *_person(known, ring))
    starts_at, ends_at = _instant(booked.day, booked.starts), _instant(booked.day, booked.ends)
    index = id_number_index(ring, booked.id_number)
    return stored == (starts_at, ends_at, matter_id, index, booked.name, booked.phone)


def _person(record: Appointment, ring: KeyRing) -> tuple[str, str]:
    phone = ring.unseal(record.phone_sealed, _PHONE) if record.phone_sealed else ""
    return ring.unseal(record.name_sealed, _NAME), phone


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, HALL_ZONE)


def _matter_name(session: Session, hall_id: int, code: str, day: date) -> str:
    version = version_on(session, hall_id, code, day)
    return code if version is None else version.matter.name


def _view(record: Appointment, ring: KeyRing, code: str, name: str, ticket_code: str | None) -> AppointmentView:
    full_name, phone = _person(record, ring)
    return AppointmentView(
        reference=record.reference,
        starts_at=record.starts_at,
        ends_at=record.ends_at,
        matter_code=code,
        matter_name=name,
        name_masked=mask_name(full_name),
        phone_masked=mask_phone(phone),
        state=record.state,
        ticket_code=ticket_code,
    )
