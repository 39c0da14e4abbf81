"""查进度 of an application for relief: found by its serial and the end of a number or telephone, or by its form."""

from typing import cast

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.relief_cases import ReliefState
from hall.rules.relief_progress import told_of_relief
from hall.services.progress_found import Found, ProgressView, Question, is_of, masked
from hall.services.receipts import VerifiedReceipt
from hall.store import Work
from hall.store.schema.relief import ReliefApplication


def fitting(work: Work, question: Question) -> Found | None:
    """The application with this serial, if the characters end the applicant's number or telephone."""
    application = _numbered(work, question.numbers("救"))
    if application is None or not is_of(work, application.person_id, question.last_four, by_phone=True):
        return None
    return _found(work, application)


def of_paper(work: Work, paper: VerifiedReceipt) -> Found | None:
    """The application whose form for signing it is; later forms (之二 …) and public sheets bear other numbers."""
    application = _numbered(work, (paper.number,)) if paper.kind == "relief" else None
    return _found(work, application) if application is not None else None


def _numbered(work: Work, numbers: tuple[str, ...]) -> ReliefApplication | None:
    query = select(ReliefApplication).where(
        ReliefApplication.hall_id == work.hall_id, ReliefApplication.number.in_(numbers)
    )
    return work.session.scalars(query).one_or_none()


def _found(work: Work, application: ReliefApplication) -> Found:
    """Nothing of why, of what is asked for or of what is awarded."""
    state, today = cast(ReliefState, application.state), business_date(work.now)
    view = ProgressView(
        number=application.number,
        matter_name="救助申请",
        applicant_masked=masked(work.session, application.person_id),
        received_on=application.applied_on,
        told=told_of_relief(state, today=today, shown_until=application.shown_until),
    )
    return Found(f"relief_application:{application.id}", view)
