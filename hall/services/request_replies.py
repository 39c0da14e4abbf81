"""What the person hears of a request: told, extended, answered and closed, refused, redirected; or withdraws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.request_clocks import extended
from hall.rules.requests import CannotOnRequest, RequestAct, RequestState
from hall.services import request_papers
from hall.services.calendar import shipped_limits
from hall.services.clocks import calendar
from hall.services.issuing import Issued
from hall.services.reasons import reason_for, short_text, statement_for
from hall.services.request_records import SUBJECT, check, joined_to, move, request_locked, settle
from hall.services.subject_records import add_event
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.requests import Dispatch, Request


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply as it stands on the paper; `basis`: law or rule it rests on, may be empty."""

    reply: str
    basis: str = ""


@retried
def tell(store: Store, actor: Actor, *, request_id: int, how: str) -> None:
    """告知受理 of what did not come over the counter, within fifteen days (信访工作条例 23): `how` it was done."""
    require(actor, "request.reply")
    note = reason_for("告知受理的方式", how)
    with store.work("request.tell", actor) as work:
        request = request_locked(work, request_id)
        facts = check(work, request, "tell")
        request.told_on = business_date(work.now)
        move(work, request, "tell", facts=facts, note=note)
        settle(work, request, how=note)


@retried
def reply(store: Store, actor: Actor, *, request_id: int, answer: Answer, home: Path) -> tuple[Issued, ...]:
    """答复办结, after accepted feedback only, with all that are joined to it; the 答复单 of each who can be reached.

    Raises CannotOnRequest, ComplainedOf, ReasonNeeded.
    """
    require(actor, "request.reply")
    told, basis = statement_for("答复", answer.reply), short_text(answer.basis)
    with store.work("request.reply", actor) as work:
        request = request_locked(work, request_id)
        facts = check(work, request, "reply")
        findings = _findings(work, request)
        issued = []
        for each in (request, *joined_to(work.session, request_id)):
            _answer(work, each, told, way=request.way)
            paper = request_papers.issue_reply(work, each, findings=findings, reply=told, basis=basis, home=home)
            issued.append(paper)
            document_id = paper.document_id if paper is not None else None
            if each is request:
                move(work, request, "reply", facts=facts, document_id=document_id)
            else:
                _follow(work, each, "reply", "closed", document_id=document_id)
        settle(work, request, papers=len(issued), way=request.way)
        return tuple(paper for paper in issued if paper is not None)


@retried
def extend(store: Store, actor: Actor, *, request_id: int, days: int, why: str) -> date:
    """批准延期 of the sixty days by at most thirty, once, before they are over (信访工作条例 34); the promise stays.

    Gives the new last day; those that are joined get theirs, unless it is over. Raises CannotOnRequest, OwnFeedback,
    BadExtension, BadLimitRequest.
    """
    require(actor, "request.extend")
    reason = reason_for("延期", why)
    with store.work("request.extend", actor) as work:
        request = request_locked(work, request_id)
        facts = check(work, request, "extend")
        for each in (request, *joined_to(work.session, request_id)):
            if each.finish_by is None or each.extended_on is not None or each.finish_by < business_date(work.now):
                continue
            each.finish_by = extended(calendar(work), shipped_limits(), received_on=each.received_on, days=days)
            each.extended_on, each.extended_why = business_date(work.now), reason
        move(work, request, "extend", facts=facts, note=reason, detail={"days": days})
        settle(work, request, days=days, reason=reason)
        assert request.finish_by is not None
        return request.finish_by


@retried
def refuse(store: Store, actor: Actor, *, request_id: int, why: str, home: Path) -> Issued | None:
    """不予受理 with its reason, told in writing to whoever can be reached (信访工作条例 23)."""
    reason = statement_for("不予受理", why)
    return _end(store, actor, request_id=request_id, act="refuse", words=f"不予受理：{reason}", home=home)


@retried
def redirect(store: Store, actor: Actor, *, request_id: int, to: str, why: str, home: Path) -> Issued | None:
    """转介 to who is competent: who that is, and why."""
    competent, reason = reason_for("转介时有权处理的机关", to), statement_for("转介", why)
    words = f"本机关无权处理：{reason.rstrip('。')}。请向{competent}提出，有关材料已转送"
    return _end(store, actor, request_id=request_id, act="redirect", words=words, home=home)


@retried
def withdraw(store: Store, actor: Actor, *, request_id: int, why: str) -> None:
    """登记撤回 by the person. Others that are joined keep their matter: the first of them takes its place.

    A dispatch that runs is recalled, and the next in the lead is dispatched anew.
    """
    require(actor, "request.enter")
    reason = reason_for("撤回诉求", why)
    with store.work("request.withdraw", actor) as work:
        request = request_locked(work, request_id)
        facts = check(work, request, "withdraw")
        joined = joined_to(work.session, request_id)
        move(work, request, "withdraw", facts=facts, note=reason)
        request.closed_on, request.ended_why = business_date(work.now), reason
        _pass_on(work, joined)
        settle(work, request, reason=reason)


def _end(store: Store, actor: Actor, *, request_id: int, act: RequestAct, words: str, home: Path) -> Issued | None:
    require(actor, "request.reply")
    with store.work(f"request.{act}", actor) as work:
        request = request_locked(work, request_id)
        facts = check(work, request, act)
        joined = joined_to(work.session, request_id)
        own = _ended(work, request, words, home=home)
        move(work, request, act, facts=facts, document_id=own.document_id if own else None)
        state: RequestState = "refused" if act == "refuse" else "redirected"
        for each in joined:
            paper = _ended(work, each, words, home=home)
            _follow(work, each, act, state, document_id=paper.document_id if paper else None)
        settle(work, request, joined=len(joined))
        return own


def _ended(work: Work, request: Request, words: str, *, home: Path) -> Issued | None:
    """What a request that the hall does not take up is told; from then on nobody waits for it."""
    today = business_date(work.now)
    request.reply = request.ended_why = words
    request.closed_on = today
    basis = "信访工作条例第二十三条" if request.petition else ""
    paper = request_papers.issue_reply(work, request, findings="", reply=words, basis=basis, home=home)
    if paper is not None:
        request.replied_on = request.told_on = today
    return paper


def _answer(work: Work, request: Request, told: str, *, way: str) -> None:
    """Closed today; replied only where the answer can reach somebody."""
    today = business_date(work.now)
    request.reply, request.way, request.closed_on = told, way, today
    request.replied_on = None if request.anonymous else today


def _findings(work: Work, request: Request) -> str:
    """Of the feedback that was accepted."""
    query = (
        select(Dispatch.findings, Dispatch.measures)
        .where(Dispatch.request_id == request.id, Dispatch.state == "accepted")
        .order_by(Dispatch.round.desc())
        .limit(1)
    )
    found = work.session.execute(query).one_or_none()
    if found is None:
        raise CannotOnRequest(("还没有审核通过的反馈，不能办结。请先审核反馈。",))
    return f"{found.findings.rstrip('。')}。{found.measures}"


def _follow(work: Work, request: Request, act: str, state: RequestState, *, document_id: int | None) -> None:
    """A joined request goes with the one that leads it."""
    request.state = state
    work.session.flush()
    add_event(work, SUBJECT, request.id, act, state=state, document_id=document_id)
    work.changed(SUBJECT, str(request.id))


def _pass_on(work: Work, joined: Sequence[Request]) -> None:
    """The first of the joined leads the matter from now on."""
    if not joined:
        return
    first, *others = joined
    first.same_as_id = None
    for each in others:
        each.same_as_id = first.id
    _follow(work, first, "lead", "registered", document_id=None)
