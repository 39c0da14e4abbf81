"""Site visits (现场勘查): booked, made by at least two officers who show their certificates, recorded."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services import issuing, papers_review
from hall.services.case_records import advance, case_locked
from hall.services.hands import settle, take_in_hand
from hall.services.issuing import Issued
from hall.services.paper_head import paper_head
from hall.services.papers_common import Fields
from hall.services.papers_review import Officer
from hall.services.reasons import reason_for, statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import CaseFile
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.reviewing import CaseVisit, CaseVisitOfficer

_FEWEST_OFFICERS = 2  # 行政许可法 34(3)


class TooFewOfficers(Refused):
    """The law wants two officers at least."""

    def __init__(self) -> None:
        super().__init__("现场核查应当由两名以上工作人员进行（行政许可法第三十四条第三款），请补上另一位人员。")


class BadgeMissing(Refused):
    """An officer without the number of a certificate."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有{name}的执法证件号，请填写勘查时出示的证件号。")


class NotBooked(Missing):
    """There is no such visit waiting."""

    def __init__(self) -> None:
        super().__init__("没有这次现场勘查，或者已经登记过结果，请刷新后再看。")


class BeforeItHappened(Refused):
    """The record of a visit says that it takes place later."""

    def __init__(self) -> None:
        super().__init__("现场勘查的结束时间晚于现在，或早于开始时间，请核对时间。")


@dataclass(frozen=True, slots=True)
class VisitOfficer:
    """An officer at a visit; `badge_number` empty: the one that the account has."""

    account_id: int
    badge_number: str = ""


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """What was found at a visit; `present`: who was there for the applicant."""

    officers: tuple[VisitOfficer, ...]
    began_at: datetime
    ended_at: datetime
    findings: str
    passed: bool
    applicant_signed: bool
    present: str = ""
    purpose: str = "核对申请材料的实质内容"


@retried
def book(store: Store, actor: Actor, *, case_id: int, at: datetime, place: str) -> int:
    """预约勘查; gives the visit. The limit of law goes on: a visit is no procedure of 行政许可法 45."""
    require(actor, "case.review")
    told = reason_for("勘查地点", place)
    with store.work("case.visit", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        visit = CaseVisit(
            hall_id=work.hall_id,
            case_id=case_id,
            booked_for=at,
            booked_by=actor.account_id,
            place=told,
            state="booked",
        )
        work.session.add(visit)
        work.session.flush()
        advance(work, case, "visit", detail={"visit": visit.id, "stage": "booked", "for": at.isoformat()})
        settle(work, case, visit=visit.id)
        return visit.id


@retried
def make(store: Store, actor: Actor, *, case_id: int, visit_id: int, record: VisitRecord, home: Path) -> Issued:
    """勘查结果: who was there with which certificates, what was found; the record names the photos among the files."""
    require(actor, "case.review")
    findings = statement_for("勘查情况", record.findings)
    with store.work("case.visit", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        if not record.began_at <= record.ended_at <= work.now:
            raise BeforeItHappened
        visit = _booked(work, case_id, visit_id)
        officers = _officers(work, record.officers)
        visit.state, visit.made_at, visit.findings = "made", record.ended_at, findings
        visit.passed, visit.applicant_signed = record.passed, record.applicant_signed
        _write_officers(work, visit, officers)
        paper = issuing.issue(
            work, case_id=case_id, kind="site_record", content=_paper(work, case, visit, record, officers), home=home
        )
        visit.document_id = paper.document_id
        advance(work, case, "visit", detail=_told(visit, officers), document_id=paper.document_id)
        settle(work, case, visit=visit.id, passed=record.passed, document=paper.number)
        return paper


@retried
def cancel(store: Store, actor: Actor, *, case_id: int, visit_id: int, reason: str) -> None:
    """取消勘查: it will not take place, or at another time."""
    require(actor, "case.review")
    told = reason_for("取消勘查", reason)
    with store.work("case.visit", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        visit = _booked(work, case_id, visit_id)
        visit.state = "cancelled"
        advance(work, case, "visit", note=told, detail={"visit": visit.id, "stage": "cancelled"})
        settle(work, case, visit=visit.id)


def _booked(work: Work, case_id: int, visit_id: int) -> CaseVisit:
    visit = work.session.get(CaseVisit, visit_id)
    if visit is None or visit.case_id != case_id or visit.state != "booked":
        raise NotBooked
    return visit


def _officers(work: Work, named: tuple[VisitOfficer, ...]) -> dict[int, Officer]:
    """Two distinct persons at least, each with a certificate."""
    found: dict[int, Officer] = {}
    for each in named:
        account = work.session.get(Account, each.account_id)
        if account is None:
            continue
        badge = each.badge_number.strip() or account.badge_number
        if not badge:
            raise BadgeMissing(account.display_name)
        found[account.id] = Officer(account.display_name, badge)
    if len(found) < _FEWEST_OFFICERS or len({each.number for each in found.values()}) < _FEWEST_OFFICERS:
        raise TooFewOfficers
    return found


def _write_officers(work: Work, visit: CaseVisit, officers: dict[int, Officer]) -> None:
    work.session.add_all(
        CaseVisitOfficer(hall_id=work.hall_id, visit_id=visit.id, account_id=account_id, badge_number=officer.number)
        for account_id, officer in officers.items()
    )


def _told(visit: CaseVisit, officers: dict[int, Officer]) -> dict[str, str | int | bool | list[int] | None]:
    return {"visit": visit.id, "stage": "made", "passed": visit.passed, "officers": sorted(officers)}


def _paper(work: Work, case: PermitCase, visit: CaseVisit, record: VisitRecord, officers: dict[int, Officer]) -> Fields:
    photos = work.session.scalars(
        select(CaseFile.title).where(CaseFile.visit_id == visit.id, CaseFile.voided_at.is_(None)).order_by(CaseFile.id)
    ).all()
    return papers_review.site_record(
        paper_head(work, case),
        began_at=record.began_at,
        ended_at=record.ended_at,
        place=visit.place,
        officers=tuple(officers.values()),
        present=record.present,
        purpose=record.purpose,
        findings=visit.findings,
        conclusion="符合要求" if record.passed else "不符合要求",
        photos=tuple(photos),
    )
