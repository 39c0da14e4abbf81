"""查进度 of a request: found by its serial and the end of a number or telephone, or by the paper that tells of it."""

import hmac
from datetime import date
from typing import Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.numbering import numbers_in_every_style
from hall.rules.progress import LAST, Progress
from hall.rules.request_progress import RequestProgressFacts, told_of_request
from hall.rules.requests import RequestState
from hall.services import persons
from hall.services.request_matters import view_of
from hall.services.request_records import running
from hall.store import Work
from hall.store.schema.documents import Document
from hall.store.schema.people import Person
from hall.store.schema.requests import DispatchUnit, Request
from hall.words import REQUEST_KINDS

_SERIES: Final = "诉"
_PAPER = "complaint_acceptance"


def fitting_request(work: Work, *, short_name: str, year: int, serial: int, last_four: str) -> Request | None:
    """The request with this serial, if the characters end the number or the telephone of whoever made it."""
    query = select(Request).where(
        Request.hall_id == work.hall_id,
        Request.number.in_(numbers_in_every_style(short_name, _SERIES, year=year, serial=serial)),
    )
    request = work.session.scalars(query).one_or_none()
    if request is None or request.person_id is None:
        return None
    person = persons.opened(work.session.get_one(Person, request.person_id), work.key_ring)
    known = [text[-LAST:] for text in (person.id_number, person.phone) if len(text) >= LAST]
    return request if any(hmac.compare_digest(end.encode(), last_four.encode()) for end in known) else None


def request_of_paper(session: Session, hall_id: int, number: str) -> Request | None:
    """The request whose 受理单 has the number: who holds the paper may ask, also without a name."""
    query = (
        select(Request)
        .join(Document, Document.id == Request.document_id)
        .where(Request.hall_id == hall_id, Document.number == number, Document.kind == _PAPER)
    )
    return session.scalars(query).one_or_none()


def title_of(request: Request) -> str:
    """What it is called on a public screen: nothing of its text."""
    return f"{REQUEST_KINDS[request.kind]}诉求"


def masked_name(session: Session, request: Request) -> str:
    """Whoever made it, masked; 匿名."""
    return view_of(session, request).person_masked


def told_of(session: Session, request: Request, *, today: date) -> Progress:
    """What is told of it today."""
    dispatch = running(session, request.id)
    unit = session.get_one(DispatchUnit, dispatch.unit_id).name if dispatch is not None else ""
    facts = RequestProgressFacts(
        state=cast(RequestState, request.state),
        today=today,
        unit=unit,
        promised_by=request.promised_by,
        finish_by=request.finish_by,
        consultation=request.kind == "consultation",
    )
    return told_of_request(facts)
