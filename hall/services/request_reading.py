"""Requests for staff: the lists, one request whole, what forms choose from, the map of who answers for what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.lights import LIGHTS, Light
from hall.rules.people import Actor
from hall.rules.requests import OPEN, Matter
from hall.services.call_backs import CallBackView, call_backs_of
from hall.services.case_reading import DocumentView
from hall.services.dispatch_units import (
    Suggested,
    UnitView,
    department_of,
    in_hand_of,
    lines_of,
    suggested,
    units,
)
from hall.services.paper_secrecy import FOR_THE_UNIT, hides_reporter
from hall.services.request_matters import SameMatter, not_about, persons_meant, same_matters, view_of
from hall.services.request_records import SUBJECT, NoSuchRequest, joined_to
from hall.services.request_rows import Reader, RequestRow, documents_by_id, names_by_id, reader, rows_of
from hall.services.request_rule import request_rules
from hall.services.requests import NewRequest
from hall.services.subject_files import SubjectFileView, files_with
from hall.services.subject_records import Happened, history
from hall.store import Store
from hall.store.schema.people import Account
from hall.store.schema.permits import Enquiry
from hall.store.schema.requests import Dispatch, DispatchUnit, Request, Responsibility
from hall.store.schema.subjects import CallBack

Listed = Literal["to_dispatch", "mine", "to_judge", "due_soon", "open", "to_call_back", "closed"]

MOST = 500
_PRESSING: tuple[Light, ...] = ("over_statutory", "over_promised", "today", "warning")


@dataclass(frozen=True, slots=True)
class RequestChoices:
    """What forms choose from; `categories` code → words, `staff` key and name of who could be complained of."""

    categories: Mapping[str, str]
    areas: tuple[str, ...]
    units: tuple[UnitView, ...]
    staff: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class DispatchView:
    """One dispatch of a request."""

    round: int
    unit_name: str
    why_unit: str
    order: str
    sent_at: datetime
    sent_by: str
    due_on: date | None
    state: str
    taken_by: str
    returned_why: str
    findings: str
    measures: str
    way: str
    fed_back_on: date | None
    fed_back_by: str
    document: DocumentView | None


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request whole."""

    row: RequestRow
    about_name: str
    reply: str
    replied_on: date | None
    extended_on: date | None
    extended_why: str
    ended_why: str
    dispatches: tuple[DispatchView, ...]
    call_backs: tuple[CallBackView, ...]
    files: tuple[SubjectFileView, ...]
    documents: tuple[DocumentView, ...]
    joined: tuple[SameMatter, ...]
    same: tuple[SameMatter, ...]
    """What else may be the same matter, while it waits for dispatch."""
    suggested: Suggested | None
    """By the map, while it waits for dispatch."""
    history: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """A line of the map in force."""

    responsibility_id: int
    category: str
    category_words: str
    area: str
    unit_name: str
    unit_kind: str
    valid_from: date
    valid_to: date | None
    source: str


def choices(store: Store, actor: Actor, *, home: Path) -> RequestChoices:
    """What forms choose from today."""
    require(actor, "request.read")
    rule = request_rules(home).in_force(business_date(store.clock.now()))
    staff = select(Account.id, Account.display_name).where(
        Account.disabled.is_(False), Account.hall_id.is_(None) | (Account.hall_id == store.hall_id)
    )
    with store.read(actor) as session:
        areas = sorted({each.area for each in lines_of(session, store.hall_id) if each.area})
        return RequestChoices(
            rule.categories,
            tuple(areas),
            units(session, store.hall_id),
            tuple(session.execute(staff.order_by(Account.display_name, Account.id)).tuples()),
        )


def same_matter(store: Store, actor: Actor, *, new: NewRequest, home: Path) -> tuple[SameMatter, ...]:
    """What may be the same matter as one that is being taken down; nothing is written. Raises BadNumber, BadPhone."""
    require(actor, "request.read")
    today = business_date(store.clock.now())
    days = request_rules(home).in_force(today).same_days
    with store.read(actor) as session:
        meant = persons_meant(session, store.key_ring, store.hall_id, new.person)
        matter = Matter(new.category, meant, new.place, new.grid_code)
        return same_matters(session, store.hall_id, matter, today=today, days=days, reader_id=actor.account_id)


def requests(
    store: Store, actor: Actor, *, listed: Listed = "open", text: str = "", home: Path
) -> tuple[RequestRow, ...]:
    """One list, the most pressing first, what is over the newest first; at most `MOST`.

    `mine`: what waits for the actor's unit, and consultations in his hand. `to_call_back`: closed for somebody who
    can be reached, and not reached yet; due by the hall's rule. `text` is looked for in numbers, subject and place.
    """
    require(actor, "request.read")
    today = business_date(store.clock.now())
    by = reader(store, actor, today=today, home=home)
    with store.read(actor) as session:
        wanted = _listed(listed, actor, department_of(session, actor.account_id))
        query = select(Request).where(Request.hall_id == store.hall_id, wanted, not_about(actor.account_id))
        found = session.scalars(_ordered(query, listed, text).limit(MOST)).all()
        rows = rows_of(session, found, by)
    return _arranged(rows, listed, by)


def request_of(store: Store, actor: Actor, *, request_id: int, home: Path) -> RequestView:
    """One request whole; raises NoSuchRequest, also to whom it complains of."""
    require(actor, "request.read")
    today = business_date(store.clock.now())
    by = reader(store, actor, today=today, home=home)
    with store.read(actor) as session:
        request = session.get(Request, request_id)
        if request is None or request.hall_id != store.hall_id or request.about_account_id == actor.account_id:
            raise NoSuchRequest
        return _view(session, request, by)


def request_numbered(store: Store, actor: Actor, *, number: str) -> int:
    """The key of the request with this number, the hall's own or another system's; raises NoSuchRequest."""
    require(actor, "request.read")
    wanted = number.strip()
    query = (
        select(Request.id)
        .where(
            Request.hall_id == store.hall_id,
            not_about(actor.account_id),
            or_(Request.number == wanted, and_(Request.outside_number == wanted, Request.outside_number != "")),
        )
        .order_by(Request.id.desc())
    )
    with store.read(actor) as session:
        request_id = session.scalars(query).first()
    if request_id is None:
        raise NoSuchRequest
    return request_id


def suggest(
    store: Store, actor: Actor, *, category: str, area: str = "", grid_code: str = "", home: Path
) -> Suggested | None:
    """The unit that the map names today."""
    require(actor, "request.read")
    today = _today(store)
    words = request_rules(home).in_force(today).categories
    with store.read(actor) as session:
        return suggested(
            session, store.hall_id, category=category, area=area, grid_code=grid_code, on=today, words=words
        )


def responsibilities(store: Store, actor: Actor, *, home: Path) -> tuple[ResponsibilityRow, ...]:
    """The lines in force today, by category and area; of several of one area the newest."""
    require(actor, "request.read")
    today = _today(store)
    words = request_rules(home).in_force(today).categories
    newest: dict[tuple[str, str], Responsibility] = {}
    with store.read(actor) as session:
        for each in lines_of(session, store.hall_id):
            if each.valid_from <= today and (each.valid_to is None or today <= each.valid_to):
                newest.setdefault((each.category, each.area), each)
        known = {unit.unit_id: unit for unit in units(session, store.hall_id)}
        rows = [_line(each, known[each.unit_id], words) for _, each in sorted(newest.items())]
    return tuple(rows)


def _listed(listed: Listed, actor: Actor, own_department: int | None) -> ColumnElement[bool]:
    reached = exists().where(CallBack.subject == SUBJECT, CallBack.subject_id == Request.id, CallBack.reached.is_(True))
    holds = exists().where(
        Enquiry.id == Request.enquiry_id,
        Enquiry.answered_at.is_(None),
        or_(
            Enquiry.handed_to == actor.account_id,
            and_(Enquiry.handed_to.is_(None), Enquiry.account_id == actor.account_id),
        ),
    )
    conditions: Mapping[Listed, ColumnElement[bool]] = {
        "to_dispatch": Request.state == "registered",
        "mine": or_(and_(Request.state == "dispatched", in_hand_of(actor, own_department)), holds),
        "to_judge": Request.state.in_(("fed_back", "verified")),
        "due_soon": Request.state.in_(OPEN),
        "open": Request.state.in_(OPEN),
        "to_call_back": and_(
            Request.state == "closed", Request.kind != "consultation", Request.anonymous.is_(False), ~reached
        ),
        "closed": Request.state.not_in(OPEN),
    }
    return conditions[listed]


def _ordered(query: Select[tuple[Request]], listed: Listed, text: str) -> Select[tuple[Request]]:
    if text.strip():
        columns = (Request.number, Request.outside_number, Request.subject, Request.place)
        query = query.where(or_(*(column.contains(text.strip(), autoescape=True) for column in columns)))
    if listed == "closed":
        return query.order_by(Request.closed_on.desc(), Request.id.desc())
    if listed == "to_call_back":
        return query.order_by(Request.closed_on, Request.id)
    return query.order_by(Request.promised_by.is_(None), Request.promised_by, Request.id)


def _arranged(rows: Sequence[RequestRow], listed: Listed, by: Reader) -> tuple[RequestRow, ...]:
    if listed == "closed":
        return tuple(rows)
    if listed == "to_call_back":
        return tuple(_to_call_back(row, by) for row in rows)
    if listed == "mine":
        rows = [row for row in rows if row.state == "asked" or {"take", "feed_back"} & set(row.acts)]
    if listed == "due_soon":
        rows = [row for row in rows if row.light in _PRESSING]
    return tuple(sorted(rows, key=_pressing))


def _to_call_back(row: RequestRow, by: Reader) -> RequestRow:
    assert row.closed_on is not None
    due_on = row.closed_on + timedelta(days=by.rule.call_back_days)
    light: Light = "over_promised" if due_on < by.today else "today" if due_on == by.today else "normal"
    return replace(row, due_on=due_on, due_what="回访", light=light)


def _pressing(row: RequestRow) -> tuple[int, date, int]:
    return LIGHTS.index(row.light) if row.light else len(LIGHTS), row.due_on or date.max, row.request_id


def _view(session: Session, request: Request, by: Reader) -> RequestView:
    waits = request.state == "registered"
    events = history(session, SUBJECT, request.id)
    papers = documents_by_id(session, (request.document_id, *(event.document_id for event in events)))
    if hides_reporter(request.kind, by.actor):
        papers = {key: each for key, each in papers.items() if each.kind == FOR_THE_UNIT}
        events = tuple(each if each.document_id in papers else replace(each, document_id=None) for each in events)
    about = names_by_id(session, (request.about_account_id,))
    return RequestView(
        row=rows_of(session, [request], by)[0],
        about_name=about.get(request.about_account_id or 0, ""),
        reply=request.reply,
        replied_on=request.replied_on,
        extended_on=request.extended_on,
        extended_why=request.extended_why,
        ended_why=request.ended_why,
        dispatches=_dispatches(session, request.id),
        call_backs=call_backs_of(session, SUBJECT, request.id),
        files=files_with(session, SUBJECT, request.id),
        documents=tuple(papers[key] for key in sorted(papers)),
        joined=tuple(
            view_of(session, each)
            for each in joined_to(session, request.id)
            if each.about_account_id != by.actor.account_id
        ),
        same=_same(session, request, by) if waits else (),
        suggested=_suggested_for(session, request, by) if waits else None,
        history=events,
    )


def _same(session: Session, request: Request, by: Reader) -> tuple[SameMatter, ...]:
    own = frozenset() if request.person_id is None else frozenset({request.person_id})
    matter = Matter(request.category, own, request.place, request.grid_code)
    return same_matters(
        session,
        request.hall_id,
        matter,
        today=by.today,
        days=by.rule.same_days,
        besides=request.id,
        reader_id=by.actor.account_id,
    )


def _dispatches(session: Session, request_id: int) -> tuple[DispatchView, ...]:
    query = (
        select(Dispatch, DispatchUnit.name)
        .join(DispatchUnit, DispatchUnit.id == Dispatch.unit_id)
        .where(Dispatch.request_id == request_id)
        .order_by(Dispatch.round)
    )
    found = session.execute(query).tuples().all()
    names = names_by_id(session, (key for each, _ in found for key in (each.sent_by, each.taken_by, each.fed_back_by)))
    papers = documents_by_id(session, (each.document_id for each, _ in found))
    return tuple(
        DispatchView(
            round=each.round,
            unit_name=unit_name,
            why_unit=each.why_unit,
            order=each.order,
            sent_at=each.sent_at,
            sent_by=names.get(each.sent_by, ""),
            due_on=each.due_on,
            state=each.state,
            taken_by=names.get(each.taken_by or 0, ""),
            returned_why=each.returned_why,
            findings=each.findings,
            measures=each.measures,
            way=each.way,
            fed_back_on=each.fed_back_on,
            fed_back_by=names.get(each.fed_back_by or 0, ""),
            document=papers.get(each.document_id or 0),
        )
        for each, unit_name in found
    )


def _suggested_for(session: Session, request: Request, by: Reader) -> Suggested | None:
    return suggested(
        session,
        request.hall_id,
        category=request.category,
        area=request.area,
        grid_code=request.grid_code,
        on=by.today,
        words=by.rule.categories,
    )


def _line(each: Responsibility, unit: UnitView, words: Mapping[str, str]) -> ResponsibilityRow:
    return ResponsibilityRow(
        responsibility_id=each.id,
        category=each.category,
        category_words=words.get(each.category, each.category),
        area=each.area or "全区",
        unit_name=unit.name,
        unit_kind=unit.kind,
        valid_from=each.valid_from,
        valid_to=each.valid_to,
        source=each.source,
    )


def _today(store: Store) -> date:
    return business_date(store.clock.now())
