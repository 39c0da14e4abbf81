"""What may be done about the paying of a fine now: notices, cash, refunds, and why not the rest."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.rules.cash import cash_closed
from hall.rules.penalty_acts import PenaltyAct
from hall.services import fines
from hall.services.cash import cash_facts, open_cash
from hall.services.payment_notices import decision_named, notice_reasons, open_notices
from hall.store.schema.penalties import PenaltyCase

_PAYING = "行政处罚法第六十七条"


def payment_acts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyAct, ...]:
    """notice, notice_void, cash, cash_hand_in, cash_bank, refund; those of another stage are left out."""
    decision = decision_named(session, case.id)
    if decision is None or not (decision.fine_fen or fines.entries_of(session, case.id)):
        return ()
    return (
        *_notices(session, case, today=today, home=home),
        *_cash(session, case, today=today, home=home),
        *_refund(session, case, today=today, home=home),
    )


def _notices(session: Session, case: PenaltyCase, *, today: date, home: Path) -> Iterator[PenaltyAct]:
    reasons = notice_reasons(session, case, today=today, home=home)
    yield PenaltyAct("notice", "payment.notice", reasons, law=_PAYING)
    if open_notices(session, case.id):
        yield PenaltyAct("notice_void", "payment.notice", law=_PAYING)


def _cash(session: Session, case: PenaltyCase, *, today: date, home: Path) -> Iterator[PenaltyAct]:
    facts = cash_facts(session, case, today=today, home=home)
    if facts is not None and not cash_closed(facts):
        yield PenaltyAct("cash", "cash.collect", law="行政处罚法第六十八条、第六十九条、第七十条")
    held = open_cash(session, case.id)
    if any(record.handed_in_on is None for record in held):
        yield PenaltyAct("cash_hand_in", "cash.collect", law="行政处罚法第七十一条")
    if any(record.handed_in_on is not None for record in held):
        yield PenaltyAct("cash_bank", "cash.bank", law="行政处罚法第七十一条")


def _refund(session: Session, case: PenaltyCase, *, today: date, home: Path) -> Iterator[PenaltyAct]:
    position = fines.position_of(session, case, on=today, home=home)
    if position is not None and position.over_fen:
        yield PenaltyAct("refund", "payment.settle", law="行政处罚法第七十四条（依法应当退还）")
