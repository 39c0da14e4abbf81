"""Due days of requests: told, promised, finished by, the unit's feedback, the call-back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from sqlalchemy import and_, exists, or_, select

from hall.rules.authority import CLERK, REVIEWER
from hall.rules.due_notices import DueCode
from hall.rules.requests import OPEN, RequestFacts
from hall.services.dues import Due, Looking
from hall.services.request_records import SUBJECT, facts_among
from hall.services.request_rule import request_rules
from hall.services.subject_notices import Addressee
from hall.store.schema.permits import Enquiry
from hall.store.schema.requests import Dispatch, DispatchUnit, Request
from hall.store.schema.subjects import CallBack

_UNIT_ACTS: Final = ("sent", "taken", "sent_back")


@dataclass(frozen=True, slots=True)
class _Beside:
    """What belongs to the requests, by key; a dispatch is the last one."""

    facts: Mapping[int, RequestFacts]
    dispatches: Mapping[int, tuple[Dispatch, DispatchUnit]]
    enquiries: Mapping[int, Enquiry]


def request_dues(looking: Looking) -> Iterator[Due]:
    """Of open requests, and of closed ones that nobody has been asked about yet."""
    rule = request_rules(looking.home).in_force(looking.today)
    yield from _open(looking, rule.warning_days)
    yield from _to_call_back(looking, timedelta(days=rule.call_back_days))


def _open(looking: Looking, warning_days: int) -> Iterator[Due]:
    first, last = looking.days("told", "feedback", "promise", "finish", warning_days=warning_days)
    at_unit = exists().where(
        Dispatch.request_id == Request.id, Dispatch.ended_on.is_(None), Dispatch.due_on.between(first, last)
    )
    near = or_(
        and_(Request.told_on.is_(None), Request.told_by.between(first, last)),
        Request.promised_by.between(first, last),
        Request.finish_by.between(first, last),
        at_unit,
    )
    requests = _requests(looking, Request.state.in_(OPEN), near)
    beside = _beside(looking, requests)
    for request in requests:
        for due, due_on, holders in _days(looking, request, beside):
            if due_on is not None and first <= due_on <= last:
                yield _due(request, beside)(due=due, due_on=due_on, holders=holders, warning_days=warning_days)


def _to_call_back(looking: Looking, within: timedelta) -> Iterator[Due]:
    first, last = looking.days("call_back")
    reached = exists().where(CallBack.subject == SUBJECT, CallBack.subject_id == Request.id, CallBack.reached.is_(True))
    waits = (Request.kind != "consultation", Request.anonymous.is_(False), ~reached)
    requests = _requests(
        looking, Request.state == "closed", Request.closed_on.between(first - within, last - within), *waits
    )
    beside = _beside(looking, requests)
    for request in requests:
        assert request.closed_on is not None, "closed is closed on a day"
        handled = request.first_account_id in beside.facts[request.id].handler_ids
        holder = Addressee(role=CLERK) if handled else Addressee(request.first_account_id)
        yield _due(request, beside)(due="call_back", due_on=request.closed_on + within, holders=(holder,))


def _requests(looking: Looking, *which: object) -> Sequence[Request]:
    query = select(Request).where(Request.hall_id == looking.hall_id, looking.only(Request.id), *which)  # type: ignore[arg-type]
    return looking.session.scalars(query.order_by(Request.id)).all()


def _beside(looking: Looking, requests: Sequence[Request]) -> _Beside:
    session, keys = looking.session, [each.id for each in requests]
    sent = (
        select(Dispatch, DispatchUnit)
        .join(DispatchUnit, DispatchUnit.id == Dispatch.unit_id)
        .where(Dispatch.request_id.in_(keys))
        .order_by(Dispatch.round)
    )
    asked = select(Enquiry).where(Enquiry.id.in_([each.enquiry_id for each in requests if each.enquiry_id is not None]))
    return _Beside(
        facts=facts_among(session, requests),
        dispatches={dispatch.request_id: (dispatch, unit) for dispatch, unit in session.execute(sent).tuples()},
        enquiries={each.id: each for each in session.scalars(asked)},
    )


def _days(
    looking: Looking, request: Request, beside: _Beside
) -> Iterator[tuple[DueCode, date | None, tuple[Addressee, ...]]]:
    """Whoever was asked first answers for the hall's own days until it is closed (首问责任), beside who has it."""
    first, now = _first(looking, request), _in_hand(request, beside)
    if request.told_on is None:
        yield "told", request.told_by, first
    yield "promise", request.promised_by, (*first, *now)
    yield "finish", request.finish_by, (*first, *now)
    dispatch, _ = beside.dispatches.get(request.id, (None, None))
    if dispatch is not None and dispatch.ended_on is None and dispatch.state in _UNIT_ACTS:
        yield "feedback", dispatch.due_on, now


def _first(looking: Looking, request: Request) -> tuple[Addressee, ...]:
    """A guide who took it down can neither tell nor answer: the clerks hear it, too."""
    own = Addressee(request.first_account_id)
    answers = CLERK in looking.colleagues.roles.get(request.first_account_id, frozenset())
    return (own,) if answers else (own, Addressee(role=CLERK))


def _in_hand(request: Request, beside: _Beside) -> tuple[Addressee, ...]:
    """The unit's people while it is theirs, the dispatcher when they fed back, who answers a consultation."""
    enquiry = beside.enquiries.get(request.enquiry_id or 0)
    if enquiry is not None:
        return (Addressee(enquiry.handed_to or enquiry.account_id),)
    dispatch, unit = beside.dispatches.get(request.id, (None, None))
    if dispatch is None or unit is None or request.state == "registered":
        return ()
    if dispatch.state not in _UNIT_ACTS or unit.department_id is None:
        return (Addressee(dispatch.sent_by),)
    if dispatch.taken_by is not None:
        return (Addressee(dispatch.taken_by),)
    return (Addressee(role=REVIEWER, department_id=unit.department_id),)


def _due(request: Request, beside: _Beside) -> partial[Due]:
    """Whom a request complains of never hears of it."""
    name, apart = f"诉求 {request.number}", beside.facts[request.id].about_ids
    return partial(Due, subject=SUBJECT, subject_id=request.id, name=name, apart=apart)
