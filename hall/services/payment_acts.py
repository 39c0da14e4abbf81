"""What may be done about the paying of a fine now: notices, cash, refunds, and why not the rest."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.rules.penalty_acts import PenaltyAct
from hall.store.schema.penalties import PenaltyCase


def payment_acts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyAct, ...]:
    """notice, notice_void, cash, cash_hand_in, cash_bank, refund."""
    raise NotImplementedError
