"""The papers of a request for leniency: application, review sheet, answer."""

from pathlib import Path
from typing import cast

from hall.clock import business_date
from hall.rules.first_offence import Search
from hall.rules.leniency_answers import findings_text
from hall.rules.leniency_limbs import Limb, Result
from hall.rules.money import yuan
from hall.services import issuing, papers_leniency
from hall.services.case_paper import chinese_date
from hall.services.issuing import Issued
from hall.services.leniency_facts import eligibility_of, known_of
from hall.services.papers_common import sentence
from hall.services.papers_leniency import CaseOfficer, Evidence, LeniencyResult, LeniencyStage
from hall.services.penalty_head import penalty_head
from hall.services.penalty_paper import measured_for
from hall.services.penalty_staff import check_officers
from hall.services.penalty_words import penalty_text
from hall.store import Work
from hall.store.schema.leniency import LeniencyRequest
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyProposal
from hall.words import PENALTY_RESULTS


def issue_application(
    work: Work,
    case: PenaltyCase,
    request: LeniencyRequest,
    limbs: tuple[Limb, ...],
    *,
    evidence: tuple[Evidence, ...],
    search: Search,
    home: Path,
) -> Issued:
    """行政处罚减免申请表, for the party to sign; its number is the request's."""
    content = papers_leniency.leniency_application(
        penalty_head(work, case),
        case_number=case.number,
        stage=cast(LeniencyStage, request.stage),
        act=case.act,
        result=cast(LeniencyResult, request.wanted),
        limbs=limbs,
        facts=request.facts,
        evidence=evidence,
        correction=request.correction or "没有填写",
        first_time=request.first_time_declared,
        searched=f"{span_words(search)}{found_words(search)}",
    )
    return issuing.issue(
        work, case_id=None, kind="leniency_application", content=content, home=home, number=request.number
    )


def issue_review(
    work: Work,
    case: PenaltyCase,
    proposal: PenaltyProposal,
    decision: PenaltyDecision,
    *,
    request: LeniencyRequest | None,
    home: Path,
) -> int:
    """行政处罚减免审批表 as it stood at the decision; the document's key."""
    today = business_date(work.now)
    search = known_of(work.session, case, ring=None, today=today, home=home).search
    found = measured_for(work.session, case, proposal, day=today)
    content = papers_leniency.leniency_review(
        penalty_head(work, case),
        case_number=case.number,
        application_number=request.number if request and request.wanted else "没有申请，依职权审查",
        act=case.act,
        limb=cast(Limb, proposal.limb),
        result=cast(LeniencyResult, decision.result),
        facts=f"{sentence(proposal.facts)}证据：{proposal.evidence}",
        searched=span_words(search),
        found=found_words(search),
        benchmark=found.printed_span(proposal.low_fen, proposal.high_fen),
        proposed=yuan(decision.fine_fen) if decision.fine_fen else None,
        officers=officers_named(work, case),
        proposal=proposal.reasons,
        legal_opinion=proposal.legal_opinion if proposal.legal_on else "不属于应当法制审核的情形",
        minutes=" ".join(filter(None, (proposal.minutes_number, proposal.minutes))),
    )
    return issuing.issue(work, case_id=None, kind="leniency_review", content=content, home=home).document_id


def issue_answer(
    work: Work,
    case: PenaltyCase,
    request: LeniencyRequest,
    limbs: tuple[Limb, ...],
    *,
    reasons: str,
    decision: PenaltyDecision | None,
    home: Path,
) -> int:
    """减免申请结果告知书: not adopted, or the decision that came of it; the document's key."""
    today = business_date(work.now)
    found = eligibility_of(work.session, case, ring=work.key_ring, today=today, home=home)
    content = papers_leniency.leniency_answer(
        penalty_head(work, case),
        case_number=case.number,
        application_number=request.number,
        applied_on=request.applied_on,
        wanted=cast(LeniencyResult, request.wanted),
        limbs=limbs,
        found=findings_text(tuple(found.limb(each) for each in limbs)),
        reasons=reasons,
        decision_number=decision.number if decision else "",
        result=_result_words(decision) if decision else "",
    )
    return issuing.issue(work, case_id=None, kind="leniency_answer", content=content, home=home).document_id


def officers_named(work: Work, case: PenaltyCase) -> tuple[CaseOfficer, CaseOfficer]:
    """Two of the case's officers whose certificates are valid today; raises NotTwoOfficers (行政处罚法 42)."""
    first, second, *_ = check_officers(work.session, case, day=business_date(work.now))
    return CaseOfficer(first.name, first.number), CaseOfficer(second.name, second.number)


def span_words(search: Search) -> str:
    """Over which time and whose breaches was searched."""
    scope = "同一种违法" if search.scope == "same" else "各种违法"
    return f"{chinese_date(search.since)}至{chinese_date(search.until)}的全部处罚案件，{scope}。"


def found_words(search: Search) -> str:
    """What the search found."""
    if search.earlier is None:
        return "没有可以查询的证件号码，由执法人员凭证件核对"
    if not search.earlier:
        return "没有查到以往违法"
    numbers = "、".join(each.other.decision or each.other.number for each in search.found if each.counts)
    return f"查到以往违法{search.earlier}次（{numbers}）"


def _result_words(decision: PenaltyDecision) -> str:
    penalty = penalty_text(decision.other, decision.fine_fen)
    word = PENALTY_RESULTS[cast(Result, decision.result)]
    return f"{word}，{penalty}" if penalty else word
