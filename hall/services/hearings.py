"""Hearings (听证, 行政许可法 46–48): the right told, asked for or waived, announced, held by who does not review.

The procedure that both limits wait for begins with the written notice of the hearing and ends with its record, and is
no longer than that notice told. Another reading of 行政许可法 45 lets it begin with the request; it would leave out
more days, so it is not the party's.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.catalogue import Limit
from hall.rules.people import Actor
from hall.rules.separation import check_separation
from hall.rules.timelimits import LimitRequest, compute
from hall.services import clocks, issuing, papers_hearing, suspending
from hall.services.calendar import shipped_limits
from hall.services.case_facts import acts_done
from hall.services.case_records import add_event, advance, case_locked
from hall.services.hands import settle, take_in_hand
from hall.services.hearing_seats import Seats, check_chair, post_of, record_chair
from hall.services.issuing import Issued
from hall.services.paper_head import name_of, paper_head
from hall.services.papers_common import Fields
from hall.services.papers_hearing import Participant, Statement
from hall.services.reasons import reason_for, statement_for
from hall.services.suspending import SuspensionRequest
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.clocks import CasePause
from hall.store.schema.documents import Document
from hall.store.schema.people import Person
from hall.store.schema.permits import PermitCase
from hall.store.schema.reviewing import CaseHearing, CaseParty

_PROCEDURE = "hearing"


class NoSuchHearing(Missing):
    """The case has no hearing that this can be done to."""

    def __init__(self) -> None:
        super().__init__("没有这次听证，或者它已经到了下一步，请刷新后再看。")


class AskedTooLate(Refused):
    """The five workdays for asking are over: silence is a waiver."""

    def __init__(self, ask_by: date) -> None:
        super().__init__(f"申请听证的期限到{ask_by}为止，已经届满，视为放弃（行政许可法第四十七条）。")


class NoticeTooShort(Refused):
    """The notice has to come seven workdays before the hearing."""

    def __init__(self, held_on: date, notify_by: date) -> None:
        super().__init__(
            f"{held_on}举行听证，最迟应在{notify_by}通知（行政许可法第四十八条第一款第一项：七日前），请改晚听证时间。"
        )


class HeldTooLate(Refused):
    """A hearing that was asked for is held within twenty workdays."""

    def __init__(self, hold_by: date) -> None:
        super().__init__(f"应当在{hold_by}前组织听证（行政许可法第四十七条：二十日内），请改早听证时间。")


class PeriodUnknown(Refused):
    """A period of the hearing ends in a year without a schedule."""

    def __init__(self, pending: str) -> None:
        super().__init__(f"算不出听证的期限：{pending}")


class NotYetHeld(Refused):
    """The record of a hearing that lies ahead."""

    def __init__(self) -> None:
        super().__init__("听证还没有到举行时间，不能登记笔录。改期请先重新通知。")


@dataclass(frozen=True, slots=True)
class HearingRecord:
    """What was said at a hearing and what the chair found."""

    began_at: datetime
    ended_at: datetime
    findings: str
    participants: tuple[Participant, ...]
    statements: tuple[Statement, ...]
    public: bool = True


@retried
def tell_right(
    store: Store, actor: Actor, *, case_id: int, subject: str, home: Path, party_id: int | None = None
) -> Issued:
    """告知听证权利 to the applicant or to a party whose interests are touched: five workdays to ask for it."""
    require(actor, "case.review")
    about = reason_for("听证事项", subject)
    with store.work("case.hearing", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        today = business_date(work.now)
        ask_by = _period(work, "permit.hearing-request", today)
        hearing = CaseHearing(
            hall_id=work.hall_id, case_id=case_id, origin="requested", state="told", told_on=today, ask_by=ask_by
        )
        work.session.add(hearing)
        work.session.flush()
        common = paper_head(work, case)
        content = papers_hearing.hearing_right(
            common, addressee=_addressee(work, case, party_id), subject=about, ask_by=ask_by
        )
        paper = issuing.issue(work, case_id=case_id, kind="hearing_right", content=content, home=home)
        _advance(work, case, hearing, "told", paper)
        settle(work, case, hearing=hearing.id, document=paper.number)
        return paper


@retried
def ask(store: Store, actor: Actor, *, case_id: int, hearing_id: int) -> None:
    """申请听证 in time; the hall then has twenty workdays to hold it. Raises AskedTooLate."""
    require(actor, "case.review")
    with store.work("case.hearing", actor) as work:
        case = case_locked(work, case_id)
        hearing = _hearing(work, case_id, hearing_id, "told")
        today = business_date(work.now)
        if hearing.ask_by is not None and today > hearing.ask_by:
            raise AskedTooLate(hearing.ask_by)
        hearing.state, hearing.asked_on = "asked", today
        hearing.hold_by = _period(work, "permit.hearing-hold", today)
        _advance(work, case, hearing, "asked")
        settle(work, case, hearing=hearing.id)


@retried
def waive(store: Store, actor: Actor, *, case_id: int, hearing_id: int, reason: str, home: Path) -> None:
    """放弃听证, or a request taken back; a procedure that the notice began ends with it."""
    require(actor, "case.review")
    told = reason_for("放弃听证", reason)
    with store.work("case.hearing", actor) as work:
        case = case_locked(work, case_id)
        hearing = _hearing(work, case_id, hearing_id, "told", "asked", "noticed")
        _advance(work, case, hearing, "waived", note=told)
        if hearing.state == "noticed":
            suspending.finish(work, case, _PROCEDURE, result="申请人放弃听证", home=home)
        hearing.state = "waived"
        settle(work, case, hearing=hearing.id)


@retried
def announce(
    store: Store,
    actor: Actor,
    *,
    case_id: int,
    held_at: datetime,
    seats: Seats,
    subject: str,
    home: Path,
    hearing_id: int | None = None,
) -> Issued:
    """通知听证, seven workdays before it; without `hearing_id` the hall holds one of its own accord (46).

    With this written notice the procedure begins that both limits wait for. Raises NoticeTooShort, HeldTooLate,
    and what the chair is refused for.
    """
    require(actor, "case.suspend")
    about = reason_for("听证事项", subject)
    with store.work("case.hearing", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        hearing = _to_announce(work, case_id, hearing_id)
        _check_day(work, hearing, business_date(held_at))
        check_chair(work, case, seats)
        hearing.state, hearing.noticed_on, hearing.held_at = "noticed", business_date(work.now), held_at
        hearing.place, hearing.chair_id, hearing.recorder_id = seats.place, seats.chair_id, seats.recorder_id
        paper = issuing.issue(
            work,
            case_id=case_id,
            kind="hearing_notice",
            content=_notice(work, case, seats, held_at=held_at, subject=about),
            home=home,
        )
        _advance(work, case, hearing, "noticed", paper)
        told = SuspensionRequest(_PROCEDURE, _time_told(work, business_date(held_at)), "本机关", about)
        _, pause = suspending.begin(work, case, request=told, home=home)
        hearing.pause_id = pause.id
        settle(work, case, hearing=hearing.id, document=paper.number)
        return paper


@retried
def hold(store: Store, actor: Actor, *, case_id: int, hearing_id: int, record: HearingRecord, home: Path) -> Issued:
    """听证笔录: the hearing was held; the decision has to rest on this record (48(2)), and the limits run again."""
    require(actor, "case.suspend")
    findings = statement_for("听证情况", record.findings)
    with store.work("case.hearing", actor) as work:
        case = case_locked(work, case_id)
        hearing = _hearing(work, case_id, hearing_id, "noticed")
        planned = hearing.held_at
        if planned is None or record.ended_at > work.now or business_date(record.began_at) < business_date(planned):
            raise NotYetHeld
        assert hearing.chair_id is not None  # a hearing is announced with its chair
        check_separation("chair", hearing.chair_id, done=acts_done(work.session, case_id))
        hearing.state, hearing.held_at, hearing.findings = "held", record.began_at, findings
        paper = issuing.issue(
            work, case_id=case_id, kind="hearing_record", content=_minutes(work, case, hearing, record), home=home
        )
        _advance(work, case, hearing, "held", paper)
        record_chair(work, case, hearing.chair_id)
        suspending.finish(work, case, _PROCEDURE, result=f"听证已经举行，笔录{paper.number}", home=home)
        settle(work, case, hearing=hearing.id, document=paper.number)
        return paper


def lapse_rights(work: Work, case: PermitCase) -> None:
    """Within the caller's work: who has not asked for a hearing by the last day has waived it."""
    today = business_date(work.now)
    told = select(CaseHearing).where(CaseHearing.case_id == case.id, CaseHearing.state == "told")
    for hearing in work.session.scalars(told).all():
        if hearing.ask_by is not None and today > hearing.ask_by:
            hearing.state = "waived"
            add_event(work, case, "hearing", detail={"hearing": hearing.id, "stage": "lapsed"})


def _advance(
    work: Work, case: PermitCase, hearing: CaseHearing, stage: str, paper: Issued | None = None, *, note: str = ""
) -> None:
    document_id = paper.document_id if paper is not None else None
    detail: dict[str, str | int] = {"hearing": hearing.id, "stage": stage}
    advance(work, case, "hearing", note=note, detail=detail, document_id=document_id)


def _hearing(work: Work, case_id: int, hearing_id: int, *states: str) -> CaseHearing:
    hearing = work.session.get(CaseHearing, hearing_id)
    if hearing is None or hearing.case_id != case_id or hearing.state not in states:
        raise NoSuchHearing
    return hearing


def _to_announce(work: Work, case_id: int, hearing_id: int | None) -> CaseHearing:
    if hearing_id is not None:
        return _hearing(work, case_id, hearing_id, "asked")
    hearing = CaseHearing(hall_id=work.hall_id, case_id=case_id, origin="authority", state="asked")
    work.session.add(hearing)
    work.session.flush()
    return hearing


def _check_day(work: Work, hearing: CaseHearing, held_on: date) -> None:
    notify_by = _period(work, "permit.hearing-notice", held_on)
    if business_date(work.now) > notify_by:
        raise NoticeTooShort(held_on, notify_by)
    if hearing.hold_by is not None and held_on > hearing.hold_by:
        raise HeldTooLate(hearing.hold_by)


def _period(work: Work, rule: str, start: date) -> date:
    """Where a period of the table of law ends; raises PeriodUnknown while a schedule is lacking."""
    limit = compute(
        clocks.calendar(work), shipped_limits().limit(rule, business_date(work.now)), LimitRequest(start=start)
    )
    if limit.due is None:
        raise PeriodUnknown(limit.pending or "")
    return limit.due.date() if isinstance(limit.due, datetime) else limit.due


def _time_told(work: Work, held_on: date) -> Limit:
    """From the notice to the hearing, whose own day counts again: what the applicant is told that it takes."""
    days, today = clocks.calendar(work), business_date(work.now)
    return Limit(max(days.workdays_between(today, held_on), 1), "workday")


def _addressee(work: Work, case: PermitCase, party_id: int | None) -> str:
    if party_id is None:
        return work.session.get_one(Person, case.applicant_id).name
    party = work.session.get(CaseParty, party_id)
    if party is None or party.case_id != case.id:
        raise NoSuchHearing
    party.told_on = business_date(work.now)
    return work.session.get_one(Person, party.person_id).name


def _notice(work: Work, case: PermitCase, seats: Seats, *, held_at: datetime, subject: str) -> Fields:
    return papers_hearing.hearing_notice(
        paper_head(work, case),
        addressee=_addressee(work, case, None),
        subject=subject,
        held_at=held_at,
        place=seats.place,
        chair_name=name_of(work.session, seats.chair_id),
        chair_post=post_of(work.session, seats.chair_id, work.hall_id),
        recorder_name=name_of(work.session, seats.recorder_id),
        reviewer_name=work.actor.name,
        public=seats.public,
    )


def _minutes(work: Work, case: PermitCase, hearing: CaseHearing, record: HearingRecord) -> Fields:
    number = select(Document.number).where(Document.case_id == case.id, Document.kind == "hearing_notice")
    return papers_hearing.hearing_record(
        paper_head(work, case),
        subject=work.session.get_one(CasePause, hearing.pause_id).reason,
        began_at=record.began_at,
        ended_at=record.ended_at,
        place=hearing.place,
        chair_name=name_of(work.session, hearing.chair_id),
        recorder_name=name_of(work.session, hearing.recorder_id),
        participants=record.participants,
        statements=record.statements,
        notice_number=work.session.scalar(number.order_by(Document.id.desc()).limit(1)) or "",
        public=record.public,
    )
