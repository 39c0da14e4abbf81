"""Enquiries (咨询, 首问责任): whoever is asked first answers or hands over, by a day that the hall lays down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.people import Actor
from hall.rules.requests import RequestChannel
from hall.services import persons
from hall.services.catalogue import matter_in_force
from hall.services.intake_rule import intake_rules
from hall.services.paper_head import name_of
from hall.services.reasons import statement_for
from hall.services.request_records import close_with_answer
from hall.services.schedules import calendar_in_force
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.people import Account, Person
from hall.store.schema.permits import Enquiry, PermitCase


@dataclass(frozen=True, slots=True)
class EnquiryView:
    """An enquiry as staff see it; who asked is masked. `late`: its day is over and nobody has answered."""

    enquiry_id: int
    asked_at: datetime
    channel: str
    matter_name: str
    caller_masked: str
    phone_masked: str
    question: str
    first_name: str
    """Who was asked first."""
    holder_id: int
    holder_name: str
    due_on: date | None
    late: bool
    answer: str
    answered_at: datetime | None


class NoSuchEnquiry(Missing):
    """No enquiry of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有找到这条咨询，请刷新后再看。")


class AnsweredAlready(Refused):
    """Somebody was faster."""

    def __init__(self) -> None:
        super().__init__("这条咨询已经答复，请刷新后再看。")


class NotYourEnquiry(Refused):
    """Only who was asked first, or to whom it was handed over, answers."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"这条咨询由{holder}答复，请由其答复或转给您。")


class NobodyToAsk(Refused):
    """It cannot be handed over to this person."""

    def __init__(self) -> None:
        super().__init__("接手人不在本大厅或已停用，也不能转给自己，请另选一位。")


def record_enquiry(
    work: Work,
    *,
    asked: str,
    told: str,
    person_id: int | None,
    channel: RequestChannel,
    home: Path,
    matter_code: str = "",
    hand_to: int | None = None,
) -> Enquiry:
    """Within the caller's work: the enquiry with checked texts, answered where `told` says what was answered.

    `hand_to`: the colleague who shall answer. Raises NobodyToAsk.
    """
    today = business_date(work.now)
    matter = matter_in_force(work.session, work.hall_id, matter_code, today) if matter_code else None
    if hand_to is not None:
        _check_colleague(work, hand_to, holder=work.actor.account_id)
    record = Enquiry(
        hall_id=work.hall_id,
        asked_at=work.now,
        channel=channel,
        matter_id=matter.matter_id if matter else None,
        person_id=person_id,
        question=asked,
        account_id=work.actor.account_id,
        handed_to=hand_to,
        due_on=enquiry_due(
            calendar_in_force(work.session, work.hall_id), today, days=intake_rules(home).in_force(today).enquiry_days
        ),
        answer=told,
        answered_at=work.now if told else None,
        answered_by=work.actor.account_id if told else None,
    )
    work.session.add(record)
    work.session.flush()
    work.changed("enquiry", str(record.id))
    return record


def enquiry_due(calendar: WorkCalendar, asked_on: date, *, days: int) -> date | None:
    """By when a question is answered; None while the schedule that would tell it is lacking."""
    try:
        return calendar.add_workdays(asked_on, days)
    except ScheduleMissing:
        return None


@retried
def hand_over_enquiry(store: Store, actor: Actor, *, enquiry_id: int, to: int) -> None:
    """转办 to a colleague; its day stays. Raises NotYourEnquiry, NobodyToAsk, AnsweredAlready."""
    require(actor, "enquiry.answer")
    with store.work("enquiry.hand_over", actor) as work:
        record = _open(work, enquiry_id)
        _check_colleague(work, to, holder=_holder(record))
        record.handed_to = to
        _told(work, record, to=to)


@retried
def answer_enquiry(store: Store, actor: Actor, *, enquiry_id: int, answer: str, case_id: int | None = None) -> None:
    """答复; `case_id`: the case that came of it. Raises NotYourEnquiry, AnsweredAlready, ReasonNeeded."""
    require(actor, "enquiry.answer")
    told = statement_for("答复", answer)
    with store.work("enquiry.answer", actor) as work:
        record = _open(work, enquiry_id)
        if case_id is not None:
            case = work.session.get(PermitCase, case_id)
            if case is None or case.hall_id != work.hall_id:
                raise Missing(f"没有办件 {case_id}，请核对后再关联。")
        record.answer, record.answered_at, record.answered_by = told, work.now, actor.account_id
        record.case_id = case_id
        close_with_answer(work, record)
        _told(work, record, case=case_id)


def open_enquiries(store: Store, actor: Actor) -> tuple[EnquiryView, ...]:
    """Everything that waits for an answer, what is due first comes first."""
    require(actor, "enquiry.answer")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        found = session.scalars(
            select(Enquiry)
            .where(Enquiry.hall_id == store.hall_id, Enquiry.answered_at.is_(None))
            .order_by(Enquiry.due_on.is_(None), Enquiry.due_on, Enquiry.id)
        ).all()
        return _views(session, store, found, today)


def colleagues(store: Store, actor: Actor) -> tuple[tuple[int, str], ...]:
    """To whom an enquiry can be handed over: everybody of the hall who signs in, by name."""
    require(actor, "enquiry.answer")
    with store.read(actor) as session:
        found = session.execute(
            select(Account.id, Account.display_name)
            .where(
                Account.disabled.is_(False),
                Account.hall_id.is_(None) | (Account.hall_id == store.hall_id),
                Account.id != actor.account_id,
            )
            .order_by(Account.display_name, Account.id)
        ).tuples()
        return tuple(found)


def _check_colleague(work: Work, account_id: int, *, holder: int) -> None:
    colleague = work.session.get(Account, account_id)
    known = colleague is not None and not colleague.disabled and colleague.hall_id in {None, work.hall_id}
    if not known or account_id == holder:
        raise NobodyToAsk


def _open(work: Work, enquiry_id: int) -> Enquiry:
    """The enquiry, kept from others, in the hand of who acts."""
    record = work.session.get(Enquiry, enquiry_id, with_for_update=True)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchEnquiry
    if record.answered_at is not None:
        raise AnsweredAlready
    if _holder(record) != work.actor.account_id:
        raise NotYourEnquiry(name_of(work.session, _holder(record)))
    return record


def _holder(record: Enquiry) -> int:
    return record.handed_to or record.account_id


def _told(work: Work, record: Enquiry, **detail: object) -> None:
    work.audit(f"enquiry:{record.id}", **detail)
    work.changed("enquiry", str(record.id))


def _views(session: Session, store: Store, records: Sequence[Enquiry], today: date) -> tuple[EnquiryView, ...]:
    return tuple(_view(session, store, record, today) for record in records)


def _view(session: Session, store: Store, record: Enquiry, today: date) -> EnquiryView:
    person = session.get(Person, record.person_id) if record.person_id is not None else None
    caller = persons.public_view(person, store.key_ring) if person is not None else None
    return EnquiryView(
        enquiry_id=record.id,
        asked_at=record.asked_at,
        channel=record.channel,
        matter_name=_matter_name(session, record.matter_id),
        caller_masked=caller.name_masked if caller else "",
        phone_masked=caller.phone_masked if caller else "",
        question=record.question,
        first_name=name_of(session, record.account_id),
        holder_id=_holder(record),
        holder_name=name_of(session, _holder(record)),
        due_on=record.due_on,
        late=record.answered_at is None and record.due_on is not None and record.due_on < today,
        answer=record.answer,
        answered_at=record.answered_at,
    )


def _matter_name(session: Session, matter_id: int | None) -> str:
    """As the matter's newest version calls it."""
    if matter_id is None:
        return ""
    newest = select(MatterVersion.name).where(MatterVersion.matter_id == matter_id)
    return session.scalar(newest.order_by(MatterVersion.id.desc()).limit(1)) or ""
