"""Accountability records as screens show them, with what the rule proposes and what the reader may do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from hall.rules.accountability import Proposal, RecordAct, acts_on, refusal_of
from hall.rules.authority import MANAGER, may, require
from hall.rules.people import Actor
from hall.services.accountability import appeal_until, plea_until, proposal_for
from hall.services.accountability_records import NoSuchRecord
from hall.services.paper_head import name_of
from hall.services.supervision_rules import SupervisionPolicy
from hall.store import Store
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.supervision import AccountabilityRecord, SupervisionOrder

_RIGHTS: Mapping[RecordAct, str] = {
    "plead": "accountability.plea",
    "decide": "accountability.decide",
    "deliver": "accountability.open",
    "appeal": "accountability.plea",
    "review": "accountability.decide",
    "correct": "accountability.open",
    "close": "accountability.open",
}


@dataclass(frozen=True, slots=True)
class HandView:
    """Days of the limit in one hand; `acting_for` names the absent officer."""

    name: str
    department: str
    acting_for: str
    days: int


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A clock as it stood: `late` workdays past its due day."""

    kind: str
    subject: str
    unit: str
    budget: int
    extension: int
    used: int
    paused: int
    due_on: date | None
    late: int


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record. `acts` are what the reader may do now, `proposal` what the rule provides."""

    record_id: int
    number: str
    case_id: int
    case_number: str
    matter_name: str
    order_number: str
    source: str
    state: str
    opened_on: date
    subject: str
    part: str
    facts: str
    article: str
    ledger: tuple[LedgerView, ...]
    hands: tuple[HandView, ...]
    plea: str
    plea_on: date | None
    plea_until: date | None
    proposal: Proposal
    finding: str
    exemption: str
    degree: str
    measure: str
    points: int
    repetition: int
    decided_on: date | None
    decided_by: str
    delivered_on: date | None
    appeal: str
    appeal_until: date | None
    appeal_finding: str
    correct_by: date | None
    correction: str
    published: bool
    closed_on: date | None
    document_id: int | None
    acts: tuple[RecordAct, ...]


def records(
    store: Store, actor: Actor, *, closed: bool = False, policy: SupervisionPolicy, most: int = 200
) -> tuple[RecordView, ...]:
    """Records that are not closed, or those that are, the newest first. Subjects see their own."""
    require(actor, "supervision.read")
    state = AccountabilityRecord.closed_on.is_not(None) if closed else AccountabilityRecord.closed_on.is_(None)
    return _read(store, actor, state, policy=policy, most=most)


def record(store: Store, actor: Actor, *, record_id: int, policy: SupervisionPolicy) -> RecordView:
    """One record; raises NoSuchRecord."""
    require(actor, "supervision.read")
    found = _read(store, actor, AccountabilityRecord.id == record_id, policy=policy, most=1)
    if not found:
        raise NoSuchRecord
    return found[0]


def _read(
    store: Store, actor: Actor, wanted: ColumnElement[bool], *, policy: SupervisionPolicy, most: int
) -> tuple[RecordView, ...]:
    sees_all = may(actor, "accountability.decide") or MANAGER in actor.roles
    own = () if sees_all else (AccountabilityRecord.subject_id == actor.account_id,)
    query = (
        select(AccountabilityRecord, PermitCase, MatterVersion.name, Account.display_name)
        .join(PermitCase, PermitCase.id == AccountabilityRecord.case_id)
        .join(MatterVersion, MatterVersion.id == PermitCase.matter_version_id)
        .join(Account, Account.id == AccountabilityRecord.subject_id)
        .where(AccountabilityRecord.hall_id == store.hall_id, wanted, *own)
        .order_by(AccountabilityRecord.id.desc())
        .limit(most)
    )
    with store.read(actor) as session:
        rows = session.execute(query).tuples().all()
        return tuple(_view(session, row, actor, policy) for row in rows)


def _view(
    session: Session, row: tuple[AccountabilityRecord, PermitCase, str, str], actor: Actor, policy: SupervisionPolicy
) -> RecordView:
    record, case, matter_name, subject = row
    rule = policy.accountability.in_force(record.opened_on)
    order = session.get(SupervisionOrder, record.order_id) if record.order_id else None
    return RecordView(
        record_id=record.id,
        number=record.number,
        case_id=case.id,
        case_number=case.acceptance_number or case.receipt_number,
        matter_name=matter_name,
        order_number=order.number if order else "",
        source=record.source,
        state=record.state,
        opened_on=record.opened_on,
        subject=subject,
        part=record.part,
        facts=record.facts,
        article=record.article,
        ledger=tuple(_ledger(each) for each in json.loads(record.ledger)),
        hands=tuple(_hand(each) for each in json.loads(record.possession)),
        plea=record.plea,
        plea_on=record.plea_on,
        plea_until=plea_until(session, record, rule),
        proposal=proposal_for(session, record, rule, degree=record.degree),
        finding=record.finding,
        exemption=record.exemption,
        degree=record.degree,
        measure=record.measure,
        points=record.points,
        repetition=record.repetition,
        decided_on=record.decided_on,
        decided_by=name_of(session, record.decided_by),
        delivered_on=record.delivered_on,
        appeal=record.appeal,
        appeal_until=appeal_until(record, rule),
        appeal_finding=record.appeal_finding,
        correct_by=record.correct_by,
        correction=record.correction,
        published=record.published,
        closed_on=record.closed_on,
        document_id=record.document_id,
        acts=_acts(record, actor),
    )


def _ledger(row: Mapping[str, str | int | None]) -> LedgerView:
    due_on = row["due_on"]
    return LedgerView(
        kind=str(row["kind"]),
        subject=str(row["subject"]),
        unit=str(row["unit"]),
        budget=int(row["budget"] or 0),
        extension=int(row["extension"] or 0),
        used=int(row["used"] or 0),
        paused=int(row["paused"] or 0),
        due_on=date.fromisoformat(str(due_on)) if due_on else None,
        late=int(row["late"] or 0),
    )


def _hand(row: Mapping[str, str | int | None]) -> HandView:
    return HandView(
        name=str(row["name"]),
        department=str(row["department"]),
        acting_for=str(row["acting_for"]),
        days=int(row["days"] or 0),
    )


def _acts(record: AccountabilityRecord, actor: Actor) -> tuple[RecordAct, ...]:
    state = record.state
    return tuple(
        act
        for act in acts_on(state)  # type: ignore[arg-type]  # written from rules.accountability
        if may(actor, _RIGHTS[act])
        and refusal_of(act, state, actor=actor.account_id, subject=record.subject_id) is None  # type: ignore[arg-type]
        and not (act == "review" and record.decided_by == actor.account_id)
    )
