"""What every act on a request shares: the request locked, the act checked against its facts, event, audit, change."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, cast

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.request_clocks import return_day
from hall.rules.requests import (
    UNDER_WAY,
    DispatchState,
    RequestAct,
    RequestFacts,
    RequestState,
    after,
    check_act,
)
from hall.services.calendar import shipped_limits
from hall.services.schedules import calendar_in_force
from hall.services.subject_records import Detail, add_event, settle_subject
from hall.store import Work
from hall.store.schema.permits import Enquiry
from hall.store.schema.requests import Dispatch, Request
from hall.store.schema.subjects import SubjectEvent

SUBJECT: Final = "request"
"""Name of the subject, and the topic that its screens listen to."""

_HANDLING = ("take", "feed_back", "reply")


class NoSuchRequest(Missing):
    """No request of this hall has the key or number."""

    def __init__(self) -> None:
        super().__init__("没有找到这件诉求，可能登记在别的大厅。请核对编号，或者刷新后再试。")


class JoinedMeanwhile(Refused):
    """Between looking and doing it was joined to another one."""

    def __init__(self) -> None:
        super().__init__("这件诉求刚刚并案，请刷新后再试。")


def request_locked(work: Work, request_id: int, *others: int) -> Request:
    """The request, kept with the one it is joined to (and `others`) from every other act; raises NoSuchRequest.

    Every act on a joined request holds the lead's lock, so that the lead is answered with all that hang on it.
    """
    lock_with_leads(work, request_id, *others)
    record = work.session.get(Request, request_id, populate_existing=True)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchRequest
    return record


def lock_with_leads(work: Work, *request_ids: int, beside: tuple[str, ...] = ()) -> None:
    """Keep these requests and those that lead them from every other act, with what is named `beside`.

    The calendar is shared: an import of a schedule waits for the act and misses none of its days.
    """
    work.share("calendar")
    leads = _leads(work.session, request_ids)
    work.lock(*beside, *(f"{SUBJECT}/{key}" for key in {*request_ids, *leads}))
    if _leads(work.session, request_ids) != leads:
        raise JoinedMeanwhile


def running(session: Session, request_id: int) -> Dispatch | None:
    """The dispatch that runs: the index lets there be one."""
    query = select(Dispatch).where(Dispatch.request_id == request_id, Dispatch.ended_on.is_(None))
    return session.scalars(query).one_or_none()


def joined_to(session: Session, request_id: int) -> Sequence[Request]:
    """Those that are still joined to the request, the first first."""
    query = select(Request).where(Request.same_as_id == request_id, Request.state == "joined").order_by(Request.id)
    return session.scalars(query).all()


def facts_among(session: Session, requests: Sequence[Request]) -> Mapping[int, RequestFacts]:
    """The facts of many requests, by key; hands in the lead, and whom the matter is about, count for all of it."""
    keys = [each.id for each in requests]
    matters = [*keys, *(each.same_as_id for each in requests if each.same_as_id is not None)]
    dispatches = {
        each.request_id: each
        for each in session.scalars(
            select(Dispatch).where(Dispatch.request_id.in_(keys), Dispatch.ended_on.is_(None))
        ).all()
    }
    handlers, about = _handlers(session, matters), _about(session, matters)
    return {
        each.id: _facts(
            each,
            dispatches.get(each.id),
            return_by=_return_by(session, dispatches.get(each.id)),
            handlers=_of_matter(handlers, each),
            about=_of_matter(about, each),
        )
        for each in requests
    }


def facts_of(session: Session, request: Request) -> RequestFacts:
    """The facts of one request."""
    return facts_among(session, [request])[request.id]


def check(work: Work, request: Request, act: RequestAct) -> RequestFacts:
    """The facts, where the actor may do the act now; raises CannotOnRequest, ComplainedOf or OwnFeedback."""
    facts = facts_of(work.session, request)
    check_act(act, facts, work.actor.account_id, today=business_date(work.now))
    return facts


def move(
    work: Work,
    request: Request,
    act: RequestAct,
    *,
    facts: RequestFacts,
    note: str = "",
    detail: Detail | None = None,
    document_id: int | None = None,
) -> None:
    """Bring request and dispatch to where the act leads, with the event; the caller settles."""
    today = business_date(work.now)
    state, dispatch_state = after(act, facts)
    request.state = state
    dispatch = running(work.session, request.id)
    if dispatch is not None and dispatch_state is not None:
        dispatch.state = dispatch_state
        if dispatch_state not in UNDER_WAY:
            dispatch.ended_on = today
    work.session.flush()
    add_event(work, SUBJECT, request.id, act, state=request.state, note=note, detail=detail, document_id=document_id)


def settle(work: Work, request: Request, **detail: object) -> None:
    """The audit entry and the change."""
    settle_subject(work, SUBJECT, SUBJECT, request.id, **detail)


def close_with_answer(work: Work, enquiry: Enquiry) -> None:
    """Within the work that answers a consultation: the request that it was registered as is closed with it."""
    query = select(Request).where(Request.enquiry_id == enquiry.id, Request.state == "asked")
    request = work.session.scalars(query).one_or_none()
    if request is None:
        return
    today = business_date(work.now)
    request.state, request.reply = "closed", enquiry.answer
    request.replied_on = request.closed_on = today
    request.way = "service"
    add_event(work, SUBJECT, request.id, "answer", state="closed")
    work.changed(SUBJECT, str(request.id))


def _leads(session: Session, request_ids: Sequence[int]) -> frozenset[int]:
    query = select(Request.same_as_id).where(Request.id.in_(request_ids), Request.same_as_id.is_not(None))
    return frozenset(key for key in session.scalars(query) if key is not None)


def _return_by(session: Session, dispatch: Dispatch | None) -> date | None:
    """From the day it was sent, not from when somebody of the unit took it."""
    if dispatch is None:
        return None
    days = calendar_in_force(session, dispatch.hall_id)
    return return_day(days, shipped_limits(), sent_on=business_date(dispatch.sent_at))


def _facts(
    request: Request, dispatch: Dispatch | None, *, return_by: date | None, handlers: set[int], about: set[int]
) -> RequestFacts:
    return RequestFacts(
        state=cast(RequestState, request.state),
        dispatch=cast(DispatchState, dispatch.state) if dispatch is not None else None,
        return_by=return_by,
        anonymous=request.anonymous,
        told_by=request.told_by,
        told_on=request.told_on,
        finish_by=request.finish_by,
        extended_on=request.extended_on,
        fed_back_by=dispatch.fed_back_by if dispatch is not None else None,
        about_ids=frozenset(about),
        handler_ids=frozenset(handlers),
    )


def _of_matter(found: Mapping[int, set[int]], request: Request) -> set[int]:
    """Of the request itself and of the one that leads it."""
    return found.get(request.id, set()) | found.get(request.same_as_id or 0, set())


def _handlers(session: Session, keys: Iterable[int]) -> Mapping[int, set[int]]:
    query = select(SubjectEvent.subject_id, SubjectEvent.account_id).where(
        SubjectEvent.subject == SUBJECT, SubjectEvent.subject_id.in_(keys), SubjectEvent.kind.in_(_HANDLING)
    )
    found: dict[int, set[int]] = {}
    for request_id, account_id in session.execute(query).tuples():
        found.setdefault(request_id, set()).add(account_id)
    return found


def _about(session: Session, keys: Sequence[int]) -> Mapping[int, set[int]]:
    """Of whom the request complains, and those that are joined to it."""
    query = select(Request.id, Request.same_as_id, Request.about_account_id).where(
        Request.about_account_id.is_not(None), or_(Request.id.in_(keys), Request.same_as_id.in_(keys))
    )
    found: dict[int, set[int]] = {}
    for request_id, lead_id, account_id in session.execute(query).tuples():
        for key in (request_id, lead_id):
            if key is not None and account_id is not None:
                found.setdefault(key, set()).add(account_id)
    return found
