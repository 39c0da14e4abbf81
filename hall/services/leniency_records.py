"""Requests for leniency as other acts meet them: whether one is open, what it allows, how a decision ends it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused, Stale
from hall.rules.leniency import LeniencyRefused, check_result
from hall.rules.leniency_limbs import LIMBS, Limb, Result
from hall.services.leniency_facts import eligibility_of, eligibility_without_key
from hall.services.leniency_papers import issue_answer, issue_review
from hall.services.penalty_records import add_penalty_event
from hall.store import Work
from hall.store.schema.leniency import LeniencyLimbClaim, LeniencyRequest
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyEvent, PenaltyProposal
from hall.words import PENALTY_RESULTS


class Unanswered(Refused):
    """A request waits; nothing is decided over its head."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"当事人的减免申请{number}还没有审查或者答复：请先由两名执法人员审查，"
            "采纳的按审查结果拟定处罚意见，不采纳的先书面答复（行政处罚法第四十五条）。"
        )


class RequestEnded(Stale):
    """The request that a proposal names is not open any more."""

    def __init__(self) -> None:
        super().__init__("这份减免申请已经答复或者撤回，请重新打开案件再拟定处罚意见。")


def open_request(session: Session, case_id: int) -> LeniencyRequest | None:
    """The request of a case that nobody has answered or withdrawn; there is at most one."""
    query = select(LeniencyRequest).where(LeniencyRequest.case_id == case_id, LeniencyRequest.state == "open")
    return session.scalars(query).one_or_none()


def asked_for(request: LeniencyRequest) -> bool:
    """Whether the party asked; else officers examined of their own accord (行政处罚法 32, 33 bind without asking)."""
    return bool(request.wanted)


def claims_of(session: Session, request: LeniencyRequest) -> tuple[Limb, ...]:
    """The limbs that the party ticked, in the order of law."""
    rows = set(session.scalars(select(LeniencyLimbClaim.limb).where(LeniencyLimbClaim.request_id == request.id)))
    return tuple(code for code in LIMBS if code in rows)


def check_proposed(
    work: Work, case: PenaltyCase, *, result: Result, limb: Limb | None, leniency_id: int | None, home: Path
) -> None:
    """Called by whoever proposes, with or without a request: law may leave no choice (行政处罚法 30–33).

    Raises NothingToFine; MustNotPenalise where a limb that shall lead to no penalty is satisfied and the result is
    another (不予减半); MustMitigate where 30 or 32 is and the result is ordinary; LimbNotMet where the limb that the
    result rests on is not found satisfied; Unanswered over the head of a request; RequestEnded.
    """
    request = open_request(work.session, case.id)
    if leniency_id is not None and (request is None or request.id != leniency_id):
        raise RequestEnded
    _check_answered(request, result)
    today = business_date(work.now)
    found = eligibility_of(work.session, case, ring=work.key_ring, today=today, home=home)
    check_result(found, result, limb)


def decided(work: Work, proposal: PenaltyProposal, decision: PenaltyDecision, *, home: Path) -> None:
    """Called by whoever decides, in the same work: the open request ends, and its papers are issued.

    Issues the review sheet (减免审批表) wherever the result is not ordinary, and the answer (结果告知书) where the
    party had asked. Raises Unanswered, and what `check_proposed` refuses where something was found since.
    """
    request = open_request(work.session, proposal.case_id)
    result = cast(Result, decision.result)
    _check_answered(request, result)
    case = work.session.get_one(PenaltyCase, proposal.case_id)
    found = eligibility_of(work.session, case, ring=work.key_ring, today=decision.decided_on, home=home)
    check_result(found, result, _limb(proposal))
    if result != "ordinary":
        review = issue_review(work, case, proposal, decision, request=request, home=home)
        add_penalty_event(work, case, "leniency_review", document_id=review)
        if request is not None:
            request.review_document_id = review
    if request is None:
        return
    end_request(work, request, "granted" if result != "ordinary" else "refused", answer=decision.reasons)
    request.limb = proposal.limb
    if asked_for(request):
        answer = issue_answer(
            work,
            case,
            request,
            claims_of(work.session, request),
            reasons=decision.reasons,
            decision=decision,
            home=home,
        )
        request.answer_document_id = answer
        add_penalty_event(work, case, "leniency_answer", note=PENALTY_RESULTS[result], document_id=answer)


def end_request(work: Work, request: LeniencyRequest, state: str, *, answer: str) -> None:
    """Close a request today."""
    request.state, request.answer = state, answer
    request.ended_on, request.ended_by = business_date(work.now), work.actor.account_id


def waiting_reasons(session: Session, case_id: int) -> tuple[str, ...]:
    """Why a request holds a proposal; none: it does not."""
    try:
        _check_answered(open_request(session, case_id), None)
    except Unanswered as refusal:
        return (refusal.sentence,)
    return ()


def holding_reasons(
    session: Session, case: PenaltyCase, proposal: PenaltyProposal, *, today: date, home: Path
) -> tuple[str, ...]:
    """Why a proposal may not be decided: a request waits, or what was found since wants another result."""
    result, limb = cast(Result, proposal.result), _limb(proposal)
    try:
        _check_answered(open_request(session, case.id), result)
        check_result(eligibility_without_key(session, case, limb=limb, today=today, home=home), result, limb)
    except (Unanswered, LeniencyRefused) as refusal:
        return (refusal.sentence,)
    return ()


def education_given(session: Session, case_id: int) -> str:
    """What was explained to the party last (行政处罚法 33(3)), for the text of the decision; empty: nothing yet.

    No decision not to punish goes out without it.
    """
    query = select(PenaltyEvent.note).where(PenaltyEvent.case_id == case_id, PenaltyEvent.kind == "educate")
    notes: Sequence[str] = session.scalars(query.order_by(PenaltyEvent.id.desc()).limit(1)).all()
    return notes[0] if notes else ""


def _limb(proposal: PenaltyProposal) -> Limb | None:
    return cast(Limb, proposal.limb) if proposal.limb else None


def _check_answered(request: LeniencyRequest | None, result: Result | None) -> None:
    """What the party asked for is examined before anything is proposed, and refused before it is punished as usual."""
    if request is None or not asked_for(request):
        return
    if request.examined_on is None or result == "ordinary":
        raise Unanswered(request.number)
