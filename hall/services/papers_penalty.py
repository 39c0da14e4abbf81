"""Papers of the general procedure: what is told before a penalty, the notice of its hearing, the decision on it."""

from dataclasses import dataclass
from datetime import date, datetime

from hall.rules.money_words import money_words
from hall.services.papers_common import Fields, day_text, minute_text, sentence, yes
from hall.services.papers_leniency import Benchmark, Fine, fine_text
from hall.services.papers_payment import surcharge_sentence


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found: the facts, the evidence for them, the rule that was broken and the one that punishes it."""

    case_number: str
    facts: str
    evidence: str
    violated: str
    basis: str


def penalty_notice(
    common: Fields,
    *,
    findings: Findings,
    benchmark: Benchmark | None,
    penalty: str,
    fine: Fine | None,
    reasons: str,
    defence_days: int,
    defend_by: date | None,
    ask_by: date | None,
    hearing: bool,
) -> Fields:
    """`penalty_notice` 行政处罚事先告知书 (行政处罚法 44, 45, 62–64): what is meant, why, and what the party may do.

    `defend_by` and `ask_by` are told where the paper is handed over today; else both spans count from its arrival.
    """
    return {
        **common,
        **_found(findings),
        **_measured(benchmark),
        "penalty": _penalty(penalty, fine),
        "reasons": sentence(reasons),
        "defence_days": str(defence_days),
        "defend_by": day_text(defend_by),
        "ask_by": day_text(ask_by),
        "hearing": yes(hearing),
    }


def penalty_hearing(
    common: Fields,
    *,
    case_number: str,
    subject: str,
    held_at: datetime,
    place: str,
    public: bool,
    chair_name: str,
    recorder_name: str,
    officers: str,
) -> Fields:
    """`penalty_hearing` 行政处罚听证通知书 (行政处罚法 64): when and where, who presides, who investigated."""
    return {
        **common,
        "case_number": case_number,
        "enquiry_code": case_number,
        "subject": sentence(subject),
        "held_at": minute_text(held_at),
        "place": place,
        "manner": "公开" if public else "不公开",
        "chair_name": chair_name,
        "recorder_name": recorder_name,
        "officers": officers,
    }


def penalty(
    common: Fields,
    *,
    findings: Findings,
    benchmark: Benchmark | None,
    penalty: str,
    fine: Fine | None,
    reasons: str,
    heard: str,
    correction: str = "",
) -> Fields:
    """`penalty` 行政处罚决定书 (行政处罚法 59; 罚缴分离办法 7): facts, defence, reasons, kind, how to pay by when."""
    return {
        **common,
        **_found(findings),
        **_measured(benchmark),
        "heard": sentence(heard),
        "reasons": sentence(reasons),
        "penalty": _penalty(penalty, fine),
        "amount_words": money_words(fine.amount) if fine else "",
        "bank": fine.bank if fine else "",
        "surcharge": surcharge_sentence(fine.surcharge) if fine else "",
        "correction": sentence(correction),
    }


def _found(findings: Findings) -> Fields:
    return {
        "case_number": findings.case_number,
        "enquiry_code": findings.case_number,
        "facts": sentence(findings.facts),
        "evidence": sentence(findings.evidence),
        "violated": findings.violated,
        "basis": findings.basis,
    }


def _measured(benchmark: Benchmark | None) -> Fields:
    if benchmark is None:
        return dict.fromkeys(("benchmark_row", "benchmark_edition", "benchmark_span"), "")
    return {
        "benchmark_row": benchmark.row,
        "benchmark_edition": benchmark.edition,
        "benchmark_span": benchmark.span,
    }


def _penalty(other: str, fine: Fine | None) -> str:
    return "；".join(filter(None, (other, fine_text(fine))))
