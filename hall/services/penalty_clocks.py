"""The legal periods of penalty cases: of one case with their count, and of the whole hall by their due days."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.rules.penalty_clocks import PenaltyClock
from hall.store.schema.penalties import PenaltyCase


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A clock on the hall's list; the party's name is masked."""

    case_id: int
    number: str
    party_masked: str
    clock: PenaltyClock


def clocks_of(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyClock, ...]:
    """Every clock of a case, running ones first, by their due days."""
    raise NotImplementedError


def open_clocks(session: Session, *, hall_id: int, today: date, home: Path) -> tuple[CaseClock, ...]:
    """Every running clock of the hall's open cases, by due day."""
    raise NotImplementedError
