"""The follow-up (回访整改) of a bad rating: called back, corrected with proof, closed once; never by who was rated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.ratings import RECTIFICATION, FollowUpResult, FollowUpSteps, follow_up_due, why_not_closed
from hall.services.calendar import shipped_limits
from hall.services.case_files import FileContent
from hall.services.catalogue import matter_in_force
from hall.services.persons import PersonView, public_view, refuse_numbers
from hall.services.ranking_rule import ranking_terms
from hall.services.reasons import reason_for, statement_for
from hall.services.schedules import calendar_in_force
from hall.services.subject_files import NewSubjectFile, attach_papers, contents_with, titles_with
from hall.services.subject_records import Detail, Subject, add_event, lock_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import Matter
from hall.store.schema.people import Account, Person
from hall.store.schema.queueing import Counter, Ticket
from hall.store.schema.ratings import Rating, RatingFollowUp
from hall.store.schema.subjects import CallBack, SubjectEvent
from hall.store.secrets import KeyRing
from hall.words import FOLLOW_UP_RESULTS

SUBJECT: Subject = "rating_follow_up"


class OutcomeMissing(Refused):
    """A follow-up was to be closed without saying what came of it."""

    def __init__(self) -> None:
        super().__init__("没有写回访整改的结果，请写明联系情况和处理结果后再办结。")


class FollowUpClosed(Refused):
    """A follow-up is closed once."""

    def __init__(self) -> None:
        super().__init__("这件差评回访已经办结，不能再改。请重新载入。")


class RatedYourself(Refused):
    """Nobody follows up a rating of himself."""

    def __init__(self) -> None:
        super().__init__("这个评价评的是您自己的服务，不能由您回访、整改或办结。请交给另一位大厅主任。")


class NothingToProve(Refused):
    """A photo proves what was entered."""

    def __init__(self) -> None:
        super().__init__("还没有登记整改，照片和扫描件证明不了什么。请先登记整改。")


class NotClosedYet(Refused):
    """Something is still to be done; every reason stands in the sentence."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


class NoSuchFollowUp(Missing):
    """The hall has no follow-up with this key."""

    def __init__(self) -> None:
        super().__init__("没有找到这件差评回访，可能属于别的大厅。请重新载入。")


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A bad rating and what becomes of it. `applicant` is masked, None for a ticket without a person.

    `pending` says which schedule is lacking while there is no `due_on`; `closed_at` is None while it is open.
    `calls` and `corrections` are what was said and done, the first first; `files` are titles of what shows it, by key;
    `own`: the actor is who was rated.
    """

    follow_up_id: int
    rating_id: int
    level: int
    rated_at: datetime
    ticket_code: str
    matter_name: str
    counter_number: int
    clerk: str
    applicant: PersonView | None
    opened_on: date
    due_on: date | None
    pending: str
    outcome: str
    closed_at: datetime | None
    steps: FollowUpSteps
    calls: tuple[str, ...]
    corrections: tuple[str, ...]
    files: Mapping[int, str]
    own: bool


def open_follow_up(work: Work, rating_id: int) -> None:
    """Within the work that keeps the bad rating."""
    work.share("calendar")  # an import must not miss its day
    today = business_date(work.now)
    rule = shipped_limits().limit(RECTIFICATION, today)
    due = follow_up_due(calendar_in_force(work.session, work.hall_id), rule, today)
    work.session.add(
        RatingFollowUp(
            hall_id=work.hall_id, rating_id=rating_id, opened_on=today, due_on=due.due_on, pending=due.pending
        )
    )


def follow_ups(store: Store, actor: Actor, *, closed: bool = False) -> tuple[FollowUpView, ...]:
    """The open follow-ups, the most urgent first and the pending last; or all that are closed, the newest first.

    One that is pending is counted anew with the schedules in force, so an import ends the waiting.
    """
    require(actor, "rating.follow_up")
    with store.read(actor) as session:
        query = (
            select(RatingFollowUp, Rating, Ticket, Matter.code, Counter.number, Account.display_name, Person)
            .join(Rating, Rating.id == RatingFollowUp.rating_id)
            .join(Ticket, Ticket.id == Rating.ticket_id)
            .join(Matter, Matter.id == Rating.matter_id)
            .join(Counter, Counter.id == Rating.counter_id)
            .outerjoin(Account, Account.id == Rating.account_id)
            .outerjoin(Person, Person.id == Ticket.person_id)
            .where(RatingFollowUp.hall_id == store.hall_id, RatingFollowUp.closed_at.is_not(None) == closed)
            .order_by(RatingFollowUp.id.desc() if closed else RatingFollowUp.id)
        )
        rows = session.execute(query).tuples().all()
        done = _done(session, [record.id for record, *_ in rows])
        views = [_view(session, store.key_ring, row, done[row[0].id], actor) for row in rows]
    return tuple(views) if closed else tuple(sorted(views, key=lambda view: view.due_on or date.max))


@retried
def call_back(store: Store, actor: Actor, *, follow_up_id: int, reached: bool, words: str) -> None:
    """登记回访: whether whoever rated was reached, and what was said. Raises RatedYourself, FollowUpClosed."""
    require(actor, "rating.follow_up")
    said = statement_for("回访情况", words)
    with store.work("rating.follow_up", actor) as work:
        record = _open_locked(work, follow_up_id)
        work.session.add(
            CallBack(
                hall_id=work.hall_id,
                subject=SUBJECT,
                subject_id=record.id,
                called_on=business_date(work.now),
                called_at=work.now,
                reached=reached,
                words=said,
                account_id=work.actor.account_id,
            )
        )
        _settle(work, record, "call_back", note=said, detail={"reached": reached})


@retried
def correct(store: Store, actor: Actor, *, follow_up_id: int, done: str, proof: str) -> None:
    """登记整改: what was changed, and what shows it (a photo, a new rule, a training by its date).

    Raises RatedYourself, FollowUpClosed, ReasonNeeded.
    """
    require(actor, "rating.follow_up")
    what, shown_by = statement_for("整改情况", done), reason_for("整改证明", proof)
    with store.work("rating.follow_up", actor) as work:
        record = _open_locked(work, follow_up_id)
        _settle(work, record, "correct", note=f"{what}（证明：{shown_by}）", detail={})


@retried
def prove(store: Store, actor: Actor, *, follow_up_id: int, files: Sequence[NewSubjectFile], home: Path) -> int:
    """存证明: photos and scans of what was corrected, all or none; gives how many there are now.

    Raises NothingToProve, RatedYourself, FollowUpClosed, and what `subject_files.attach_papers` raises.
    """
    require(actor, "rating.follow_up")
    with store.work("rating.follow_up", actor) as work:
        record = _open_locked(work, follow_up_id)
        if not _done(work.session, [record.id])[record.id].corrections:
            raise NothingToProve
        many = attach_papers(work, SUBJECT, record.id, files=files, home=home)
        _settle(work, record, "prove", note="", detail={"files": len(files)})
        return many


@retried
def look(store: Store, actor: Actor, *, follow_up_id: int) -> tuple[FileContent, ...]:
    """看证明, also of one that is closed; who looked stands in the audit. Raises NoSuchFollowUp, FileDamaged."""
    require(actor, "rating.follow_up")
    with store.work("file.read", actor) as work:
        record = work.session.get(RatingFollowUp, follow_up_id)
        if record is None or record.hall_id != work.hall_id:
            raise NoSuchFollowUp
        return contents_with(work, SUBJECT, follow_up_id)


@retried
def close_follow_up(
    store: Store, actor: Actor, *, follow_up_id: int, result: FollowUpResult, outcome: str, home: Path
) -> None:
    """Say what came of it; once, and not before it was called back about and corrected.

    Raises OutcomeMissing, NotClosedYet, RatedYourself, FollowUpClosed.
    """
    require(actor, "rating.follow_up")
    told = outcome.strip()
    if not told:
        raise OutcomeMissing
    refuse_numbers(told)
    with store.work("rating.follow_up", actor) as work:
        record = _open_locked(work, follow_up_id)
        rating = work.session.get_one(Rating, record.rating_id)
        known = work.session.get_one(Ticket, rating.ticket_id).person_id is not None
        steps = _steps(_done(work.session, [record.id])[record.id], known=known)
        least = ranking_terms(home, business_date(work.now)).least_calls
        if why := why_not_closed(result, steps, least_calls=least):
            raise NotClosedYet(why)
        record.outcome = f"{FOLLOW_UP_RESULTS[result]}：{told}"
        record.closed_at, record.closed_by = work.now, work.actor.account_id
        _settle(work, record, "close", note=told, detail={"result": result})


def _open_locked(work: Work, follow_up_id: int) -> RatingFollowUp:
    """The follow-up, open, kept from every other act; not of a rating of the actor."""
    lock_subject(work, SUBJECT, follow_up_id)
    record = work.session.get(RatingFollowUp, follow_up_id, populate_existing=True)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchFollowUp
    if record.closed_at is not None:
        raise FollowUpClosed
    if work.session.get_one(Rating, record.rating_id).account_id == work.actor.account_id:
        raise RatedYourself
    return record


def _settle(work: Work, record: RatingFollowUp, kind: str, *, note: str, detail: Detail) -> None:
    work.session.flush()
    state = "closed" if record.closed_at is not None else "open"
    add_event(work, SUBJECT, record.id, kind, state=state, note=note, detail=detail)
    work.audit(f"rating:{record.rating_id}", follow_up=record.id, act=kind, **detail)
    work.changed("rating", str(record.rating_id))


@dataclass(slots=True)
class _Done:
    """What was done about one: calls with whether they reached, corrections, what shows them."""

    calls: list[tuple[bool, str]]
    corrections: list[str]
    files: Mapping[int, str]


def _done(session: Session, keys: Sequence[int]) -> dict[int, _Done]:
    files = titles_with(session, SUBJECT, keys)
    found = {key: _Done([], [], files.get(key, {})) for key in keys}
    calls = select(CallBack).where(CallBack.subject == SUBJECT, CallBack.subject_id.in_(keys)).order_by(CallBack.id)
    for call in session.scalars(calls):
        found[call.subject_id].calls.append((call.reached, call.words))
    corrections = (
        select(SubjectEvent)
        .where(SubjectEvent.subject == SUBJECT, SubjectEvent.subject_id.in_(keys), SubjectEvent.kind == "correct")
        .order_by(SubjectEvent.id)
    )
    for event in session.scalars(corrections):
        found[event.subject_id].corrections.append(event.note)
    return found


def _steps(done: _Done, *, known: bool) -> FollowUpSteps:
    reached = any(reached for reached, _ in done.calls)
    return FollowUpSteps(known=known, calls=len(done.calls), reached=reached, corrected=bool(done.corrections))


def _view(
    session: Session,
    ring: KeyRing,
    row: tuple[RatingFollowUp, Rating, Ticket, str, int, str | None, Person | None],
    done: _Done,
    actor: Actor,
) -> FollowUpView:
    record, rating, ticket, matter_code, counter, clerk, person = row
    due_on, pending = _due(session, record)
    return FollowUpView(
        follow_up_id=record.id,
        rating_id=rating.id,
        level=rating.level,
        rated_at=rating.at,
        ticket_code=ticket.code,
        matter_name=matter_in_force(session, ticket.hall_id, matter_code, ticket.business_date).matter.name,
        counter_number=counter,
        clerk=clerk or "",
        applicant=public_view(person, ring) if person else None,
        opened_on=record.opened_on,
        due_on=due_on,
        pending=pending,
        outcome=record.outcome,
        closed_at=record.closed_at,
        steps=_steps(done, known=person is not None),
        calls=tuple(f"{'联系上' if reached else '没有联系上'}：{words}" for reached, words in done.calls),
        corrections=tuple(done.corrections),
        files=done.files,
        own=rating.account_id == actor.account_id,
    )


def _due(session: Session, record: RatingFollowUp) -> tuple[date | None, str]:
    if record.due_on is not None or record.closed_at is not None:
        return record.due_on, record.pending
    rule = shipped_limits().limit(RECTIFICATION, record.opened_on)
    due = follow_up_due(calendar_in_force(session, record.hall_id), rule, record.opened_on)
    return due.due_on, due.pending
