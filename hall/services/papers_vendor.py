"""Papers of a vendor's credit: the notice of a fact, the answer to an objection, the whole record."""

from dataclasses import dataclass
from datetime import date

from hall.services.case_paper import Row
from hall.services.papers_common import Fields, day_text, numbered, sentence, yes


@dataclass(frozen=True, slots=True)
class CreditEvent:
    """A fact as papers tell it; `points` are added or taken off, `last_day` is the last one on which it counts."""

    code: str
    words: str
    happened_on: date
    place: str
    facts: str
    evidence: str
    basis: str
    points: int
    last_day: date
    standing: str = ""
    """Whether it counts now."""


def credit_notice(
    common: Fields,
    *,
    vendor_number: str,
    event: CreditEvent,
    decision_number: str,
    objection_days: int,
    answer_days: int,
    counts_at_once: bool,
    corrects: str,
) -> Fields:
    """`credit_notice` 征信事项告知书: what is recorded and why, for how long, how to object (个人信息保护法 46).

    `counts_at_once`: also while the days to object run; `corrects` is the number of the notice it takes the place of.
    """
    return {
        **common,
        "vendor_number": vendor_number,
        "enquiry_code": vendor_number,
        "code": event.code,
        "event": event.words,
        "happened_on": day_text(event.happened_on),
        "facts": sentence(f"在{event.place}，{event.facts}" if event.place else event.facts),
        "evidence": event.evidence,
        "decision_number": decision_number,
        "basis": event.basis,
        "points": f"加{event.points}分" if event.points > 0 else f"减{-event.points}分",
        "last_day": day_text(event.last_day),
        "objection_days": str(objection_days),
        "answer_days": str(answer_days),
        "against": yes(event.points < 0),
        "counts_at_once": yes(counts_at_once),
        "corrects": corrects,
    }


def credit_reply(
    common: Fields,
    *,
    vendor_number: str,
    event: CreditEvent,
    notice_number: str,
    objected_on: date,
    objection: str,
    upheld: bool,
    reasons: str,
    reported: bool,
) -> Fields:
    """`credit_reply` 征信异议处理决定书: what was objected, what was found, what follows (个人信息保护法 46(2)).

    `reported`: the platform has the fact already and is asked to withdraw it.
    """
    return {
        **common,
        "enquiry_code": vendor_number,
        "notice_number": notice_number,
        "event": event.words,
        "objected_on": day_text(objected_on),
        "objection": sentence(objection),
        "upheld": yes(upheld),
        "reasons": sentence(reasons),
        "points": str(abs(event.points)),
        "last_day": day_text(event.last_day),
        "reported": yes(reported),
    }


def credit_record(
    common: Fields,
    *,
    vendor: str,
    events: tuple[CreditEvent, ...],
    base: int,
    balance: int,
    level: str,
    effect: str,
    source: str,
    objection: str = "",
) -> Fields:
    """`credit_record` 征信记录表 of a `vendor` (number, trade): rows `events`, points and level now, effect on a stall.

    `objection` is what the person said against it and what became of it; empty while nothing was said.
    """
    return {
        **common,
        "vendor": vendor,
        "events": numbered(_row(each) for each in events),
        "balance": f"{balance}分，{level}（基础分{base}分；{source}）",
        "effect": sentence(effect),
        "objection": sentence(objection),
    }


def _row(each: CreditEvent) -> Row:
    return {
        "day": day_text(each.happened_on),
        "event": each.words,
        "evidence": each.evidence,
        "points": f"{each.points:+d}",
        "last_day": day_text(each.last_day),
        "standing": each.standing,
    }
