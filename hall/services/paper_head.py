"""The common fields of a case's papers, from its records: the applicant's name in full, the number masked."""

from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.services import persons
from hall.services.catalogue import version_numbered
from hall.services.papers_common import Due, Fields, case_block
from hall.store import Work
from hall.store.schema.clocks import CaseClock
from hall.store.schema.halls import Hall
from hall.store.schema.people import Account, Person
from hall.store.schema.permits import PermitCase


def paper_head(work: Work, case: PermitCase) -> Fields:
    """What `papers_common.case_block` makes of a case; who does the work is named as who prepared the paper."""
    applicant = persons.opened(work.session.get_one(Person, case.applicant_id), work.key_ring)
    agent = work.session.get(Person, case.agent_id) if case.agent_id is not None else None
    return case_block(
        work.session.get_one(Hall, work.hall_id),
        applicant_name=applicant.name,
        applicant_id=applicant.id_number,
        matter_name=version_numbered(work.session, case.matter_version_id).matter.name,
        receipt_number=case.receipt_number,
        received_on=business_date(case.received_at),
        accepted_on=case.accepted_on,
        agent_name=agent.name if agent is not None else "",
        clerk_name=work.actor.name,
    )


def due_told(clock: CaseClock | None) -> Due:
    """The due day of a clock as papers tell it: 待定 while it is pending or held, None without a clock."""
    if clock is None:
        return None
    return clock.due_on or "待定"


def name_of(session: Session, account_id: int | None) -> str:
    """Who an account is; nothing for nobody."""
    account = session.get(Account, account_id) if account_id else None
    return account.display_name if account is not None else ""
