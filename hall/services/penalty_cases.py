"""A penalty case comes to the hall, its act is set right, it is dropped, it is closed."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hall.rules.penalties import DropGround, Harm, Procedure
from hall.rules.penalty_duties import Duty
from hall.rules.penalty_terms import ObjectKind
from hall.rules.people import Actor
from hall.services.applications import Applicant
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPenalty:
    """A case as it is registered. `officers`: keys of the certificates of at least two officers.

    `number`: of the case system; empty: the hall draws its own. `different_act`: why it is another act than one that
    comes close to it (行政处罚法 29).
    """

    party: Applicant
    object_kind: ObjectKind
    violation_id: int
    act: str
    place: str
    acted_on: date
    found_on: date
    officers: tuple[int, ...]
    phone: str = field(default="", repr=False)
    acted_until: date | None = None
    filed_on: date | None = None
    procedure: Procedure = "general"
    harm: Harm = "unknown"
    life_or_health: bool = False
    complex: bool = False
    public_interest: bool = False
    correction_ordered_on: date | None = None
    correct_by: date | None = None
    corrected_on: date | None = None
    number: str = ""
    ticket_id: int | None = None
    different_act: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The order to correct (行政处罚法 28) and what became of it; `corrected_on` None: not corrected yet."""

    ordered_on: date
    correct_by: date
    corrected_on: date | None = None
    note: str = ""


@retried
def register(store: Store, actor: Actor, *, new: NewPenalty, home: Path) -> int:
    """Enter a case at the counter; gives its key. The actor takes the duty intake, the officers investigate.

    Raises BadPenaltyFacts, TimeBarred, FinedTwice, MaybeFinedTwice, NotTwoOfficers, NumberTaken, DutyConflict …
    """
    raise NotImplementedError


def open_case(work: Work, new: NewPenalty, *, duty: Duty, home: Path) -> PenaltyCase:
    """Enter a case within a work: what `register` does, and the simple procedure for the officer on the spot."""
    raise NotImplementedError


@retried
def note_correction(store: Store, actor: Actor, *, case_id: int, correction: Correction) -> bool:
    """Enter the order to correct and whether it was obeyed. True: nothing is left to fine, the case is dropped."""
    raise NotImplementedError


@retried
def drop(store: Store, actor: Actor, *, case_id: int, ground: DropGround, reason: str) -> None:
    """End a case without a decision (撤案)."""
    raise NotImplementedError


@retried
def close(store: Store, actor: Actor, *, case_id: int, home: Path) -> None:
    """End a case whose decision was carried out (结案)."""
    raise NotImplementedError
