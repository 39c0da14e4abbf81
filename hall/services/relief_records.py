"""What every act on an application for relief shares: its lock, where it stands, who did what for it, its end."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.relief_cases import (
    Member,
    ReliefAct,
    ReliefStanding,
    ReliefState,
    check_act,
    check_hand,
)
from hall.services.subject_records import Detail, Subject, add_event, settle_subject
from hall.store import Work
from hall.store.schema.relief import ReliefApplication
from hall.store.schema.subjects import SubjectEvent
from hall.store.secrets import KeyRing

SUBJECT: Subject = "relief_application"
TOPIC = "relief"
BOOKS = "relief-books"
"""The lock of the hall's books of relief: one posting after the other."""

_HOUSEHOLD = "relief_application.household"
_WITH = "with"
"""In the detail of a visit: the accounts that went along."""


class NoSuchRelief(Missing):
    """No application of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有找到这件救助申请，可能属于别的大厅。请刷新列表后重新选择。")


@dataclass(frozen=True, slots=True)
class Happening:
    """What an act leaves in the history of the application: no personal data in `note` and `detail`."""

    kind: str
    note: str = ""
    detail: Detail | None = None
    document_id: int | None = None


def relief_locked(work: Work, application_id: int, *also: str) -> ReliefApplication:
    """The application, kept from every other act with whatever else is named; raises NoSuchRelief."""
    return reliefs_locked(work, (application_id,), *also)[0]


def reliefs_locked(work: Work, application_ids: Sequence[int], *also: str) -> list[ReliefApplication]:
    """Several, in the order of their keys; raises NoSuchRelief."""
    keys = sorted(set(application_ids))
    work.lock(*(f"{SUBJECT}/{key}" for key in keys), *also)
    query = select(ReliefApplication).where(ReliefApplication.id.in_(keys), ReliefApplication.hall_id == work.hall_id)
    found = list(work.session.scalars(query.order_by(ReliefApplication.id)))
    if not found or len(found) != len(keys):
        raise NoSuchRelief
    return found


def standing_of(record: ReliefApplication) -> ReliefStanding:
    """The record as the rules see it."""
    return ReliefStanding(
        state=cast(ReliefState, record.state),
        recommended=record.recommended,
        shown_until=record.shown_until,
        objection=bool(record.objection),
        answered=bool(record.objection_answer),
    )


def take_act(work: Work, record: ReliefApplication, act: ReliefAct) -> None:
    """The state allows it and whoever acts has done nothing that it is kept apart from.

    Raises CannotOnRelief, SameHandInRelief.
    """
    check_act(act, standing_of(record), business_date(work.now))
    check_hand(act, work.actor.account_id, hands_of(work.session, record.id))


def hands_of(session: Session, application_id: int) -> dict[str, frozenset[int]]:
    """Which accounts did which act for it: whoever went along counts as a visitor."""
    query = select(SubjectEvent.kind, SubjectEvent.account_id, SubjectEvent.detail).where(
        SubjectEvent.subject == SUBJECT, SubjectEvent.subject_id == application_id
    )
    done: dict[str, frozenset[int]] = {}
    for kind, account_id, detail in session.execute(query):
        along = json.loads(detail).get(_WITH, [])
        done[kind] = done.get(kind, frozenset()) | {account_id, *along}
    return done


def visit_detail(along: Sequence[int], **facts: str | int | bool | None) -> Detail:
    """The detail of a visit: who went along, and what was found in figures."""
    return {**facts, _WITH: list(along)}


def settle_relief(work: Work, record: ReliefApplication, happening: Happening) -> None:
    """Keep what happened, with the state it led to; the audit and the screens are told."""
    note_relief(work, record, happening)
    settle_subject(work, TOPIC, SUBJECT, record.id, act=happening.kind, number=record.number, state=record.state)


def note_relief(work: Work, record: ReliefApplication, happening: Happening) -> None:
    """The same where the audit entry is about something else, such as a posting."""
    work.session.flush()
    add_event(
        work,
        SUBJECT,
        record.id,
        happening.kind,
        state=record.state,
        note=happening.note,
        detail=happening.detail,
        document_id=happening.document_id,
    )


def close_relief(record: ReliefApplication, state: ReliefState, day: date) -> None:
    """It ends with this state."""
    record.state, record.closed_on = state, day


def seal_household(ring: KeyRing, household: Sequence[Member]) -> str:
    """As the record keeps it."""
    rows = [[each.name, each.relation, each.age, each.income_fen] for each in household]
    return ring.seal(json.dumps(rows, ensure_ascii=False), _HOUSEHOLD)


def household_of(ring: KeyRing, record: ReliefApplication) -> tuple[Member, ...]:
    """In clear, for a paper that the applicant signs."""
    return tuple(Member(*row) for row in json.loads(ring.unseal(record.household_sealed, _HOUSEHOLD)))
