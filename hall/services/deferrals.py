"""Paying later or in parts (行政处罚法 66): asked for at the window, granted or refused by whoever decides."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.fine_acts import check_fine_act
from hall.rules.fine_entries import check_parts, parts_left, plan_total
from hall.rules.fines import APPLICATION, DEFERRAL, Entry, FinePosition, Part
from hall.rules.money import yuan
from hall.rules.people import Actor
from hall.services import fines, papers_payment
from hall.services.fine_facts import fine_facts, open_deferral
from hall.services.fine_papers import decision_told, instalments, surcharge_told
from hall.services.issuing import Issued, issue
from hall.services.penalty_head import penalty_head
from hall.services.penalty_records import add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.reasons import statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.fines import DeferralPart, DeferralRequest
from hall.store.schema.penalties import PenaltyCase

DeferralKind = Literal["deferral", "instalments"]


class PlanShape(Refused):
    """暂缓 is one day for all of it, 分期 are two parts at least."""

    def __init__(self) -> None:
        super().__init__("暂缓缴纳只写一期，分期缴纳至少写两期，请改缴款计划或者申请的种类。")


@dataclass(frozen=True, slots=True)
class NewDeferral:
    """What a party asks for: its hardship, what proves it, and the plan, whose parts add up to the unpaid fine."""

    kind: DeferralKind
    hardship: str
    proof: str
    parts: tuple[Part, ...]


@retried
def apply(store: Store, actor: Actor, *, case_id: int, new: NewDeferral, home: Path) -> int:
    """收暂缓分期申请: kept with its plan. Raises NotNow, PlanShape, BadEntry, DutyConflict.

    From an application in time until its answer nothing is added (`application_pauses`).
    """
    require(actor, "deferral.apply")
    hardship, proof = statement_for("经济困难的情况", new.hardship), statement_for("困难证明", new.proof)
    with store.work("deferral.apply", actor) as work:
        case, today = penalty_locked(work, case_id), business_date(work.now)
        take_duty(work, case, "intake")
        facts = fine_facts(work.session, case, today=today, home=home)
        check_fine_act("defer", facts)
        assert facts.position is not None
        _check_plan(work, case, new, today=today, home=home)
        request = DeferralRequest(
            hall_id=work.hall_id,
            case_id=case.id,
            kind=new.kind,
            applied_on=today,
            account_id=actor.account_id,
            hardship=hardship,
            proof=proof,
        )
        work.session.add(request)
        work.session.flush()
        _add_parts(work, request.id, new.parts)
        _stop_the_count(work, case, facts.position, today=today, home=home)
        detail = {"request": request.id, "kind": new.kind, "parts": len(new.parts)}
        add_penalty_event(work, case, "defer", detail=detail)
        settle_penalty(work, case, **detail)
        return request.id


@retried
def grant(store: Store, actor: Actor, *, case_id: int, home: Path) -> Issued:
    """批准: the plan that was asked for replaces the day to pay, for what is left to pay today.

    Raises NotNow, BadEntry where all of its days have passed, DutyConflict.
    """
    require(actor, "deferral.decide")
    with store.work("deferral.grant", actor) as work:
        case, today = penalty_locked(work, case_id), business_date(work.now)
        take_duty(work, case, "decide")
        request = _waiting(work, case, today=today, home=home)
        parts = _parts_left(work, case, request, today=today, home=home)
        _count_again(work, case, day=today, home=home)
        plan = Entry(0, "plan", today, sum(part.fen for part in parts), cause=DEFERRAL, parts=parts)
        request.entry_id = fines.add(work, case, plan, home=home)
        request.granted, request.decided_on, request.decided_by = True, today, actor.account_id
        issued = _grant_paper(work, case, request, parts, home=home)
        return _answered(work, case, request, issued)


@retried
def refuse(store: Store, actor: Actor, *, case_id: int, reasons: str, home: Path) -> Issued:
    """不予批准, with reasons and remedies: the fine stays due on its day. Raises NotNow, ReasonNeeded."""
    require(actor, "deferral.decide")
    why = statement_for("不予批准", reasons)
    with store.work("deferral.refuse", actor) as work:
        case, today = penalty_locked(work, case_id), business_date(work.now)
        take_duty(work, case, "decide")
        request = _waiting(work, case, today=today, home=home)
        held = _count_again(work, case, day=date.fromordinal(today.toordinal() + 1), home=home)
        request.granted, request.decided_on, request.decided_by = False, today, actor.account_id
        request.reasons = why
        issued = _refusal_paper(work, case, request, held=held, home=home)
        return _answered(work, case, request, issued)


def _check_plan(work: Work, case: PenaltyCase, new: NewDeferral, *, today: date, home: Path) -> None:
    if (len(new.parts) == 1) != (new.kind == "deferral"):
        raise PlanShape
    entries = fines.entries_of(work.session, case.id)
    total = plan_total(entries, today, DEFERRAL, fines.growth_of(entries, home))
    check_parts(new.parts, total=total, first=today)


def _add_parts(work: Work, request_id: int, parts: tuple[Part, ...]) -> None:
    for number, part in enumerate(parts, 1):
        work.session.add(
            DeferralPart(hall_id=work.hall_id, request_id=request_id, position=number, due_on=part.due_on, fen=part.fen)
        )
    work.session.flush()


def _parts_left(
    work: Work, case: PenaltyCase, request: DeferralRequest, *, today: date, home: Path
) -> tuple[Part, ...]:
    query = select(DeferralPart).where(DeferralPart.request_id == request.id).order_by(DeferralPart.position)
    asked = [Part(part.due_on, part.fen) for part in work.session.scalars(query)]
    entries = fines.entries_of(work.session, case.id)
    return parts_left(asked, total=plan_total(entries, today, DEFERRAL, fines.growth_of(entries, home)), first=today)


def _stop_the_count(work: Work, case: PenaltyCase, now: FinePosition, *, today: date, home: Path) -> None:
    """Only what was asked for in time: an application after the due day holds nothing."""
    entries = fines.entries_of(work.session, case.id)
    if now.overdue or not fines.growth_of(entries, home).terms.application_pauses:
        return
    last = max((entry.day for entry in entries if entry.cause == APPLICATION), default=today)
    fines.add(work, case, Entry(0, "pause", max(today, last), cause=APPLICATION), home=home)


def _count_again(work: Work, case: PenaltyCase, *, day: date, home: Path) -> bool:
    """From `day` on days count; whether the application had stopped them."""
    held = [entry for entry in fines.entries_of(work.session, case.id) if entry.cause == APPLICATION]
    if not held or held[-1].kind != "pause":
        return False
    fines.add(work, case, Entry(0, "resume", max(day, held[-1].day), cause=APPLICATION), home=home)
    return True


def _waiting(work: Work, case: PenaltyCase, *, today: date, home: Path) -> DeferralRequest:
    check_fine_act("defer_decide", fine_facts(work.session, case, today=today, home=home))
    request = open_deferral(work.session, case.id)
    assert request is not None
    return request


def _answered(work: Work, case: PenaltyCase, request: DeferralRequest, issued: Issued) -> Issued:
    request.document_id = issued.document_id
    detail = {"request": request.id, "granted": bool(request.granted)}
    add_penalty_event(work, case, "defer_decide", note=request.reasons, detail=detail, document_id=issued.document_id)
    settle_penalty(work, case, **detail, document=issued.number)
    return issued


def _grant_paper(
    work: Work, case: PenaltyCase, request: DeferralRequest, parts: tuple[Part, ...], *, home: Path
) -> Issued:
    now = fines.position_of(work.session, case, on=business_date(work.now), home=home)
    assert now is not None
    content = papers_payment.deferral(
        penalty_head(work, case),
        kind=_kind(request),
        decision=decision_told(work, case, now),
        paid=yuan(now.paid_fen),
        added=yuan(now.added_left_fen),
        hardship=request.proof,
        plan=instalments(parts),
        approver_name=work.actor.name,
    )
    return issue(work, case_id=None, kind="deferral", content=content, home=home)


def _refusal_paper(work: Work, case: PenaltyCase, request: DeferralRequest, *, held: bool, home: Path) -> Issued:
    now = fines.position_of(work.session, case, on=business_date(work.now), home=home)
    assert now is not None
    content = papers_payment.deferral_refusal(
        penalty_head(work, case),
        kind=_kind(request),
        decision=decision_told(work, case, now),
        applied_on=request.applied_on,
        reasons=request.reasons,
        due_on=now.due_on or now.parts[-1].due_on,  # the last one where all was paid meanwhile
        surcharge=surcharge_told(work, case, now, home=home),
        held=held and now.told,
    )
    return issue(work, case_id=None, kind="deferral_refusal", content=content, home=home)


def _kind(request: DeferralRequest) -> DeferralKind:
    return "deferral" if request.kind == "deferral" else "instalments"
