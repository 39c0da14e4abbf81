"""Dispatching (派单): one unit at a time gets a request, takes it or gives it back, feeds back, is sent back."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.request_clocks import unit_due
from hall.rules.requests import CannotOnRequest, RequestAct, RequestFacts, SolvedBy
from hall.services import request_papers
from hall.services.clocks import calendar
from hall.services.dispatch_units import check_unit, suggested, unit_of
from hall.services.issuing import Issued
from hall.services.reasons import reason_for, short_text, statement_for
from hall.services.request_records import check, joined_to, move, request_locked, running, settle
from hall.services.request_rule import request_rules
from hall.services.subject_records import Detail
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.requests import Dispatch, DispatchUnit, Request


class NoUnitByMap(Refused):
    """No line of the map names a unit."""

    def __init__(self) -> None:
        super().__init__("责任区里没有这个类别和区域的承办单位，请选择单位并写明理由；责任区可以由主任导入补全。")


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a unit found and did, and how it was solved (721)."""

    findings: str
    measures: str
    way: SolvedBy


@retried
def dispatch(
    store: Store,
    actor: Actor,
    *,
    request_id: int,
    unit_id: int | None = None,
    why_unit: str = "",
    order: str = "",
    home: Path,
) -> Issued:
    """派单: one unit, by the map or by a reasoned choice, with a day to feed back; issues the 派单单.

    No second one runs at the same time: a request that is under way, joined or over is refused, and the index
    `ix_dispatch_single_track` holds it. Raises CannotOnRequest, NoUnitByMap, NoSuchUnit, ReasonNeeded.
    """
    require(actor, "request.dispatch")
    told = statement_for("交办要求", order) if order.strip() else ""
    with store.work("request.dispatch", actor) as work:
        request = request_locked(work, request_id)
        facts = check(work, request, "dispatch")
        unit, why = _chosen(work, request, unit_id, why_unit, home=home)
        record = _record(work, request, unit, why=why, order=told, home=home)
        work.session.add(record)
        work.session.flush()
        joined = len(joined_to(work.session, request_id))
        issued = request_papers.issue_dispatch(work, request, record, joined=joined, home=home)
        record.document_id = issued.document_id
        detail: Detail = {"unit": unit.code, "round": record.round, "due": _iso(record.due_on)}
        move(work, request, "dispatch", facts=facts, note=unit.name, detail=detail, document_id=issued.document_id)
        settle(work, request, unit=unit.code, round=record.round)
        return issued


@retried
def take(store: Store, actor: Actor, *, request_id: int) -> None:
    """接单, by the people of the unit. Raises CannotOnRequest, ComplainedOf, NotAuthorised, OtherDepartment."""
    require(actor, "request.read")
    with store.work("request.take", actor) as work:
        request, facts, record = _of_unit(work, request_id, "take")
        record.taken_at, record.taken_by = work.now, actor.account_id
        move(work, request, "take", facts=facts)
        settle(work, request)


@retried
def return_dispatch(store: Store, actor: Actor, *, request_id: int, why: str) -> None:
    """退单 with a reason, such as that it is another unit's matter: it waits for the dispatcher again.

    Until the fifth workday (信访工作条例 23(3)); after it `recall` decides. Raises CannotOnRequest.
    """
    require(actor, "request.read")
    reason = reason_for("退单", why)
    with store.work("request.return", actor) as work:
        request, facts, record = _of_unit(work, request_id, "return")
        record.returned_why = reason
        move(work, request, "return", facts=facts, note=reason)
        settle(work, request, reason=reason)


@retried
def recall(store: Store, actor: Actor, *, request_id: int, why: str) -> None:
    """收回重派 by the manager, with a reason, of what the unit can no longer give back by itself.

    Raises CannotOnRequest (also while the unit still can), ComplainedOf, OwnFeedback.
    """
    require(actor, "request.recall")
    reason = reason_for("收回重派", why)
    with store.work("request.recall", actor) as work:
        request = request_locked(work, request_id)
        facts = check(work, request, "recall")
        record = running(work.session, request_id)
        assert record is not None, "a request that is dispatched has one"
        record.returned_why = reason
        move(work, request, "recall", facts=facts, note=reason)
        settle(work, request, reason=reason)


@retried
def feed_back(store: Store, actor: Actor, *, request_id: int, feedback: Feedback) -> None:
    """反馈 what was found and done and how it was solved; without it nothing is closed."""
    require(actor, "request.read")
    findings = statement_for("反馈时查明的情况", feedback.findings)
    measures = statement_for("反馈时采取的措施", feedback.measures)
    with store.work("request.feed_back", actor) as work:
        request, facts, record = _of_unit(work, request_id, "feed_back")
        record.findings, record.measures, record.way = findings, measures, feedback.way
        record.fed_back_on, record.fed_back_by = business_date(work.now), actor.account_id
        move(work, request, "feed_back", facts=facts, detail={"way": feedback.way})
        settle(work, request, way=feedback.way)


@retried
def send_back(store: Store, actor: Actor, *, request_id: int, why: str) -> None:
    """退回补办: the feedback is not enough; its day stays. Raises OwnFeedback."""
    require(actor, "request.dispatch")
    reason = reason_for("退回补办", why)
    with store.work("request.send_back", actor) as work:
        request = request_locked(work, request_id)
        facts = check(work, request, "send_back")
        move(work, request, "send_back", facts=facts, note=reason)
        settle(work, request, reason=reason)


@retried
def accept(store: Store, actor: Actor, *, request_id: int) -> None:
    """审核通过: the dispatch ends, the person can be answered. Raises OwnFeedback."""
    require(actor, "request.dispatch")
    with store.work("request.accept", actor) as work:
        request = request_locked(work, request_id)
        facts = check(work, request, "accept")
        record = running(work.session, request_id)
        request.way = record.way if record is not None else ""
        move(work, request, "accept", facts=facts)
        settle(work, request, way=request.way)


def _of_unit(work: Work, request_id: int, act: RequestAct) -> tuple[Request, RequestFacts, Dispatch]:
    """The request, what is known of it, and the dispatch that runs, where the actor may act for its unit."""
    request = request_locked(work, request_id)
    facts = check(work, request, act)
    record = running(work.session, request_id)
    if record is None:
        raise CannotOnRequest(("派单已经收回，请刷新后再看。",))
    check_unit(work.session, work.actor, work.session.get_one(DispatchUnit, record.unit_id))
    return request, facts, record


def _chosen(
    work: Work, request: Request, unit_id: int | None, why_unit: str, *, home: Path
) -> tuple[DispatchUnit, str]:
    """The unit and why it is that one: the line of the map, or a reason where it is another."""
    rule = request_rules(home).in_force(business_date(work.now))
    by_map = suggested(
        work.session,
        work.hall_id,
        category=request.category,
        area=request.area,
        grid_code=request.grid_code,
        on=business_date(work.now),
        words=rule.categories,
    )
    if unit_id is None and by_map is None:
        raise NoUnitByMap
    if by_map is not None and unit_id in {None, by_map.unit.unit_id}:
        return unit_of(work.session, work.hall_id, by_map.unit.unit_id), by_map.why
    assert unit_id is not None
    reason = reason_for("不按责任区或者责任区没有写明时，派单", short_text(why_unit))
    return unit_of(work.session, work.hall_id, unit_id), reason


def _record(work: Work, request: Request, unit: DispatchUnit, *, why: str, order: str, home: Path) -> Dispatch:
    today = business_date(work.now)
    last = work.session.scalar(select(func.max(Dispatch.round)).where(Dispatch.request_id == request.id))
    rule = request_rules(home).in_force(today)
    due = unit_due(
        calendar(work), sent_on=today, workdays=rule.feedback_workdays, latest=(request.promised_by, request.finish_by)
    )
    return Dispatch(
        hall_id=work.hall_id,
        request_id=request.id,
        round=(last or 0) + 1,
        unit_id=unit.id,
        why_unit=why,
        sent_at=work.now,
        sent_by=work.actor.account_id,
        order=order,
        due_on=due,
        pending="" if due else "放假安排还没有公布，期限待定",
        state="sent",
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
