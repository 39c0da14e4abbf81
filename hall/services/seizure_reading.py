"""Seized goods in lists: how long each may be held and why, its light, its list, what may be done about it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import may, require
from hall.rules.calendar import WorkCalendar
from hall.rules.catalogue import Limit
from hall.rules.identity import mask_name
from hall.rules.lights import LIGHTS, Light, warning_days_of
from hall.rules.people import Actor
from hall.rules.seizures import SeizureAct, Until, being_tested, light, reasons
from hall.services.calendar import shipped_limits
from hall.services.light_rule import warning_rules
from hall.services.persons import PersonView, public_view
from hall.services.schedules import calendar_in_force
from hall.services.seizure_records import held_among, until_in
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.people import Person
from hall.store.schema.seizures import SeizedItem, Seizure, SeizureTesting
from hall.store.secrets import KeyRing

Listed = Literal["open", "all"]

MOST = 500
_PERIOD = Limit(30, "day")
_ACTIONS: Mapping[SeizureAct, str] = {
    "extend": "seizure.extend",
    "test": "seizure.enter",
    "finish_test": "seizure.enter",
    "end": "seizure.end",
    "give_back": "seizure.give_back",
}

_Row = tuple[Seizure, Person, PenaltyCase | None]


@dataclass(frozen=True, slots=True)
class ItemView:
    """A line of the list."""

    position: int
    name: str
    quantity: str
    unit: str
    condition: str
    returned: bool


@dataclass(frozen=True, slots=True)
class ExcludedTestView:
    """A test that the period leaves out."""

    kind: str
    unit: str
    told_on: date
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper that came of it."""

    document_id: int
    kind: str
    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class SeizureRow:
    """A seizure in the list. `acts`: what the actor may do now; `light` None: nothing is left to do.

    `until.strict` is the last day, `until.act_by` the last workday up to it.
    """

    seizure_id: int
    number: str
    kind: str
    case_id: int | None
    case_number: str
    party: PersonView
    seized_on: date
    reason: str
    basis: str
    place: str
    keeper: str
    until: Until
    days_left: int
    tested_now: bool
    light: Light | None
    items: tuple[ItemView, ...]
    tests: tuple[ExcludedTestView, ...]
    extended_on: date | None
    extension_reason: str
    ended_on: date | None
    ending: str
    ending_reason: str
    returned_on: date | None
    returned_to_masked: str
    papers: tuple[PaperView, ...]
    acts: tuple[SeizureAct, ...]


def seizures(store: Store, actor: Actor, *, listed: Listed = "open", home: Path) -> tuple[SeizureRow, ...]:
    """What is held, and what was released and waits to be fetched, the most pressing first; or all, newest first."""
    require(actor, "penalty.read")
    query = _query().where(Seizure.hall_id == store.hall_id).order_by(Seizure.id.desc()).limit(MOST)
    if listed == "open":
        waits = and_(Seizure.ending == "released", Seizure.returned_on.is_(None))
        query = query.where(or_(Seizure.ended_on.is_(None), waits))
    with store.read(actor) as session:
        views = _views(session, store.key_ring, actor, query, today=business_date(store.clock.now()), home=home)
    return tuple(sorted(views, key=_pressing)) if listed == "open" else views


def _query() -> Select[tuple[Seizure, Person, PenaltyCase]]:
    return (
        select(Seizure, Person, PenaltyCase)
        .join(Person, Person.id == Seizure.party_id)
        .outerjoin(PenaltyCase, PenaltyCase.id == Seizure.case_id)
    )


def _views(
    session: Session,
    ring: KeyRing,
    actor: Actor,
    query: Select[tuple[Seizure, Person, PenaltyCase]],
    *,
    today: date,
    home: Path,
) -> tuple[SeizureRow, ...]:
    rows: Sequence[_Row] = session.execute(query).tuples().all()
    if not rows:
        return ()
    days = calendar_in_force(session, rows[0][0].hall_id)
    parts = _Parts(session, [row[0] for row in rows], days, warning_days=_warning_days(home, today))
    return tuple(_view(row, parts, ring, actor, today=today) for row in rows)


class _Parts:
    """What belongs to the rows of one list, read in one query each."""

    def __init__(self, session: Session, seizures: Sequence[Seizure], days: WorkCalendar, *, warning_days: int) -> None:
        keys = [each.id for each in seizures]
        self.days, self.limits, self.warning_days = days, shipped_limits(), warning_days
        self.held = held_among(session, seizures)
        self.items: dict[int, list[ItemView]] = {key: [] for key in keys}
        self.tests: dict[int, list[ExcludedTestView]] = {key: [] for key in keys}
        self.papers = _papers(session, seizures)
        listed = select(SeizedItem).where(SeizedItem.seizure_id.in_(keys)).order_by(SeizedItem.position)
        for item in session.scalars(listed):
            self.items[item.seizure_id].append(
                ItemView(item.position, item.name, item.quantity, item.unit, item.condition, item.returned)
            )
        tested = select(SeizureTesting).where(SeizureTesting.seizure_id.in_(keys)).order_by(SeizureTesting.id)
        for test in session.scalars(tested):
            self.tests[test.seizure_id].append(
                ExcludedTestView(test.kind, test.unit, test.told_on, test.first_day, test.last_day)
            )


def _view(row: _Row, parts: _Parts, ring: KeyRing, actor: Actor, *, today: date) -> SeizureRow:
    record, person, case = row
    held = parts.held[record.id]
    limit = until_in(parts.days, parts.limits, held)
    documents = (record.extension_document_id, record.release_document_id, record.return_document_id)
    allowed = [act for act, action in _ACTIONS.items() if may(actor, action)]
    return SeizureRow(
        seizure_id=record.id,
        number=record.number,
        kind=record.kind,
        case_id=record.case_id,
        case_number=case.number if case is not None else "",
        party=public_view(person, ring),
        seized_on=record.seized_on,
        reason=record.reason,
        basis=record.basis,
        place=record.place,
        keeper=record.keeper,
        until=limit,
        days_left=(limit.strict - today).days,
        tested_now=being_tested(held, today),
        light=light(held, limit, today, warning_days=parts.warning_days),
        items=tuple(parts.items[record.id]),
        tests=tuple(parts.tests[record.id]),
        extended_on=record.extended_on,
        extension_reason=record.extension_reason,
        ended_on=record.ended_on,
        ending=record.ending,
        ending_reason=record.ending_reason,
        returned_on=record.returned_on,
        returned_to_masked=mask_name(record.returned_to) if record.returned_to else "",
        papers=tuple(parts.papers[key] for key in documents if key is not None),
        acts=tuple(act for act in allowed if not reasons(act, held, limit, today)),
    )


def _papers(session: Session, seizures: Sequence[Seizure]) -> dict[int, PaperView]:
    keys = [
        key
        for each in seizures
        for key in (each.extension_document_id, each.release_document_id, each.return_document_id)
        if key is not None
    ]
    query = select(Document).where(Document.id.in_(keys))
    return {row.id: PaperView(row.id, row.kind, row.number, row.issued_on) for row in session.scalars(query)}


def _warning_days(home: Path, today: date) -> int:
    return warning_days_of(warning_rules(home).in_force(today), _PERIOD)


def _pressing(row: SeizureRow) -> tuple[int, date]:
    return LIGHTS.index(row.light) if row.light else len(LIGHTS), row.until.strict
