"""Training as lists show it: the records, where everybody stands this year, and the statement on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import may, require
from hall.rules.people import Actor
from hall.rules.training import Standing, Trained, TrainingKind, TrainingRule, in_force, standing
from hall.services import papers_standards
from hall.services.issuing import Issued, issue
from hall.services.papers_common import hall_block
from hall.services.papers_standards import QualificationRow, TrainedRow
from hall.services.qualifications import list_qualifications
from hall.services.staff import NoSuchStaff, StaffMember, staff_of
from hall.services.standard_rules import training_rules
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.halls import Hall
from hall.store.schema.people import Account
from hall.store.schema.standards import TrainingRecord
from hall.words import QUALIFICATION_STATES


@dataclass(frozen=True, slots=True)
class TrainingView:
    """A record on a list; `voided` by a later one, or taken back by itself."""

    id: int
    account_id: int
    name: str
    kind: TrainingKind
    title: str
    held_on: date
    until_day: date | None
    half_hours: int
    score: int | None
    passed: bool | None
    proof: str
    counts: bool
    voids: bool
    own: bool


@dataclass(frozen=True, slots=True)
class StaffStanding:
    """Somebody with what is asked of him this year."""

    member: StaffMember
    standing: Standing
    source: str
    warning_days: int


def list_training(store: Store, actor: Actor, *, closed: bool = False) -> tuple[TrainingView, ...]:
    """The records of the hall for who oversees, else of oneself, the newest first.

    `closed`: also what was corrected or taken back.
    """
    require(actor, "training.read")
    query = (
        select(TrainingRecord, Account.display_name)
        .join(Account, Account.id == TrainingRecord.account_id)
        .where(TrainingRecord.hall_id == store.hall_id)
        .order_by(TrainingRecord.held_on.desc(), TrainingRecord.id.desc())
    )
    if not may(actor, "training.oversee"):
        query = query.where(TrainingRecord.account_id == actor.account_id)
    with store.read(actor) as session:
        rows = session.execute(query).tuples().all()
    counting = {each.id for each in in_force(trained_of(record) for record, _ in rows)}
    return tuple(
        _view(record, name, actor, counts=record.id in counting)
        for record, name in rows
        if closed or record.id in counting
    )


def standings(store: Store, actor: Actor, *, home: Path) -> tuple[StaffStanding, ...]:
    """Where everybody stands this year for who oversees, else oneself; who lacks most first."""
    require(actor, "training.read")
    today = business_date(store.clock.now())
    rule = training_rules(home).in_force(today)
    with store.read(actor) as session:
        people = staff_of(session, store.hall_id)
        if not may(actor, "training.oversee"):
            people = tuple(each for each in people if each.account_id == actor.account_id)
        found = standings_of(session, people, rule, on=today)
    return tuple(sorted(found, key=lambda each: (-len(each.standing.late), -len(each.standing.lacking))))


def standings_of(
    session: Session, people: Iterable[StaffMember], rule: TrainingRule, *, on: date
) -> tuple[StaffStanding, ...]:
    """Where these people stand on a day under a rule."""
    everybody = tuple(people)
    records: dict[int, list[Trained]] = {each.account_id: [] for each in everybody}
    query = select(TrainingRecord).where(TrainingRecord.account_id.in_(records))
    for record in session.scalars(query):
        records[record.account_id].append(trained_of(record))
    return tuple(
        StaffStanding(
            each,
            standing(
                records[each.account_id],
                rule.wants_of(each.roles),
                on=on,
                since=each.since,
                most_hours_a_day=rule.most_hours_a_day,
            ),
            rule.source,
            rule.warning_days,
        )
        for each in everybody
    )


@retried
def print_statement(store: Store, actor: Actor, *, account_id: int, home: Path) -> Issued:
    """出具培训情况证明 of the year until today; of others only by who oversees. Raises NoSuchStaff."""
    require(actor, "training.read")
    if account_id != actor.account_id:
        require(actor, "training.oversee")
    held = list_qualifications(store, actor, home=home, account_id=account_id)
    with store.work("training.print", actor) as work:
        today = business_date(work.now)
        rule = training_rules(home).in_force(today)
        member = next((each for each in staff_of(work.session, work.hall_id) if each.account_id == account_id), None)
        if member is None:
            raise NoSuchStaff
        (stands,) = standings_of(work.session, [member], rule, on=today)
        content = papers_standards.training_statement(
            hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=actor.name),
            name=member.name,
            badge_number=member.badge_number,
            posts=member.posts,
            until=today,
            minutes_an_hour=rule.minutes_an_hour,
            records=_of_year(work.session, account_id, today),
            wants=stands.standing.wants,
            qualifications=[
                QualificationRow(
                    each.kind_words,
                    each.number,
                    each.issued_by,
                    each.valid_from,
                    each.valid_to,
                    QUALIFICATION_STATES[each.state],
                )
                for each in held
            ],
        )
        issued = issue(work, case_id=None, kind="training_statement", content=content, home=home)
        work.audit(f"training:{account_id}", document=issued.number)
        return issued


def trained_of(record: TrainingRecord) -> Trained:
    """The record as the rules see it."""
    return Trained(
        record.id,
        cast(TrainingKind, record.kind),
        record.held_on,
        record.until_day,
        record.half_hours,
        record.passed,
        record.corrects_id,
        record.voids,
    )


def _of_year(session: Session, account_id: int, today: date) -> list[TrainedRow]:
    query = (
        select(TrainingRecord)
        .where(TrainingRecord.account_id == account_id)
        .order_by(TrainingRecord.held_on, TrainingRecord.id)
    )
    rows = {each.id: each for each in session.scalars(query)}
    counting = [rows[each.id] for each in in_force(map(trained_of, rows.values()))]
    return [
        TrainedRow(each.held_on, each.until_day, each.kind, each.title, each.half_hours, each.score, each.passed)
        for each in counting
        if each.held_on.year == today.year
    ]


def _view(record: TrainingRecord, name: str, actor: Actor, *, counts: bool) -> TrainingView:
    return TrainingView(
        id=record.id,
        account_id=record.account_id,
        name=name,
        kind=cast(TrainingKind, record.kind),
        title=record.title,
        held_on=record.held_on,
        until_day=record.until_day,
        half_hours=record.half_hours,
        score=record.score,
        passed=record.passed,
        proof=record.proof,
        counts=counts,
        voids=record.voids,
        own=record.account_id == actor.account_id,
    )
