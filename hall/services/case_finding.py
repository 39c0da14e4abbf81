"""Finds cases by whatever somebody has at hand: a number, a serial, a ticket's code, a person's number or name.

Every road is an index: no list is walked, however many cases there are. Of many the newest are told.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.identity import (
    BadNumber,
    mask_name,
    normalise,
    parse_credit_code,
    parse_id_number,
    parse_phone,
)
from hall.rules.numbering import Series, numbers_in_every_style
from hall.rules.people import Actor
from hall.services import persons
from hall.services.case_reading import CaseView
from hall.services.person_names import named_like
from hall.services.persons import ORGANISATION
from hall.store import Store
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.certificates import Certificate
from hall.store.schema.documents import Document
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.permits import PermitCase
from hall.store.schema.queueing import Ticket

MOST = 50

_YEAR_AND_SERIAL = re.compile(r"(20[0-9]{2})[-/.]([0-9]{1,6})")
_SERIAL = re.compile(r"[0-9]{1,6}")
_TICKET = re.compile(r"([A-Z])([0-9]{3,5})")
_PHONE = re.compile(r"(\+86-?)?1[0-9]{2}-?[0-9]{4}-?[0-9]{4}|0[0-9]{2,3}-[0-9]{7,8}")
_SERIES: tuple[Series, ...] = ("许收", "许受")
# Codes of tickets begin anew every day: older ones are found by their case's number.
_TICKET_DAYS = 366
_NAMESAKES = 200
_SHORTEST_NAME = 2


class NothingFound(Missing):
    """No case fits what was asked for."""

    def __init__(self, what: str) -> None:
        super().__init__(f"没有找到{what}的办件，请核对后重新输入。")


class NotUnderstood(Refused):
    """The text is nothing that cases are found by."""

    def __init__(self) -> None:
        super().__init__(
            "看不懂要找什么：请输入编号、序号（118 或 2025-118）、号票号、身份证号或信用代码、电话、姓名，"
            "或扫描凭证上的二维码。"
        )


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case as a list of what was found shows it: the applicant masked."""

    case_id: int
    number: str
    matter_name: str
    applicant_masked: str = field(repr=False)
    received_on: date
    state: str


def found_case(case: CaseView) -> FoundCase:
    """A case that was read as a whole, as a line of such a list."""
    return FoundCase(
        case_id=case.case_id,
        number=case.acceptance_number or case.receipt_number,
        matter_name=case.matter_name,
        applicant_masked=case.applicant.name_masked,
        received_on=business_date(case.received_at),
        state=case.state,
    )


def find_cases(store: Store, actor: Actor, *, text: str) -> tuple[FoundCase, ...]:
    """The newest cases, at most `MOST`, that fit the text, by the first road that it can be.

    A number of a case, a document or a certificate; a serial, of any year; a ticket's code; an ID number, credit
    code or telephone; the beginning of the applicant's name. Raises NothingFound, NotUnderstood or BadNumber; none
    repeats a person's number.
    """
    require(actor, "case.read")
    what, road = _road(store, text)
    with store.read(actor) as session:
        found = _cases(session, road(_Search(session, store)))
    if not found:
        raise NothingFound(what)
    return found


def matching(
    session: Session, store: Store, *, text: str, only: Sequence[ColumnElement[bool]], most: int
) -> Sequence[int]:
    """The keys of the cases that fit the text and fulfil `only`, newest first. Raises NotUnderstood or BadNumber."""
    _, road = _road(store, text)
    return road(_Search(session, store, tuple(only), most))


@dataclass(frozen=True, slots=True)
class _Search:
    """One search in a hall: among which cases, and how many are wanted."""

    session: Session
    store: Store
    only: tuple[ColumnElement[bool], ...] = ()
    most: int = MOST

    def newest(self, *conditions: ColumnElement[bool]) -> Sequence[int]:
        """Conditions that an index answers, and that tell the hall: a condition more, and SQLite walks the whole hall.

        Sorted by a sum, lest a database walk through all cases from the newest on until enough fit.
        """
        newest = (
            select(PermitCase.id).where(*conditions, *self.only).order_by((PermitCase.id + 0).desc()).limit(self.most)
        )
        return self.session.scalars(newest).all()


Road = Callable[[_Search], Sequence[int]]


def _road(store: Store, text: str) -> tuple[str, Road]:
    """What is looked for, in words, and how."""
    wanted = normalise(text)
    if "〔" in text or "号" in text:
        number = "".join(text.split())
        return f"编号为“{number}”", lambda search: _numbered(search, number)
    if told := _YEAR_AND_SERIAL.fullmatch(wanted):
        year, serial = int(told[1]), int(told[2])
        return f"{year} 年 {serial} 号", lambda search: _of_serial(search, serial, years=(year,))
    if _SERIAL.fullmatch(wanted):
        return f"编号为 {int(wanted)} 号", lambda search: _of_serial(search, int(wanted), years=())
    if told := _TICKET.fullmatch(wanted):
        prefix, sequence = told[1], int(told[2])
        return f"号票 {wanted} ", lambda search: _of_ticket(search, prefix, sequence)
    return _road_to_person(store, text.strip(), wanted)


def _road_to_person(store: Store, text: str, wanted: str) -> tuple[str, Road]:
    if _PHONE.fullmatch(wanted):
        phone = persons.phone_index(store.key_ring, parse_phone(wanted))
        return "这个电话", lambda search: _of_persons(search, Person.phone_index == phone)
    if sum(map(str.isalpha, text)) >= _SHORTEST_NAME and not any(map(str.isdigit, text)):
        named = named_like(text, dialect=store.engine.dialect.name)
        return "这个姓名", lambda search: _of_persons(search, named)
    index = persons.id_number_index(store.key_ring, _person_number(wanted))
    return "这个证件号码", lambda search: _of_persons(search, Person.id_number_index == index)


def _person_number(wanted: str) -> str:
    """An ID number or a credit code that is right; raises BadNumber or NotUnderstood."""
    try:
        return parse_id_number(wanted).number
    except BadNumber as error:
        with suppress(BadNumber):
            return parse_credit_code(wanted)
        if len(wanted) in (15, 18):
            raise
        raise NotUnderstood from error


def _numbered(search: _Search, *numbers: str) -> Sequence[int]:
    """By the case's own numbers, else by a document's or a certificate's. One index a query, or none is used."""
    here = PermitCase.hall_id == search.store.hall_id
    own = [
        key
        for column in (PermitCase.receipt_number, PermitCase.acceptance_number)
        for key in search.newest(here, column.in_(numbers))
    ]
    if own:
        return sorted(set(own), reverse=True)
    for record in (Document, Certificate):
        of_paper = select(record.case_id).where(record.hall_id == search.store.hall_id, record.number.in_(numbers))
        if found := search.session.scalars(of_paper).all():
            return search.newest(PermitCase.id.in_(found))
    return ()


def _of_serial(search: _Search, serial: int, *, years: tuple[int, ...]) -> Sequence[int]:
    """In these years, or in every year since the hall's first case."""
    if not serial:
        return ()
    short_name = search.session.get_one(Hall, search.store.hall_id).short_name
    numbers = [
        number
        for year in years or _years(search)
        for series in _SERIES
        for number in numbers_in_every_style(short_name, series, year=year, serial=serial)
    ]
    return _numbered(search, *numbers)


def _years(search: _Search) -> range:
    oldest = select(PermitCase.received_at).where(PermitCase.hall_id == search.store.hall_id)
    first = search.session.scalar(oldest.order_by(PermitCase.received_at).limit(1))
    this = business_date(search.store.clock.now()).year
    return range(business_date(first).year if first else this, this + 1)


def _of_ticket(search: _Search, prefix: str, sequence: int) -> Sequence[int]:
    today = business_date(search.store.clock.now())
    tickets = select(Ticket.id).where(
        Ticket.hall_id == search.store.hall_id,
        Ticket.business_date.in_([today - timedelta(days=days) for days in range(_TICKET_DAYS)]),
        Ticket.prefix == prefix,
        Ticket.sequence == sequence,
    )
    return search.newest(PermitCase.ticket_id.in_(search.session.scalars(tickets).all()))


def _of_persons(search: _Search, known: ColumnElement[bool]) -> Sequence[int]:
    """The newest cases of those who are known so; of very many namesakes only of some.

    They are not sorted: for that SQLite would walk the index of names, whoever is looked for.
    """
    namesakes = select(Person.id).where(Person.hall_id == search.store.hall_id, known)
    ids = search.session.scalars(namesakes.limit(_NAMESAKES)).all()
    return search.newest(PermitCase.applicant_id.in_(ids))


def _cases(session: Session, ids: Sequence[int]) -> tuple[FoundCase, ...]:
    found = session.execute(
        select(
            PermitCase.id,
            PermitCase.receipt_number,
            PermitCase.acceptance_number,
            MatterVersion.name,
            Person.kind,
            Person.name.label("applicant"),
            PermitCase.received_at,
            PermitCase.state,
        )
        .join(MatterVersion, MatterVersion.id == PermitCase.matter_version_id)
        .join(Person, Person.id == PermitCase.applicant_id)
        .where(PermitCase.id.in_(ids))
        .order_by(PermitCase.id.desc())
        .limit(MOST)
    ).tuples()
    return tuple(
        FoundCase(
            case_id=case_id,
            number=acceptance or receipt,
            matter_name=matter,
            applicant_masked=name if kind == ORGANISATION else mask_name(name),
            received_on=business_date(received_at),
            state=state,
        )
        for case_id, receipt, acceptance, matter, kind, name, received_at, state in found
    )
