"""Special procedures (特别程序): what one would do to the due days, its beginning with a notice, its result."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockKind, Ledger, Reading, course_of, read
from hall.rules.clocks_changes import Change, Comparison, Supplementing, Suspension, compare
from hall.rules.people import Actor
from hall.rules.procedures import CannotSuspend, ProcedureTerms
from hall.rules.timelimits import workdays_within
from hall.services import clocks, papers_review
from hall.services.case_facts import facts_of
from hall.services.case_records import Detail, advance, case_locked
from hall.services.catalogue import version_numbered
from hall.services.clocks import case_kept
from hall.services.hands import settle, take_in_hand
from hall.services.issuing import Issued, issue
from hall.services.paper_head import due_told, paper_head
from hall.services.papers_common import Fields
from hall.services.procedures import procedures
from hall.services.reasons import reason_for
from hall.services.schedules import calendar_in_force
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.documents import Document
from hall.store.schema.permits import PermitCase
from hall.words import CASE_PROCEDURES

SUPPLEMENT = "supplement"
"""A supplement asked for in review: it holds clocks like a procedure, but the case goes on being reviewed."""

_SHOWN: frozenset[ClockKind] = frozenset({"acceptance", "statutory", "promised", "step", "supplement", "delivery"})


class ResultInFuture(Refused):
    """A result is registered on the day it is there, or later."""

    def __init__(self, result_on: date) -> None:
        super().__init__(f"结果日期{result_on}还没有到，请在收到结果后登记。")


@dataclass(frozen=True, slots=True)
class SuspensionRequest:
    """What the reviewer asks for. `granted` None: as long as it takes, where the procedure allows that.

    `body` is who carries it out.
    """

    procedure: str
    granted: Limit | None
    body: str
    reason: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """Every clock of a case that runs, before and after what is being considered; nothing was written."""

    clocks: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class ClocksMoved:
    """What was done: the paper that tells the applicant, and the clocks after it."""

    paper: Issued
    clocks: tuple[Reading, ...]


def procedures_of(store: Store, actor: Actor, *, case_id: int, home: Path) -> tuple[ProcedureTerms, ...]:
    """The procedures that a case may be suspended for today."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        return _allowed(session, case_kept(session, store.hall_id, case_id), home, today)


def weigh_suspension(
    store: Store, actor: Actor, *, case_id: int, procedure: str, granted: Limit | None, home: Path
) -> Weighed:
    """What a procedure that began today would do to the clocks. Raises CannotSuspend for one that may not begin."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        case = case_kept(session, store.hall_id, case_id)
        pause = _named(_allowed(session, case, home, today), procedure).pause(today, granted)
    return weigh(store, actor, case_id=case_id, change=Suspension(pause))


def weigh_supplement(store: Store, actor: Actor, *, case_id: int, limit: Limit, home: Path) -> Weighed:
    """What a supplement notice of today, with this time for the applicant, would do to the clocks."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        case = case_kept(session, store.hall_id, case_id)
        terms = supplement_terms(session, case, home, today)
    change = Supplementing(today, limit, terms.pause(today, None) if terms else None)
    return weigh(store, actor, case_id=case_id, change=change)


def weigh(store: Store, actor: Actor, *, case_id: int, change: Change) -> Weighed:
    """Both clocks before and after any change."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        case = case_kept(session, store.hall_id, case_id)
        running = _running(session, case.id)
        found = compare(running, change, on=today, calendar=calendar_in_force(session, store.hall_id))
    return Weighed(tuple(each for each in found if each.kind in _SHOWN))


@retried
def suspend(store: Store, actor: Actor, *, case_id: int, request: SuspensionRequest, home: Path) -> ClocksMoved:
    """启动特别程序: the clocks stand from today, and the applicant is told in writing (行政许可法 45)."""
    require(actor, "case.suspend")
    with store.work("case.suspend", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        paper, _ = begin(work, case, request=request, home=home)
        settle(work, case, procedure=request.procedure, document=paper.number)
        return ClocksMoved(paper, readings(work, case))


@retried
def resume(
    store: Store,
    actor: Actor,
    *,
    case_id: int,
    procedure: str,
    result: str,
    home: Path,
    result_on: date | None = None,
) -> ClocksMoved:
    """结束特别程序: its result is registered, and the clocks run from the day of the result (default today)."""
    require(actor, "case.suspend")
    with store.work("case.resume", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        paper = finish(work, case, procedure, result=result, result_on=result_on, home=home)
        settle(work, case, procedure=procedure, document=paper.number)
        return ClocksMoved(paper, readings(work, case))


def begin(work: Work, case: PermitCase, *, request: SuspensionRequest, home: Path) -> tuple[Issued, CasePause]:
    """The same inside another act (a hearing): notice, pause, state; the caller settles."""
    today = business_date(work.now)
    reason = reason_for("启动特别程序", request.reason)
    terms = _named(_allowed(work.session, case, home, today), request.procedure)
    pause = terms.pause(today, request.granted)
    content = papers_review.procedure(
        paper_head(work, case),
        procedure_name=terms.name,
        body_name=request.body.strip() or "本机关",
        basis=terms.law,
        started_on=today,
        expected_days=pause.granted.days if pause.granted else None,
        unit=pause.granted.unit if pause.granted else "workday",
        stops_statutory=terms.stops_statutory,
        stops_promised=terms.stops_promised,
        reason=reason,
    )
    paper = issue(work, case_id=case.id, kind="procedure", content=content, home=home)
    record = clocks.pause(work, case, terms=pause, reason=reason, document_id=paper.document_id)
    granted: dict[str, int | str | None] = {"days": record.granted_days, "unit": record.granted_unit}
    detail: Detail = {"procedure": terms.code, "pause": record.id, "granted": granted}
    advance(work, case, "suspend", note=reason, detail=detail, document_id=paper.document_id)
    return paper, record


def finish(
    work: Work, case: PermitCase, procedure: str, *, result: str, home: Path, result_on: date | None = None
) -> Issued:
    """The same inside another act (the record of a hearing): result, notice, state; the caller settles."""
    today = business_date(work.now)
    ended_on = result_on or today
    if ended_on > today:
        raise ResultInFuture(ended_on)
    facts = facts_of(work.session, case, day=today)
    words = reason_for("结束特别程序", result)
    record = clocks.resume(work, case, procedure, on=ended_on, result=words)
    clocks.refresh(work, case)
    paper = issue(work, case_id=case.id, kind="procedure_end", content=_end_paper(work, case, record), home=home)
    detail: Detail = {"procedure": procedure, "pause": record.id, "result_on": ended_on.isoformat()}
    advance(work, case, "resume", facts=facts, note=words, detail=detail, document_id=paper.document_id)
    return paper


def supplement_terms(session: Session, case: PermitCase, home: Path, day: date) -> ProcedureTerms | None:
    """What a supplement asked for in review stops; None where it stops nothing (before acceptance, or by parameter)."""
    if case.accepted_on is None:
        return None
    matter = version_numbered(session, case.matter_version_id).matter
    found = procedures(home).of_matter(matter, day)
    return next((terms for terms in found if terms.code == SUPPLEMENT), None)


def readings(work: Work, case: PermitCase) -> tuple[Reading, ...]:
    """The clocks of a case that run, as they stand now."""
    today, days = business_date(work.now), clocks.calendar(work)
    return tuple(
        read(ledger, today, calendar=days) for ledger in _running(work.session, case.id) if ledger.kind in _SHOWN
    )


def _end_paper(work: Work, case: PermitCase, record: CasePause) -> Fields:
    notice = work.session.get(Document, record.document_id) if record.document_id is not None else None
    assert record.ended_on is not None
    return papers_review.procedure_end(
        paper_head(work, case),
        procedure_name=CASE_PROCEDURES[record.procedure],
        notice_number=notice.number if notice else "",
        started_on=record.started_on,
        ended_on=record.ended_on,
        excluded_days=_left_out(work, case, record),
        result=record.result,
        statutory_due=due_told(_clock(work.session, case.id, "statutory")),
        promised_due=due_told(_clock(work.session, case.id, "promised")),
    )


def _left_out(work: Work, case: PermitCase, record: CasePause) -> int:
    """Workdays that this pause alone left out of the limit of law, else of the promise."""
    days, pause = clocks.calendar(work), clocks.pause_of(record)
    ledger = next((each for each in _running(work.session, case.id) if each.kind in {"statutory", "promised"}), None)
    if ledger is None:
        return 0
    course = course_of(Ledger(ledger.kind, ledger.limit, ledger.started_on, ledger.extension, (pause,)), calendar=days)
    return workdays_within(days, course.spans, after=ledger.started_on, last=pause.last_day or date.max)


def _clock(session: Session, case_id: int, kind: ClockKind) -> CaseClock | None:
    of_kind = select(CaseClock).where(CaseClock.case_id == case_id, CaseClock.kind == kind)
    return session.scalars(of_kind.order_by(CaseClock.id.desc()).limit(1)).one_or_none()


def _running(session: Session, case_id: int) -> tuple[Ledger, ...]:
    return tuple(kept.ledger for kept in clocks.clocks_of(session, case_id) if kept.record.state != "stopped")


def _allowed(session: Session, case: PermitCase, home: Path, day: date) -> tuple[ProcedureTerms, ...]:
    matter = version_numbered(session, case.matter_version_id).matter
    return tuple(terms for terms in procedures(home).of_matter(matter, day) if terms.code != SUPPLEMENT)


def _named(allowed: tuple[ProcedureTerms, ...], procedure: str) -> ProcedureTerms:
    found = next((terms for terms in allowed if terms.code == procedure), None)
    if found is None:
        names = "、".join(terms.name for terms in allowed)
        raise CannotSuspend(CASE_PROCEDURES[procedure], f"它不在可以扣除的时间之列，可以的有：{names}")
    return found
