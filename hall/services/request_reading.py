"""Requests as lists and one by one, for staff: persons masked, each with dues, light, what is open to the reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from hall.rules.lights import Light
from hall.rules.people import Actor
from hall.rules.requests import RequestAct
from hall.services.case_reading import DocumentView
from hall.services.requests import NewRequest
from hall.services.subject_files import SubjectFileView
from hall.services.subject_records import Happened
from hall.store import Store

Listed = Literal["to_dispatch", "mine", "to_judge", "due_soon", "open", "to_call_back", "closed"]


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit that requests are dispatched to; `own`: its people sign in here (else the dispatcher enters for it)."""

    unit_id: int
    code: str
    name: str
    kind: str
    own: bool


@dataclass(frozen=True, slots=True)
class RequestChoices:
    """What forms choose from; `categories` code → words, `staff` key and name of who could be complained of."""

    categories: Mapping[str, str]
    areas: tuple[str, ...]
    units: tuple[UnitView, ...]
    staff: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """The unit that the map names, and the line of the map in words."""

    unit: UnitView
    why: str


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


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in a list. `acts` are open to the reader now (state, duties, unit; rights are asked by the page)."""

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
    """匿名 without a person."""
    phone_masked: str
    received_at: datetime
    received_on: date
    first_name: str
    state: str
    dispatch_state: str
    """Empty while none runs."""
    unit_name: str
    dispatch_due_on: date | None
    told_by: date | None
    told_on: date | None
    finish_by: date | None
    promised_by: date | None
    pending: str
    due_on: date | None
    """The nearest day that somebody has to act by; None: nothing to do, or pending."""
    due_what: str
    light: Light | None
    closed_on: date | None
    way: str
    joined: int
    """How many others hang on it."""
    same_as_number: str
    document: DocumentView | None
    acts: tuple[RequestAct, ...]


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
class CallBackView:
    """One call-back."""

    called_at: datetime
    reached: bool
    level: int | None
    words: str
    who: str


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
    suggested: Suggested | None
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


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with what it is made of; `meaning` defines both. Without a denominator there is no rate."""

    title: str
    numerator: int
    denominator: int
    meaning: str
    target: int | None = None
    """Percent, an aim of the whole hall; None: no aim."""


@dataclass(frozen=True, slots=True)
class RequestRates:
    """Figures of the requests received in these days, as they stand today."""

    first: date
    last: date
    rates: tuple[Rate, ...]
    ways: tuple[Rate, ...]
    """721: service, guidance, penalty, each over the closed requests whose way is known."""
    kinds: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]


def choices(store: Store, actor: Actor, *, home: Path) -> RequestChoices:
    """What forms choose from."""
    raise NotImplementedError


def same_matter(store: Store, actor: Actor, *, new: NewRequest, home: Path) -> tuple[SameMatter, ...]:
    """What may be the same matter."""
    raise NotImplementedError


def requests(
    store: Store, actor: Actor, *, listed: Listed = "open", text: str = "", home: Path
) -> tuple[RequestRow, ...]:
    """One list."""
    raise NotImplementedError


def request_of(store: Store, actor: Actor, *, request_id: int, home: Path) -> RequestView:
    """One request."""
    raise NotImplementedError


def request_numbered(store: Store, actor: Actor, *, number: str) -> int:
    """By its number."""
    raise NotImplementedError


def suggest(store: Store, actor: Actor, *, category: str, area: str = "", grid_code: str = "") -> Suggested | None:
    """By the map."""
    raise NotImplementedError


def responsibilities(store: Store, actor: Actor) -> tuple[ResponsibilityRow, ...]:
    """The map."""
    raise NotImplementedError


def rates(store: Store, actor: Actor, *, first: date, last: date, home: Path) -> RequestRates:
    """Figures."""
    raise NotImplementedError
