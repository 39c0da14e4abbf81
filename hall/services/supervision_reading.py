"""Supervision orders as screens show them: who has to say what until when, and what the reader may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import MANAGER, may, require
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.people import SYSTEM_ACCOUNT, Actor
from hall.rules.supervision import OrderAct, acts_from, awaits_subject, check_act
from hall.services.schedules import calendar_in_force
from hall.services.supervision_records import NoSuchOrder, facts_with
from hall.store import Store
from hall.store.schema.catalogue import Department, MatterVersion
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.supervision import SupervisionOrder, SupervisionSubject

_Row = tuple[SupervisionOrder, PermitCase, str, str]


@dataclass(frozen=True, slots=True)
class SubjectView:
    """Somebody who answers, and the days that were in his hand when the order was issued."""

    account_id: int
    name: str
    part: str
    days: int


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order. `left`: workdays to the reply while the word is with its subjects, negative when late; else None.

    `acts` are what the reader may do now.
    """

    order_id: int
    number: str
    case_id: int
    case_number: str
    matter_name: str
    department: str
    colour: str
    cause: str
    reason: str
    order: str
    issued_at: datetime
    issuer: str
    finish_by: date | None
    reply_by: date | None
    left: int | None
    state: str
    subjects: tuple[SubjectView, ...]
    reply: str
    replied_at: datetime | None
    plea: str
    plea_at: datetime | None
    plea_finding: str
    plea_reason: str
    closed_on: date | None
    closed_how: str
    document_id: int | None
    acts: tuple[OrderAct, ...]


def orders(store: Store, actor: Actor, *, closed: bool = False, most: int = 200) -> tuple[OrderView, ...]:
    """The open orders, the next reply first; or those that are closed, the newest first. Subjects see their own."""
    require(actor, "supervision.read")
    wanted = SupervisionOrder.closed_on.is_not(None) if closed else SupervisionOrder.closed_on.is_(None)
    return _read(store, actor, wanted, newest=closed, most=most)


def orders_of_case(store: Store, actor: Actor, *, case_id: int) -> tuple[OrderView, ...]:
    """Every order on a case, the newest first."""
    require(actor, "supervision.read")
    return _read(store, actor, SupervisionOrder.case_id == case_id, newest=True, most=100)


def order(store: Store, actor: Actor, *, order_id: int) -> OrderView:
    """One order; raises NoSuchOrder."""
    require(actor, "supervision.read")
    found = _read(store, actor, SupervisionOrder.id == order_id, newest=True, most=1)
    if not found:
        raise NoSuchOrder
    return found[0]


def _read(store: Store, actor: Actor, wanted: ColumnElement[bool], *, newest: bool, most: int) -> tuple[OrderView, ...]:
    today = business_date(store.clock.now())
    query = (
        select(SupervisionOrder, PermitCase, MatterVersion.name, Department.name)
        .join(PermitCase, PermitCase.id == SupervisionOrder.case_id)
        .join(MatterVersion, MatterVersion.id == PermitCase.matter_version_id)
        .join(Department, Department.id == PermitCase.department_id)
        .where(SupervisionOrder.hall_id == store.hall_id, wanted, *_seen_by(actor))
        .limit(most)
    )
    in_order = (
        query.order_by(SupervisionOrder.id.desc())
        if newest
        else query.order_by(SupervisionOrder.reply_by, SupervisionOrder.id)
    )
    with store.read(actor) as session:
        rows = list(session.execute(in_order).tuples())
        subjects = _subjects(session, [row[0].id for row in rows])
        names = _names(session, {row[0].issued_by for row in rows})
        calendar = calendar_in_force(session, store.hall_id)
    reader = _Reader(actor, names, calendar, today)
    return tuple(reader.view(row, subjects.get(row[0].id, ())) for row in rows)


def _seen_by(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Who judges or issues orders sees all of them; others those that name them."""
    if may(actor, "supervision.judge") or MANAGER in actor.roles:
        return ()
    own = (SupervisionSubject.order_id == SupervisionOrder.id, SupervisionSubject.account_id == actor.account_id)
    return (exists().where(*own),)


def _subjects(session: Session, order_ids: Sequence[int]) -> Mapping[int, tuple[SubjectView, ...]]:
    rows = session.execute(
        select(SupervisionSubject, Account.display_name)
        .join(Account, Account.id == SupervisionSubject.account_id)
        .where(SupervisionSubject.order_id.in_(order_ids))
        .order_by(SupervisionSubject.possession_days.desc(), SupervisionSubject.account_id)
    )
    found: dict[int, tuple[SubjectView, ...]] = {}
    for subject, name in rows.tuples():
        view = SubjectView(subject.account_id, name, subject.part, subject.possession_days)
        found[subject.order_id] = (*found.get(subject.order_id, ()), view)
    return found


def _names(session: Session, account_ids: set[int]) -> Mapping[int, str]:
    found = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(account_ids)))
    return {SYSTEM_ACCOUNT: "系统", **dict(found.tuples().all())}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads, and on which day."""

    actor: Actor
    names: Mapping[int, str]
    calendar: WorkCalendar
    today: date

    def view(self, row: _Row, subjects: tuple[SubjectView, ...]) -> OrderView:
        """One row as a screen shows it."""
        record, case, matter_name, department = row
        return OrderView(
            order_id=record.id,
            number=record.number,
            case_id=case.id,
            case_number=case.acceptance_number or case.receipt_number,
            matter_name=matter_name,
            department=department,
            colour=record.colour,
            cause=record.cause,
            reason=record.reason,
            order=record.order,
            issued_at=record.issued_at,
            issuer=self.names.get(record.issued_by, ""),
            finish_by=record.finish_by,
            reply_by=record.reply_by,
            left=self._left(record),
            state=record.state,
            subjects=subjects,
            reply=record.reply,
            replied_at=record.replied_at,
            plea=record.plea,
            plea_at=record.plea_at,
            plea_finding=record.plea_finding,
            plea_reason=record.plea_reason,
            closed_on=record.closed_on,
            closed_how=record.closed_how,
            document_id=record.document_id,
            acts=self._acts(record, subjects),
        )

    def _left(self, record: SupervisionOrder) -> int | None:
        waits = awaits_subject(record.state)  # type: ignore[arg-type]  # written from rules.supervision
        if record.reply_by is None or not waits:
            return None
        try:
            return self.calendar.ordinal(record.reply_by) - self.calendar.ordinal(self.today)
        except ScheduleMissing:
            return None

    def _acts(self, record: SupervisionOrder, subjects: tuple[SubjectView, ...]) -> tuple[OrderAct, ...]:
        facts = facts_with(record, frozenset(each.account_id for each in subjects))
        return tuple(
            act
            for act in acts_from(facts.state)
            if may(self.actor, _RIGHTS[act]) and check_act(act, facts, actor=self.actor.account_id) is None
        )


_RIGHTS: Mapping[OrderAct, str] = {
    "reply": "supervision.reply",
    "plead": "supervision.reply",
    "find": "supervision.judge",
    "return": "supervision.judge",
    "settle": "supervision.judge",
    "escalate": "supervision.issue",
    "withdraw": "supervision.judge",
}
