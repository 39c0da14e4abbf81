"""What the panels of acts on a fine ask: what is owed, what plans add up to, which remedy goes on."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.fine_entries import plan_total, waivable
from hall.rules.fines import AGREEMENT, DEFERRAL, FinePosition
from hall.rules.people import Actor
from hall.services import fines
from hall.services.penalty_records import penalty_of
from hall.services.remedy_records import RemedyRecord, remedies_of
from hall.store import Store
from hall.store.schema.penalties import PenaltyCase


@dataclass(frozen=True, slots=True)
class FineSheet:
    """A fine as of today, in fen; everything is empty where no fine was imposed or its decision is not served.

    `plan_fen`: what a plan under 行政处罚法 66 adds up to. `agreed_fen`, `waivable_fen`: what an agreement of today is
    about, and how much of it can be waived. `remedy`: the last one.
    """

    on: date
    position: FinePosition | None
    plan_fen: int
    agreed_fen: int
    waivable_fen: int
    remedy: RemedyRecord | None


def fine_sheet(store: Store, actor: Actor, *, case_id: int, home: Path) -> FineSheet:
    """The sheet of a case; raises NoSuchPenalty."""
    require(actor, "penalty.read")
    today = business_date(store.clock.now())
    with store.read() as session:
        case = penalty_of(session, actor.hall_id, case_id)
        return _sheet(session, case, today, home)


def _sheet(session: Session, case: PenaltyCase, today: date, home: Path) -> FineSheet:
    entries, remedies = fines.entries_of(session, case.id), remedies_of(session, case.id)
    remedy = remedies[-1] if remedies else None
    if not entries:
        return FineSheet(today, None, 0, 0, 0, remedy)
    growth = fines.growth_of(entries, home)
    return FineSheet(
        on=today,
        position=growth.position(entries, today),
        plan_fen=plan_total(entries, today, DEFERRAL, growth),
        agreed_fen=plan_total(entries, today, AGREEMENT, growth),
        waivable_fen=waivable(entries, today, growth),
        remedy=remedy,
    )
