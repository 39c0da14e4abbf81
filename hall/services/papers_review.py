"""Papers of the review: extension, special procedures, site visit, consultation, report before a refusal."""

from dataclasses import dataclass
from datetime import date, datetime

from hall.services.papers_common import Due, Fields, day_text, due_text, minute_text, numbered, sentence
from hall.words import LIMIT_UNITS


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer at a site visit, with the number of the enforcement certificate."""

    name: str
    number: str


def extension(
    common: Fields,
    *,
    original_due: date,
    days: int,
    new_due: Due,
    reason: str,
    approver_name: str,
    approved_on: date,
) -> Fields:
    """`extension`: `original_due`, `extension_days` (workdays), `new_due`, `reason`, who approved it and when."""
    return {
        **common,
        "original_due": day_text(original_due),
        "extension_days": str(days),
        "new_due": due_text(new_due),
        "reason": sentence(reason),
        "approver_name": approver_name,
        "approved_on": day_text(approved_on),
    }


def procedure(
    common: Fields,
    *,
    procedure_name: str,
    body_name: str,
    basis: str,
    started_on: date,
    expected_days: int | None,
    unit: str = "workday",
    stops_statutory: bool,
    stops_promised: bool,
    reason: str = "",
) -> Fields:
    """`procedure` 特别程序（除外时间）告知书: which, who does it, start, `expected` length, what is not counted.

    `unit` is a key of LIMIT_UNITS; None days: the length cannot be told yet.
    """
    expected = f"{expected_days}个{LIMIT_UNITS[unit]}" if expected_days is not None else ""
    return {
        **common,
        "procedure_name": procedure_name,
        "body_name": body_name,
        "basis": basis,
        "started_on": day_text(started_on),
        "expected": expected,
        "counting": counting_text(stops_statutory=stops_statutory, stops_promised=stops_promised),
        "reason": sentence(reason),
    }


def counting_text(*, stops_statutory: bool, stops_promised: bool) -> str:
    """What a procedure's time is left out of, in words."""
    if stops_statutory and stops_promised:
        return "不计算在法定办理期限和承诺办理期限内"
    if stops_statutory:
        return "不计算在法定办理期限内"
    if stops_promised:
        return "不计算在承诺办理期限内，法定办理期限照常计算"
    return "计算在办理期限内"


def procedure_end(
    common: Fields,
    *,
    procedure_name: str,
    notice_number: str,
    started_on: date,
    ended_on: date,
    excluded_days: int,
    result: str,
    statutory_due: Due,
    promised_due: Due,
) -> Fields:
    """`procedure_end`: when it began and ended, `excluded_days` (workdays), `result`, both due dates after it."""
    return {
        **common,
        "procedure_name": procedure_name,
        "notice_number": notice_number,
        "started_on": day_text(started_on),
        "ended_on": day_text(ended_on),
        "excluded_days": str(excluded_days),
        "result": sentence(result),
        "statutory_due": due_text(statutory_due),
        "promised_due": due_text(promised_due),
    }


def site_record(
    common: Fields,
    *,
    began_at: datetime,
    ended_at: datetime | None,
    place: str,
    officers: tuple[Officer, ...],
    present: str,
    purpose: str,
    findings: str,
    conclusion: str,
    photos: tuple[str, ...] = (),
) -> Fields:
    """`site_record` 现场核查记录: time, place, rows `officers` (name, number; two at least), rows `photos` (name).

    `present` is who was there for the applicant, `purpose` what was to be checked.
    """
    if len(officers) < 2:
        raise ValueError("a site visit is made by two officers at least")
    return {
        **common,
        "began_at": minute_text(began_at),
        "ended_at": minute_text(ended_at),
        "place": place,
        "officers": numbered([{"name": each.name, "number": each.number} for each in officers]),
        "present": present,
        "purpose": sentence(purpose),
        "findings": sentence(findings),
        "conclusion": sentence(conclusion),
        "photos": numbered([{"name": each} for each in photos]),
        "photo_count": str(len(photos)),
    }


def consultation(
    common: Fields, *, unit_name: str, question: str, answer_by: date, attachments: str = "", contact_name: str = ""
) -> Fields:
    """`consultation` 征求意见函 to another unit: `unit_name`, `question`, `answer_by`, `attachments`, contact."""
    return {
        **common,
        "unit_name": unit_name,
        "question": sentence(question),
        "answer_by": day_text(answer_by),
        "attachments": attachments,
        "contact_name": contact_name or common["clerk_name"],
    }


def denial_report(
    common: Fields,
    *,
    report_to: str,
    facts: str,
    unmet: str,
    basis: str,
    reviewer_name: str,
    examiner_name: str,
    legal_opinion: str = "",
    attempts: str = "",
) -> Fields:
    """`denial_report` 否定报备: `report_to`, `facts`, `unmet` condition, `basis`, who reviewed, `legal_opinion`.

    `attempts` is what was done to help the applicant meet the condition.
    """
    return {
        **common,
        "report_to": report_to,
        "facts": sentence(facts),
        "unmet": sentence(unmet),
        "basis": basis,
        "reviewer_name": reviewer_name,
        "examiner_name": examiner_name,
        "legal_opinion": sentence(legal_opinion),
        "attempts": sentence(attempts),
    }
