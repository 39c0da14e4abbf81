"""How the desk puts the records of a case into words: what is under way, opinions, events."""

from collections.abc import Iterator, Sequence

from hall.clock import hall_time
from hall.services.desk_file import DeskFile
from hall.services.desk_records import DeskConsultation, DeskEvent, DeskHearing, DeskOpinion, DeskPause, DeskVisit
from hall.words import CASE_EVENTS, CASE_PROCEDURES, CASE_STATES, LIMIT_UNITS

_POSITIONS = {"grant": "拟准予", "deny": "拟不予", "agree": "同意", "disagree": "不同意", "return": "退回"}
_HEARINGS = {"told": "已告知权利", "asked": "已申请", "noticed": "已通知"}


def under_way(file: DeskFile) -> Iterator[tuple[str, str]]:
    """Everything that waits for something, by name."""
    records = file.records
    for pause in records.pauses:
        if pause.ended_on is None:
            yield CASE_PROCEDURES.get(pause.procedure, pause.procedure), _pause_words(pause)
    for supplement in records.supplements:
        if supplement.closed_on is None:
            until = f"，{supplement.reply_by.isoformat()} 前补齐" if supplement.reply_by else ""
            lines = "；".join(f"{line.name}（{line.defect}）" for line in supplement.lines if line.settled_on is None)
            yield "补正", f"{hall_time(supplement.told_at):%Y-%m-%d} 告知{until}：{lines}"
    for visit in records.visits:
        if visit.state == "booked":
            yield "现场勘查", _visit_words(visit)
    for hearing in records.hearings:
        if hearing.state in _HEARINGS:
            yield "听证", _hearing_words(hearing)
    for consultation in records.consultations:
        if consultation.answered_on is None:
            yield "征求意见", _consultation_words(consultation)
    for handover in records.handovers:
        if handover.taken_at is None:
            yield "移交", f"{handover.given_by} {hall_time(handover.given_at):%m-%d %H:%M} 移交，等科室签收"


def opinion_facts(opinions: Sequence[DeskOpinion]) -> list[tuple[str, str]]:
    """Step and name on the left; position, words and time on the right."""
    return [
        (
            f"{CASE_STATES.get(each.step, each.step)} {each.name}",
            f"{_POSITIONS.get(each.position, each.position)}：{each.text}　{hall_time(each.at):%m-%d %H:%M}",
        )
        for each in opinions
    ]


def event_words(event: DeskEvent) -> str:
    """Who did what; the day it counts for, where that is another one; the note."""
    done = CASE_EVENTS.get(event.kind, event.kind)
    counts = f"（{event.day.isoformat()} 起算）" if event.day != hall_time(event.at).date() else ""
    note = f"　{event.note}" if event.note else ""
    return f"{event.name}　{done}{counts}　→ {CASE_STATES[event.state]}{note}"


def _pause_words(pause: DeskPause) -> str:
    granted = f"给定 {pause.granted} {LIMIT_UNITS[pause.unit]}" if pause.granted and pause.unit else "没有期限"
    stops = [word for word, held in (("法定", pause.stops_statutory), ("承诺", pause.stops_promised)) if held]
    held = f"暂停{'和'.join(stops)}时限" if stops else "不暂停时限"
    return f"{pause.started_on.isoformat()} 起，{granted}，{held}。{pause.basis}　{pause.reason}"


def _visit_words(visit: DeskVisit) -> str:
    return f"{hall_time(visit.booked_for):%Y-%m-%d %H:%M}　{visit.place}，还没有登记结果"


def _hearing_words(hearing: DeskHearing) -> str:
    told = _HEARINGS[hearing.state]
    if hearing.held_at is not None:
        return f"{told}：{hall_time(hearing.held_at):%Y-%m-%d %H:%M}　{hearing.place}　主持 {hearing.chair}"
    until = hearing.hold_by if hearing.asked_on else hearing.ask_by
    what = "须在此前组织" if hearing.asked_on else "前可以申请"
    return f"{told}，{until.isoformat()} {what}" if until else told


def _consultation_words(consultation: DeskConsultation) -> str:
    late = "，已逾期" if consultation.overdue else ""
    until = f"{consultation.due_on.isoformat()} 前答复{late}" if consultation.due_on else "没有定期限"
    return f"{consultation.unit}：{consultation.question}（{until}）"
