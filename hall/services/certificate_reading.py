"""Certificates in lists: found by number, holder or ID number, with what is due on each; holders masked."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.certificates import CertificateRule, Renewal, ask_by, renewal
from hall.rules.people import Actor
from hall.rules.permits import CLOSED
from hall.services.certificate_rules import certificate_rules
from hall.services.certificates import certificate_in_hall
from hall.services.persons import PersonView, id_number_index, public_view
from hall.store import Store
from hall.store.schema.catalogue import Matter, MatterVersion
from hall.store.schema.certificates import Certificate
from hall.store.schema.people import Person
from hall.store.schema.permits import PermitCase
from hall.store.secrets import KeyRing

Shown = Literal["valid", "due", "ended", "all"]
"""`due`: valid, and within the first reminder of its end."""

MOST = 500
_ID_LENGTHS = (15, 18)

_Row = tuple[Certificate, MatterVersion, str, Person, str]


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate in a list. `days_left` None: without end. `ask_by`: the last day to ask for renewal in time.

    `reminder` is the newest reminder that went out, in days before expiry; `renewal_case` a renewal under way.
    """

    certificate_id: int
    number: str
    name: str
    matter_code: str
    matter_name: str
    holder: PersonView
    scope: str
    conditions: str
    valid_from: date
    valid_to: date | None
    state: str
    state_on: date
    state_reason: str
    days_left: int | None
    ask_by: date | None
    reminder: int | None
    renewal_case: str
    case_id: int
    case_number: str
    document_id: int | None


def certificates(
    store: Store, actor: Actor, *, shown: Shown = "valid", text: str = "", home: Path
) -> tuple[CertificateView, ...]:
    """The certificates of a filter, the first to expire on top, no more than MOST.

    `text`: part of a number or a name, or an ID number.
    """
    require(actor, "certificate.read")
    today = business_date(store.clock.now())
    rule = certificate_rules(home).in_force(today)
    conditions = [Certificate.hall_id == store.hall_id, *_shown(shown, today, rule)]
    if wanted := text.strip():
        conditions.append(_matching(wanted, store.key_ring))
    with store.read(actor) as session:
        return _views(session, store.key_ring, _read(session, conditions, limit=MOST), today=today, rule=rule)


def certificate_of(store: Store, actor: Actor, *, certificate_id: int, home: Path) -> CertificateView:
    """One certificate."""
    require(actor, "certificate.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        certificate_in_hall(session, store.hall_id, certificate_id)
        rows = _read(session, [Certificate.id == certificate_id], limit=1)
        (view,) = _views(session, store.key_ring, rows, today=today, rule=certificate_rules(home).in_force(today))
        return view


def certificates_of_case(store: Store, actor: Actor, *, case_id: int, home: Path) -> tuple[CertificateView, ...]:
    """The certificates that a case granted, the newest first."""
    require(actor, "certificate.read")
    today = business_date(store.clock.now())
    rule = certificate_rules(home).in_force(today)
    with store.read(actor) as session:
        of_case = [Certificate.hall_id == store.hall_id, Certificate.case_id == case_id]
        rows = _read(session, of_case, limit=MOST)
        return _views(session, store.key_ring, rows[::-1], today=today, rule=rule)


def renewal_of(store: Store, actor: Actor, *, certificate_id: int, home: Path) -> Renewal:
    """What asking today for the renewal of a certificate means. Raises NotRenewable, NoSuchCertificate."""
    require(actor, "certificate.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        record = certificate_in_hall(session, store.hall_id, certificate_id)
        return renewal(record.state, record.valid_to, asked_on=today, rule=certificate_rules(home).in_force(today))


def _shown(shown: Shown, today: date, rule: CertificateRule) -> list[ColumnElement[bool]]:
    if shown == "all":
        return []
    if shown == "ended":
        return [Certificate.state != "valid"]
    if shown == "due":
        return [Certificate.state == "valid", Certificate.valid_to <= today + timedelta(days=rule.reminders[0])]
    return [Certificate.state == "valid"]


def _matching(text: str, ring: KeyRing) -> ColumnElement[bool]:
    """An ID number or a credit code is found by its index, whole; anything else as part of a number or a name."""
    if len(text) in _ID_LENGTHS and text.isascii() and text.isalnum():
        return Person.id_number_index == id_number_index(ring, text)
    return Certificate.number.contains(text, autoescape=True) | Person.name.contains(text, autoescape=True)


def _read(session: Session, conditions: list[ColumnElement[bool]], *, limit: int) -> list[_Row]:
    query = (
        select(Certificate, MatterVersion, Matter.code, Person, PermitCase.receipt_number)
        .join(MatterVersion, MatterVersion.id == Certificate.matter_version_id)
        .join(Matter, Matter.id == MatterVersion.matter_id)
        .join(Person, Person.id == Certificate.holder_id)
        .join(PermitCase, PermitCase.id == Certificate.case_id)
        .where(*conditions)
        .order_by(Certificate.valid_to.is_(None), Certificate.valid_to, Certificate.id)
        .limit(limit)
    )
    return list(session.execute(query).tuples())


def _views(
    session: Session, ring: KeyRing, rows: list[_Row], *, today: date, rule: CertificateRule
) -> tuple[CertificateView, ...]:
    renewals = _renewals_under_way(session, [row[0].id for row in rows])
    return tuple(_view(row, ring, today=today, rule=rule, renewal_case=renewals.get(row[0].id, "")) for row in rows)


def _view(row: _Row, ring: KeyRing, *, today: date, rule: CertificateRule, renewal_case: str) -> CertificateView:
    record, version, code, holder, case_number = row
    return CertificateView(
        certificate_id=record.id,
        number=record.number,
        name=version.certificate_name,
        matter_code=code,
        matter_name=version.name,
        holder=public_view(holder, ring),
        scope=record.scope,
        conditions=record.conditions,
        valid_from=record.valid_from,
        valid_to=record.valid_to,
        state=record.state,
        state_on=record.state_on,
        state_reason=record.state_reason,
        days_left=(record.valid_to - today).days if record.valid_to else None,
        ask_by=ask_by(record.valid_to, rule) if record.valid_to else None,
        reminder=record.reminded_days,
        renewal_case=renewal_case if record.state == "valid" else "",
        case_id=record.case_id,
        case_number=case_number,
        document_id=record.document_id,
    )


def _renewals_under_way(session: Session, certificate_ids: list[int]) -> dict[int, str]:
    """Receipt numbers of open renewals by certificate; the newest of each."""
    found = session.execute(
        select(PermitCase.certificate_id, PermitCase.receipt_number)
        .where(
            PermitCase.certificate_id.in_(certificate_ids),
            PermitCase.purpose == "renewal",
            PermitCase.state.not_in(CLOSED),
        )
        .order_by(PermitCase.id)
    )
    return {certificate_id: number for certificate_id, number in found.tuples() if certificate_id is not None}
