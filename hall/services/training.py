"""Training of staff: records entered, imported, corrected and taken back by new ones; never one's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused, Stale
from hall.rules.authority import require
from hall.rules.imports import BadRow, BadRows
from hall.rules.people import Actor
from hall.rules.training import (
    BadTraining,
    Trained,
    TrainingKind,
    TrainingRule,
    faults_of,
    half_hours_of,
    in_force,
)
from hall.rules.training_file import FILE_TITLE, TrainingRow
from hall.services.reasons import reason_for, short_text
from hall.services.staff import OwnRecord, StaffMember, staff_account, staff_of
from hall.services.standard_rules import training_rules
from hall.services.training_reading import trained_of
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.people import Account
from hall.store.schema.standards import TrainingRecord

TOPIC = "training"


class NoSuchTraining(Missing):
    """No record of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这条培训记录，请刷新列表后重新选择。")


class CorrectedAlready(Stale):
    """A record is corrected once; what is wrong in the correction is corrected there."""

    def __init__(self) -> None:
        super().__init__("这条培训记录已经更正或者作废。请刷新列表，在新的一条上更正。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTraining:
    """A record as it is entered; `hours` as staff write them: 4, 4.5 or 180分钟."""

    account_ids: tuple[int, ...]
    kind: TrainingKind
    title: str
    held_on: date
    until_day: date | None = None
    hours: str = ""
    score: int | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class TrainingImported:
    """What an import did: new records, and those that stood there already."""

    added: int
    unchanged: int


@retried
def enter(store: Store, actor: Actor, *, new: NewTraining, home: Path) -> int:
    """登记培训 of one or several others; gives how many records. Raises BadTraining, OwnRecord, NoSuchStaff."""
    require(actor, "training.enter")
    with store.work("training.enter", actor) as work:
        rule = _rule(work, home)
        draft = _checked(new, rule, today=business_date(work.now))
        people = list(dict.fromkeys(new.account_ids))
        if not people:
            raise BadTraining(("没有选人员",))
        work.lock("training")
        _refuse_twice(work, people, new)
        for account_id in people:
            work.session.add(_record(work, _somebody_else(work, account_id), new, draft=draft, rule=rule))
        work.session.flush()
        _settle(work, people, kind=new.kind, half_hours=draft.half_hours)
        return len(people)


@retried
def correct(store: Store, actor: Actor, *, record_id: int, new: NewTraining, home: Path) -> None:
    """更正 a record by a new one that names it; who it is about stays.

    Raises BadTraining, OwnRecord, NoSuchTraining, CorrectedAlready.
    """
    require(actor, "training.enter")
    with store.work("training.correct", actor) as work:
        before = _correctable(work, record_id)
        rule = _rule(work, home)
        draft = _checked(new, rule, today=business_date(work.now))
        record = _record(work, before.account_id, new, draft=draft, rule=rule)
        record.corrects_id = before.id
        _add_correction(work, record)


@retried
def void(store: Store, actor: Actor, *, record_id: int, reason: str) -> None:
    """作废 a record by one that only takes it back. Raises OwnRecord, NoSuchTraining, CorrectedAlready."""
    require(actor, "training.enter")
    why = reason_for("作废培训记录", reason)
    with store.work("training.void", actor) as work:
        before = _correctable(work, record_id)
        record = TrainingRecord(
            hall_id=work.hall_id,
            account_id=before.account_id,
            kind=before.kind,
            title=why,
            held_on=before.held_on,
            half_hours=0,
            voids=True,
            corrects_id=before.id,
            entered_by=work.actor.account_id,
            entered_at=work.now,
        )
        _add_correction(work, record)


@retried
def import_training(store: Store, actor: Actor, *, rows: Sequence[TrainingRow], home: Path) -> TrainingImported:
    """Store the records of a file; those that stand there already stay. All or nothing.

    Raises BadRows for a badge number that nobody has, that has another name, or that is the actor's own.
    """
    require(actor, "training.enter")
    with store.work("training.import", actor) as work:
        work.lock("training")
        rule = _rule(work, home)
        staff = {each.badge_number: each for each in staff_of(work.session, work.hall_id) if each.badge_number}
        if bad_rows := [BadRow(row.line, why) for row in rows if (why := _fault(row, staff.get(row.badge), actor))]:
            raise BadRows(FILE_TITLE, bad_rows)
        known = _known(work.session, work.hall_id)
        added = [row for row in rows if _key(staff[row.badge].account_id, row) not in known]
        for row in added:
            new = NewTraining(
                account_ids=(),
                kind=row.kind,
                title=row.title,
                held_on=row.held_on,
                until_day=row.until_day,
                score=row.score,
                proof=row.proof,
            )
            draft = Trained(0, row.kind, row.held_on, row.until_day, row.half_hours)
            work.session.add(_record(work, staff[row.badge].account_id, new, draft=draft, rule=rule))
        work.session.flush()
        _settle(work, sorted({staff[row.badge].account_id for row in added}), added=len(added))
        return TrainingImported(len(added), len(rows) - len(added))


def _rule(work: Work, home: Path) -> TrainingRule:
    return training_rules(home).in_force(business_date(work.now))


def _checked(new: NewTraining, rule: TrainingRule, *, today: date) -> Trained:
    """The record as the rules see it; raises BadTraining."""
    half_hours = half_hours_of(new.hours or "0", rule.minutes_an_hour)
    if half_hours is None:
        raise BadTraining(("学时请写 4 或 4.5，也可以写 180分钟",))
    draft = Trained(0, new.kind, new.held_on, new.until_day, half_hours)
    if faults := faults_of(draft, rule, score=new.score, today=today):
        raise BadTraining(faults)
    return draft


def _somebody_else(work: Work, account_id: int) -> int:
    if staff_account(work.session, work.hall_id, account_id).id == work.actor.account_id:
        raise OwnRecord
    return account_id


def _refuse_twice(work: Work, account_ids: Sequence[int], new: NewTraining) -> None:
    """What counts already is not entered again: hours count once. Raises BadTraining with the names."""
    title = reason_for("培训内容", new.title)
    query = select(TrainingRecord, Account.display_name).join(Account, Account.id == TrainingRecord.account_id)
    rows = work.session.execute(
        query.where(TrainingRecord.hall_id == work.hall_id, TrainingRecord.account_id.in_(account_ids))
    ).all()
    counting = {each.id for each in in_force(trained_of(record) for record, _ in rows)}
    taken = {
        name
        for record, name in rows
        if record.id in counting and (record.kind, record.title, record.held_on) == (new.kind, title, new.held_on)
    }
    if taken:
        raise BadTraining((f"{'、'.join(sorted(taken))}当日同一内容的培训已经登记，不要重复登记",))


def _correctable(work: Work, record_id: int) -> TrainingRecord:
    work.lock("training")
    record = work.session.get(TrainingRecord, record_id)
    if record is None or record.hall_id != work.hall_id or record.voids:
        raise NoSuchTraining
    _somebody_else(work, record.account_id)
    if work.session.scalar(select(TrainingRecord.id).where(TrainingRecord.corrects_id == record.id)) is not None:
        raise CorrectedAlready
    return record


def _add_correction(work: Work, record: TrainingRecord) -> None:
    """Under the lock of `_correctable` nobody else corrects it; the database's index holds the same."""
    work.session.add(record)
    work.session.flush()
    _settle(work, [record.account_id], record=record.id, corrects=record.corrects_id, voids=record.voids)


def _record(work: Work, account_id: int, new: NewTraining, *, draft: Trained, rule: TrainingRule) -> TrainingRecord:
    """As it is kept: the days and hours of the draft, that passed the checks."""
    return TrainingRecord(
        hall_id=work.hall_id,
        account_id=account_id,
        kind=draft.kind,
        title=reason_for("培训内容", new.title),
        held_on=draft.held_on,
        until_day=draft.until_day if draft.until_day != draft.held_on else None,
        half_hours=draft.half_hours,
        score=new.score,
        passed=None if new.score is None else new.score >= rule.pass_score,
        proof=short_text(new.proof),
        entered_by=work.actor.account_id,
        entered_at=work.now,
    )


def _settle(work: Work, account_ids: Iterable[int], **detail: object) -> None:
    work.audit("training", accounts=list(account_ids), **detail)
    work.changed(TOPIC, "all")


def _fault(row: TrainingRow, member: StaffMember | None, actor: Actor) -> str:
    if member is None:
        return f"没有工号为“{row.badge}”的人员，请核对"
    if member.name != row.name:
        return f"工号{row.badge}是{member.name}，不是{row.name}，请核对"
    if member.account_id == actor.account_id:
        return "不能导入自己的培训记录，请由另一位有权限的人员导入"
    try:
        reason_for("培训内容", row.title)
        short_text(row.proof)
    except Refused as bad:
        return f"内容或者证明：{bad.sentence}"
    return ""


def _known(session: Session, hall_id: int) -> set[tuple[int, str, str, date]]:
    """Every record that was ever entered: one that was corrected is not entered anew by the same file."""
    query = select(TrainingRecord.account_id, TrainingRecord.kind, TrainingRecord.title, TrainingRecord.held_on)
    return set(session.execute(query.where(TrainingRecord.hall_id == hall_id)).tuples())


def _key(account_id: int, row: TrainingRow) -> tuple[int, str, str, date]:
    return account_id, row.kind, short_text(row.title), row.held_on
