"""查进度 of a permit: found by its receipt's serial and the end of a number, or by a paper of the intake."""

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.progress import told_of
from hall.services.catalogue import version_numbered
from hall.services.progress_facts import facts_for_applicant
from hall.services.progress_found import Found, ProgressView, Question, is_of, masked
from hall.services.receipts import VerifiedReceipt
from hall.store import Work
from hall.store.schema.permits import PermitCase

PAPERS = ("receipt", "acceptance", "correction")
"""Whose code answers: papers that only the applicant has. A certificate hangs where everybody sees it."""


def fitting(work: Work, question: Question) -> Found | None:
    """The case with this serial, if the characters end the applicant's or the agent's number."""
    query = select(PermitCase).where(
        PermitCase.hall_id == work.hall_id, PermitCase.receipt_number.in_(question.numbers("许收"))
    )
    case = work.session.scalars(query).one_or_none()
    if case is None:
        return None
    people = [key for key in (case.applicant_id, case.agent_id) if key is not None]
    fits = [is_of(work, key, question.last_four, by_phone=False) for key in people]
    return _found(work, case) if any(fits) else None


def of_paper(work: Work, paper: VerifiedReceipt) -> Found | None:
    """The case whose receipt, acceptance or correction it is."""
    if paper.kind not in PAPERS or paper.case_id is None:
        return None
    return _found(work, work.session.get_one(PermitCase, paper.case_id))


def _found(work: Work, case: PermitCase) -> Found:
    session, today = work.session, business_date(work.now)
    matter = version_numbered(session, case.matter_version_id).matter
    view = ProgressView(
        number=case.receipt_number,
        matter_name=matter.name,
        applicant_masked=masked(session, case.applicant_id),
        received_on=business_date(case.received_at),
        told=told_of(facts_for_applicant(session, case, matter, today=today)),
    )
    return Found(f"case:{case.id}", view)
