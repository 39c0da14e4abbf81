"""A supervision order inside the caller's work: issued with its paper and its clock, found again, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.clocks import Ledger, due_of
from hall.rules.supervision import CardLimits, Colour, OrderFacts, check_issue
from hall.rules.supervision_words import ORDER_CAUSES, ORDER_COLOURS, ORDER_PARTS
from hall.services import clocks, issuing
from hall.services.case_paper import Content, chinese_date
from hall.services.case_records import case_locked
from hall.services.clocks import KeptClock
from hall.services.paper_head import paper_head
from hall.services.papers_common import due_text
from hall.services.papers_supervision import Responsible, red_card, yellow_card
from hall.services.possession import Answerable
from hall.services.spool import Printer
from hall.services.subject_notices import Addressee, notify
from hall.services.supervision_rules import SupervisionPolicy
from hall.store import Work
from hall.store.schema.catalogue import Department
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.supervision import SupervisionOrder, SupervisionSubject
from hall.words import CLOCK_KINDS

OrderEnd = Literal["settled", "upheld", "escalated", "withdrawn"]


class NoSuchOrder(Missing):
    """No supervision order of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有找到这张督办单，请重新载入。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """What an order says. `breached` is the clock that ran out, if one did; `printer` None: it is not printed now."""

    colour: Colour
    cause: str
    reason: str
    order: str = ""
    subjects: tuple[Answerable, ...] = ()
    breached: KeptClock | None = None
    previous: SupervisionOrder | None = None
    printer: Printer | None = None


def issue_order(
    work: Work, case: PermitCase, new: NewOrder, *, policy: SupervisionPolicy, home: Path
) -> SupervisionOrder:
    """Number, paper (a card has one), new deadline, clock K10, one message to each of those who answer.

    The case is locked by the caller, who refreshes its clocks. Raises NobodyAnswers or OwnOrder.
    """
    check_issue(work.actor.account_id, (subject.account_id for subject in new.subjects))
    today = business_date(work.now)
    limits = policy.supervision.in_force(today).limits(new.colour)
    kind: Literal["yellow_card", "red_card"] = "red_card" if new.colour == "red" else "yellow_card"
    number = issuing.draw_number(work, kind=kind, home=home)
    record = _record(work, case, new, number=number, finish_by=_finish_by(work, limits, today))
    _start_reply(work, case, record, limits)
    work.session.add(record)
    work.session.flush()
    _add_subjects(work, record, new.subjects)
    if new.colour != "blue":
        issued = issuing.issue(
            work,
            case_id=case.id,
            kind=kind,
            content=_content(work, case, new, record),
            home=home,
            printer=new.printer,
            number=number,
        )
        record.document_id = issued.document_id
    about = f"{case.acceptance_number or case.receipt_number} {new.reason}，{_by(record.reply_by)}回复"
    tell_subjects(work, record, f"{ORDER_COLOURS[new.colour]} {number}：{about}")
    work.changed("supervision", str(record.id))
    return record


def order_locked(work: Work, order_id: int) -> tuple[SupervisionOrder, PermitCase]:
    """An order and its case, kept from every other act until the end of the work; raises NoSuchOrder.

    The case is what is locked, as for every act on it or on its orders.
    """
    record = work.session.get(SupervisionOrder, order_id)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchOrder
    case = case_locked(work, record.case_id)
    work.session.refresh(record)
    return record, case


def order_facts(session: Session, record: SupervisionOrder) -> OrderFacts:
    """What the rules ask."""
    return facts_with(record, frozenset(each.account_id for each in subjects_of(session, record.id)))


def facts_with(record: SupervisionOrder, subjects: frozenset[int]) -> OrderFacts:
    """The same where the subjects are known."""
    return OrderFacts(
        colour=record.colour,  # type: ignore[arg-type]  # written from rules.supervision, as the state
        state=record.state,  # type: ignore[arg-type]
        subjects=subjects,
        plea_heard=record.plea_at is not None,
    )


def subjects_of(session: Session, order_id: int) -> Sequence[SupervisionSubject]:
    """Who answers, whoever had the case longest first."""
    return session.scalars(
        select(SupervisionSubject)
        .where(SupervisionSubject.order_id == order_id)
        .order_by(SupervisionSubject.possession_days.desc(), SupervisionSubject.account_id)
    ).all()


def start_reply(work: Work, case: PermitCase, record: SupervisionOrder, *, policy: SupervisionPolicy) -> None:
    """The word is with those whom the order names (again): the clock K10 with its whole limit."""
    limits = policy.supervision.in_force(business_date(work.now)).limits(record.colour)  # type: ignore[arg-type]
    _start_reply(work, case, record, limits)


def stop_reply(work: Work, case: PermitCase, record: SupervisionOrder, *, how: str) -> None:
    """The word has been said, or is no longer waited for."""
    clocks.stop(work, case, "supervision", on=business_date(work.now), how=how, subject=record.number)


def close_order(work: Work, record: SupervisionOrder, *, how: OrderEnd) -> None:
    """It asks for nothing any more."""
    record.closed_on, record.closed_how, record.closed_by = business_date(work.now), how, work.actor.account_id


def tell_subjects(work: Work, record: SupervisionOrder, text: str) -> None:
    """A message to each of those who answer."""
    to = [Addressee(subject.account_id) for subject in subjects_of(work.session, record.id)]
    notify(work, "permit_case", record.case_id, kind="card" if record.state == "issued" else "order", text=text, to=to)


def _record(work: Work, case: PermitCase, new: NewOrder, *, number: str, finish_by: date | None) -> SupervisionOrder:
    return SupervisionOrder(
        hall_id=work.hall_id,
        number=number,
        case_id=case.id,
        clock_id=new.breached.record.id if new.breached else None,
        previous_id=new.previous.id if new.previous else None,
        colour=new.colour,
        cause=new.cause,
        reason=new.reason,
        order=new.order or _order_text(finish_by),
        issued_at=work.now,
        issued_on=business_date(work.now),
        issued_by=work.actor.account_id,
        finish_by=finish_by,
        state="issued",
    )


def _order_text(finish_by: date | None) -> str:
    return f"请于{chinese_date(finish_by)}前办结，书面说明原因和整改措施" if finish_by else "请尽快办结，书面说明原因"


def _start_reply(work: Work, case: PermitCase, record: SupervisionOrder, limits: CardLimits) -> None:
    today = business_date(work.now)
    started = clocks.start(work, case, "supervision", limit=limits.to_reply, started_on=today, subject=record.number)
    record.reply_by = started.due_on


def _finish_by(work: Work, limits: CardLimits, today: date) -> date | None:
    return due_of(Ledger("supervision", limits.to_finish, today), calendar=clocks.calendar(work)).day


def _add_subjects(work: Work, record: SupervisionOrder, subjects: tuple[Answerable, ...]) -> None:
    work.session.add_all(
        SupervisionSubject(
            hall_id=work.hall_id,
            order_id=record.id,
            account_id=subject.account_id,
            part=subject.part,
            possession_days=subject.days,
        )
        for subject in subjects
    )
    work.session.flush()


def _content(work: Work, case: PermitCase, new: NewOrder, record: SupervisionOrder) -> Content:
    today = business_date(work.now)
    head, due_on = paper_head(work, case), (new.breached.record.due_on if new.breached else None) or today
    overdue = _overdue(clocks.calendar(work), due_on, today) if new.breached else 0
    people = _responsible(work.session, new.subjects)
    if new.colour == "red":
        content = red_card(
            head,
            node=_node(new),
            due_on=due_on,
            overdue_days=overdue,
            responsible=people,
            yellow_number=new.previous.number if new.previous else "无",
            finding=new.reason,
            order=record.order,
            recommendation="建议约谈责任人，并登记责任追究",
            new_due=record.finish_by,
            reply_by=record.reply_by or today,
            issuer_name=work.actor.name,
        )
    else:
        content = yellow_card(
            head,
            node=_node(new),
            due_on=due_on,
            overdue_days=overdue,
            responsible=people,
            finding=new.reason,
            order=record.order,
            new_due=record.finish_by,
            reply_by=record.reply_by or today,
            issuer_name=work.actor.name,
        )
    if record.reply_by is None:  # the schedule of the year is not published yet
        content |= {"reply_by": due_text("待定"), "new_due": due_text("待定")}
    return content


def _node(new: NewOrder) -> str:
    if new.breached is None:
        return ORDER_CAUSES[new.cause]
    record = new.breached.record
    return f"{CLOCK_KINDS[record.kind]}（{record.subject}）" if record.subject else CLOCK_KINDS[record.kind]


def _overdue(calendar: WorkCalendar, due_on: date, today: date) -> int:
    """Workdays past the due day, a part of one as one."""
    try:
        return max(calendar.workdays_between(due_on, today), 1)
    except ScheduleMissing:
        return 1


def _responsible(session: Session, subjects: tuple[Answerable, ...]) -> tuple[Responsible, ...]:
    rows = session.execute(
        select(Account.id, Account.display_name, Department.name)
        .outerjoin(Department, Department.id == Account.department_id)
        .where(Account.id.in_([subject.account_id for subject in subjects]))
    )
    known = {account_id: (name, department or "") for account_id, name, department in rows.tuples()}
    return tuple(
        Responsible(ORDER_PARTS[subject.part], *known[subject.account_id], held_days=subject.days)
        for subject in subjects
    )


def _by(day: date | None) -> str:
    return f"{day.month}月{day.day}日前" if day else "尽快"
