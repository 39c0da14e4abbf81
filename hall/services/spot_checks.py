"""Spot checks (抽查) of a post against its instruction: found, stated, corrected by a day, verified, voided."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.spot_checks import (
    BadSpotCheck,
    CheckAct,
    CheckWay,
    OwnCheck,
    faults_of,
    require_act,
    state_of,
)
from hall.services import correction_days, papers_standards
from hall.services.instructions import step_of, subject_words
from hall.services.issuing import Issued, issue
from hall.services.papers_common import hall_block
from hall.services.reasons import reason_for, short_text, statement_for
from hall.services.spot_check_reading import facts_of
from hall.services.staff import staff_account, staff_of
from hall.services.subject_records import Detail, add_event, lock_subject, settle_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.halls import Hall
from hall.store.schema.people import Account
from hall.store.schema.queueing import Counter
from hall.store.schema.standards import Instruction, SpotCheck
from hall.words import ROLES, SPOT_CHECK_WAYS

TOPIC = "standard"


class NoSuchCheck(Missing):
    """No check of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这次抽查，请刷新列表后重新选择。")


class NotAtThePost(Refused):
    """Somebody is checked against the step of a post that he does not hold."""

    def __init__(self, name: str, post: str) -> None:
        super().__init__(f"{name}不在{ROLES[post]}岗位，不能按这一步抽查。请另选步骤或者人员。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCheck:
    """A check as it was made; `correct_by` where the standard was not met."""

    instruction_id: int
    about_account_id: int
    checked_on: date
    way: CheckWay
    met: bool
    finding: str = ""
    correct_by: date | None = None
    counter_number: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that was entered: its key and its sheet."""

    check_id: int
    sheet: Issued


@retried
def enter(store: Store, actor: Actor, *, new: NewCheck, home: Path) -> Checked:
    """登记抽查, never about oneself; the sheet for the signatures of both.

    Raises BadSpotCheck, OwnCheck, NotAtThePost, NoSuchCheck (no such step), NoSuchStaff, ReasonHoldsNumber.
    """
    require(actor, "standard.check")
    if new.about_account_id == actor.account_id:
        raise OwnCheck
    with store.work("standard.check", actor) as work:
        work.lock("instructions")  # an import must not take the step away meanwhile, nor two enter the same check
        instruction = _instruction(work, new.instruction_id)
        if faults := faults_of(
            met=new.met,
            finding=new.finding,
            checked_on=new.checked_on,
            correct_by=new.correct_by,
            step_from=instruction.valid_from,
            step_to=instruction.valid_to,
            today=business_date(work.now),
        ):
            raise BadSpotCheck(faults)
        _refuse_twice(work, new)
        about = staff_account(work.session, work.hall_id, new.about_account_id)
        _check_post(work.session, work.hall_id, about, instruction.post)
        record = SpotCheck(
            hall_id=work.hall_id,
            instruction_id=instruction.id,
            about_account_id=about.id,
            counter_id=_counter(work, new.counter_number),
            checked_on=new.checked_on,
            checked_by=actor.account_id,
            way=new.way,
            met=new.met,
            finding=statement_for("抽查情况", new.finding) if new.finding.strip() else "",
            correct_by=new.correct_by,
        )
        work.session.add(record)
        work.session.flush()
        issued = _issue(work, record, about, instruction, home=home)
        record.document_id = issued.document_id
        _settle(work, record, "check", document_id=issued.document_id, detail=correction_days.told(record.correct_by))
        return Checked(record.id, issued)


@retried
def state(store: Store, actor: Actor, *, check_id: int, statement: str) -> None:
    """登记说明 of who was checked. Raises NotTheChecked, CannotOnCheck, NoSuchCheck."""
    require(actor, "standard.correct")
    text = statement_for("说明", statement)
    with store.work("standard.state", actor) as work:
        record = _for(work, check_id, "state")
        record.statement = text
        _settle(work, record, "state", note=text)


@retried
def correct(store: Store, actor: Actor, *, check_id: int, correction: str) -> None:
    """登记整改 by who was checked. Raises NotTheChecked, CannotOnCheck, NoSuchCheck."""
    require(actor, "standard.correct")
    text = statement_for("整改", correction)
    with store.work("standard.correct", actor) as work:
        record = _for(work, check_id, "correct")
        record.correction, record.corrected_on = text, business_date(work.now)
        _settle(work, record, "correct", note=text)


@retried
def verify(store: Store, actor: Actor, *, check_id: int, passed: bool, note: str, correct_by: date | None) -> None:
    """核验: passed, or to be corrected once more by another day, which is `correct_by` then.

    Raises OwnCheck, CheckerVerifies, CannotOnCheck, BadSpotCheck, NoSuchCheck.
    """
    require(actor, "standard.verify")
    with store.work("standard.verify", actor) as work:
        record = _for(work, check_id, "verify")
        today = business_date(work.now)
        if passed:
            record.verified_on, record.verified_by = today, actor.account_id
            _settle(work, record, "verify", note=short_text(note))
            return
        if correct_by is None or correct_by < today:
            raise BadSpotCheck(("核验未通过的要写明新的整改期限，不能早于今天",))
        record.corrected_on, record.correct_by = None, correct_by
        rejected = statement_for("核验未通过", note)
        _settle(work, record, "reject", note=rejected, detail=correction_days.told(correct_by))


@retried
def void(store: Store, actor: Actor, *, check_id: int, reason: str) -> None:
    """作废 a check that is wrong, by neither who checked nor who was checked: it stays to be read, and counts nowhere.

    Raises OwnCheck, CheckerVoids, CannotOnCheck, NoSuchCheck, ReasonNeeded.
    """
    require(actor, "standard.void")
    why = reason_for("作废抽查", reason)
    with store.work("standard.void", actor) as work:
        record = _for(work, check_id, "void")
        record.voided_on, record.voided_by, record.voided_why = business_date(work.now), actor.account_id, why
        _settle(work, record, "void", note=why)


def _for(work: Work, check_id: int, act: CheckAct) -> SpotCheck:
    """The check, kept for the act; raises what the rule refuses."""
    lock_subject(work, "spot_check", check_id)
    record = work.session.get(SpotCheck, check_id)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchCheck
    name = work.session.get_one(Account, record.about_account_id).display_name
    today = business_date(work.now)
    require_act(act, facts_of(record), account_id=work.actor.account_id, name=name, today=today)
    return record


def _settle(
    work: Work,
    record: SpotCheck,
    kind: str,
    *,
    note: str = "",
    document_id: int | None = None,
    detail: Detail | None = None,
) -> None:
    stands = state_of(facts_of(record), today=business_date(work.now))
    add_event(work, "spot_check", record.id, kind, state=stands, note=note, detail=detail, document_id=document_id)
    settle_subject(work, TOPIC, "spot_check", record.id, act=kind, state=stands, about=record.about_account_id)


def _instruction(work: Work, instruction_id: int) -> Instruction:
    record = work.session.get(Instruction, instruction_id)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchCheck
    return record


def _refuse_twice(work: Work, new: NewCheck) -> None:
    known = select(SpotCheck.id).where(
        SpotCheck.hall_id == work.hall_id,
        SpotCheck.instruction_id == new.instruction_id,
        SpotCheck.about_account_id == new.about_account_id,
        SpotCheck.checked_on == new.checked_on,
        SpotCheck.way == new.way,
        SpotCheck.finding == new.finding.strip(),
        SpotCheck.voided_on.is_(None),
    )
    if work.session.scalar(known.limit(1)) is not None:
        raise BadSpotCheck(("这个人员当日这一步的同一情况已经登记，不要重复登记",))


def _check_post(session: Session, hall_id: int, about: Account, post: str) -> None:
    held = {each.account_id: each.roles for each in staff_of(session, hall_id)}
    if post not in held.get(about.id, frozenset()):
        raise NotAtThePost(about.display_name, post)


def _counter(work: Work, number: int | None) -> int | None:
    if number is None:
        return None
    query = select(Counter.id).where(Counter.hall_id == work.hall_id, Counter.number == number)
    found = work.session.scalar(query)
    if found is None:
        raise BadSpotCheck((f"没有 {number} 号窗口",))
    return found


def _issue(work: Work, record: SpotCheck, about: Account, instruction: Instruction, *, home: Path) -> Issued:
    counter = work.session.get(Counter, record.counter_id) if record.counter_id is not None else None
    content = papers_standards.spot_check(
        hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=work.actor.name),
        checked_name=about.display_name,
        counter=f"{counter.number}号窗口" if counter is not None else "",
        subject=subject_words(work.session, work.hall_id, instruction.subject, record.checked_on),
        step=step_of(instruction),
        way=SPOT_CHECK_WAYS[record.way],
        checked_on=record.checked_on,
        checker_name=work.actor.name,
        met=record.met,
        finding=record.finding,
        correct_by=record.correct_by,
    )
    return issue(work, case_id=None, kind="spot_check", content=content, home=home)
