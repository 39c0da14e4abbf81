"""Issues the papers of a request within an act: what was received, to whom it is dispatched, what is replied."""

from datetime import date
from pathlib import Path

from hall.rules.identity import mask_phone
from hall.services import issuing, papers_complaint
from hall.services.issuing import Issued
from hall.services.papers_addressee import Addressee
from hall.services.papers_common import Due, Fields, hall_block
from hall.services.papers_complaint import ComplaintDues
from hall.services.penalty_head import addressee_of
from hall.services.request_matters import ANONYMOUS, SECRET
from hall.services.request_records import facts_of
from hall.services.request_rule import request_rules
from hall.store import Work
from hall.store.schema.catalogue import Department
from hall.store.schema.halls import Hall
from hall.store.schema.people import Account
from hall.store.schema.requests import Dispatch, DispatchUnit, Request
from hall.words import REQUEST_CHANNELS, REQUEST_KINDS


def issue_acceptance(work: Work, request: Request, *, evidence: tuple[str, ...], home: Path) -> Issued:
    """投诉举报受理单 under the request's own number; printed where somebody stands at the counter."""
    content = papers_complaint.complaint_acceptance(
        _head(work),
        complainant=_person(work, request),
        received_at=request.received_at,
        channel=REQUEST_CHANNELS[request.channel],
        subject=f"{REQUEST_KINDS[request.kind]}：{request.subject}",
        content=request.content,
        dues=ComplaintDues(request.told_by, request.finish_by, _promised(request)),
        handler_name=work.actor.name,
        handler_department=_department(work),
        evidence="、".join(evidence),
    )
    return issuing.issue(
        work,
        case_id=None,
        kind="complaint_acceptance",
        content=content,
        home=home,
        number=request.number,
        printer="page" if request.channel == "counter" else None,
    )


def issue_dispatch(work: Work, request: Request, dispatch: Dispatch, *, joined: int, home: Path) -> Issued:
    """派单单: what the unit needs to act, the person masked, whoever reports not named."""
    unit = work.session.get_one(DispatchUnit, dispatch.unit_id)
    person = _person(work, request)
    content = papers_complaint.dispatch_sheet(
        _head(work),
        request_number=request.number,
        kind=REQUEST_KINDS[request.kind],
        category=request_rules(home).in_force(request.received_on).categories.get(request.category, request.category),
        subject=request.subject,
        content=request.content,
        place="　".join(filter(None, (request.area, request.place, request.grid_code))),
        person=_told_to_unit(request, person),
        unit=unit.name,
        why_unit=dispatch.why_unit,
        order=dispatch.order,
        times=dispatch.round,
        joined=joined,
        due=dispatch.due_on or "待定",
        return_by=facts_of(work.session, request).return_by,
        finish_by=request.finish_by or _promised(request),
    )
    return issuing.issue(work, case_id=None, kind="dispatch_sheet", content=content, home=home)


def issue_reply(work: Work, request: Request, *, findings: str, reply: str, basis: str, home: Path) -> Issued | None:
    """投诉举报答复单; None for an anonymous person, whom no paper reaches. What came otherwise is printed, too."""
    person = _person(work, request)
    if person is None:
        return None
    content = papers_complaint.complaint_reply(
        _head(work),
        complainant=person.name,
        acceptance_number=request.number,
        received_on=request.received_on,
        subject=request.subject,
        findings=findings,
        reply=reply,
        basis=basis,
        handler_name=work.actor.name,
    )
    return issuing.issue(work, case_id=None, kind="complaint_reply", content=content, home=home)


def _head(work: Work) -> Fields:
    return hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=work.actor.name)


def _person(work: Work, request: Request) -> Addressee | None:
    return addressee_of(work, request.person_id) if request.person_id is not None else None


def _told_to_unit(request: Request, person: Addressee | None) -> str:
    if person is None:
        return ANONYMOUS
    if request.kind == "report":
        return SECRET
    phone = f"　{mask_phone(person.phone)}" if person.phone else ""
    return f"{person.public_name}{phone}"


def _promised(request: Request) -> Due:
    day: date | None = request.promised_by
    return day or ("待定" if request.pending else None)


def _department(work: Work) -> str:
    account = work.session.get(Account, work.actor.account_id)
    if account is not None and account.department_id is not None:
        return work.session.get_one(Department, account.department_id).name
    return work.session.get_one(Hall, work.hall_id).name
