"""Work instructions (作业指导书): imported whole or not at all, and what a post does in a matter on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.authority import require
from hall.rules.imports import BadRow, BadRows
from hall.rules.instructions_file import FILE_TITLE, InstructionStep
from hall.rules.people import Actor
from hall.services import papers_standards
from hall.services.catalogue import version_on
from hall.services.issuing import Issued, issue
from hall.services.papers_common import hall_block
from hall.services.subject_records import add_event
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.halls import Hall
from hall.store.schema.standards import Instruction, SpotCheck
from hall.words import INSTRUCTION_SUBJECTS

PERMIT = "permit"
"""The subject of every matter that has no instruction of its own."""


class NoInstruction(Missing):
    """Nothing is laid down for the subject on the day."""

    def __init__(self) -> None:
        super().__init__("这项业务没有作业指导书。请大厅主任用 hall import instructions 导入后再查看。")


@dataclass(frozen=True, slots=True)
class InstructionsImported:
    """What an import did, by subject in words."""

    added: tuple[str, ...]
    renewed: tuple[str, ...]
    unchanged: tuple[str, ...]
    sample: int
    """Steps whose source says that they are a sample."""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with its key; `subject_words` is the matter's name, or what else is done at the hall."""

    id: int
    subject_words: str
    step: InstructionStep


@retried
def import_instructions(store: Store, actor: Actor, *, steps: tuple[InstructionStep, ...]) -> InstructionsImported:
    """Store every version (a subject from a day on) unless it stands there already; all or nothing.

    Raises BadRows for a matter that the catalogue does not know, and for a version that a spot check rests on.
    """
    require(actor, "standard.import")
    versions: dict[tuple[str, date], list[InstructionStep]] = {}
    for each in steps:
        versions.setdefault((each.subject, each.valid_from), []).append(each)
    done: dict[str, list[str]] = {"added": [], "renewed": [], "unchanged": []}
    with store.work("standard.import", actor) as work:
        work.lock("instructions")
        bad_rows: list[BadRow] = []
        for rows in versions.values():
            if fault := _fault(work, rows[0]):
                bad_rows.append(BadRow(rows[0].line, fault))
                continue
            try:
                done[_import_version(work, rows)].append(rows[0].subject)
            except _Checked as checked:
                bad_rows.append(BadRow(rows[0].line, str(checked)))
        if bad_rows:
            raise BadRows(FILE_TITLE, bad_rows)
        work.audit("instructions", added=done["added"], renewed=done["renewed"], unchanged=len(done["unchanged"]))
        work.changed("standard", "instructions")
        told = {how: _words_of_all(work.session, work.hall_id, codes, steps) for how, codes in done.items()}
    sample = sum("样例" in each.source for each in steps)
    return InstructionsImported(told["added"], told["renewed"], told["unchanged"], sample)


class _Checked(Exception):
    def __init__(self, step: InstructionStep) -> None:
        super().__init__(
            f"从{step.valid_from}起的这一版已经用来抽查过，内容不能再改；有新的要求请写新的生效日期，导入为新的一版"
        )


def steps_for(session: Session, *, hall_id: int, subject: str, post: str, on: date) -> tuple[StepView, ...]:
    """What a post (a role; empty: every post) does in a subject on a day, in order.

    Where a matter has no steps of its own for a post, the post does those of all permits.
    """
    own = _in_force(session, hall_id, subject, on)
    if subject not in INSTRUCTION_SUBJECTS:
        told = {each.post for each in own}
        own += [each for each in _in_force(session, hall_id, PERMIT, on) if each.post not in told]
    found = sorted((each for each in own if not post or each.post == post), key=lambda each: each.position)
    words = {code: subject_words(session, hall_id, code, on) for code in {each.subject for each in found}}
    return tuple(StepView(each.id, words[each.subject], step_of(each)) for each in found)


def steps_shown(store: Store, actor: Actor, *, subject: str, all_posts: bool = False) -> tuple[StepView, ...]:
    """What the actor's own posts do in a subject today: for the screens where one works.

    `all_posts`: what everybody does. Raises NoInstruction where nothing is laid down.
    """
    require(actor, "standard.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        posts = [""] if all_posts else sorted(actor.roles)
        found = {
            each.id: each
            for post in posts
            for each in steps_for(session, hall_id=store.hall_id, subject=subject, post=post, on=today)
        }
    if not found:
        raise NoInstruction
    return tuple(sorted(found.values(), key=lambda each: (each.step.position, each.id)))


def list_instructions(store: Store, actor: Actor) -> tuple[StepView, ...]:
    """Every step that is in force today or will be, by subject, first day and place."""
    require(actor, "standard.read")
    today = business_date(store.clock.now())
    query = (
        select(Instruction)
        .where(Instruction.hall_id == store.hall_id)
        .order_by(Instruction.subject, Instruction.valid_from, Instruction.position)
    )
    with store.read(actor) as session:
        rows = session.scalars(query).all()
        newest = _newest(rows, today)
        kept = [each for each in rows if each.valid_from > today or each.valid_from == newest.get(each.subject)]
        words = {code: subject_words(session, store.hall_id, code, today) for code in {each.subject for each in kept}}
        found = [StepView(each.id, words[each.subject], step_of(each)) for each in kept if _open(each, today)]
    return tuple(sorted(found, key=_by_subject))


@retried
def print_sheet(store: Store, actor: Actor, *, subject: str, home: Path) -> Issued:
    """打印作业指导书: every step of every post in a subject, as it is in force today. Raises NoInstruction."""
    require(actor, "standard.read")
    with store.work("standard.print", actor) as work:
        today = business_date(work.now)
        steps = steps_for(work.session, hall_id=work.hall_id, subject=subject, post="", on=today)
        if not steps:
            raise NoInstruction
        content = papers_standards.instruction_sheet(
            hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=actor.name),
            subject=subject_words(work.session, work.hall_id, subject, today),
            general=any(each.step.subject != subject for each in steps),
            steps=tuple(each.step for each in steps),
        )
        issued = issue(work, case_id=None, kind="instruction_sheet", content=content, home=home)
        add_event(work, "instruction", steps[0].id, "print", state="printed", document_id=issued.document_id)
        work.audit(f"instruction:{subject}", document=issued.number)
        return issued


def step_of(record: Instruction) -> InstructionStep:
    """The record as the rules see it."""
    return InstructionStep(
        subject=record.subject,
        position=record.position,
        step=record.step,
        post=record.post,
        minutes=record.minutes,
        workdays=record.workdays,
        standard=record.standard,
        record=record.record,
        screen=record.screen,
        valid_from=record.valid_from,
        valid_to=record.valid_to,
        source=record.source,
    )


def subject_words(session: Session, hall_id: int, subject: str, on: date) -> str:
    """What an instruction is about, in words; a matter that is no longer in the catalogue by its code."""
    if subject in INSTRUCTION_SUBJECTS:
        return INSTRUCTION_SUBJECTS[subject]
    found = version_on(session, hall_id, subject, on)
    return found.matter.name if found is not None else subject


def _by_subject(view: StepView) -> tuple[int, str, date, int]:
    """What is done for everybody first, then matters by their codes."""
    step, known = view.step, list(INSTRUCTION_SUBJECTS)
    place = known.index(step.subject) if step.subject in known else len(known)
    return place, step.subject, step.valid_from, step.position


def _in_force(session: Session, hall_id: int, subject: str, on: date) -> list[Instruction]:
    query = (
        select(Instruction)
        .where(Instruction.hall_id == hall_id, Instruction.subject == subject, Instruction.valid_from <= on)
        .order_by(Instruction.position)
    )
    rows = session.scalars(query).all()
    newest = _newest(rows, on)
    return [each for each in rows if each.valid_from == newest[subject] and _open(each, on)]


def _newest(rows: Iterable[Instruction], on: date) -> dict[str, date]:
    """The first day of the version in force, by subject."""
    days: dict[str, date] = {}
    for each in rows:
        if each.valid_from <= on:
            days[each.subject] = max(each.valid_from, days.get(each.subject, each.valid_from))
    return days


def _open(record: Instruction, on: date) -> bool:
    return record.valid_to is None or on <= record.valid_to


def _fault(work: Work, step: InstructionStep) -> str:
    if step.subject in INSTRUCTION_SUBJECTS or version_on(work.session, work.hall_id, step.subject, step.valid_from):
        return ""
    if version_on(work.session, work.hall_id, step.subject, business_date(work.now)):
        return ""
    return f"事项目录里没有{step.subject}，请核对编码，或先导入事项目录"


def _import_version(work: Work, rows: Sequence[InstructionStep]) -> str:
    subject, begins = rows[0].subject, rows[0].valid_from
    of_version = Instruction.hall_id == work.hall_id, Instruction.subject == subject, Instruction.valid_from == begins
    present = work.session.scalars(select(Instruction).where(*of_version).order_by(Instruction.position)).all()
    wanted = sorted((replace(each, line=0) for each in rows), key=lambda each: each.position)
    if [step_of(each) for each in present] == wanted:
        return "unchanged"
    keys = [each.id for each in present]
    if keys and work.session.scalar(select(SpotCheck.id).where(SpotCheck.instruction_id.in_(keys)).limit(1)):
        raise _Checked(rows[0])
    earlier = select(Instruction.id).where(Instruction.hall_id == work.hall_id, Instruction.subject == subject)
    known = work.session.scalar(earlier.limit(1)) is not None
    work.session.execute(delete(Instruction).where(*of_version))
    work.session.add_all(_record(work, each) for each in wanted)
    work.session.flush()
    return "renewed" if known else "added"


def _record(work: Work, step: InstructionStep) -> Instruction:
    return Instruction(
        hall_id=work.hall_id,
        subject=step.subject,
        position=step.position,
        step=step.step,
        post=step.post,
        minutes=step.minutes,
        workdays=step.workdays,
        standard=step.standard,
        record=step.record,
        screen=step.screen,
        valid_from=step.valid_from,
        valid_to=step.valid_to,
        source=step.source,
    )


def _words_of_all(
    session: Session, hall_id: int, codes: Iterable[str], steps: Sequence[InstructionStep]
) -> tuple[str, ...]:
    begins = {each.subject: each.valid_from for each in steps}
    return tuple(dict.fromkeys(subject_words(session, hall_id, code, begins[code]) for code in codes))
