"""Dossier reviews as lists show them: rounds, and reviewed dossiers with what who looks at them can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import exists, func, or_, select
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
from hall.services.round_records import (
    correctors,
    facts_of,
    key_of,
    lots,
    rescored_since_report,
    reviewers,
    rule_on,
    standing_sheet,
    who_gave_back,
)
from hall.services.staff import StaffMember
from hall.store import Store
from hall.store.schema.dossier_reviews import ReviewAssignment, ReviewFinding, ReviewRecheck, ReviewRound
from hall.store.schema.subjects import LotDraw, SubjectEvent

ACTIONS: Mapping[ReviewAct, str] = {
    "score": "round.score",
    "replace": "round.open",
    "release": "round.open",
    "notify": "round.open",
    "state": "round.correct",
    "correct": "round.correct",
    "object": "round.correct",
    "recheck": "round.score",
    "verify": "round.verify",
}
MOST = 500


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round; `due`: its day has come and it is not drawn; `own`: the actor announced it; `rescored`: how many scores
    a second review replaced since it was reported."""

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
    released: int
    rescored: int
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
class RecheckRow:
    """A second review: asked for, and done where there is a `reviewer`; `confirmed`: the first score stands."""

    objection: str
    objected_on: date
    first_score: int
    first_grade: str
    first_faults: tuple[FoundRow, ...]
    reviewer: str
    confirmed: bool | None
    reason: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """A dossier of a round as it stands; `acts`: what who looks at it can do now; `hands`: who may correct it."""

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
    recheck: RecheckRow | None
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
    """Rounds, the newest first; with `closed` also those that were reported or voided. One whose report is no longer
    true, since a score was replaced, waits for another."""
    require(actor, "round.read")
    query = select(ReviewRound, LotDraw).join(LotDraw, LotDraw.id == ReviewRound.draw_id)
    query = query.where(ReviewRound.hall_id == store.hall_id)
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        rescored = rescored_since_report(session, store.hall_id)
        if not closed:
            query = query.where(ReviewRound.state.in_(("announced", "drawn")) | ReviewRound.id.in_(rescored))
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
                drawn=counted.get(record.id, (0, 0, 0))[0],
                scored=counted.get(record.id, (0, 0, 0))[1],
                released=counted.get(record.id, (0, 0, 0))[2],
                rescored=rescored.get(record.id, 0),
                ended_why=draw.voided_why,
                document=papers.get(record.document_id or 0),
            )
            for record, draw in rows
        )


def list_assignments(store: Store, actor: Actor, *, closed: bool = False) -> tuple[AssignmentRow, ...]:
    """Reviewed dossiers, what the actor can do first; with `closed` also those that are done with.

    Who neither organises nor verifies reviews sees what he reviews, what he is responsible for, and what he may review
    again.
    """
    require(actor, "round.read")
    query = select(ReviewAssignment, ReviewRound).join(ReviewRound, ReviewRound.id == ReviewAssignment.round_id)
    query = query.where(ReviewAssignment.hall_id == store.hall_id)
    if not may(actor, "round.open"):
        own = actor.account_id
        mine = [ReviewAssignment.reviewer_id == own, ReviewAssignment.responsible_id == own]
        mine.append(
            exists().where(ReviewRecheck.assignment_id == ReviewAssignment.id, ReviewRecheck.reviewer_id == own)
        )
        if may(actor, "round.score"):
            mine.append(ReviewAssignment.state == "objected")
        query = query.where(or_(*mine))
    if not closed:
        query = query.where(ReviewAssignment.state.not_in(("closed", "released")))
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        rows = session.execute(query.order_by(ReviewAssignment.id.desc()).limit(MOST)).tuples().all()
        around = _around(session, [record for record, _ in rows], actor, today)
        found = [
            row
            for record, plan in rows
            if (row := _view(record, plan, around, actor, today)).acts or _seen(record, actor)
        ]
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
    faults: Mapping[tuple[int, int], tuple[FoundRow, ...]]
    """By dossier and score sheet."""
    notes: Mapping[int, tuple[str, ...]]
    hands: Mapping[CaseKey, frozenset[int]]
    barred: Mapping[CaseKey, frozenset[int]]
    rechecks: Mapping[int, ReviewRecheck]
    gave_back: Mapping[int, frozenset[int]]


def _around(session: Session, records: Sequence[ReviewAssignment], actor: Actor, today: date) -> _Around:
    keys = [each.id for each in records]
    found: dict[tuple[int, int], tuple[FoundRow, ...]] = {}
    findings = select(ReviewFinding).where(ReviewFinding.assignment_id.in_(keys)).order_by(ReviewFinding.id)
    for each in session.scalars(findings):
        row = FoundRow(each.words, each.points, each.legality, each.note)
        sheet = each.assignment_id, each.sheet
        found[sheet] = (*found.get(sheet, ()), row)
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
    asked = session.scalars(select(ReviewRecheck).where(ReviewRecheck.assignment_id.in_(keys)))
    rechecks = {each.assignment_id: each for each in asked}
    accounts = {key for each in records for key in (each.reviewer_id, each.responsible_id, each.verified_by) if key}
    accounts |= {each.reviewer_id for each in rechecks.values() if each.reviewer_id is not None}
    return _Around(
        names_by_id(session, accounts.union(*hands.values())),
        documents_by_id(session, [each.document_id for each in records]),
        found,
        notes,
        hands,
        barred_from(session, cases, (actor.account_id,), today=today, other_department=False),
        rechecks,
        who_gave_back(session, keys),
    )


def _view(record: ReviewAssignment, plan: ReviewRound, around: _Around, actor: Actor, today: date) -> AssignmentRow:
    key, recheck = key_of(record), around.rechecks.get(record.id)
    gave_back = around.gave_back.get(record.id, frozenset())
    facts = facts_of(record, recheck, part=actor.account_id in around.barred[key], gave_back=gave_back)
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
        faults=around.faults.get((record.id, standing_sheet(recheck)), ()),
        responsible=around.names.get(record.responsible_id or 0, ""),
        statement=record.statement,
        correct_by=record.correct_by,
        late=record.state == "correcting" and record.correct_by is not None and record.correct_by < today,
        correction=record.correction,
        corrected_on=record.corrected_on,
        verifier=around.names.get(record.verified_by or 0, ""),
        verified_on=record.verified_on,
        recheck=_recheck(recheck, around) if recheck is not None else None,
        notes=around.notes.get(record.id, ()),
        acts=tuple(act for act in acts_for(facts, account_id=actor.account_id) if may(actor, ACTIONS[act])),
        hands=tuple(sorted((each, around.names[each]) for each in around.hands.get(key, ()) if each in around.names)),
        document=around.papers.get(record.document_id or 0),
    )


def _seen(record: ReviewAssignment, actor: Actor) -> bool:
    """Whether somebody who can do nothing with it sees it: an objection is for those who may review it again."""
    own = actor.account_id in {record.reviewer_id, record.responsible_id}
    return own or record.state != "objected" or may(actor, "round.open")


def _recheck(record: ReviewRecheck, around: _Around) -> RecheckRow:
    return RecheckRow(
        objection=record.objection,
        objected_on=record.objected_on,
        first_score=record.first_score,
        first_grade=record.first_grade,
        first_faults=around.faults.get((record.assignment_id, 1), ()),
        reviewer=around.names.get(record.reviewer_id or 0, ""),
        confirmed=record.confirmed,
        reason=record.reason,
        done_on=record.done_on,
    )


def _counted(session: Session, rounds: Sequence[int]) -> Mapping[int, tuple[int, int, int]]:
    """How many dossiers each round drew, how many of them have a score, how many left it without one."""
    left = func.count().filter(ReviewAssignment.state == "released")
    query = (
        select(ReviewAssignment.round_id, func.count(), func.count(ReviewAssignment.scored_on), left)
        .where(ReviewAssignment.round_id.in_(rounds))
        .group_by(ReviewAssignment.round_id)
    )
    return {key: (drawn, scored, released) for key, drawn, scored, released in session.execute(query).tuples()}
