"""Papers before a penalty is decided: application and review of leniency, no penalty, a milder one, education."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from hall.rules.leniency_limbs import CLAIMABLE, LIMBS, Limb, LimbRule
from hall.rules.money_words import money_figures, money_words
from hall.rules.surcharge import SurchargeTerms
from hall.services.case_paper import Row
from hall.services.papers_addressee import tick
from hall.services.papers_common import Fields, day_text, numbered, sentence, yes
from hall.services.papers_payment import surcharge_sentence

LeniencyResult = Literal["none", "reduced", "lighter"]
LeniencyStage = Literal["investigation", "announced", "heard"]

_RESULTS: dict[LeniencyResult, str] = {"none": "不予处罚", "reduced": "减轻处罚", "lighter": "从轻处罚"}
_STAGES: dict[LeniencyStage, str] = {
    "investigation": "立案调查",
    "announced": "已告知拟作出的处罚",
    "heard": "已陈述申辩或者听证",
}


class LimbMismatch(ValueError):
    """A limb that does not lead to the result that a paper tells."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence that an applicant hands in."""

    name: str
    pages: int


@dataclass(frozen=True, slots=True)
class CaseOfficer:
    """Who handles a penalty case, with the number of the enforcement certificate (行政处罚法 42)."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The published row of discretion that a fine is measured by, and which edition of the table."""

    row: str
    edition: str
    lowest: Decimal
    highest: Decimal

    @property
    def span(self) -> str:
        """From … to …, in figures."""
        return f"{money_figures(self.lowest)}至{money_figures(self.highest)}"


@dataclass(frozen=True, slots=True)
class Fine:
    """A fine with the way it is to be paid; without `surcharge` nothing is added when it is late."""

    amount: Decimal
    bank: str
    surcharge: SurchargeTerms | None


def leniency_application(
    common: Fields,
    *,
    case_number: str,
    stage: LeniencyStage,
    act: str,
    result: LeniencyResult,
    limbs: tuple[Limb, ...],
    facts: str,
    evidence: tuple[Evidence, ...],
    correction: str,
    first_time: bool,
    searched: str,
) -> Fields:
    """`leniency_application` 减免申请表: all limbs with their boxes, `facts`, rows `evidence`, what was corrected.

    `first_time`: the applicant declares never to have done so before; `searched`: what the records say of that.
    """
    pieces: list[Row] = [{"name": each.name, "pages": each.pages} for each in evidence]
    return {
        **common,
        "case_number": case_number,
        "stage": _STAGES[stage],
        "act": sentence(act),
        "wanted": "　".join(f"{tick(ticked=each == result)}{_RESULTS[each]}" for each in get_args(LeniencyResult)),
        "limbs": "\n".join(f"{tick(ticked=each in limbs)}{_named(LIMBS[each])}" for each in CLAIMABLE),
        "facts": sentence(facts),
        "evidence": numbered(pieces),
        "correction": sentence(correction),
        "first_time": f"{tick(ticked=first_time)}是　{tick(ticked=not first_time)}否",
        "searched": sentence(searched),
    }


def leniency_review(
    common: Fields,
    *,
    case_number: str,
    application_number: str,
    act: str,
    limb: Limb,
    result: LeniencyResult,
    facts: str,
    searched: str,
    found: str,
    benchmark: Benchmark | None,
    proposed: Decimal | None,
    officers: tuple[CaseOfficer, CaseOfficer],
    proposal: str,
    legal_opinion: str,
    minutes: str = "",
) -> Fields:
    """`leniency_review` 减免审批表: search for earlier breaches, benchmark, amount against its range, opinions.

    `benchmark` is None where no tier fits, `proposed` where no fine is proposed; `minutes` name the collective
    discussion, empty where none is due.
    """
    rule = _limb_for(limb, result)
    return {
        **common,
        "case_number": case_number,
        "application_number": application_number,
        "act": sentence(act),
        "limb": f"{rule.words}（行政处罚法{rule.article}）",
        "result": _RESULTS[result],
        "facts": sentence(facts),
        "searched": searched,
        "found": sentence(found),
        "benchmark_row": benchmark.row if benchmark else "",
        "benchmark_edition": benchmark.edition if benchmark else "",
        "benchmark_span": benchmark.span if benchmark else "",
        "amount": money_figures(proposed) if proposed is not None else "不处罚款",
        "amount_words": money_words(proposed) if proposed is not None else "",
        "officers": "、".join(f"{each.name}（{each.number}）" for each in officers),
        "proposal": sentence(proposal),
        "legal_opinion": sentence(legal_opinion),
        "minutes": minutes or "不需要集体讨论",
    }


def leniency_answer(
    common: Fields,
    *,
    case_number: str,
    application_number: str,
    applied_on: date,
    wanted: LeniencyResult,
    limbs: tuple[Limb, ...],
    found: str,
    reasons: str,
    decision_number: str = "",
    result: str = "",
) -> Fields:
    """`leniency_answer` 减免申请结果告知书: what was asked, what was `found` element by element, the answer and why.

    With a decision its number and `result` are told; without one the request is not adopted (`refused`).
    """
    return {
        **common,
        "case_number": case_number,
        "enquiry_code": case_number,
        "application_number": application_number,
        "applied_on": day_text(applied_on),
        "wanted": _RESULTS[wanted],
        "limbs": "；".join(_named(LIMBS[each]) for each in limbs),
        "found": sentence(found),
        "reasons": sentence(reasons),
        "refused": yes(not decision_number),
        "decision_number": decision_number,
        "result": result,
    }


def no_penalty(
    common: Fields,
    *,
    case_number: str,
    facts: str,
    evidence: str,
    violated: str,
    limb: Limb,
    reasons: str,
    education: str,
    heard: str = "",
    correction: str = "",
) -> Fields:
    """`no_penalty` 不予行政处罚决定书: `facts`, `evidence`, what was `violated`, `limb`, `reasons`, education.

    `correction` is what is ordered to be put right (行政处罚法 28), empty where it already is.
    """
    rule = _limb_for(limb, "none")
    return {
        **common,
        "case_number": case_number,
        "enquiry_code": case_number,
        "facts": sentence(facts),
        "evidence": sentence(evidence),
        "violated": violated,
        "heard": sentence(heard),
        "limb": rule.words,
        "limb_article": rule.article,
        "reasons": sentence(reasons),
        "education": sentence(education),
        "correction": sentence(correction),
    }


def mitigated_penalty(
    common: Fields,
    *,
    case_number: str,
    result: Literal["reduced", "lighter"],
    facts: str,
    evidence: str,
    violated: str,
    basis: str,
    limb: Limb,
    reasons: str,
    benchmark: Benchmark,
    penalty: str,
    fine: Fine | None,
    education: str = "",
    heard: str = "",
    correction: str = "",
    below_lowest: str = "",
) -> Fields:
    """`mitigated_penalty` 减轻（从轻）行政处罚决定书: as 行政处罚法 59 wants it, with limb, benchmark and amount.

    `penalty` is another kind beside or in place of the fine (警告). A reduced fine lies below the lowest of the range
    and says how (`below_lowest`); a lighter one lies within. Raises ValueError.
    """
    _check_amount(result, fine, benchmark, below_lowest)
    rule = _limb_for(limb, result)
    return {
        **common,
        "case_number": case_number,
        "enquiry_code": case_number,
        "mitigation_word": _RESULTS[result].removesuffix("处罚"),
        "facts": sentence(facts),
        "evidence": sentence(evidence),
        "violated": violated,
        "heard": sentence(heard),
        "limb": rule.words,
        "limb_article": rule.article,
        "reasons": sentence(reasons),
        "basis": basis,
        "benchmark_row": benchmark.row,
        "benchmark_edition": benchmark.edition,
        "benchmark_span": benchmark.span,
        "below_lowest": sentence(below_lowest),
        "penalty": "；".join(filter(None, (penalty, fine_text(fine)))),
        "amount_words": money_words(fine.amount) if fine else "",
        "bank": fine.bank if fine else "",
        "surcharge": surcharge_sentence(fine.surcharge) if fine else "",
        "education": sentence(education),
        "correction": sentence(correction),
    }


def education_record(
    common: Fields,
    *,
    case_number: str,
    act: str,
    result: str,
    place: str,
    explained: tuple[str, ...],
    promises: tuple[str, ...],
    officers: tuple[CaseOfficer, CaseOfficer],
) -> Fields:
    """`education_record` 教育/承诺书: rows `explained` and `promises`, the result, where, by which two officers.

    Nobody is made to promise: `promised` is empty where nothing is, and one row says so.
    """
    return {
        **common,
        "case_number": case_number,
        "act": sentence(act),
        "result": result,
        "place": place,
        "explained": numbered({"text": sentence(each)} for each in explained),
        "promises": numbered({"text": sentence(each)} for each in promises or ("当事人没有作出承诺",)),
        "promised": yes(bool(promises)),
        "officers": "、".join(f"{each.name}（{each.number}）" for each in officers),
    }


def _limb_for(limb: Limb, result: LeniencyResult) -> LimbRule:
    """A limb of 不予 leads to no penalty, any other to a milder one."""
    rule = LIMBS[limb]
    if result not in rule.results:
        raise LimbMismatch(f"{limb} does not lead to {result}")
    return rule


def _named(rule: LimbRule) -> str:
    return f"{rule.words}（{rule.article}）"


def _check_amount(
    result: Literal["reduced", "lighter"], fine: Fine | None, benchmark: Benchmark, below_lowest: str
) -> None:
    if fine is None:
        return
    below = fine.amount < benchmark.lowest
    if fine.amount > benchmark.highest or below != (result == "reduced") or below != bool(below_lowest):
        raise ValueError("a reduced fine is below the range and says how, a lighter one within it")


def fine_text(fine: Fine | None) -> str:
    """罚款 with the amount in words and figures; nothing without a fine."""
    return f"罚款{money_words(fine.amount)}（{money_figures(fine.amount)}）" if fine else ""
