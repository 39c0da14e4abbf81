"""The records of a case's way through the bureau as the desk shows them; names masked where they are not the hall's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hall.rules.clocks import Reading
from hall.services.persons import PersonView


@dataclass(frozen=True, slots=True)
class DeskClock:
    """A clock with what is left of it; `how` it was stopped, empty while it runs."""

    subject: str
    reading: Reading
    stopped_on: date | None
    how: str


@dataclass(frozen=True, slots=True)
class DeskPause:
    """A special procedure, open while `ended_on` is None."""

    procedure: str
    started_on: date
    ended_on: date | None
    granted: int | None
    unit: str | None
    stops_statutory: bool
    stops_promised: bool
    basis: str
    reason: str
    result: str


@dataclass(frozen=True, slots=True)
class DeskOpinion:
    """An opinion with its time."""

    step: str
    name: str
    at: datetime
    position: str
    text: str


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One line of a supplement notice."""

    position: int
    name: str
    defect: str
    requirement: str
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class DeskSupplement:
    """A supplement notice with its lines."""

    phase: str
    round: int
    told_at: datetime
    reply_by: date | None
    closed_on: date | None
    how: str
    lines: tuple[DeskLine, ...]


@dataclass(frozen=True, slots=True)
class DeskVisit:
    """A site visit; `officers` with their certificates, once it was made."""

    visit_id: int
    state: str
    booked_for: datetime
    place: str
    made_at: datetime | None
    findings: str
    passed: bool | None
    officers: tuple[str, ...]
    document_id: int | None


@dataclass(frozen=True, slots=True)
class DeskHearing:
    """A hearing and its days."""

    hearing_id: int
    origin: str
    state: str
    told_on: date | None
    ask_by: date | None
    asked_on: date | None
    hold_by: date | None
    held_at: datetime | None
    place: str
    chair: str
    recorder: str
    findings: str


@dataclass(frozen=True, slots=True)
class DeskConsultation:
    """Another unit that was asked; `overdue`: its day is over without an answer."""

    consultation_id: int
    unit: str
    question: str
    asked_on: date
    due_on: date | None
    answered_on: date | None
    agrees: bool | None
    answer: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class DeskParty:
    """Somebody whose interests are touched, masked."""

    party_id: int
    person: PersonView
    relation: str
    told_on: date | None
    statement: str


@dataclass(frozen=True, slots=True)
class DeskHandover:
    """The file going to the department: both names with their times."""

    given_by: str
    given_at: datetime
    taken_by: str
    taken_at: datetime | None
    items: str


@dataclass(frozen=True, slots=True)
class DeskHand:
    """Who had the case from when to when; `acting_for` whom (A/B 岗). No name: the department."""

    step: str
    name: str
    acting_for: str
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """What happened, in order."""

    at: datetime
    day: date
    kind: str
    state: str
    name: str
    note: str
    detail: Mapping[str, object]
    document_id: int | None


@dataclass(frozen=True, slots=True)
class DeskRecords:
    """Everything that was written down about a case."""

    clocks: tuple[DeskClock, ...]
    pauses: tuple[DeskPause, ...]
    opinions: tuple[DeskOpinion, ...]
    supplements: tuple[DeskSupplement, ...]
    visits: tuple[DeskVisit, ...]
    hearings: tuple[DeskHearing, ...]
    consultations: tuple[DeskConsultation, ...]
    parties: tuple[DeskParty, ...]
    handovers: tuple[DeskHandover, ...]
    hands: tuple[DeskHand, ...]
    events: tuple[DeskEvent, ...]
