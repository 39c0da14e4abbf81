"""The opinions on a case, step by step: proposed, examined, reviewed by law, reported, sent back."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import may, require
from hall.rules.people import Actor
from hall.rules.permits import CaseState
from hall.rules.reviewing import Verdict, check_validity
from hall.services import issuing, papers_review
from hall.services.case_records import Hand, Position, add_opinion, advance, case_locked, hand_to
from hall.services.hands import actor_of, check_department, hand_for, settle, take_in_hand
from hall.services.hearings import lapse_rights
from hall.services.issuing import Issued
from hall.services.paper_head import name_of, paper_head
from hall.services.qualifications import require_qualified
from hall.services.reasons import short_text, statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.permits import CaseEvent, PermitCase
from hall.store.schema.reviewing import CaseHandover, CaseOpinion, CaseVisit
from hall.words import CASE_STATES

_SEND_BACK_ACTIONS = {
    "reviewing": "case.review",
    "examining": "case.examine",
    "legal_review": "case.legal",
    "approving": "case.decide",
}
_IN_DEPARTMENT = {"reviewing", "examining"}
GIVE_OPINIONS = ("case.review", "case.examine", "case.legal", "case.decide")
PROPOSED = frozenset({"examining", "legal_review", "approving"})
"""Where a further opinion can be given (会签)."""


class NotPassed(Refused):
    """A grant is proposed although the place did not pass."""

    def __init__(self, on: date) -> None:
        super().__init__(f"{on}的现场勘查没有通过，不能拟准予许可。请整改后复查并登记结果，或者拟不予许可。")


class NothingProposed(Refused):
    """There is nothing to give a further opinion on."""

    def __init__(self, state: str) -> None:
        super().__init__(
            f"办件{CASE_STATES[state]}，没有可以会签的拟办意见。会签在提出拟办意见之后、作出决定之前进行。"
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the reviewer proposes (拟办意见): grant or deny, why, and for a grant on which conditions and how long."""

    verdict: Verdict
    reasons: str
    conditions: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class DenialReport:
    """What a report before a denial (否定报备) tells the authority one level up."""

    report_to: str
    facts: str
    unmet: str
    basis: str
    attempts: str = ""


@retried
def propose(store: Store, actor: Actor, *, case_id: int, proposal: Proposal) -> None:
    """提出拟办意见: the review is done, the case goes to the examiner. A grant needs a visit that passed, if any."""
    require(actor, "case.review")
    reasons = statement_for("拟办意见", proposal.reasons)
    conditions = short_text(proposal.conditions)
    check_validity(proposal.valid_from, proposal.valid_until, latest=None)
    with store.work("case.propose", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        lapse_rights(work, case)
        if proposal.verdict == "granted":
            _check_visits(work.session, case_id)
        position: Position = "grant" if proposal.verdict == "granted" else "deny"
        advance(work, case, "propose", detail=_told(proposal, conditions))
        case.proposal = proposal.verdict
        add_opinion(work, case, step="reviewing", position=position, text=reasons)
        settle(work, case, proposal=proposal.verdict)


@retried
def examine(store: Store, actor: Actor, *, case_id: int, agree: bool, text: str) -> None:
    """审核: agreed, the case goes on to legal review or to the approver; not agreed, it goes back to the reviewer."""
    require(actor, "case.examine")
    opinion = statement_for("审核意见", text)
    with store.work("case.examine", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        _give_opinion(work, case, "examine", agree=agree, opinion=opinion)


@retried
def review_by_law(store: Store, actor: Actor, *, case_id: int, agree: bool, text: str, home: Path) -> None:
    """法制审核 by somebody who did not handle the case: agreed, it goes to the approver; not agreed, back one step.

    Raises NotQualified.
    """
    require(actor, "case.legal")
    opinion = statement_for("法制审核意见", text)
    with store.work("case.legal", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case, in_department=False)
        require_qualified(work, "case.legal", home=home)
        _give_opinion(work, case, "legal", agree=agree, opinion=opinion)


@retried
def countersign(store: Store, actor: Actor, *, case_id: int, agree: bool, text: str) -> None:
    """会签 or 集体讨论: somebody else's opinion on what was proposed; it stays, and moves the case nowhere.

    Raises NothingProposed before there is a proposal and after the decision.
    """
    if not any(may(actor, action) for action in GIVE_OPINIONS):
        require(actor, "case.examine")
    opinion = statement_for("会签意见", text)
    with store.work("case.countersign", actor) as work:
        case = case_locked(work, case_id)
        if case.state not in PROPOSED:
            raise NothingProposed(case.state)
        add_opinion(work, case, step=case.state, position="agree" if agree else "disagree", text=opinion)
        settle(work, case, agree=agree)


@retried
def report_denial(store: Store, actor: Actor, *, case_id: int, report: DenialReport, home: Path) -> Issued:
    """否定报备: before a denial is decided, the authority one level up is told in writing."""
    require(actor, "case.examine")
    facts = statement_for("否定报备", report.facts)
    with store.work("case.report", actor) as work:
        case = case_locked(work, case_id)
        check_department(work.session, actor.account_id, case.department_id)
        paper = issuing.issue(
            work,
            case_id=case_id,
            kind="denial_report",
            content=papers_review.denial_report(
                paper_head(work, case),
                report_to=report.report_to,
                facts=facts,
                unmet=statement_for("不符合的条件", report.unmet),
                basis=statement_for("依据", report.basis),
                reviewer_name=name_of(work.session, last_doer(work.session, case_id, "propose")),
                examiner_name=actor.name,
                legal_opinion=_legal_opinion(work.session, case_id),
                attempts=report.attempts,
            ),
            home=home,
        )
        advance(work, case, "report", document_id=paper.document_id)
        settle(work, case, document=paper.number)
        return paper


@retried
def send_back(store: Store, actor: Actor, *, case_id: int, comment: str) -> None:
    """退回上一步 with a comment: to who did that step, the clocks go on as they are, nothing is refilled."""
    require(actor, "case.read")
    told = statement_for("退回上一步", comment)
    with store.work("case.send_back", actor) as work:
        case = case_locked(work, case_id)
        if case.state in _SEND_BACK_ACTIONS:
            require(actor, _SEND_BACK_ACTIONS[case.state])
            take_in_hand(work, case, in_department=case.state in _IN_DEPARTMENT)
        go_back(work, case, told)
        settle(work, case)


def go_back(work: Work, case: PermitCase, comment: str) -> None:
    """Within the caller's work: one step back, the opinion, the hand that the case was in at that step."""
    step = case.state
    advance(work, case, "send_back", note=comment, detail={"from": step})
    add_opinion(work, case, step=step, position="return", text=comment)
    if case.state in {"accepted", "reviewing"}:
        case.proposal = ""
    hand_to(work, case, _hand_before(work, case))


def last_doer(session: Session, case_id: int, kind: str) -> int | None:
    """Who did an act of a case last."""
    return session.scalar(
        select(CaseEvent.account_id)
        .where(CaseEvent.case_id == case_id, CaseEvent.kind == kind)
        .order_by(CaseEvent.id.desc())
        .limit(1)
    )


def _give_opinion(work: Work, case: PermitCase, act: str, *, agree: bool, opinion: str) -> None:
    step = case.state
    if agree:
        advance(work, case, act)
        add_opinion(work, case, step=step, position="agree", text=opinion)
    else:
        add_opinion(work, case, step=step, position="disagree", text=opinion)
        go_back(work, case, opinion)
    settle(work, case, agree=agree)


def _hand_before(work: Work, case: PermitCase) -> Hand:
    """Who did the step that the case comes back to, or that person's substitute; the department, if nobody can."""
    pool = Hand(case.department_id)
    doer = _doer_of(work.session, case)
    if doer is None or actor_of(work.session, doer, work.hall_id) is None:
        return pool
    return hand_for(work.session, doer, department_id=case.department_id, day=business_date(work.now))


def _doer_of(session: Session, case: PermitCase) -> int | None:
    state: CaseState = case.state  # type: ignore[assignment]  # written from rules.permits
    if state == "accepted":
        given = select(CaseHandover.given_by).where(CaseHandover.case_id == case.id)
        return session.scalar(given.order_by(CaseHandover.id.desc()).limit(1))
    return last_doer(session, case.id, "propose" if state == "reviewing" else "examine")


def _check_visits(session: Session, case_id: int) -> None:
    last = session.scalars(
        select(CaseVisit)
        .where(CaseVisit.case_id == case_id, CaseVisit.state == "made")
        .order_by(CaseVisit.made_at.desc(), CaseVisit.id.desc())
        .limit(1)
    ).one_or_none()
    if last is not None and last.made_at is not None and not last.passed:
        raise NotPassed(business_date(last.made_at))


def _told(proposal: Proposal, conditions: str) -> dict[str, str | None]:
    """What the approver finds filled in."""
    return {
        "verdict": proposal.verdict,
        "conditions": conditions,
        "valid_from": proposal.valid_from.isoformat() if proposal.valid_from else None,
        "valid_until": proposal.valid_until.isoformat() if proposal.valid_until else None,
    }


def _legal_opinion(session: Session, case_id: int) -> str:
    text = session.scalar(
        select(CaseOpinion.text)
        .where(CaseOpinion.case_id == case_id, CaseOpinion.step == "legal_review", CaseOpinion.position == "agree")
        .order_by(CaseOpinion.id.desc())
        .limit(1)
    )
    return text or ""
