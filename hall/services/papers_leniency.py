"""Papers before a penalty is decided: application and review of leniency, no penalty, a milder one, education."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from hall.rules.leniency_limbs import LIMBS, Limb
from hall.rules.money_words import money_figures, money_words
from hall.rules.surcharge import SurchargeTerms
from hall.services.case_paper import Row
from hall.services.papers_addressee import tick
from hall.services.papers_common import Fields, numbered, sentence
from hall.services.papers_payment import surcharge_sentence

LeniencyLimb = Literal[
    "under_fourteen",
    "incapable",
    "slight",
    "first_time",
    "no_fault",
    "minor",
    "impaired",
    "removed",
    "coerced",
    "confessed",
    "merit",
    "other",
]
LeniencyResult = Literal["none", "reduced", "lighter"]
LeniencyStage = Literal["investigation", "announced", "heard"]

# 行政处罚法 30 to 33: what is found, and the article.
_LIMBS: dict[LeniencyLimb, tuple[str, str]] = {
    "under_fourteen": ("不满十四周岁的未成年人有违法行为", "第三十条"),
    "incapable": ("精神病人、智力残疾人在不能辨认或者不能控制自己行为时有违法行为", "第三十一条"),
    "slight": ("违法行为轻微并及时改正，没有造成危害后果", "第三十三条第一款"),
    "first_time": ("初次违法且危害后果轻微并及时改正", "第三十三条第一款"),
    "no_fault": ("有证据足以证明没有主观过错", "第三十三条第二款"),
    "minor": ("已满十四周岁不满十八周岁的未成年人有违法行为", "第三十条"),
    "impaired": ("尚未完全丧失辨认或者控制自己行为能力的精神病人、智力残疾人有违法行为", "第三十一条"),
    "removed": ("主动消除或者减轻违法行为危害后果", "第三十二条第一项"),
    "coerced": ("受他人胁迫或者诱骗实施违法行为", "第三十二条第二项"),
    "confessed": ("主动供述行政机关尚未掌握的违法行为", "第三十二条第三项"),
    "merit": ("配合行政机关查处违法行为有立功表现", "第三十二条第四项"),
    "other": ("法律、法规、规章规定的其他应当从轻或者减轻行政处罚的情形", "第三十二条第五项"),
}
NO_PENALTY_LIMBS = frozenset[LeniencyLimb]({"under_fourteen", "incapable", "slight", "first_time", "no_fault"})
_RESULTS: dict[LeniencyResult, str] = {"none": "不予处罚", "reduced": "减轻处罚", "lighter": "从轻处罚"}
_STAGES: dict[LeniencyStage, str] = {
    "investigation": "立案调查",
    "announced": "已告知拟作出的处罚",
    "heard": "已听取陈述申辩或者已听证，尚未作出决定",
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
    limbs: tuple[LeniencyLimb, ...],
    facts: str,
    evidence: tuple[Evidence, ...],
    correction: str,
    first_time: bool,
) -> Fields:
    """`leniency_application` 减免申请表: all limbs with their boxes, `facts`, rows `evidence`, what was corrected.

    `first_time`: the applicant declares never to have done so before.
    """
    pieces: list[Row] = [{"name": each.name, "pages": each.pages} for each in evidence]
    return {
        **common,
        "case_number": case_number,
        "stage": _STAGES[stage],
        "act": sentence(act),
        "wanted": "　".join(f"{tick(ticked=each == result)}{_RESULTS[each]}" for each in get_args(LeniencyResult)),
        "limbs": "\n".join(
            f"{tick(ticked=each in limbs)}{text}（{article}）" for each, (text, article) in _LIMBS.items()
        ),
        "facts": sentence(facts),
        "evidence": numbered(pieces),
        "correction": sentence(correction),
        "first_time": f"{tick(ticked=first_time)}是　{tick(ticked=not first_time)}否",
    }


def leniency_review(
    common: Fields,
    *,
    case_number: str,
    application_number: str,
    act: str,
    limb: LeniencyLimb,
    result: LeniencyResult,
    facts: str,
    searched: str,
    found: str,
    benchmark: Benchmark,
    proposed: Decimal | None,
    officers: tuple[CaseOfficer, CaseOfficer],
    proposal: str,
    legal_opinion: str,
    minutes: str = "",
) -> Fields:
    """`leniency_review` 减免审批表: search for earlier breaches, benchmark, amount against its range, opinions.

    `proposed` is None where no fine is proposed; `minutes` name the collective discussion, empty where none is due.
    """
    text, article = _limb_for(limb, result)
    return {
        **common,
        "case_number": case_number,
        "application_number": application_number,
        "act": sentence(act),
        "limb": f"{text}（行政处罚法{article}）",
        "result": _RESULTS[result],
        "facts": sentence(facts),
        "searched": searched,
        "found": sentence(found),
        "benchmark_row": benchmark.row,
        "benchmark_edition": benchmark.edition,
        "benchmark_span": benchmark.span,
        "amount": money_figures(proposed) if proposed is not None else "不处罚款",
        "amount_words": money_words(proposed) if proposed is not None else "",
        "officers": "、".join(f"{each.name}（{each.number}）" for each in officers),
        "proposal": sentence(proposal),
        "legal_opinion": sentence(legal_opinion),
        "minutes": minutes or "不需要集体讨论",
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
    text, article = _limb_for(limb, "none")
    return {
        **common,
        "case_number": case_number,
        "enquiry_code": case_number,
        "facts": sentence(facts),
        "evidence": sentence(evidence),
        "violated": violated,
        "heard": sentence(heard),
        "limb": text,
        "limb_article": article,
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
    text, article = _limb_for(limb, result)
    return {
        **common,
        "case_number": case_number,
        "enquiry_code": case_number,
        "mitigation_word": _RESULTS[result].removesuffix("处罚"),
        "facts": sentence(facts),
        "evidence": sentence(evidence),
        "violated": violated,
        "heard": sentence(heard),
        "limb": text,
        "limb_article": article,
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
    """`education_record` 教育/承诺书: rows `explained` and `promises`, the result, where, by which two officers."""
    return {
        **common,
        "case_number": case_number,
        "act": sentence(act),
        "result": result,
        "place": place,
        "explained": numbered({"text": sentence(each)} for each in explained),
        "promises": numbered({"text": sentence(each)} for each in promises),
        "officers": "、".join(f"{each.name}（{each.number}）" for each in officers),
    }


def _limb_for(limb: Limb, result: LeniencyResult) -> tuple[str, str]:
    """Words and article of a limb that leads to the result."""
    rule = LIMBS[limb]
    if result not in rule.results:
        raise LimbMismatch(f"{limb} does not lead to {result}")
    return rule.words, rule.article


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
