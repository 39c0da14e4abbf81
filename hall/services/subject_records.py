"""What every act on something beside permits and penalties shares: its lock, its event, its files' key, its end."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.store import Work
from hall.store.schema.people import Account
from hall.store.schema.subjects import SubjectEvent

Subject = Literal[
    "request",
    "vendor",
    "vendor_event",
    "stall_site",
    "stall_application",
    "stall_grant",
    "stall_withdrawal",
    "relief_application",
    "relief_posting",
    "instruction",
    "spot_check",
    "review_round",
    "review_assignment",
    "register_entry",
    "permit_case",
    "penalty_case",
    "rating_follow_up",
    "qualification",
    "enforcement_certificate",
    "publication",
]
"""The table that a `subject_id` is a key of."""

Detail = Mapping[str, str | int | bool | list[str] | list[int] | None]


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened, as a page tells it."""

    at: datetime
    kind: str
    state: str
    who: str
    note: str
    document_id: int | None


def lock_subject(work: Work, subject: Subject, subject_id: int) -> None:
    """Keep it from every other act until the end of the work."""
    work.lock(f"{subject}/{subject_id}")


def add_event(
    work: Work,
    subject: Subject,
    subject_id: int,
    kind: str,
    *,
    state: str,
    note: str = "",
    detail: Detail | None = None,
    day: date | None = None,
    document_id: int | None = None,
) -> None:
    """Write what happened, with the state it led to; `detail` holds keys, codes, dates, figures, nothing personal."""
    work.session.add(
        SubjectEvent(
            hall_id=work.hall_id,
            subject=subject,
            subject_id=subject_id,
            at=work.now,
            day=day or business_date(work.now),
            kind=kind,
            state=state,
            account_id=work.actor.account_id,
            note=note,
            detail=json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True),
            document_id=document_id,
        )
    )
    work.session.flush()


def settle_subject(work: Work, topic: str, subject: Subject, subject_id: int, **detail: object) -> None:
    """What every act ends with: the audit entry and the change for the screens that listen to `topic`."""
    work.audit(f"{subject}:{subject_id}", **detail)
    work.changed(topic, str(subject_id))


def history(session: Session, subject: Subject, subject_id: int) -> tuple[Happened, ...]:
    """Everything that happened to it, the first thing first."""
    query = (
        select(SubjectEvent, Account.display_name)
        .outerjoin(Account, Account.id == SubjectEvent.account_id)
        .where(SubjectEvent.subject == subject, SubjectEvent.subject_id == subject_id)
        .order_by(SubjectEvent.id)
    )
    return tuple(
        Happened(event.at, event.kind, event.state, name or "系统", event.note, event.document_id)
        for event, name in session.execute(query)
    )
