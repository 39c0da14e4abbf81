"""Before acceptance: all that is missing told once (补正告知), what comes then, and errors mended on the spot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.catalogue import Limit, Matter
from hall.rules.clocks import Ledger
from hall.rules.clocks_changes import Comparison, Supplementing, compare
from hall.rules.intake import SupplementLine, check_notice
from hall.rules.materials import HandedIn, missing_positions
from hall.rules.people import Actor
from hall.services import clocks, issuing
from hall.services.case_materials import handed_in, put_materials
from hall.services.case_records import Detail, advance, case_locked
from hall.services.catalogue import version_numbered
from hall.services.hands import settle
from hall.services.intake_papers import issue_receipt
from hall.services.intake_rule import intake_rules
from hall.services.paper_head import paper_head
from hall.services.papers_intake import Defect, correction
from hall.services.reasons import reason_for, statement_for
from hall.services.receiving import Received, Submission, acceptance_limit, start_acceptance_clock, take_up
from hall.services.schedules import calendar_in_force
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.permits import CaseSupplement, CaseSupplementItem, PermitCase

INTAKE = "intake"
SUBJECT = "补正"
"""The subject of the clock by which the applicant is asked to come."""


@dataclass(frozen=True, slots=True)
class Told:
    """A supplement notice that was given: its number, and by when the applicant is asked to come (None: pending)."""

    case_id: int
    receipt_number: str
    supplement_id: int
    document_id: int
    number: str
    reply_by: date | None


class NotDelivered(Refused):
    """A notice cannot have been delivered before it was written, or after today."""

    def __init__(self) -> None:
        super().__init__("送达日期不对：不能早于告知日，也不能晚于今天，请核对。")


class NoNotice(Refused):
    """No notice of the case waits for its applicant."""

    def __init__(self) -> None:
        super().__init__("这件办件没有等待补正的告知书，请刷新后再看。")


@retried
def supplement(
    store: Store,
    actor: Actor,
    *,
    submission: Submission,
    lines: tuple[SupplementLine, ...],
    home: Path,
    days: int | None = None,
    delivered: bool = True,
    materials: tuple[HandedIn, ...] | None = None,
    slip: bool = True,
) -> Told:
    """一次性告知补正 of an application, or of a received case: the clock of acceptance stops, the applicant's one runs.

    `days`: workdays the applicant has, by default the hall's. `delivered`: handed over and signed for at once; what is
    sent is told when `deliver` says so. Raises BadNotice, PastTelling, and what `receive` and `rules.permits` refuse.
    """
    require(actor, "case.supplement")
    with store.work("case.supplement", actor) as work:
        at_hand = take_up(work, submission, materials=materials, home=home, slip=slip)
        case, matter, today = at_hand.case, at_hand.matter.matter, business_date(work.now)
        check_notice(matter, lines, handed_in(work.session, case.id))
        limit = Limit(days or at_hand.rule.supplement_days, "workday")
        clocks.stop(work, case, "acceptance", on=today, how="told")
        reply_by = None
        if delivered:
            reply_by = clocks.start(work, case, "supplement", limit=limit, started_on=today, subject=SUBJECT).due_on
        defects = _defects(matter, lines)
        content = correction(
            paper_head(work, case), defects=defects, submit_by=reply_by, consequence=at_hand.rule.silence
        )
        issued = issuing.issue(work, case_id=case.id, kind="correction", content=content, home=home)
        record = _keep_notice(
            work,
            case,
            defects,
            reply_by=reply_by,
            delivered_on=today if delivered else None,
            document_id=issued.document_id,
        )
        detail: Detail = {
            "supplement": record.id,
            "round": record.round,
            "positions": [line.position for line in lines],
            "days": limit.days,
            "reply_by": reply_by.isoformat() if reply_by else None,
        }
        advance(work, case, "supplement", detail=detail, document_id=issued.document_id)
        settle(work, case, receipt=case.receipt_number, notice=issued.number, lines=len(lines))
        return Told(case.id, case.receipt_number, record.id, issued.document_id, issued.number, reply_by)


@retried
def deliver(store: Store, actor: Actor, *, case_id: int, on: date, home: Path) -> date | None:
    """A notice that was sent has reached the applicant, whose time counts from then; gives by when to come.

    Raises NotDelivered, NoNotice.
    """
    require(actor, "case.supplement")
    with store.work("case.supplement_delivered", actor) as work:
        case = case_locked(work, case_id)
        record = _open_notice(work, case)
        if record.delivered_on is not None or not business_date(record.told_at) <= on <= business_date(work.now):
            raise NotDelivered
        days = intake_rules(home).in_force(business_date(record.told_at)).supplement_days
        limit = Limit(days, "workday")
        started = clocks.start(work, case, "supplement", limit=limit, started_on=on, subject=SUBJECT)
        record.delivered_on, record.reply_by = on, started.due_on
        settle(work, case, supplement=record.id, delivered=on.isoformat())
        return started.due_on


@retried
def resubmit(
    store: Store,
    actor: Actor,
    *,
    case_id: int,
    materials: tuple[HandedIn, ...],
    home: Path,
    slip: bool = True,
) -> Received:
    """收补正材料: the materials as they are now; the five workdays begin anew, and with them the one notice.

    Raises ForeignMaterial, MaterialTwice, NoNotice and what `rules.permits` refuses.
    """
    require(actor, "case.receive")
    with store.work("case.resubmit", actor) as work:
        case = case_locked(work, case_id)
        matter, today = version_numbered(work.session, case.matter_version_id).matter, business_date(work.now)
        notice = _open_notice(work, case)
        put_materials(work, case, matter, materials)
        missing = missing_positions(matter.materials, materials)
        for item in _items(work, notice):
            item.settled_on = None if _position(matter, item) in missing else today
        clocks.stop(work, case, "supplement", on=today, how="resubmitted", subject=SUBJECT)
        check = start_acceptance_clock(work, case)
        number = f"{case.receipt_number}-补{notice.round}"
        receipt = issue_receipt(work, case, matter, number=number, check_due=check.due_on, home=home, slip=slip)
        detail: Detail = {"supplement": notice.id, "round": notice.round, "missing": sorted(missing)}
        advance(work, case, "resubmit", detail=detail, document_id=receipt.document_id)
        notice.closed_on, notice.closed_how = today, "resubmitted"
        settle(work, case, receipt=number, round=notice.round)
        return Received(case.id, number, receipt.document_id, check.due_on)


@retried
def correct(
    store: Store,
    actor: Actor,
    *,
    submission: Submission,
    what: str,
    home: Path,
    materials: tuple[HandedIn, ...] | None = None,
    slip: bool = True,
) -> Received:
    """当场更正: the applicant mended an error at the counter and signed for it (行政许可法 32(1)(3)).

    `what`: what was mended, without personal data; `materials`: as they are after it, of a received case.
    """
    require(actor, "case.supplement")
    mended = reason_for("当场更正", what)
    with store.work("case.correct", actor) as work:
        at_hand = take_up(work, submission, materials=materials, home=home, slip=slip)
        case = at_hand.case
        advance(work, case, "correct", note=mended, detail={"signed": True})
        settle(work, case, receipt=case.receipt_number)
        return Received(case.id, case.receipt_number, at_hand.receipt_document, at_hand.check_due)


def what_if(
    store: Store, actor: Actor, *, case_id: int | None, home: Path, days: int | None = None
) -> tuple[Comparison, ...]:
    """Every clock before and after a supplement notice of today, of a received case or of an application (None)."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    limit = Limit(days or intake_rules(home).in_force(today).supplement_days, "workday")
    with store.read(actor) as session:
        calendar = calendar_in_force(session, store.hall_id)
        if case_id is None:
            ledgers: tuple[Ledger, ...] = (Ledger("acceptance", acceptance_limit(today), today),)
        else:
            running = (kept for kept in clocks.clocks_of(session, case_id) if kept.record.state != "stopped")
            ledgers = tuple(kept.ledger for kept in running)
    return compare(ledgers, Supplementing(today, limit), on=today, calendar=calendar)


def _defects(matter: Matter, lines: tuple[SupplementLine, ...]) -> tuple[Defect, ...]:
    names = {rule.position: rule.name for rule in matter.materials}
    return tuple(
        Defect(
            names[line.position],
            statement_for("缺陷", line.defect),
            statement_for("补正要求", line.requirement),
        )
        for line in lines
    )


def _keep_notice(
    work: Work,
    case: PermitCase,
    defects: tuple[Defect, ...],
    *,
    reply_by: date | None,
    delivered_on: date | None,
    document_id: int,
) -> CaseSupplement:
    last = work.session.scalar(
        select(func.max(CaseSupplement.round)).where(CaseSupplement.case_id == case.id, CaseSupplement.phase == INTAKE)
    )
    record = CaseSupplement(
        hall_id=work.hall_id,
        case_id=case.id,
        phase=INTAKE,
        round=(last or 0) + 1,
        told_at=work.now,
        reply_by=reply_by,
        delivered_on=delivered_on,
        document_id=document_id,
    )
    work.session.add(record)
    work.session.flush()
    work.session.add_all(
        CaseSupplementItem(
            hall_id=work.hall_id,
            supplement_id=record.id,
            position=place,
            name=each.name,
            defect=each.defect,
            requirement=each.requirement,
        )
        for place, each in enumerate(defects, start=1)
    )
    return record


def _open_notice(work: Work, case: PermitCase) -> CaseSupplement:
    found = work.session.scalars(
        select(CaseSupplement).where(
            CaseSupplement.case_id == case.id, CaseSupplement.phase == INTAKE, CaseSupplement.closed_on.is_(None)
        )
    ).one_or_none()
    if found is None:
        raise NoNotice
    return found


def _items(work: Work, notice: CaseSupplement) -> Sequence[CaseSupplementItem]:
    return work.session.scalars(select(CaseSupplementItem).where(CaseSupplementItem.supplement_id == notice.id)).all()


def _position(matter: Matter, item: CaseSupplementItem) -> int:
    """Where the line's material stands in the matter, whose names are its own."""
    return next(rule.position for rule in matter.materials if rule.name == item.name)
