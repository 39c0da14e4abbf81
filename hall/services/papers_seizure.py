"""Papers on seized goods and emergency measures (行政强制法 19, 25, 28). None of them has a place for a charge."""

from dataclasses import dataclass, field
from datetime import date, datetime

from hall.rules.seizures import LIMB_ARTICLES, ListedItem, SeizureKind, SeizureLimb
from hall.services.case_paper import Row
from hall.services.papers_common import Fields, day_text, minute_text, numbered, sentence
from hall.words import SEIZURE_KINDS, SEIZURE_LIMBS, SEIZURE_TESTS


@dataclass(frozen=True, slots=True)
class SeizureDecision:
    """The decision that was handed over on the spot, and what it holds."""

    number: str
    kind: SeizureKind
    seized_on: date
    place: str
    items: tuple[ListedItem, ...]


@dataclass(frozen=True, slots=True)
class ExcludedDays:
    """A test that the period leaves out, as the party was told of it."""

    kind: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets goods back, in which capacity; what there is to remark."""

    name: str = field(repr=False)
    capacity: str = "本人"
    remark: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyTaken:
    """A measure that was taken at once: by whom, when, where, why."""

    measure: str
    place: str
    reason: str
    began_at: datetime
    officers: str
    seizure_number: str = ""


def seizure_extension(
    common: Fields,
    *,
    decision: SeizureDecision,
    first_until: date,
    until: date,
    tested: tuple[ExcludedDays, ...],
    reason: str,
    approver_name: str,
) -> Fields:
    """`seizure_extension` 延长查封扣押期限决定书 (25(1), (2)): from `first_until` to `until`, reason, who approved."""
    return {
        **common,
        **_decision_fields(decision),
        "first_until": day_text(first_until),
        "until": day_text(until),
        "tested": "；".join(_tested_words(each) for each in tested),
        "reason": sentence(reason),
        "approver_name": approver_name,
    }


def seizure_release(common: Fields, *, decision: SeizureDecision, limb: SeizureLimb, reason: str) -> Fields:
    """`seizure_release` 解除查封扣押决定书 (28): the limb, why, and the rows `goods` that are given back at once."""
    return {
        **common,
        **_decision_fields(decision),
        "limb": SEIZURE_LIMBS[limb],
        "limb_article": LIMB_ARTICLES[limb],
        "reason": sentence(reason),
        "sealed": "是" if decision.kind == "seal" else "",
        "goods": _rows(decision.items),
    }


def goods_return(
    common: Fields,
    *,
    decision: SeizureDecision,
    release_number: str,
    released_on: date,
    items: tuple[ListedItem, ...],
    receiver: Receiver,
    returned_on: date,
) -> Fields:
    """`goods_return` 财物返还清单: rows `goods` of what is handed over, signed by both sides."""
    return {
        **common,
        **_decision_fields(decision),
        "release_number": release_number,
        "released_on": day_text(released_on),
        "goods": _rows(items),
        "receiver": receiver.name,
        "capacity": receiver.capacity,
        "returned_on": day_text(returned_on),
        "remark": sentence(receiver.remark),
    }


def emergency_report(
    common: Fields,
    *,
    taken: EmergencyTaken,
    party: str,
    due_at: datetime,
    reported_at: datetime,
) -> Fields:
    """`emergency_report` 紧急强制措施报告表 (19): reported within 24 hours by the clock, or how late; then approved."""
    return {
        **common,
        "party": party or "未查明",
        "measure": taken.measure,
        "seizure_number": taken.seizure_number,
        "place": taken.place,
        "reason": sentence(taken.reason),
        "officers": taken.officers,
        "began_at": minute_text(taken.began_at),
        "due_at": minute_text(due_at),
        "reported_at": minute_text(reported_at),
        "in_time": "在二十四小时以内" if reported_at <= due_at else "超过二十四小时，迟报的原因另附说明",
    }


def _decision_fields(decision: SeizureDecision) -> Fields:
    return {
        "seizure_number": decision.number,
        "seizure_word": SEIZURE_KINDS[decision.kind],
        "seized_on": day_text(decision.seized_on),
        "place": decision.place,
        "enquiry_code": decision.number,
    }


def _tested_words(each: ExcludedDays) -> str:
    return f"{day_text(each.first_day)}至{day_text(each.last_day)}{SEIZURE_TESTS[each.kind]}"


def _rows(items: tuple[ListedItem, ...]) -> list[Row]:
    return numbered(
        {"name": each.name, "quantity": each.quantity, "unit": each.unit, "condition": each.condition or "—"}
        for each in items
    )
