"""In whose hand a case is: who may act on it, who stands in for whom, and what ends every act on it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.people import Actor
from hall.services import clocks
from hall.services.case_records import Hand, hand_to
from hall.services.paper_head import name_of
from hall.services.steps import enter_step
from hall.store import Work
from hall.store.schema.catalogue import Department
from hall.store.schema.people import Account, AccountRole
from hall.store.schema.permits import PermitCase
from hall.store.schema.reviewing import AccountAbsence


class InOtherHands(Refused):
    """Somebody else has the case."""

    def __init__(self, holder: str) -> None:
        super().__init__(
            f"这件办件在{holder or '其他人'}手上，您不能办理。请由其办理或退回科室，或请科室负责人转派、登记外出替岗。"
        )


class OtherDepartment(Refused):
    """The case belongs to another department than whoever wants to act on it."""

    def __init__(self, department: str) -> None:
        super().__init__(f"这件办件由{department}承办，请交给该科室的人员办理。")


def take_in_hand(work: Work, case: PermitCase, *, in_department: bool = True) -> None:
    """Who acts on a case has it: one that lies with the department comes to the actor, a substitute steps in.

    `in_department`: the step is the department's own. Raises InOtherHands or OtherDepartment.
    """
    actor, holder = work.actor.account_id, case.officer_id
    if holder == actor:
        return
    if in_department:
        check_department(work.session, actor, case.department_id)
    if holder is not None and substitute_of(work.session, holder, business_date(work.now)) != actor:
        raise InOtherHands(name_of(work.session, holder))
    hand_to(work, case, Hand(case.department_id, actor, acting_for=holder))


def check_department(session: Session, account_id: int, department_id: int) -> None:
    """Raise OtherDepartment for somebody who reviews the cases of another one; who has none reviews all."""
    own = session.scalar(select(Account.department_id).where(Account.id == account_id))
    if own is not None and own != department_id:
        raise OtherDepartment(session.get_one(Department, department_id).name)


def substitute_of(session: Session, account_id: int, day: date) -> int | None:
    """Who stands in on a day for somebody who is away (A/B 岗); None: nobody is away."""
    return session.scalar(
        select(AccountAbsence.substitute_id)
        .where(
            AccountAbsence.account_id == account_id,
            AccountAbsence.first_day <= day,
            AccountAbsence.last_day >= day,
        )
        .order_by(AccountAbsence.id)
        .limit(1)
    )


def hand_for(session: Session, account_id: int, *, department_id: int, day: date) -> Hand:
    """The hand of somebody, or of the substitute while away."""
    substitute = substitute_of(session, account_id, day)
    if substitute is None:
        return Hand(department_id, account_id)
    return Hand(department_id, substitute, acting_for=account_id)


def actor_of(session: Session, account_id: int, hall_id: int) -> Actor | None:
    """An account with the roles it holds in a hall, as it would act; None for one that does not sign in here."""
    account = session.get(Account, account_id)
    if account is None or account.disabled or account.hall_id not in {None, hall_id}:
        return None
    roles = session.scalars(
        select(AccountRole.role).where(
            AccountRole.account_id == account_id, AccountRole.hall_id.is_(None) | (AccountRole.hall_id == hall_id)
        )
    )
    return Actor(account_id, account.display_name, hall_id, frozenset(roles))


def settle(work: Work, case: PermitCase, **detail: object) -> None:
    """What every act on a case ends with: the step's clock, all due days, the audit entry, the change for screens."""
    enter_step(work, case)
    clocks.refresh(work, case)
    work.audit(f"case:{case.id}", state=case.state, **detail)
    work.changed("case", str(case.id))
