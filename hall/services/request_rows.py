"""Requests as rows of lists: persons masked, each with its days, its light, and what is open to the reader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.rules.authority import may
from hall.rules.lights import Light
from hall.rules.people import Actor
from hall.rules.request_clocks import RequestDays, RequestStanding, standing
from hall.rules.requests import DispatchState, RequestAct, RequestFacts, RequestRule, RequestState, open_acts
from hall.services import persons
from hall.services.case_reading import DocumentView
from hall.services.dispatch_units import acts_for, department_of
from hall.services.paper_secrecy import hides_reporter
from hall.services.persons import PersonView
from hall.services.request_matters import ANONYMOUS, SECRET
from hall.services.request_records import facts_among
from hall.services.request_rule import request_rules
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.people import Account, Person
from hall.store.schema.requests import Dispatch, DispatchUnit, Request

_OF_UNIT: tuple[RequestAct, ...] = ("take", "return", "feed_back")
"""Acts that belong to the people of the unit (`dispatch_units.check_unit`)."""

ACTION_OF: Mapping[RequestAct, str] = {
    "join": "request.dispatch",
    "tell": "request.reply",
    "dispatch": "request.dispatch",
    "recall": "request.recall",
    "send_back": "request.dispatch",
    "accept": "request.dispatch",
    "reply": "request.reply",
    "extend": "request.extend",
    "refuse": "request.reply",
    "redirect": "request.reply",
    "withdraw": "request.enter",
    "call_back": "request.call_back",
}
"""The right that each act asks for (`rules.authority`), apart from those of the unit."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in a list. `acts` are open to the reader now: state, right, unit and separation of duties."""

    request_id: int
    number: str
    kind: str
    channel: str
    outside_number: str
    category: str
    category_words: str
    subject: str
    content: str
    place: str
    area: str
    grid_code: str
    person_id: int | None
    person_masked: str
    """匿名 without a person, 保密 where a report hides it from those who look into it."""
    phone_masked: str
    received_at: datetime
    received_on: date
    first_name: str
    state: str
    dispatch_state: str
    """Empty while none runs, like `unit_name`."""
    unit_name: str
    dispatch_due_on: date | None
    return_by: date | None
    """Until when the unit may give it back by itself; None without a dispatch, or while the schedule is lacking."""
    told_by: date | None
    told_on: date | None
    finish_by: date | None
    promised_by: date | None
    pending: str
    due_on: date | None
    """The nearest day that somebody has to act by, `due_what` what for; None: nothing to do, or pending."""
    due_what: str
    light: Light | None
    closed_on: date | None
    way: str
    joined: int
    """How many others hang on it."""
    same_as_number: str
    enquiry_id: int | None
    """Of a consultation."""
    document: DocumentView | None
    acts: tuple[RequestAct, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, when, and by which rule."""

    actor: Actor
    today: date
    rule: RequestRule
    store: Store


@dataclass(frozen=True, slots=True)
class _Beside:
    """What belongs to many requests, by key."""

    facts: Mapping[int, RequestFacts]
    people: Mapping[int, PersonView]
    names: Mapping[int, str]
    dispatches: Mapping[int, tuple[Dispatch, DispatchUnit]]
    joined: Mapping[int, int]
    numbers: Mapping[int, str]
    documents: Mapping[int, DocumentView]
    own_department: int | None


def reader(store: Store, actor: Actor, *, today: date, home: Path) -> Reader:
    """The reader of today."""
    return Reader(actor, today, request_rules(home).in_force(today), store)


def rows_of(session: Session, requests: Sequence[Request], by: Reader) -> tuple[RequestRow, ...]:
    """The rows in the order of the requests."""
    beside = _beside(session, requests, by)
    return tuple(_row(each, beside, by) for each in requests)


def documents_by_id(session: Session, keys: Iterable[int | None]) -> Mapping[int, DocumentView]:
    """Issued documents by their keys."""
    query = select(Document).where(Document.id.in_([key for key in keys if key is not None]))
    return {each.id: DocumentView(each.id, each.kind, each.number, each.issued_on) for each in session.scalars(query)}


def names_by_id(session: Session, keys: Iterable[int | None]) -> Mapping[int, str]:
    """Names of accounts by their keys."""
    wanted = [key for key in keys if key is not None]
    query = select(Account.id, Account.display_name).where(Account.id.in_(wanted))
    return dict(session.execute(query).tuples().all())


def _beside(session: Session, requests: Sequence[Request], by: Reader) -> _Beside:
    keys = [each.id for each in requests]
    people = session.scalars(select(Person).where(Person.id.in_([each.person_id for each in requests]))).all()
    running = session.execute(
        select(Dispatch, DispatchUnit)
        .join(DispatchUnit, DispatchUnit.id == Dispatch.unit_id)
        .where(Dispatch.request_id.in_(keys), Dispatch.ended_on.is_(None))
    ).tuples()
    joined = session.execute(
        select(Request.same_as_id, func.count()).where(Request.same_as_id.in_(keys)).group_by(Request.same_as_id)
    ).tuples()
    numbers = session.execute(
        select(Request.id, Request.number).where(Request.id.in_([each.same_as_id for each in requests]))
    ).tuples()
    return _Beside(
        facts=facts_among(session, requests),
        people={each.id: persons.public_view(each, by.store.key_ring) for each in people},
        names=names_by_id(session, (each.first_account_id for each in requests)),
        dispatches={dispatch.request_id: (dispatch, unit) for dispatch, unit in running},
        joined={key: count for key, count in joined if key is not None},
        numbers=dict(numbers.all()),
        documents=documents_by_id(session, (each.document_id for each in requests)),
        own_department=department_of(session, by.actor.account_id),
    )


def _row(request: Request, beside: _Beside, by: Reader) -> RequestRow:
    dispatch, unit = beside.dispatches.get(request.id, (None, None))
    secret = hides_reporter(request.kind, by.actor)
    person = None if secret else beside.people.get(request.person_id or 0)
    now = _standing(request, dispatch, by)
    return RequestRow(
        request_id=request.id,
        number=request.number,
        kind=request.kind,
        channel=request.channel,
        outside_number=request.outside_number,
        category=request.category,
        category_words=by.rule.categories.get(request.category, request.category),
        subject=request.subject,
        content=request.content,
        place=request.place,
        area=request.area,
        grid_code=request.grid_code,
        person_id=person.id if person is not None else None,
        person_masked=person.name_masked if person is not None else SECRET if secret else ANONYMOUS,
        phone_masked=person.phone_masked if person is not None else "",
        received_at=request.received_at,
        received_on=request.received_on,
        first_name=beside.names.get(request.first_account_id, ""),
        state=request.state,
        dispatch_state=dispatch.state if dispatch is not None else "",
        unit_name=unit.name if unit is not None else "",
        dispatch_due_on=dispatch.due_on if dispatch is not None else None,
        return_by=beside.facts[request.id].return_by,
        told_by=request.told_by,
        told_on=request.told_on,
        finish_by=request.finish_by,
        promised_by=request.promised_by,
        pending=request.pending,
        due_on=now.due_on,
        due_what=now.what,
        light=now.light,
        closed_on=request.closed_on,
        way=request.way,
        joined=beside.joined.get(request.id, 0),
        same_as_number=beside.numbers.get(request.same_as_id or 0, ""),
        enquiry_id=request.enquiry_id,
        document=None if secret else beside.documents.get(request.document_id or 0),
        acts=_acts(beside, request, unit, by),
    )


def _acts(beside: _Beside, request: Request, unit: DispatchUnit | None, by: Reader) -> tuple[RequestAct, ...]:
    left = open_acts(beside.facts[request.id], by.actor.account_id, today=by.today)
    mine = unit is not None and acts_for(by.actor, beside.own_department, unit.department_id)
    return tuple(act for act in left if (mine if act in _OF_UNIT else may(by.actor, ACTION_OF[act])))


def _standing(request: Request, dispatch: Dispatch | None, by: Reader) -> RequestStanding:
    days = RequestDays(
        state=cast(RequestState, request.state),
        dispatch=cast(DispatchState, dispatch.state) if dispatch is not None else None,
        told_by=request.told_by,
        told_on=request.told_on,
        finish_by=request.finish_by,
        promised_by=request.promised_by,
        unit_by=dispatch.due_on if dispatch is not None else None,
    )
    return standing(days, today=by.today, warning_days=by.rule.warning_days)
