"""Applications that look like one that is there already: the same person, matter and purpose, for much the same."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.intake import IntakeRule, Purpose, looks_alike
from hall.rules.people import Actor
from hall.services import persons
from hall.services.catalogue import matter_in_force
from hall.services.intake_rule import intake_rules
from hall.store import Store
from hall.store.schema.permits import PermitCase
from hall.words import CASE_STATES

# Ends after which nobody is granted anything: to apply again is no doubling.
_WITHOUT_RESULT = ("refused", "withdrawn", "terminated")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A case that may be the same as the application."""

    case_id: int
    receipt_number: str
    received_on: date
    state: str
    subject: str

    @property
    def words(self) -> str:
        """For the clerk who has to tell them apart."""
        return f"{self.receipt_number}（{self.received_on.isoformat()}收件，{CASE_STATES[self.state]}）"


class DuplicateSuspected(Refused):
    """The application looks like one that is there already; a reason says that it is another."""

    def __init__(self, found: tuple[Duplicate, ...]) -> None:
        self.found = found
        listed = "、".join(each.words for each in found[:3])
        more = f"等{len(found)}件" if len(found) > 3 else ""
        super().__init__(f"该申请人已有相似的申请：{listed}{more}。确属另一件申请的，请写明原因后再办理。")


def duplicates(
    store: Store,
    actor: Actor,
    *,
    id_number: str,
    matter_code: str,
    home: Path,
    purpose: Purpose = "new",
    subject: str = "",
) -> tuple[Duplicate, ...]:
    """What an application of the person with a number would be taken for, newest first; nothing is written."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        person = persons.find_by_id_number(session, store.key_ring, hall_id=store.hall_id, number=id_number)
        if person is None:
            return ()
        matter_id = matter_in_force(session, store.hall_id, matter_code, today).matter_id
        return like_cases(
            session,
            person_id=person.id,
            matter_id=matter_id,
            purpose=purpose,
            subject=subject,
            rule=intake_rules(home).in_force(today),
            today=today,
        )


def like_cases(
    session: Session,
    *,
    person_id: int,
    matter_id: int,
    purpose: Purpose,
    subject: str,
    rule: IntakeRule,
    today: date,
) -> tuple[Duplicate, ...]:
    """Cases of the person, open or received within the rule's days, that an application may double; newest first."""
    cases = session.scalars(
        select(PermitCase)
        .where(
            PermitCase.applicant_id == person_id,
            PermitCase.matter_id == matter_id,
            PermitCase.purpose == purpose,
            PermitCase.parent_id.is_(None),
            or_(PermitCase.closed_at.is_(None), PermitCase.state.not_in(_WITHOUT_RESULT)),
        )
        .order_by(PermitCase.id.desc())
    )
    since = today - timedelta(days=rule.duplicate_days)
    return tuple(
        Duplicate(case.id, case.receipt_number, business_date(case.received_at), case.state, case.subject)
        for case in cases
        if (case.closed_at is None or business_date(case.received_at) >= since)
        and looks_alike(case.subject, subject, rule)
    )
