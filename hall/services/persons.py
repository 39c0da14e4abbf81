"""Persons who come to the hall: entered once, sealed, found again by number, shown masked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.cards import Card
from hall.rules.identity import (
    mask_address,
    mask_id_number,
    mask_name,
    mask_phone,
    normalise,
    parse_credit_code,
    parse_id_number,
    parse_phone,
)
from hall.rules.people import Actor
from hall.store import Store, Work
from hall.store.schema.people import Person
from hall.store.secrets import KeyRing

ORGANISATION = "organisation"

_ID_NUMBER, _PHONE, _ADDRESS = "person.id_number", "person.phone", "person.address"
_LONG_NUMBER = re.compile(
    r"[0-9０-９]{7,}|(?<![0-9０-９])[1１][3-9３-９][0-9０-９][ \-－—]?[0-9０-９]{4}[ \-－—]?[0-9０-９]{4}(?![0-9０-９])"
)
"""Seven digits and more; a mobile number also in its usual groups."""


class NoSuchPerson(Missing):
    """The hall has no person with this record number."""

    def __init__(self) -> None:
        super().__init__("没有找到这位当事人的登记，可能登记在别的大厅。请重新查询。")


class NameMissing(Refused):
    """A person was entered without a name."""

    def __init__(self) -> None:
        super().__init__("没有填写姓名或名称，请填写后再保存。")


class ReasonMissing(Refused):
    """Personal data was to be shown without saying what for."""

    def __init__(self) -> None:
        super().__init__("查看完整个人信息要写明事由，例如“核对送达地址”。")


class ReasonHoldsNumber(Refused):
    """The reason would carry a telephone or ID number into the audit."""

    def __init__(self) -> None:
        super().__init__("事由里不要写电话或证件号码，请只写用途，例如“核对送达地址”。")


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Everything the hall knows of a person, in clear. `kind`: resident, foreigner, hmt or organisation.

    An organisation's `id_number` is its unified social credit code; only an organisation has an `organisation_kind`
    (individual_business, legal or other) and a `representative`. The repr tells the kind only.
    """

    kind: str
    name: str = field(repr=False)
    sex: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    organisation_kind: str = ""
    representative: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as screens, lists and exports show it."""

    id: int
    kind: str
    name_masked: str
    sex: str
    id_masked: str
    phone_masked: str
    address_masked: str
    organisation_kind: str = ""
    representative_masked: str = ""


def record_card(work: Work, card: Card, *, phone: str = "") -> int:
    """Enter or refresh the holder of a card that was read; the chip's number is taken as it is.

    Gives the person's id. Part of the caller's work and of its audit entry. Raises BadPhone.
    """
    details = PersonDetails(
        kind=card.kind,
        name=card.name,
        sex=card.sex,
        id_number=normalise(card.id_number),
        phone=parse_phone(phone) if phone else "",
        address=card.home_address,
    )
    return _record(work, details)


def record_details(work: Work, details: PersonDetails) -> int:
    """Enter or refresh a person from typed details; gives its id.

    Raises NameMissing, BadNumber or BadPhone. The number of a natural person tells its kind and sex.
    Without a number nobody can be recognised: a new person is entered.
    """
    if not details.name.strip():
        raise NameMissing
    return _record(work, _checked(details))


def lock_numbers(work: Work, *numbers: str) -> None:
    """Keep whoever has these ID numbers or credit codes from being entered elsewhere until the end of the work.

    A work that enters several persons names all of them before the first of them, and before it draws a number.
    """
    work.lock(*(_number_lock(work, number) for number in {normalise(each) for each in numbers} if number))


def find_by_id_number(session: Session, ring: KeyRing, *, hall_id: int, number: str) -> Person | None:
    """The hall's person with this ID number or credit code, however it was typed."""
    return find_by_index(session, hall_id=hall_id, index=id_number_index(ring, number))


def find_by_index(session: Session, *, hall_id: int, index: str) -> Person | None:
    """The hall's person whose number has this blind index."""
    return session.scalars(
        select(Person).where(Person.hall_id == hall_id, Person.id_number_index == index)
    ).one_or_none()


def id_number_index(ring: KeyRing, number: str) -> str:
    """The blind index of an ID number, however it was typed: the same wherever the hall keeps one."""
    return ring.blind_index(_ID_NUMBER, normalise(number))


def phone_index(ring: KeyRing, phone: str) -> str:
    """The blind index of a telephone number in its normal form."""
    return ring.blind_index(_PHONE, phone)


def find_by_phone(session: Session, ring: KeyRing, *, hall_id: int, phone: str) -> Sequence[Person]:
    """The hall's persons with this telephone number, oldest first; raises BadPhone."""
    index = phone_index(ring, parse_phone(phone))
    return session.scalars(
        select(Person).where(Person.hall_id == hall_id, Person.phone_index == index).order_by(Person.id)
    ).all()


def public_view(person: Person, ring: KeyRing) -> PersonView:
    """The person masked. An organisation's registered name and code are public and stay whole."""
    full = opened(person, ring)
    natural = person.kind != ORGANISATION
    return PersonView(
        id=person.id,
        kind=person.kind,
        name_masked=mask_name(full.name) if natural else full.name,
        sex=full.sex,
        id_masked=mask_id_number(full.id_number) if natural else full.id_number,
        phone_masked=mask_phone(full.phone),
        address_masked=mask_address(full.address),
        organisation_kind=full.organisation_kind,
        representative_masked=mask_name(full.representative) if full.representative else "",
    )


def opened(person: Person, ring: KeyRing) -> PersonDetails:
    """The person in clear: for the text of a document that the person is handed; screens use `unmask`."""
    return PersonDetails(
        kind=person.kind,
        name=person.name,
        sex=person.sex,
        id_number=_unsealed(ring, person.id_number_sealed, _ID_NUMBER),
        phone=_unsealed(ring, person.phone_sealed, _PHONE),
        address=_unsealed(ring, person.address_sealed, _ADDRESS),
        organisation_kind=person.organisation_kind,
        representative=person.representative,
    )


def unmask(store: Store, actor: Actor, *, person_id: int, reason: str) -> PersonDetails:
    """The person in clear on a screen: takes the right and a reason, and leaves both in the audit.

    Raises NotAuthorised, ReasonMissing, ReasonHoldsNumber or NoSuchPerson.
    """
    require(actor, "person.unmask")
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    refuse_numbers(reason)
    with store.work("person.unmask", actor) as work:
        person = work.session.get(Person, person_id)
        if person is None or person.hall_id != work.hall_id:
            raise NoSuchPerson
        work.audit(f"person:{person_id}", reason=reason)
        return opened(person, work.key_ring)


def refuse_numbers(reason: str) -> None:
    """Free text that goes into the audit must not carry a telephone or ID number. Raises ReasonHoldsNumber."""
    if _LONG_NUMBER.search(reason):
        raise ReasonHoldsNumber


def _checked(details: PersonDetails) -> PersonDetails:
    details = replace(
        details,
        name=details.name.strip(),
        phone=parse_phone(details.phone) if details.phone else "",
        address=details.address.strip(),
        representative=details.representative.strip(),
    )
    if not details.id_number:
        return details
    if details.kind == ORGANISATION:
        return replace(details, id_number=parse_credit_code(details.id_number))
    told = parse_id_number(details.id_number)
    return replace(details, id_number=told.number, kind=told.kind, sex=told.sex or details.sex)


def _record(work: Work, details: PersonDetails) -> int:
    person = _known(work, details.id_number) or _blank(work)
    person.kind, person.name = details.kind, details.name
    person.sex = details.sex or person.sex
    person.organisation_kind = details.organisation_kind or person.organisation_kind
    person.representative = details.representative or person.representative
    _fill(person, details, work.key_ring)
    person.changed_at = work.now
    work.session.add(person)
    work.session.flush()
    return person.id


def _known(work: Work, number: str) -> Person | None:
    """The person with the number; until the work ends nobody else enters the same one."""
    if not number:
        return None
    work.lock(_number_lock(work, number))
    return find_by_id_number(work.session, work.key_ring, hall_id=work.hall_id, number=number)


def _number_lock(work: Work, number: str) -> str:
    return f"person:{work.key_ring.blind_index(_ID_NUMBER, number)}"


def _blank(work: Work) -> Person:
    return Person(hall_id=work.hall_id, sex="", organisation_kind="", representative="", created_at=work.now)


def _fill(person: Person, details: PersonDetails, ring: KeyRing) -> None:
    """Seal what was given; what was not given stays as it is known."""
    if details.id_number:
        person.id_number_sealed = ring.seal(details.id_number, _ID_NUMBER)
        person.id_number_index = ring.blind_index(_ID_NUMBER, details.id_number)
    if details.phone:
        person.phone_sealed = ring.seal(details.phone, _PHONE)
        person.phone_index = ring.blind_index(_PHONE, details.phone)
    if details.address:
        person.address_sealed = ring.seal(details.address, _ADDRESS)


def _unsealed(ring: KeyRing, sealed: str | None, context: str) -> str:
    return ring.unseal(sealed, context) if sealed else ""
