"""By which days the faults of spot checks and of reviewed dossiers were to be corrected, as their histories tell it."""

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.correction_days import DaySet, days_come
from hall.services.subject_records import Detail, Subject
from hall.store.schema.subjects import SubjectEvent

KEY = "correct_by"


def told(day: date | None) -> Detail:
    """What an act that sets, moves or lifts the day writes into the history."""
    return {KEY: day.isoformat() if day is not None else None}


def days_due(session: Session, subject: Subject, *, now: Mapping[int, date | None]) -> Mapping[int, tuple[date, ...]]:
    """Of records and the day that stands `now`: all days that came while they stood."""
    events = (
        select(SubjectEvent.subject_id, SubjectEvent.day, SubjectEvent.detail)
        .where(SubjectEvent.subject == subject, SubjectEvent.detail.contains(f'"{KEY}"'))
        .order_by(SubjectEvent.id)
    )
    days: dict[int, list[DaySet]] = {}
    for key, on, detail in session.execute(events).tuples():
        by = json.loads(detail)[KEY]
        days.setdefault(key, []).append(DaySet(on, date.fromisoformat(by) if by else None))
    return {key: days_come(days.get(key) or [DaySet(date.min, by)]) for key, by in now.items()}


def counted_days(
    days: Mapping[int, tuple[date, ...]], verified: Mapping[int, date | None], *, first: date, last: date
) -> tuple[int, int]:
    """How many of the days lie between two, both counted; of them those whose record was verified by the last."""
    due = [key for key, found in days.items() for day in found if first <= day <= last]
    return len(due), sum((on := verified[key]) is not None and on <= last for key in due)
