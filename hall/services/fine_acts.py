"""What may be done about the fine of a case now: the same rule that the acts themselves ask."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.rules.fine_acts import fine_acts_for
from hall.rules.penalty_acts import PenaltyAct
from hall.services.fine_facts import fine_facts
from hall.store.schema.penalties import PenaltyCase


def fine_acts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyAct, ...]:
    """Deferral, agreement, remedies, court, correction: each with what stands against it today."""
    return fine_acts_for(fine_facts(session, case, today=today, home=home))
