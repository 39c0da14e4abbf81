"""Messages within the hall about a case (提醒): to a person, or to everybody of a role in a department."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from hall.rules.authority import require
from hall.rules.escalation import Recipient
from hall.rules.people import Actor
from hall.rules.permits import BEFORE_ACCEPTANCE
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.reviewing import AccountAbsence
from hall.store.schema.supervision import CaseNotice


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person; or a role, of one department where it is given."""

    account_id: int | None = None
    role: str = ""
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One message that nobody it is for has seen."""

    notice_id: int
    case_id: int
    case_number: str
    matter_name: str
    kind: str
    at: datetime
    text: str


def notify(work: Work, case_id: int, *, kind: str, text: str, to: Iterable[Addressee]) -> None:
    """Within the caller's work; the same addressee is told once."""
    for addressee in dict.fromkeys(to):
        work.session.add(
            CaseNotice(
                hall_id=work.hall_id,
                case_id=case_id,
                kind=kind,
                account_id=addressee.account_id,
                role=addressee.role,
                department_id=addressee.department_id,
                at=work.now,
                text=text,
            )
        )
    work.changed("notice", str(case_id))


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
    substitutes = session.scalars(
        select(AccountAbsence.substitute_id).where(
            AccountAbsence.account_id == account_id,
            AccountAbsence.first_day <= day,
            AccountAbsence.last_day >= day,
        )
    )
    return (Addressee(account_id), *(Addressee(substitute) for substitute in substitutes))


def unseen_notices(store: Store, actor: Actor, *, most: int = 100) -> tuple[NoticeView, ...]:
    """The messages for the actor that wait, the newest first."""
    require(actor, "case.read")
    with store.read(actor) as session:
        rows = session.execute(
            select(CaseNotice, PermitCase.acceptance_number, PermitCase.receipt_number, MatterVersion.name)
            .join(PermitCase, PermitCase.id == CaseNotice.case_id)
            .join(MatterVersion, MatterVersion.id == PermitCase.matter_version_id)
            .where(_waiting_for(session, store.hall_id, actor))
            .order_by(CaseNotice.id.desc())
            .limit(most)
        )
        return tuple(
            NoticeView(
                notice.id, notice.case_id, accepted or received, matter_name, notice.kind, notice.at, notice.text
            )
            for notice, accepted, received, matter_name in rows.tuples()
        )


def unseen_count(store: Store, actor: Actor) -> int:
    """How many messages wait for the actor."""
    require(actor, "case.read")
    with store.read(actor) as session:
        count = select(func.count()).select_from(CaseNotice).where(_waiting_for(session, store.hall_id, actor))
        return session.scalar(count) or 0


@retried
def see_notices(store: Store, actor: Actor, *, notice_ids: tuple[int, ...]) -> int:
    """Put messages away; those for a role are away for all who hold it. Gives how many were still there."""
    require(actor, "case.read")
    with store.work("notice.see", actor) as work:
        seen = work.session.scalars(
            update(CaseNotice)
            .where(CaseNotice.id.in_(notice_ids), _waiting_for(work.session, work.hall_id, actor))
            .values(seen_at=work.now, seen_by=actor.account_id)
            .returning(CaseNotice.id)
            .execution_options(synchronize_session=False)
        ).all()
        work.audit("notice", notices=sorted(seen))
        work.changed("notice", "seen")
    return len(seen)


def _waiting_for(session: Session, hall_id: int, actor: Actor) -> ColumnElement[bool]:
    department_id = session.scalar(select(Account.department_id).where(Account.id == actor.account_id))
    of_role = and_(CaseNotice.account_id.is_(None), CaseNotice.role.in_(sorted(actor.roles)))
    if department_id is not None:  # somebody of no department in particular hears what any of them is told
        of_role = and_(of_role, or_(CaseNotice.department_id.is_(None), CaseNotice.department_id == department_id))
    return and_(
        CaseNotice.hall_id == hall_id,
        CaseNotice.seen_at.is_(None),
        or_(CaseNotice.account_id == actor.account_id, of_role),
    )
