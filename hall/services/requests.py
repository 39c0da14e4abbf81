"""Requests come in (诉求登记): one screen for all kinds, a number, dues, the acceptance paper, the same matter joined."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.rules.requests import RequestChannel, RequestKind, RequestState
from hall.services.persons import PersonDetails
from hall.services.subject_files import NewSubjectFile
from hall.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """A request as it is taken down. Without a `person` it is anonymous.

    `answer` or `hand_to` only for a consultation: answered at once, or by that colleague; else whoever enters it.
    `join_to` is the request whose matter it repeats, `apart_why` says why it is another one.
    """

    kind: RequestKind
    category: str
    subject: str
    content: str
    channel: RequestChannel = "counter"
    person: Card | PersonDetails | None = field(default=None, repr=False)
    phone: str = field(default="", repr=False)
    """With a card; typed details have their own."""
    place: str = ""
    area: str = ""
    grid_code: str = ""
    ticket_id: int | None = None
    about_account_id: int | None = None
    petition: bool | None = None
    """None: as the hall's rule says for the kind."""
    outside_number: str = ""
    answer: str = ""
    hand_to: int | None = None
    join_to: int | None = None
    apart_why: str = ""
    files: tuple[NewSubjectFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """What a registered request got. `document_id`: its 受理单, None for a consultation."""

    request_id: int
    number: str
    state: RequestState
    told_by: date | None
    finish_by: date | None
    promised_by: date | None
    pending: str
    document_id: int | None


def register(store: Store, actor: Actor, *, new: NewRequest, home: Path) -> Registered:
    """登记诉求."""
    raise NotImplementedError


def join(store: Store, actor: Actor, *, request_id: int, to: int) -> None:
    """并案 of a request that waits for dispatch."""
    raise NotImplementedError
