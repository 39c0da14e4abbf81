"""Supervision of cases (督办): a person issues an order, its subjects answer, somebody else hears and settles."""

from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.permits import CLOSED
from hall.rules.supervision import Colour, OrderAct, PleaFinding, after, after_finding, escalated_colour
from hall.rules.supervision_words import ORDER_ACTS, ORDER_CAUSES, ORDER_COLOURS, PLEA_FINDINGS
from hall.services import clocks
from hall.services.case_records import case_locked
from hall.services.clocks import KeptClock
from hall.services.possession import Answerable, answerable
from hall.services.reasons import statement_for
from hall.services.subject_notices import Addressee, notify
from hall.services.supervision_records import (
    NewOrder,
    close_order,
    issue_order,
    order_facts,
    order_locked,
    start_reply,
    stop_reply,
    subjects_of,
    tell_subjects,
)
from hall.services.supervision_rules import SupervisionPolicy
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.permits import PermitCase
from hall.store.schema.supervision import SupervisionOrder

# The clocks whose breach an order may name; of several the one that weighs most.
_BREACHES = ("statutory", "acceptance", "promised", "delivery", "joint", "step")


class NothingToSupervise(Refused):
    """The case has ended."""

    def __init__(self) -> None:
        super().__init__("办件已经办结或者终止，不能再督办；需要追究责任的，请登记责任追究。")


class UnknownCause(Refused):
    """A cause that is not in the list."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"没有“{cause}”这种督办原因，请从列表中选择。")


class SameOrder(Refused):
    """An order of this colour, for this cause and reason, waits for its answer already."""

    def __init__(self, number: str) -> None:
        super().__init__(f"这件办件已就同一情况签发督办单 {number}，还没有核销，不用再发；情况不同的，请改写“情况”。")


@retried
def supervise(
    store: Store,
    actor: Actor,
    *,
    case_id: int,
    colour: Colour,
    cause: str,
    reason: str,
    order: str = "",
    policy: SupervisionPolicy,
    home: Path,
) -> int:
    """督办 by hand: the persons in whose hands the case was answer; gives the order's key.

    Raises UnknownCause, NothingToSupervise, SameOrder.
    """
    require(actor, "supervision.issue")
    if cause not in ORDER_CAUSES:
        raise UnknownCause(cause)
    reason = statement_for(ORDER_ACTS["issue"], reason)
    order = statement_for(ORDER_ACTS["issue"], order) if order.strip() else ""
    with store.work("supervision.issue", actor) as work:
        case = case_locked(work, case_id)
        if case.state in CLOSED:
            raise NothingToSupervise
        _refuse_same(work, case, colour=colour, cause=cause, reason=reason)
        breached = _breached(work, case)
        new = NewOrder(
            colour=colour,
            cause=cause,
            reason=reason,
            order=order,
            subjects=who_answers(work, case, breached or _governing(work, case)),
            breached=breached,
            printer="page",
        )
        record = issue_order(work, case, new, policy=policy, home=home)
        clocks.refresh(work, case)
        _audit(work, record, "issue", colour=colour, cause=cause)
        return record.id


def _refuse_same(work: Work, case: PermitCase, *, colour: Colour, cause: str, reason: str) -> None:
    same = work.session.scalar(
        select(SupervisionOrder.number).where(
            SupervisionOrder.case_id == case.id,
            SupervisionOrder.closed_on.is_(None),
            SupervisionOrder.colour == colour,
            SupervisionOrder.cause == cause,
            SupervisionOrder.reason == reason,
        )
    )
    if same is not None:
        raise SameOrder(same)


@retried
def reply(store: Store, actor: Actor, *, order_id: int, text: str) -> None:
    """A subject says what was done; the clock of the reply stops."""
    require(actor, "supervision.reply")
    text = statement_for(ORDER_ACTS["reply"], text)
    with store.work("supervision.reply", actor) as work:
        record, case = order_locked(work, order_id)
        _move(work, record, "reply")
        record.reply, record.replied_at, record.replied_by = text, work.now, actor.account_id
        _wait_for_judge(work, record, case, "reply", how="replied")


@retried
def plead(store: Store, actor: Actor, *, order_id: int, text: str) -> None:
    """A subject says why the order is wrong (申辩); once."""
    require(actor, "supervision.reply")
    text = statement_for(ORDER_ACTS["plead"], text)
    with store.work("supervision.plead", actor) as work:
        record, case = order_locked(work, order_id)
        _move(work, record, "plead")
        record.plea, record.plea_at, record.plea_by = text, work.now, actor.account_id
        _wait_for_judge(work, record, case, "plead", how="pleaded")


@retried
def find_plea(
    store: Store, actor: Actor, *, order_id: int, finding: PleaFinding, reason: str, policy: SupervisionPolicy
) -> None:
    """Whether the plea is well founded: then the order is settled, else it has to be answered within the limit anew."""
    require(actor, "supervision.judge")
    reason = statement_for(ORDER_ACTS["find"], reason)
    with store.work("supervision.find", actor) as work:
        record, case = order_locked(work, order_id)
        record.state = after_finding(order_facts(work.session, record), finding, actor=actor.account_id)
        record.plea_finding, record.plea_reason = finding, reason
        if record.state == "settled":
            close_order(work, record, how="upheld")
        else:
            start_reply(work, case, record, policy=policy)
        tell_subjects(work, record, f"督办单 {record.number} 的{PLEA_FINDINGS[finding]}：{reason}")
        _done(work, record, case, "find", finding=finding)


@retried
def return_reply(store: Store, actor: Actor, *, order_id: int, reason: str, policy: SupervisionPolicy) -> None:
    """The reply does not answer; it is asked for again."""
    require(actor, "supervision.judge")
    reason = statement_for(ORDER_ACTS["return"], reason)
    with store.work("supervision.return", actor) as work:
        record, case = order_locked(work, order_id)
        _move(work, record, "return")
        start_reply(work, case, record, policy=policy)
        tell_subjects(work, record, f"督办单 {record.number} 的回复被退回：{reason}")
        _done(work, record, case, "return")


@retried
def settle(store: Store, actor: Actor, *, order_id: int) -> None:
    """核销: the reply is accepted."""
    require(actor, "supervision.judge")
    with store.work("supervision.settle", actor) as work:
        record, case = order_locked(work, order_id)
        _move(work, record, "settle")
        close_order(work, record, how="settled")
        tell_subjects(work, record, f"督办单 {record.number} 已核销")
        _done(work, record, case, "settle")


@retried
def withdraw(store: Store, actor: Actor, *, order_id: int, reason: str) -> None:
    """The order was wrong, or nobody is left to answer it: it asks for nothing any more."""
    require(actor, "supervision.judge")
    reason = statement_for(ORDER_ACTS["withdraw"], reason)
    with store.work("supervision.withdraw", actor) as work:
        record, case = order_locked(work, order_id)
        _move(work, record, "withdraw")
        close_order(work, record, how="withdrawn")
        stop_reply(work, case, record, how="withdrawn")
        tell_subjects(work, record, f"督办单 {record.number} 已撤销：{reason}")
        _done(work, record, case, "withdraw", reason=reason)


@retried
def escalate(store: Store, actor: Actor, *, order_id: int, reason: str, policy: SupervisionPolicy, home: Path) -> int:
    """A person does not wait for the deadline: the next colour, at once. Gives the new order's key."""
    require(actor, "supervision.issue")
    reason = statement_for(ORDER_ACTS["escalate"], reason)
    with store.work("supervision.escalate", actor) as work:
        record, case = order_locked(work, order_id)
        following = escalate_order(
            work, case, record, cause=record.cause, reason=reason, policy=policy, home=home, printed=True
        )
        clocks.refresh(work, case)
        _audit(work, record, "escalate", following=following.id)
        return following.id


def escalate_order(
    work: Work,
    case: PermitCase,
    record: SupervisionOrder,
    *,
    cause: str,
    reason: str,
    policy: SupervisionPolicy,
    home: Path,
    printed: bool = False,
) -> SupervisionOrder:
    """Within a work: the order ends, the next colour names the same persons. Raises NothingAbove or OwnOrder."""
    record.state = after("escalate", order_facts(work.session, record), actor=work.actor.account_id)
    close_order(work, record, how="escalated")
    stop_reply(work, case, record, how="escalated")
    subjects = subjects_of(work.session, record.id)
    new = NewOrder(
        colour=escalated_colour(record.colour),  # type: ignore[arg-type]  # written from rules.supervision
        cause=cause,
        reason=reason,
        subjects=tuple(Answerable(each.account_id, each.part, each.possession_days) for each in subjects),
        breached=next(
            (kept for kept in clocks.clocks_of(work.session, case.id) if kept.record.id == record.clock_id), None
        ),
        previous=record,
        printer="page" if printed else None,
    )
    return issue_order(work, case, new, policy=policy, home=home)


def who_answers(work: Work, case: PermitCase, kept: KeptClock | None) -> tuple[Answerable, ...]:
    """Who had the case in hand while a clock ran."""
    ledger = kept.ledger if kept else None
    return answerable(work.session, case, ledger, until=business_date(work.now), calendar=clocks.calendar(work))


def _breached(work: Work, case: PermitCase) -> KeptClock | None:
    """The clock that has run out and is not stopped; of several the weightiest."""
    today = business_date(work.now)
    late = {
        kept.record.kind: kept
        for kept in clocks.clocks_of(work.session, case.id)
        if kept.record.state == "running" and kept.record.due_on is not None and kept.record.due_on < today
    }
    return next((late[kind] for kind in _BREACHES if kind in late), None)


def _governing(work: Work, case: PermitCase) -> KeptClock | None:
    running = {
        kept.record.kind: kept for kept in clocks.clocks_of(work.session, case.id) if kept.record.state != "stopped"
    }
    return next((running[kind] for kind in ("promised", *_BREACHES) if kind in running), None)


def _move(work: Work, record: SupervisionOrder, act: OrderAct) -> None:
    record.state = after(act, order_facts(work.session, record), actor=work.actor.account_id)


def _wait_for_judge(work: Work, record: SupervisionOrder, case: PermitCase, act: OrderAct, *, how: str) -> None:
    stop_reply(work, case, record, how=how)
    judges = (Addressee(record.issued_by) if record.issued_by else Addressee(role="manager"),)
    text = f"{ORDER_COLOURS[record.colour]} {record.number}：责任人已{ORDER_ACTS[act]}，请审查"
    notify(work, "permit_case", case.id, kind="order", text=text, to=judges)
    _done(work, record, case, act)


def _done(work: Work, record: SupervisionOrder, case: PermitCase, act: OrderAct, **detail: str) -> None:
    clocks.refresh(work, case)
    _audit(work, record, act, **detail)
    work.changed("supervision", str(record.id))


def _audit(work: Work, record: SupervisionOrder, act: str, **detail: str | int) -> None:
    work.audit(f"case:{record.case_id}", order=record.id, number=record.number, act=act, **detail)
    work.changed("case", str(record.case_id))
