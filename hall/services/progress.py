"""查进度: whoever knows a receipt's serial and the end of a number, or has the receipt, is told how the case stands."""

import hmac
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date, hall_time
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.identity import mask_name, normalise
from hall.rules.numbering import numbers_in_every_style
from hall.rules.people import Actor
from hall.rules.progress import LAST, Progress, locked_until, told_of
from hall.services import persons, receipts, request_progress
from hall.services.catalogue import version_numbered
from hall.services.persons import ORGANISATION
from hall.services.progress_facts import facts_for_applicant
from hall.services.progress_rule import progress_rules
from hall.services.request_progress import fitting_request, request_of_paper
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.documents import Document
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.permits import PermitCase
from hall.store.schema.requests import Request
from hall.store.schema.trail import AuditRow

PAPERS = ("receipt", "acceptance", "correction")
"""Whose code answers: papers that only the applicant has. A certificate hangs where everybody sees it."""

_ACTION = "case.progress"


class NothingFits(Missing):
    """There is no such case, or the digits are not its applicant's: the sentence does not say which."""

    def __init__(self) -> None:
        super().__init__(
            "没有查到。请核对凭证上的编号，和本人、代理人或者单位证件号码的后四位（诉求也可以用电话后四位）；也可以到窗口查询。"
        )


class AskedTooOften(Refused):
    """Too many answers at this station did not fit."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            f"几次没有查到，这里到 {hall_time(until):%H:%M} 以前不能按编号查询。"
            "可以扫收件凭证上的二维码，或者到窗口查询。"
        )


class NotThisPaper(Missing):
    """A genuine code that tells nothing here: of another hall, or of a paper that others have, too."""

    def __init__(self) -> None:
        super().__init__(
            "这张凭证在这里查不到进度。请扫本大厅的收件凭证、受理通知书、补正告知书或诉求受理单，或者到窗口查询。"
        )


@dataclass(frozen=True, slots=True)
class ProgressView:
    """A case as its applicant may see it on a public screen: the name masked."""

    number: str
    matter_name: str
    applicant_masked: str = field(repr=False)
    received_on: date
    told: Progress


@retried
def progress(store: Store, actor: Actor, *, home: Path, year: int, serial: int, last_four: str) -> ProgressView:
    """By the receipt's serial of a year and the last four characters of the applicant's or the agent's number.

    A wrong answer is kept, and counted at this station. Raises NothingFits or AskedTooOften.
    """
    require(actor, _ACTION)
    with store.work(_ACTION, actor) as work:
        wrong = f"progress:{work.station_id}"
        work.lock(wrong)
        _refuse_after_wrong_answers(work, wrong, home)
        found = _fitting(work, year, serial, normalise(last_four))
        work.audit(f"{wrong}:{business_date(work.now)}" if found is None else _named(found), way="number")
        view = None if found is None else _view(work.session, found, today=business_date(work.now))
    if view is None:
        raise NothingFits
    return view


@retried
def progress_by_code(store: Store, actor: Actor, *, payload: str) -> ProgressView:
    """By the code on the receipt, which proves that somebody has it: nothing can be guessed, nothing is counted.

    Raises BadReceiptCode, ForgedReceipt or NotThisPaper.
    """
    require(actor, _ACTION)
    with store.work(_ACTION, actor) as work:
        found = _of_paper(work, payload)
        work.audit(_named(found), way="code")
        return _view(work.session, found, today=business_date(work.now))


def _refuse_after_wrong_answers(work: Work, wrong: str, home: Path) -> None:
    """Counted from the audit of today and yesterday, which nobody at a station can clear."""
    today = business_date(work.now)
    rule = progress_rules(home).in_force(today)
    answers = select(AuditRow.at).where(
        AuditRow.hall_id == work.hall_id,
        AuditRow.subject.in_([f"{wrong}:{day}" for day in (today - timedelta(days=1), today)]),
        AuditRow.action == _ACTION,
    )
    until = locked_until(work.session.scalars(answers).all(), rule)
    if until is not None and work.now < until:
        raise AskedTooOften(until)


def _named(found: PermitCase | Request) -> str:
    return f"case:{found.id}" if isinstance(found, PermitCase) else f"request:{found.id}"


def _fitting(work: Work, year: int, serial: int, last_four: str) -> PermitCase | Request | None:
    """The case or the request, if the characters are of somebody whose it is; both series count from 1."""
    if serial < 1 or len(last_four) != LAST:
        return None
    short_name = work.session.get_one(Hall, work.hall_id).short_name
    case = work.session.scalars(
        select(PermitCase).where(
            PermitCase.hall_id == work.hall_id,
            PermitCase.receipt_number.in_(numbers_in_every_style(short_name, "许收", year=year, serial=serial)),
        )
    ).one_or_none()
    if case is not None and _is_of(work, case, last_four):
        return case
    return fitting_request(work, short_name=short_name, year=year, serial=serial, last_four=last_four)


def _is_of(work: Work, case: PermitCase, last_four: str) -> bool:
    people = select(Person).where(Person.id.in_([key for key in (case.applicant_id, case.agent_id) if key]))
    numbers = [persons.opened(each, work.key_ring).id_number for each in work.session.scalars(people)]
    fits = [hmac.compare_digest(number[-LAST:].encode(), last_four.encode()) for number in numbers]
    return any(fits)


def _of_paper(work: Work, payload: str) -> PermitCase | Request:
    """The case or the request of a paper of this hall that whoever asked for it holds."""
    found = receipts.check(work.session, payload, hall_id=work.hall_id)
    if (request := request_of_paper(work.session, work.hall_id, found.number)) is not None:
        return request
    case_id = work.session.scalar(
        select(Document.case_id).where(
            Document.hall_id == work.hall_id, Document.number == found.number, Document.kind.in_(PAPERS)
        )
    )
    if found.case_id is None or case_id != found.case_id:
        raise NotThisPaper
    return work.session.get_one(PermitCase, case_id)


def _view(session: Session, found: PermitCase | Request, *, today: date) -> ProgressView:
    return _view_of_case(session, found, today) if isinstance(found, PermitCase) else _view_of(session, found, today)


def _view_of(session: Session, request: Request, today: date) -> ProgressView:
    return ProgressView(
        number=request.number,
        matter_name=request_progress.title_of(request),
        applicant_masked=request_progress.masked_name(session, request),
        received_on=request.received_on,
        told=request_progress.told_of(session, request, today=today),
    )


def _view_of_case(session: Session, case: PermitCase, today: date) -> ProgressView:
    person = session.get_one(Person, case.applicant_id)
    matter = version_numbered(session, case.matter_version_id).matter
    return ProgressView(
        number=case.receipt_number,
        matter_name=matter.name,
        applicant_masked=person.name if person.kind == ORGANISATION else mask_name(person.name),
        received_on=business_date(case.received_at),
        told=told_of(facts_for_applicant(session, case, matter, today=today)),
    )
