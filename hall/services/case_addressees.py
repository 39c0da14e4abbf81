"""Who a message about a permit case is for: who has it in hand, or whom a rung of the escalation names."""

from datetime import date

from sqlalchemy.orm import Session

from hall.rules.escalation import Recipient
from hall.rules.permits import BEFORE_ACCEPTANCE
from hall.services.subject_notices import Addressee, away_on, with_substitutes
from hall.store.schema.permits import PermitCase


def addressees(session: Session, case: PermitCase, to: Recipient, *, day: date) -> tuple[Addressee, ...]:
    """Who a rung of the escalation speaks to. An officer's substitute hears it, too, while the officer is away."""
    if to == "officer":
        return _officer(session, case, day)
    if to == "head":
        return (Addressee(role="head", department_id=case.department_id),)
    return (Addressee(role="approver" if to == "leader" else "manager"),)


def _officer(session: Session, case: PermitCase, day: date) -> tuple[Addressee, ...]:
    account_id = case.officer_id or (case.account_id if case.state in BEFORE_ACCEPTANCE else None)
    if account_id is None:
        return (Addressee(role="reviewer", department_id=case.department_id),)
    return with_substitutes((Addressee(account_id),), away_on(session, day))
