"""Finds requests of the same matter: same category, and same person, place or grid cell; one track for each matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from hall.errors import Refused
from hall.rules.cards import Card
from hall.rules.identity import mask_name
from hall.rules.requests import OPEN, Matter, alike
from hall.services import persons
from hall.services.persons import ORGANISATION, PersonDetails
from hall.store.schema.people import Person
from hall.store.schema.requests import Request
from hall.store.secrets import KeyRing
from hall.words import REQUEST_STATES

ANONYMOUS = "匿名"
SECRET = "保密"
"""Whoever reports is named neither to those who look into it nor beside another's request."""
MOST = 20


@dataclass(frozen=True, slots=True)
class SameMatter:
    """A request that may be the same matter; `why` says in what it is alike; only an open one can be joined."""

    request_id: int
    number: str
    state: str
    received_on: date
    subject: str
    place: str
    person_masked: str
    why: str
    can_join: bool


class SameMatterOpen(Refused):
    """Something that is under way looks like this matter: it is joined, or a reason says that it is another."""

    def __init__(self, found: Sequence[SameMatter]) -> None:
        self.found = tuple(found)
        first = found[0]
        more = f"等{len(found)}件" if len(found) > 1 else ""
        super().__init__(
            f"{first.number}“{first.subject}”{REQUEST_STATES[first.state]}，{first.why}{more}。"
            "是同一件事的请并案，不重复派单；确属另一件事的，请写明理由。"
        )


def persons_meant(session: Session, ring: KeyRing, hall_id: int, person: Card | PersonDetails | None) -> frozenset[int]:
    """Who of the hall's persons this is, by number, else by telephone; nobody for an anonymous one. Raises BadPhone."""
    if person is None:
        return frozenset()
    if person.id_number:
        found = persons.find_by_id_number(session, ring, hall_id=hall_id, number=person.id_number)
        return frozenset() if found is None else frozenset({found.id})
    if isinstance(person, PersonDetails) and person.phone:
        known = persons.find_by_phone(session, ring, hall_id=hall_id, phone=person.phone)
        return frozenset(each.id for each in known)
    return frozenset()


def not_about(account_id: int) -> ColumnElement[bool]:
    """Whom a request complains of is not shown it: 检举、控告材料不得转给被检举、控告的人 (信访工作条例)."""
    return or_(Request.about_account_id.is_(None), Request.about_account_id != account_id)


def same_matters(
    session: Session,
    hall_id: int,
    matter: Matter,
    *,
    today: date,
    days: int,
    besides: int | None = None,
    reader_id: int | None = None,
) -> tuple[SameMatter, ...]:
    """Requests of the matter that are open or came within so many days, what can be joined first, newest first.

    `reader_id`: who is shown them, nothing about himself.
    """
    query = (
        select(Request, Person.name, Person.kind)
        .outerjoin(Person, Person.id == Request.person_id)
        .where(
            Request.hall_id == hall_id,
            Request.category == matter.category,
            Request.kind != "consultation",
            or_(Request.closed_on.is_(None), Request.received_on >= today - timedelta(days=days)),
            Request.state.not_in(("withdrawn", "refused", "redirected")),
            *(() if reader_id is None else (not_about(reader_id),)),
        )
        .order_by(Request.id.desc())
    )
    found = [
        _view(request, name, kind, why)
        for request, name, kind in session.execute(query).tuples()
        if request.id != besides and (why := alike(matter, _matter(request)))
    ]
    return tuple(sorted(found, key=lambda each: not each.can_join)[:MOST])


def view_of(session: Session, request: Request, *, why: str = "") -> SameMatter:
    """A request as one of those that hang together."""
    person = session.get(Person, request.person_id) if request.person_id is not None else None
    name, kind = (person.name, person.kind) if person is not None else (None, None)
    return _view(request, name, kind, (why,) if why else ())


def _matter(request: Request) -> Matter:
    own = frozenset() if request.person_id is None else frozenset({request.person_id})
    return Matter(request.category, own, request.place, request.grid_code)


def _shown_name(name: str | None, kind: str | None) -> str:
    """A person masked, an organisation whole, 匿名 for nobody."""
    if not name:
        return ANONYMOUS
    return name if kind == ORGANISATION else mask_name(name)


def _view(request: Request, name: str | None, kind: str | None, why: Sequence[str]) -> SameMatter:
    return SameMatter(
        request_id=request.id,
        number=request.number,
        state=request.state,
        received_on=request.received_on,
        subject=request.subject,
        place=request.place,
        person_masked=SECRET if request.kind == "report" and name else _shown_name(name, kind),
        why="、".join(why),
        can_join=request.state in OPEN and request.state != "asked",
    )
