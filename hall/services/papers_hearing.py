"""Papers of a hearing (行政许可法 46-48): the right to it, the notice of its time and place, its record."""

from dataclasses import dataclass
from datetime import date, datetime

from hall.services.case_paper import Row
from hall.services.papers_common import Fields, day_text, minute_text, numbered, sentence


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody at a hearing: 申请人, 利害关系人, 审查人员, …"""

    role: str
    name: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker said, in order."""

    speaker: str
    text: str


def hearing_right(common: Fields, *, addressee: str, subject: str, ask_by: date) -> Fields:
    """`hearing_right` 听证告知书: `addressee` (applicant or interested party), `subject`, last day `ask_by`."""
    return {**common, "addressee": addressee, "subject": sentence(subject), "ask_by": day_text(ask_by)}


def hearing_notice(
    common: Fields,
    *,
    addressee: str,
    subject: str,
    held_at: datetime,
    place: str,
    chair_name: str,
    chair_post: str,
    recorder_name: str,
    reviewer_name: str,
    public: bool = True,
) -> Fields:
    """`hearing_notice` 听证通知书: when and where, chair, recorder, reviewer, whether in public (`manner`)."""
    return {
        **common,
        "addressee": addressee,
        "subject": sentence(subject),
        "held_at": minute_text(held_at),
        "place": place,
        "chair_name": chair_name,
        "chair_post": chair_post,
        "recorder_name": recorder_name,
        "reviewer_name": reviewer_name,
        "manner": _manner(public),
    }


def hearing_record(
    common: Fields,
    *,
    subject: str,
    began_at: datetime,
    ended_at: datetime | None,
    place: str,
    chair_name: str,
    recorder_name: str,
    participants: tuple[Participant, ...],
    statements: tuple[Statement, ...],
    notice_number: str = "",
    public: bool = True,
) -> Fields:
    """`hearing_record` 听证笔录: rows `participants` (role, name, remark) and `statements` (speaker, text)."""
    people: list[Row] = [{"role": each.role, "name": each.name, "remark": each.remark} for each in participants]
    said: list[Row] = [{"speaker": each.speaker, "text": each.text} for each in statements]
    return {
        **common,
        "subject": sentence(subject),
        "began_at": minute_text(began_at),
        "ended_at": minute_text(ended_at),
        "place": place,
        "chair_name": chair_name,
        "recorder_name": recorder_name,
        "participants": numbered(people),
        "statements": numbered(said),
        "notice_number": notice_number,
        "manner": _manner(public),
    }


def _manner(public: bool) -> str:
    return "公开" if public else "不公开"
