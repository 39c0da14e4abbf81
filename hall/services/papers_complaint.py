"""Papers of those who are not content: a complaint's registration and reply, and the rating sheet (好差评)."""

from dataclasses import dataclass
from datetime import date, datetime

from hall.rules.identity import mask_phone
from hall.rules.ratings import BAD_LEVELS
from hall.services.case_paper import Row, chinese_date
from hall.services.papers_addressee import Addressee, tick
from hall.services.papers_common import Due, Fields, day_text, due_text, minute_text, numbered, sentence
from hall.words import RATING_LEVELS


@dataclass(frozen=True, slots=True)
class ComplaintDues:
    """By when a complainant is told (15 days), answered (60), and answered as the hall promises."""

    told_by: Due
    finished_by: Due
    promised_by: Due


def complaint_acceptance(
    common: Fields,
    *,
    complainant: Addressee | None,
    received_at: datetime,
    channel: str,
    subject: str,
    content: str,
    dues: ComplaintDues,
    handler_name: str,
    handler_department: str,
    evidence: str = "",
) -> Fields:
    """`complaint_acceptance` 投诉举报受理单: when and how it came, about what, due dates, who handles it.

    `complainant` is None where it is anonymous. Name and telephone are masked: the sheet passes those it is about.
    """
    return {
        **common,
        "complainant": complainant.public_name if complainant else "匿名",
        "anonymous": f"{tick(ticked=complainant is None)}是　{tick(ticked=complainant is not None)}否",
        "phone": mask_phone(complainant.phone) if complainant and complainant.phone else "",
        "received_at": minute_text(received_at),
        "channel": channel,
        "subject": subject,
        "content": sentence(content),
        "evidence": evidence or "无",
        "told_by": due_text(dues.told_by),
        "finished_by": due_text(dues.finished_by),
        "promised_by": due_text(dues.promised_by),
        "handler_name": handler_name,
        "handler_department": handler_department,
    }


def dispatch_sheet(
    common: Fields,
    *,
    request_number: str,
    kind: str,
    category: str,
    subject: str,
    content: str,
    place: str,
    person: str,
    unit: str,
    why_unit: str,
    order: str,
    times: int,
    joined: int,
    due: Due,
    return_by: date | None,
    finish_by: Due,
) -> Fields:
    """`dispatch_sheet` 派单单: the matter for the unit, why it is that unit's, by when it feeds back or gives it back.

    `person` is masked, or not told; `joined`: so many others are answered with it.
    """
    wanted = sentence(order) or "查明情况，依法处理，按期反馈。"
    until = f"{chinese_date(return_by)}以前" if return_by else "收到之日起五个工作日内"
    return {
        **common,
        "enquiry_code": request_number,
        "request_number": request_number,
        "kind": kind,
        "category": category,
        "subject": subject,
        "content": sentence(content),
        "place": place or "未写明",
        "person": person,
        "unit": unit,
        "why_unit": why_unit,
        "order": f"{wanted}不属于本单位职责的，{until}退单（信访工作条例第二十三条第三款）。",
        "round": str(times),
        "joined": f"另有{joined}件反映同一事项，并案答复。" if joined else "",
        "due": due_text(due),
        "finish_by": due_text(finish_by),
    }


def complaint_reply(
    common: Fields,
    *,
    complainant: str,
    acceptance_number: str,
    received_on: date,
    subject: str,
    findings: str,
    reply: str,
    basis: str,
    handler_name: str,
) -> Fields:
    """`complaint_reply` 投诉举报答复单: what was found, the reply, its basis, whether one is content."""
    return {
        **common,
        "complainant": complainant,
        "enquiry_code": acceptance_number,
        "acceptance_number": acceptance_number,
        "received_on": day_text(received_on),
        "subject": subject,
        "findings": sentence(findings),
        "reply": sentence(reply),
        "basis": basis,
        "handler_name": handler_name,
    }


def rating_sheet(
    common: Fields,
    *,
    matter_name: str,
    counter: str,
    served_on: date,
    level: int | None = None,
    reasons: tuple[tuple[str, bool], ...] = (),
    remark: str = "",
    contact: str = "",
    follow_up_by: Due = None,
) -> Fields:
    """`rating_sheet` 评价单: five levels, rows `reasons` (text, ticked), an optional contact (masked).

    Without a `level` it is the blank sheet to be ticked by hand. `follow_up_by` is told with the last two levels.
    """
    levels = " ".join(f"{tick(ticked=number == level)}{word}" for number, word in RATING_LEVELS.items())
    rows: list[Row] = [{"mark": tick(ticked=ticked), "text": text} for text, ticked in reasons]
    return {
        **common,
        "matter_name": matter_name,
        "counter": counter,
        "served_on": day_text(served_on),
        "levels": levels,
        "reasons": numbered(rows),
        "remark": sentence(remark),
        "contact": mask_phone(contact) if contact else "",
        "follow_up_by": due_text(follow_up_by) if level in BAD_LEVELS else "",
    }
