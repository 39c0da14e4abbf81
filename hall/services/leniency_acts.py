"""What may be done about leniency in a penalty case now, and in words of law why the rest may not."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.rules.penalty_acts import PenaltyAct
from hall.store.schema.penalties import PenaltyCase


def leniency_acts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyAct, ...]:
    """leniency_apply always (the road before the decision); examine, leniency_refuse, leniency_withdraw, educate."""
    return ()
