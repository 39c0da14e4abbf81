"""Papers of the decision: grant, denial, change or renewal, ending, certificate, default after silence."""

from datetime import date
from typing import Literal

from hall.services.papers_common import Fields, day_text, sentence

ChangeKind = Literal["change", "renewal"]
LicenceEnding = Literal["recall", "revoke", "cancel"]

_CHANGES: dict[ChangeKind, tuple[str, str]] = {
    "change": ("变更", "第四十九条"),
    "renewal": ("延续", "第五十条"),
}
# 行政许可法 8(2), 69, 70; as words.LICENCE_ENDINGS has them
_ENDINGS: dict[LicenceEnding, tuple[str, str]] = {
    "recall": ("撤回", "第八条第二款"),
    "revoke": ("撤销", "第六十九条"),
    "cancel": ("注销", "第七十条"),
}


def grant(
    common: Fields,
    *,
    scope: str,
    basis: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    conditions: str = "",
    certificate_name: str = "",
    certificate_number: str = "",
    deliver_by: date | None = None,
) -> Fields:
    """`grant`: `scope` (place, area, number), `basis`, validity, `conditions`, certificate, `deliver_by`."""
    return {
        **common,
        "scope": sentence(scope),
        "basis": basis,
        "validity": validity_text(valid_from, valid_until),
        "conditions": sentence(conditions),
        "certificate_name": certificate_name,
        "certificate_number": certificate_number,
        "deliver_by": day_text(deliver_by),
    }


def denial(common: Fields, *, facts: str, unmet: str, basis: str, reasons: str, heard: str = "") -> Fields:
    """`denial`: `facts` found, `unmet` condition, `basis`, `reasons` (all must be told), what was `heard`."""
    if not all((facts, unmet, basis, reasons)):
        raise ValueError("a denial tells facts, unmet condition, basis and reasons")
    return {
        **common,
        "facts": sentence(facts),
        "unmet": sentence(unmet),
        "basis": basis,
        "reasons": sentence(reasons),
        "heard": sentence(heard),
    }


def change_decision(
    common: Fields,
    *,
    kind: ChangeKind,
    certificate_name: str,
    certificate_number: str,
    before: str,
    after: str,
    basis: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Fields:
    """`change_decision`: `change_word` (变更 or 延续), certificate, `before`, `after`, `basis`, validity."""
    word, article = _CHANGES[kind]
    return {
        **common,
        "change_word": word,
        "change_article": article,
        "certificate_name": certificate_name,
        "certificate_number": certificate_number,
        "before": sentence(before),
        "after": sentence(after),
        "basis": basis,
        "validity": validity_text(valid_from, valid_until),
    }


def ending(
    common: Fields,
    *,
    kind: LicenceEnding,
    certificate_name: str,
    certificate_number: str,
    limb: str,
    facts: str,
    effective_on: date,
    return_by: date | None = None,
    compensation: str = "",
) -> Fields:
    """`ending`: `ending_word` (撤销, 注销 or 撤回), its `limb`, `facts`, `effective_on`, return of the certificate.

    `compensation` is told for a recall (行政许可法 8(2)) and for a revocation that is not the holder's fault.
    """
    word, article = _ENDINGS[kind]
    return {
        **common,
        "ending_word": word,
        "ending_article": article,
        "certificate_name": certificate_name,
        "certificate_number": certificate_number,
        "limb": sentence(limb),
        "facts": sentence(facts),
        "effective_on": day_text(effective_on),
        "return_by": day_text(return_by),
        "compensation": sentence(compensation),
    }


def certificate(
    common: Fields,
    *,
    certificate_name: str,
    place: str,
    valid_from: date,
    valid_until: date | None,
    decision_number: str,
    extent: str = "",
    time_band: str = "",
    goods: str = "",
    conditions: str = "",
    renew_before: date | None = None,
) -> Fields:
    """`certificate` 许可证: holder is the applicant; place, `extent`, `time_band`, `goods`, validity, conditions.

    `renew_before` is the day by which renewal must be asked for. Both pages, 正本 and 副本, say the same.
    """
    return {
        **common,
        "certificate_name": certificate_name,
        "place": place,
        "extent": extent,
        "time_band": time_band,
        "goods": goods,
        "conditions": sentence(conditions),
        "validity": validity_text(valid_from, valid_until),
        "renew_before": day_text(renew_before),
        "decision_number": decision_number,
    }


def default_notice(
    common: Fields,
    *,
    department: str,
    responsible_name: str,
    due_on: date,
    defaulted_on: date,
    effect: str,
    basis: str,
    deliver_by: date | None,
) -> Fields:
    """`default_notice` 超时默认通知单: who let which due date pass, `effect`, `basis`, papers by `deliver_by`."""
    return {
        **common,
        "department": department,
        "responsible_name": responsible_name,
        "due_on": day_text(due_on),
        "defaulted_on": day_text(defaulted_on),
        "effect": sentence(effect),
        "basis": basis,
        "deliver_by": day_text(deliver_by),
    }


def validity_text(valid_from: date | None, valid_until: date | None) -> str:
    """自…起至…止, 自…起长期有效, or nothing for what has no validity."""
    if valid_from is None:
        return ""
    start = f"自{day_text(valid_from)}起"
    return f"{start}至{day_text(valid_until)}止" if valid_until else f"{start}长期有效"
