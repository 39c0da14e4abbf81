"""查进度 of a request: found by its serial and the end of a number or telephone, or by the paper that tells of it."""

from typing import cast

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.progress import Progress
from hall.rules.request_progress import RequestProgressFacts, told_of_request
from hall.rules.requests import RequestState
from hall.services.progress_found import Found, ProgressView, Question, is_of
from hall.services.receipts import VerifiedReceipt
from hall.services.request_matters import view_of
from hall.services.request_records import running
from hall.store import Work
from hall.store.schema.documents import Document
from hall.store.schema.requests import DispatchUnit, Request
from hall.words import REQUEST_KINDS

_PAPER = "complaint_acceptance"


def fitting(work: Work, question: Question) -> Found | None:
    """The request with this serial, if the characters end the number or the telephone of whoever made it."""
    query = select(Request).where(Request.hall_id == work.hall_id, Request.number.in_(question.numbers("诉")))
    request = work.session.scalars(query).one_or_none()
    if request is None or request.person_id is None:
        return None
    return _found(work, request) if is_of(work, request.person_id, question.last_four, by_phone=True) else None


def of_paper(work: Work, paper: VerifiedReceipt) -> Found | None:
    """The request whose 受理单 it is: who holds the paper may ask, also without a name."""
    if paper.kind != _PAPER:
        return None
    query = (
        select(Request)
        .join(Document, Document.id == Request.document_id)
        .where(Request.hall_id == work.hall_id, Document.number == paper.number, Document.kind == _PAPER)
    )
    request = work.session.scalars(query).one_or_none()
    return _found(work, request) if request is not None else None


def _found(work: Work, request: Request) -> Found:
    """Its title says nothing of its text; nobody's name is 匿名."""
    view = ProgressView(
        number=request.number,
        matter_name=f"{REQUEST_KINDS[request.kind]}诉求",
        applicant_masked=view_of(work.session, request).person_masked,
        received_on=request.received_on,
        told=_told(work, request),
    )
    return Found(f"request:{request.id}", view)


def _told(work: Work, request: Request) -> Progress:
    dispatch = running(work.session, request.id)
    unit = work.session.get_one(DispatchUnit, dispatch.unit_id).name if dispatch is not None else ""
    facts = RequestProgressFacts(
        state=cast(RequestState, request.state),
        today=business_date(work.now),
        unit=unit,
        promised_by=request.promised_by,
        finish_by=request.finish_by,
        consultation=request.kind == "consultation",
    )
    return told_of_request(facts)
