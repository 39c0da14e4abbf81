"""Dossier reviews as lists show them: rounds, and reviewed dossiers with what who looks at them can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import may, require
from hall.rules.dossier import Fault, faults_for
from hall.rules.dossier_review import ReviewAct, acts_for
from hall.rules.people import Actor
from hall.services.case_reading import DocumentView
from hall.services.lot_draws import numbers
from hall.services.request_rows import documents_by_id, names_by_id
from hall.services.review_parts import CaseKey, barred_from, hands_of
from hall.services.round_records import correctors, facts_of, key_of, lots, reviewers, rule_on
from hall.services.staff import StaffMember
from hall.store import Store
from hall.store.schema.dossier_reviews import ReviewAssignment, ReviewFinding, ReviewRound
from hall.store.schema.subjects import LotDraw, SubjectEvent

ACTIONS: Mapping[ReviewAct, str] = {
    "score": "round.score",
    "replace": "round.open",
    "notify": "round.open",
    "state": "round.correct",
    "correct": "round.correct",
    "verify": "round.verify",
}
MOST = 500


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round; `due`: its day has come and it is not drawn; `own`: the actor announced it."""

    round_id: int
    number: str
    name: str
    from_day: date
    until_day: date
    permits: int
    penalties: int
    dossiers: int
    reviewers: tuple[str, ...]
    state: str
    opened_on: date
    opened_by: str
    own: bool
    draw_on: date
    due: bool
    seed_source: str
    seed: str
    witness: str
    digest: str
    drawn: int
    scored: int
    ended_why: str
    document: DocumentView | None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A fault of a reviewed dossier."""

    words: str
    points: int
    legality: bool
    note: str


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """A dossier of a round; `acts`: what who looks at it can do now; `hands`: who may be asked to correct it."""

    assignment_id: int
    round_id: int
    round_name: str
    opened_on: date
    subject: str
    case_number: str
    reviewer: str
    replaced_why: str
    state: str
    score: int | None
    grade: str
    illegal: bool
    remark: str
    scored_on: date | None
    faults: tuple[FoundRow, ...]
    responsible: str
    statement: str
    correct_by: date | None
    late: bool
    correction: str
    corrected_on: date | None
    verifier: str
    verified_on: date | None
    notes: tuple[str, ...]
    acts: tuple[ReviewAct, ...]
    hands: tuple[tuple[int, str], ...]
    document: DocumentView | None


@dataclass(frozen=True, slots=True)
class Drawable:
    """What a period offers: how many dossiers of each kind, and who could review."""

    permits: int
    penalties: int
    reviewers: tuple[StaffMember, ...]


def drawable(store: Store, actor: Actor, *, from_day: date, until_day: date) -> Drawable:
    """What a round of cases that ended from `from_day` to `until_day` would be drawn from."""
    require(actor, "round.open")
    with store.read(actor) as session:
        found = lots(session, store.hall_id, first=from_day, last=until_day)
        permits = sum(lot.subject == "permit_case" for lot in found)
        return Drawable(permits, len(found) - permits, reviewers(session, store.hall_id))


def list_rounds(store: Store, actor: Actor, *, closed: bool = False) -> tuple[RoundRow, ...]:
    """Rounds, the newest first; with `closed` also those that were reported or voided."""
    require(actor, "round.read")
    query = select(ReviewRound, LotDraw).join(LotDraw, LotDraw.id == ReviewRound.draw_id)
    query = query.where(ReviewRound.hall_id == store.hall_id)
    if not closed:
        query = query.where(ReviewRound.state.in_(("announced", "drawn")))
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        rows = session.execute(query.order_by(ReviewRound.id.desc()).limit(MOST)).tuples().all()
        counted = _counted(session, [record.id for record, _ in rows])
        keys = {int(key) for _, draw in rows for key in numbers(draw.prizes)}
        names = names_by_id(session, keys | {record.opened_by for record, _ in rows})
        papers = documents_by_id(session, [record.document_id for record, _ in rows])
        return tuple(
            RoundRow(
                round_id=record.id,
                number=record.number,
                name=record.name,
                from_day=record.from_day,
                until_day=record.until_day,
                permits=record.permits,
                penalties=record.penalties,
                dossiers=len(numbers(draw.entrants)),
                reviewers=tuple(names[int(key)] for key in numbers(draw.prizes)),
                state=record.state,
                opened_on=record.opened_on,
                opened_by=names.get(record.opened_by, ""),
                own=record.opened_by == actor.account_id,
                draw_on=draw.draw_on,
                due=record.state == "announced" and draw.draw_on <= today,
                seed_source=draw.seed_source,
                seed=draw.seed,
                witness=draw.witness,
                digest=draw.digest,
                drawn=counted.get(record.id, (0, 0))[0],
                scored=counted.get(record.id, (0, 0))[1],
                ended_why=draw.voided_why,
                document=papers.get(record.document_id or 0),
            )
            for record, draw in rows
        )


def list_assignments(store: Store, actor: Actor, *, closed: bool = False) -> tuple[AssignmentRow, ...]:
    """Reviewed dossiers, what the actor can do first; with `closed` also those that are done with.

    Who neither organises nor verifies reviews sees what he reviews and what he is responsible for.
    """
    require(actor, "round.read")
    query = select(ReviewAssignment, ReviewRound).join(ReviewRound, ReviewRound.id == ReviewAssignment.round_id)
    query = query.where(ReviewAssignment.hall_id == store.hall_id)
    if not may(actor, "round.open"):
        own = actor.account_id
        query = query.where(or_(ReviewAssignment.reviewer_id == own, ReviewAssignment.responsible_id == own))
    if not closed:
        query = query.where(ReviewAssignment.state != "closed")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        rows = session.execute(query.order_by(ReviewAssignment.id.desc()).limit(MOST)).tuples().all()
        around = _around(session, [record for record, _ in rows], actor, today)
        found = [_view(record, plan, around, actor, today) for record, plan in rows]
    return tuple(sorted(found, key=lambda each: (not each.acts, each.correct_by or date.max, each.assignment_id)))


def faults(store: Store, actor: Actor, *, subject: str, on: date, home: Path) -> tuple[Fault, ...]:
    """What a review of a round announced on a day can find, for the form."""
    require(actor, "round.read")
    return faults_for(subject, rule_on(home, on))


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rows name: read once for all of them."""

    names: Mapping[int, str]
    papers: Mapping[int, DocumentView]
    faults: Mapping[int, tuple[FoundRow, ...]]
    notes: Mapping[int, tuple[str, ...]]
    hands: Mapping[CaseKey, frozenset[int]]
    barred: Mapping[CaseKey, frozenset[int]]


def _around(session: Session, records: Sequence[ReviewAssignment], actor: Actor, today: date) -> _Around:
    keys = [each.id for each in records]
    found: dict[int, tuple[FoundRow, ...]] = {}
    findings = select(ReviewFinding).where(ReviewFinding.assignment_id.in_(keys)).order_by(ReviewFinding.id)
    for each in session.scalars(findings):
        row = FoundRow(each.words, each.points, each.legality, each.note)
        found[each.assignment_id] = (*found.get(each.assignment_id, ()), row)
    notes: dict[int, tuple[str, ...]] = {}
    events = (
        select(SubjectEvent.subject_id, SubjectEvent.day, SubjectEvent.note)
        .where(SubjectEvent.subject == "review_assignment", SubjectEvent.subject_id.in_(keys))
        .where(SubjectEvent.kind.in_(("verify", "reject")), SubjectEvent.note != "")
        .order_by(SubjectEvent.id)
    )
    for key, day, note in session.execute(events):
        notes[key] = (*notes.get(key, ()), f"{day} {note}")
    able = correctors(session, actor.hall_id)
    handled = hands_of(session, [key_of(each) for each in records if each.state == "scored"])
    hands = {key: accounts & able for key, accounts in handled.items()}
    cases = [key_of(each) for each in records]
    accounts = {key for each in records for key in (each.reviewer_id, each.responsible_id, each.verified_by) if key}
    return _Around(
        names_by_id(session, accounts.union(*hands.values())),
        documents_by_id(session, [each.document_id for each in records]),
        found,
        notes,
        hands,
        barred_from(session, cases, (actor.account_id,), today=today, other_department=False),
    )


def _view(record: ReviewAssignment, plan: ReviewRound, around: _Around, actor: Actor, today: date) -> AssignmentRow:
    key = key_of(record)
    facts = facts_of(record, part=actor.account_id in around.barred[key])
    return AssignmentRow(
        assignment_id=record.id,
        round_id=plan.id,
        round_name=plan.name,
        opened_on=plan.opened_on,
        subject=record.subject,
        case_number=record.case_number,
        reviewer=around.names.get(record.reviewer_id, ""),
        replaced_why=record.replaced_why,
        state=record.state,
        score=record.score,
        grade=record.grade,
        illegal=record.illegal,
        remark=record.remark,
        scored_on=record.scored_on,
        faults=around.faults.get(record.id, ()),
        responsible=around.names.get(record.responsible_id or 0, ""),
        statement=record.statement,
        correct_by=record.correct_by,
        late=record.state == "correcting" and record.correct_by is not None and record.correct_by < today,
        correction=record.correction,
        corrected_on=record.corrected_on,
        verifier=around.names.get(record.verified_by or 0, ""),
        verified_on=record.verified_on,
        notes=around.notes.get(record.id, ()),
        acts=tuple(act for act in acts_for(facts, account_id=actor.account_id) if may(actor, ACTIONS[act])),
        hands=tuple(sorted((each, around.names[each]) for each in around.hands.get(key, ()) if each in around.names)),
        document=around.papers.get(record.document_id or 0),
    )


def _counted(session: Session, rounds: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    """How many dossiers each round drew, and how many of them have a score."""
    query = (
        select(ReviewAssignment.round_id, func.count(), func.count(ReviewAssignment.scored_on))
        .where(ReviewAssignment.round_id.in_(rounds))
        .group_by(ReviewAssignment.round_id)
    )
    return {key: (drawn, scored) for key, drawn, scored in session.execute(query).tuples()}
