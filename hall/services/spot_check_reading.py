"""Spot checks as lists show them: who was checked, how it stands, what who looks at it can do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import may, require
from hall.rules.instructions_file import InstructionStep
from hall.rules.people import Actor
from hall.rules.spot_checks import CheckAct, CheckFacts, CheckState, acts_for, state_of
from hall.services.case_reading import DocumentView
from hall.services.instructions import step_of, subject_words
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.people import Account
from hall.store.schema.queueing import Counter
from hall.store.schema.standards import Instruction, SpotCheck
from hall.store.schema.subjects import SubjectEvent


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check on a list; `acts` is what who looks at it can do now, `notes` what was said when it was verified."""

    id: int
    name: str
    checker_name: str
    counter: str
    subject_words: str
    step: InstructionStep
    checked_on: date
    way: str
    finding: str
    statement: str
    correct_by: date | None
    correction: str
    corrected_on: date | None
    verified_on: date | None
    verifier_name: str
    voided_on: date | None
    voided_by: str
    voided_why: str
    state: CheckState
    acts: tuple[CheckAct, ...]
    own: bool
    document: DocumentView | None
    notes: tuple[str, ...]


_RIGHTS: Mapping[CheckAct, str] = {"verify": "standard.verify", "void": "standard.void"}
"""What is needed beside being who the rule lets."""
_REPLACED = {"state": "原说明：", "correct": "原整改："}
"""Texts of who was checked that a later one took the place of: they stay to be read."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rows of a list name: read once for all of them."""

    names: Mapping[int, str]
    counters: Mapping[int, int]
    papers: Mapping[int, DocumentView]
    subjects: Mapping[str, str]
    notes: Mapping[int, tuple[str, ...]]


def list_checks(store: Store, actor: Actor, *, closed: bool = False) -> tuple[CheckView, ...]:
    """Checks that wait for something, what the actor can do first; with `closed` also what is done with.

    Who may neither check nor verify sees the checks of himself.
    """
    require(actor, "standard.read")
    everybody = may(actor, "standard.check") or may(actor, "standard.verify")
    today = business_date(store.clock.now())
    query = (
        select(SpotCheck, Instruction)
        .join(Instruction, Instruction.id == SpotCheck.instruction_id)
        .where(SpotCheck.hall_id == store.hall_id)
    )
    if not everybody:
        query = query.where(SpotCheck.about_account_id == actor.account_id)
    if not closed:
        query = query.where(SpotCheck.met.is_(False), SpotCheck.verified_on.is_(None), SpotCheck.voided_on.is_(None))
    with store.read(actor) as session:
        rows = session.execute(query.order_by(SpotCheck.id.desc())).tuples().all()
        around = _around(session, store.hall_id, rows, today)
        found = [_view(record, step, around, actor, today) for record, step in rows]
    return tuple(sorted(found, key=lambda each: (not _waits(each), _day(each), -each.id)))


def facts_of(record: SpotCheck) -> CheckFacts:
    """The record as the rules see it."""
    return CheckFacts(
        record.about_account_id,
        record.checked_by,
        record.met,
        record.correct_by,
        record.corrected_on,
        record.verified_on,
        voided=record.voided_on is not None,
    )


def _around(session: Session, hall_id: int, rows: Iterable[tuple[SpotCheck, Instruction]], today: date) -> _Around:
    checks, steps = [record for record, _ in rows], {step.subject for _, step in rows}
    accounts = {key for each in checks for key in _named(each) if key}
    papers = {each.document_id for each in checks if each.document_id is not None}
    events = (
        select(SubjectEvent.subject_id, SubjectEvent.day, SubjectEvent.kind, SubjectEvent.note)
        .where(SubjectEvent.subject == "spot_check", SubjectEvent.subject_id.in_([each.id for each in checks]))
        .where(SubjectEvent.note != "", SubjectEvent.kind != "void")
        .order_by(SubjectEvent.id)
    )
    notes: dict[int, tuple[str, ...]] = {}
    now = {(each.id, text) for each in checks for text in (each.statement, each.correction)}
    for key, day, kind, note in session.execute(events):
        if kind not in _REPLACED or (key, note) not in now:
            notes[key] = (*notes.get(key, ()), f"{day} {_REPLACED.get(kind, '')}{note}")
    documents = select(Document).where(Document.id.in_(papers))
    return _Around(
        dict(session.execute(select(Account.id, Account.display_name).where(Account.id.in_(accounts))).tuples().all()),
        dict(session.execute(select(Counter.id, Counter.number).where(Counter.hall_id == hall_id)).tuples().all()),
        {each.id: DocumentView(each.id, each.kind, each.number, each.issued_on) for each in session.scalars(documents)},
        {subject: subject_words(session, hall_id, subject, today) for subject in steps},
        notes,
    )


def _view(record: SpotCheck, instruction: Instruction, around: _Around, actor: Actor, today: date) -> CheckView:
    facts, number = facts_of(record), around.counters.get(record.counter_id or 0)
    return CheckView(
        id=record.id,
        name=around.names[record.about_account_id],
        checker_name=around.names.get(record.checked_by, ""),
        counter=f"{number}号窗口" if number is not None else "",
        subject_words=around.subjects[instruction.subject],
        step=step_of(instruction),
        checked_on=record.checked_on,
        way=record.way,
        finding=record.finding,
        statement=record.statement,
        correct_by=record.correct_by,
        correction=record.correction,
        corrected_on=record.corrected_on,
        verified_on=record.verified_on,
        verifier_name=around.names.get(record.verified_by or 0, ""),
        voided_on=record.voided_on,
        voided_by=around.names.get(record.voided_by or 0, ""),
        voided_why=record.voided_why,
        state=state_of(facts, today=today),
        acts=_allowed(facts, actor, today),
        own=record.about_account_id == actor.account_id,
        document=around.papers.get(record.document_id or 0),
        notes=around.notes.get(record.id, ()),
    )


def _allowed(facts: CheckFacts, actor: Actor, today: date) -> tuple[CheckAct, ...]:
    acts = acts_for(facts, account_id=actor.account_id, today=today)
    return tuple(act for act in acts if act not in _RIGHTS or may(actor, _RIGHTS[act]))


def _waits(row: CheckView) -> bool:
    """Whether whoever looks at it is waited for: a check can always be voided."""
    return any(act != "void" for act in row.acts)


def _day(row: CheckView) -> date:
    """By which the row is to be seen; what is over with comes last."""
    return date.max if row.correct_by is None or row.voided_on is not None else row.correct_by


def _named(record: SpotCheck) -> tuple[int | None, ...]:
    return record.about_account_id, record.checked_by, record.verified_by, record.voided_by
