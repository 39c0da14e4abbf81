"""What all papers of a case share: the block of common fields, dates as papers write them, numbered rows.

Builders give every field of their template but those that `issuing.issue` fills in itself: `number`, `issued_on`,
the picture of the code and, where remedies are told, `review_government` and `court_name`. An empty text leaves out
the sentence or cell that it stands in.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from hall.rules.identity import mask_id_number, mask_name
from hall.services.case_paper import Field, Row, chinese_date, chinese_minute
from hall.store.schema.halls import Hall

Fields = dict[str, Field]

Due = date | Literal["待定"] | None
"""A due date; 待定 while its schedule is not published; None where there is no such limit."""


def hall_block(hall: Hall, *, clerk_name: str) -> Fields:
    """The fields of a paper that belongs to no case: who issues it, where, and who prepared it."""
    return {
        "authority_name": hall.authority,
        "hall_name": hall.name,
        "hall_address": hall.address,
        "hall_phone": hall.phone,
        "complaint_phone": hall.complaint_phone,
        "clerk_name": clerk_name,
    }


def case_block(
    hall: Hall,
    *,
    applicant_name: str,
    applicant_id: str,
    matter_name: str,
    receipt_number: str,
    received_on: date,
    clerk_name: str,
    accepted_on: date | None = None,
    agent_name: str = "",
) -> Fields:
    """The fields that the papers of a case share; the applicant's number is masked (empty: not told).

    `applicant_name` is in full, for the address of a paper; `applicant_name_masked` is for what others see.
    """
    return {
        **hall_block(hall, clerk_name=clerk_name),
        "applicant_name": applicant_name,
        "applicant_name_masked": mask_name(applicant_name),
        "applicant_id_masked": mask_id_number(applicant_id) if applicant_id else "",
        "agent_name": agent_name or "无",
        "matter_name": matter_name,
        "receipt_number": receipt_number,
        "enquiry_code": receipt_number,
        "received_on": chinese_date(received_on),
        "accepted_on": day_text(accepted_on),
    }


def day_text(day: date | None, *, without: str = "") -> str:
    """2026年11月21日, or what stands there without a day."""
    return chinese_date(day) if day else without


def due_text(due: Due) -> str:
    """The day, 待定, or nothing."""
    return chinese_date(due) if isinstance(due, date) else due or ""


def sentence(text: str) -> str:
    """Free text closed by a full stop, as a paragraph wants it; nothing stays nothing."""
    own = text.strip()
    return own if not own or own[-1] in "。！？；：" else f"{own.rstrip('.;,，、')}。"


def minute_text(instant: datetime | None) -> str:
    """2026年11月21日9时05分 in the hall's time zone, or nothing."""
    return chinese_minute(instant) if instant else ""


def yes(value: bool) -> str:
    """How a template is told a yes: 是, or nothing."""
    return "是" if value else ""


def numbered(rows: Iterable[Row]) -> list[Row]:
    """The rows with their place in `position`, from 1."""
    return [{"position": place, **row} for place, row in enumerate(rows, start=1)]
