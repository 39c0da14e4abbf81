"""The decision on a penalty (行政处罚法 57, 59): by who neither investigated nor reviewed, when nothing is missing."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.citations import in_full
from hall.rules.leniency_limbs import Limb, Result
from hall.rules.money import yuan
from hall.rules.penalty_amounts import AmountRefused, Proposed, check_amount
from hall.rules.penalty_gates import GateFacts, ProposalFacts, before_decision, require_open
from hall.rules.penalty_reasons import finished_reasons
from hall.rules.people import Actor
from hall.services import issuing, leniency_records, papers_leniency, papers_penalty, publicity
from hall.services.case_paper import chinese_date
from hall.services.documents import DocumentKind
from hall.services.issuing import Issued
from hall.services.leniency_records import education_given
from hall.services.papers_common import Fields
from hall.services.penalty_gate_facts import gate_facts, under_way
from hall.services.penalty_head import penalty_head
from hall.services.penalty_measures import Measured
from hall.services.penalty_paper import findings_of, fine_of, measured_for
from hall.services.penalty_records import Detail, add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.penalty_words import heard_text
from hall.services.qualifications import require_qualified
from hall.services.reasons import statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyProposal


class NotEducated(Refused):
    """Whoever is not punished is educated (行政处罚法 33(3))."""

    def __init__(self) -> None:
        super().__init__(
            "不予处罚的，应当对当事人进行教育（行政处罚法第三十三条第三款），还没有登记教育承诺。请先由承办人办理。"
        )


class CorrectionMissing(Refused):
    """A penalty goes with an order to correct (行政处罚法 28)."""

    def __init__(self) -> None:
        super().__init__("实施处罚应当责令当事人改正（行政处罚法第二十八条），本案还没有责令，请写明改正要求。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """What the approver decides about the open proposal.

    `fine_fen`: less than proposed where the defence convinced, None as proposed; `reasons`: in place of the proposed
    ones, empty: those; `correction`: what is ordered to be put right, empty where it was ordered or is done.
    """

    fine_fen: int | None = None
    reasons: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class _Deciding:
    """Everything that the paper and the record of one decision are made of."""

    case: PenaltyCase
    proposal: PenaltyProposal
    told: ProposalFacts
    found: Measured
    fine_fen: int
    reasons: str
    correction: str
    education: str
    today: date
    home: Path


@retried
def decide(store: Store, actor: Actor, *, case_id: int, decision: NewDecision, home: Path) -> Issued:
    """作出决定: the paper is issued, its publicity begins, the request that led to it is answered.

    Raises GateClosed with everything that is missing, AmountRefused, ReasonsUnfinished, NotEducated, CorrectionMissing,
    DutyConflict, NotQualified.
    """
    require(actor, "penalty.decide")
    with store.work("penalty.decide", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "decide")
        require_qualified(work, "penalty.decide", home=home)
        deciding = _deciding(work, case, decision, home=home)
        kind, content = _paper(work, deciding)
        issued = issuing.issue(work, case_id=None, kind=kind, content=content, home=home)
        record = _record(work, deciding, issued)
        _settle(work, deciding, record)
        return issued


def _deciding(work: Work, case: PenaltyCase, decision: NewDecision, *, home: Path) -> _Deciding:
    """Every check; nothing is written yet."""
    today = business_date(work.now)
    facts = gate_facts(work.session, case, today=today, home=home)
    require_open(before_decision(facts))
    assert facts.proposal is not None  # before_decision wants one
    proposal = under_way(work.session, case.id)
    found = measured_for(work.session, case, proposal, day=today)
    fine_fen = _amount(proposal, found, decision)
    education = education_given(work.session, case.id)
    if proposal.result == "none" and not education:
        raise NotEducated
    return _Deciding(
        case=case,
        proposal=proposal,
        told=facts.proposal,
        found=found,
        fine_fen=fine_fen,
        reasons=_reasons(proposal, decision.reasons),
        correction=_correction(case, facts, decision.correction),
        education=education,
        today=today,
        home=home,
    )


def _amount(proposal: PenaltyProposal, found: Measured, decision: NewDecision) -> int:
    """As proposed and told, or less: more would have to be told first (行政处罚法 44, 45)."""
    fine_fen = proposal.fine_fen if decision.fine_fen is None else decision.fine_fen
    if fine_fen > proposal.fine_fen:
        raise AmountRefused(
            (
                "决定的数额高于告知的数额：加重须退回重新拟定并再次告知，当事人已陈述申辩的不得加重（行政处罚法第四十四条、第四十五条）。",
            )
        )
    limb = cast(Limb, proposal.limb) if proposal.limb else None
    check_amount(
        Proposed(cast(Result, proposal.result), fine_fen, limb, proposal.other, proposal.below_how), found.measures
    )
    return fine_fen


def _reasons(proposal: PenaltyProposal, written: str) -> str:
    """As proposed, or the approver's own, which are as finished as those."""
    return statement_for("处罚理由", finished_reasons(written, proposed="")) if written.strip() else proposal.reasons


def _correction(case: PenaltyCase, facts: GateFacts, written: str) -> str:
    if written.strip():
        return statement_for("责令改正", written)
    if case.corrected_on is not None or (facts.proposal is not None and facts.proposal.result == "none"):
        return ""
    if case.correction_ordered_on is None:
        raise CorrectionMissing
    return f"本机关已于{chinese_date(case.correction_ordered_on)}责令改正，当事人尚未改正的，应当立即改正。"


def _paper(work: Work, deciding: _Deciding) -> tuple[DocumentKind, Fields]:
    result = cast(Result, deciding.proposal.result)
    if result == "none":
        return "no_penalty", _unpunished(work, deciding)
    if result == "ordinary":
        return "penalty", _ordinary(work, deciding)
    return "mitigated_penalty", _mitigated(work, deciding, result)


def _ordinary(work: Work, deciding: _Deciding) -> Fields:
    proposal = deciding.proposal
    return papers_penalty.penalty(
        penalty_head(work, deciding.case),
        findings=findings_of(deciding.case, proposal, deciding.found),
        benchmark=deciding.found.printed_span(proposal.low_fen, proposal.high_fen),
        penalty=proposal.other,
        fine=fine_of(deciding.fine_fen, today=deciding.today, home=deciding.home),
        reasons=deciding.reasons,
        heard=heard_text(deciding.told),
        correction=deciding.correction,
    )


def _unpunished(work: Work, deciding: _Deciding) -> Fields:
    proposal = deciding.proposal
    return papers_leniency.no_penalty(
        penalty_head(work, deciding.case),
        case_number=deciding.case.number,
        facts=proposal.facts,
        evidence=proposal.evidence,
        violated=in_full(deciding.found.entry.legal_basis),
        limb=cast(Limb, proposal.limb),
        reasons=deciding.reasons,
        education=deciding.education,
        heard=heard_text(deciding.told),
        correction=deciding.correction,
    )


def _mitigated(work: Work, deciding: _Deciding, result: Literal["reduced", "lighter"]) -> Fields:
    proposal, entry = deciding.proposal, deciding.found.entry
    lowest, highest = yuan(proposal.low_fen), yuan(proposal.high_fen)
    return papers_leniency.mitigated_penalty(
        penalty_head(work, deciding.case),
        case_number=deciding.case.number,
        result=result,
        facts=proposal.facts,
        evidence=proposal.evidence,
        violated=in_full(entry.legal_basis),
        basis=in_full(entry.penalty_article),
        limb=cast(Limb, proposal.limb),
        reasons=deciding.reasons,
        benchmark=papers_leniency.Benchmark(deciding.found.row, deciding.found.edition, lowest, highest),
        penalty=proposal.other,
        fine=fine_of(deciding.fine_fen, today=deciding.today, home=deciding.home),
        education=deciding.education,
        heard=heard_text(deciding.told),
        correction=deciding.correction,
        below_lowest=proposal.below_how,
    )


def _record(work: Work, deciding: _Deciding, issued: Issued) -> PenaltyDecision:
    proposal = deciding.proposal
    fine = fine_of(deciding.fine_fen, today=deciding.today, home=deciding.home)
    record = PenaltyDecision(
        hall_id=work.hall_id,
        case_id=deciding.case.id,
        proposal_id=proposal.id,
        kind="none" if proposal.result == "none" else "penalty",
        result=proposal.result,
        number=issued.number,
        decided_on=deciding.today,
        decided_by=work.actor.account_id,
        fine_fen=deciding.fine_fen,
        other=proposal.other,
        reasons=deciding.reasons,
        bank=fine.bank if fine is not None else "",
        surcharge_told=fine is not None,
        document_id=issued.document_id,
        at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    return record


def _settle(work: Work, deciding: _Deciding, record: PenaltyDecision) -> None:
    """The case, its publicity and the request follow the decision."""
    case, proposal = deciding.case, deciding.proposal
    case.state, proposal.state = "decided", "decided"
    publicity.begin(work, case, record)
    leniency_records.decided(work, proposal, record, home=deciding.home)
    detail: Detail = {"round": proposal.round, "result": record.result, "fine_fen": record.fine_fen}
    add_penalty_event(work, case, "decide", detail=detail, document_id=record.document_id)
    settle_penalty(work, case, result=record.result, document=record.number)
