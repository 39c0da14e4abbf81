"""What is counted of requests: those received between two days, as they stood at the end of the last one."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.ratings import BAD_LEVELS
from hall.services.request_records import SUBJECT
from hall.services.request_rule import request_rules
from hall.store import Store
from hall.store.schema.requests import Dispatch, Request
from hall.store.schema.subjects import CallBack, SubjectEvent
from hall.words import REQUEST_KINDS, REQUEST_WAYS


@dataclass(frozen=True, slots=True)
class RequestCounts:
    """Requests received in the days, as they stood at the end of the last; a rate is one of these over another."""

    received: int
    closed: int
    """办结率 = closed / received."""
    closed_on_time: int
    """按期办结率 = closed_on_time / closed."""
    answerable: int
    """Received from somebody who can be answered."""
    replied: int
    """回复率 = replied / answerable."""
    joined: int
    """重复率 = joined / received."""
    overdue: int
    """Not closed, and a day that was promised or laid down has passed."""
    dispatched: int
    returned: int
    """退单率 = returned / dispatched."""
    called_back: int
    """Requests with a call-back; `reached` those where somebody answered."""
    reached: int
    rated: int
    """Requests whose last level somebody gave."""
    content: int
    """满意率 = content / rated; the last two of the five levels are not content."""
    by_service: int
    by_guidance: int
    by_penalty: int
    """721 = each / (by_service + by_guidance + by_penalty)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with what it is made of; `meaning` defines both. Without a denominator there is no rate."""

    title: str
    numerator: int
    denominator: int
    meaning: str
    target: int | None = None
    """Percent, an aim of the whole hall and nobody's quota; None: no aim."""


@dataclass(frozen=True, slots=True)
class RequestRates:
    """Figures of the requests received in these days."""

    first: date
    last: date
    rates: tuple[Rate, ...]
    ways: tuple[Rate, ...]
    """721: service, guidance, penalty, each over the closed requests whose way is known."""
    kinds: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]


def counts_of(session: Session, *, hall_id: int, first: date, last: date) -> RequestCounts:
    """Of one hall, both days included; what happened after the last day is left out, so a month stays as it was."""
    received = _received(session, hall_id, first, last)
    keys = select(Request.id).where(*_in_days(hall_id, first, last))
    closed = [each for each in received if each.state == "closed" and _by(each.closed_on, last)]
    dispatches = session.execute(
        select(Dispatch.sent_at, Dispatch.state, Dispatch.ended_on).where(Dispatch.request_id.in_(keys))
    ).tuples()
    sent = [(state, ended) for sent_at, state, ended in dispatches if business_date(sent_at) <= last]
    called, reached, levels = _called_back(session, keys, last)
    ways = Counter(each.way for each in closed)
    return RequestCounts(
        received=len(received),
        closed=len(closed),
        closed_on_time=sum(_in_time(each) for each in closed),
        answerable=sum(not each.anonymous for each in received),
        replied=sum(_by(each.replied_on, last) for each in received if not each.anonymous),
        joined=_joined(session, keys, last),
        overdue=sum(_overdue(each, last) for each in received),
        dispatched=len(sent),
        returned=sum(state == "returned" and _by(ended, last) for state, ended in sent),
        called_back=called,
        reached=reached,
        rated=len(levels),
        content=sum(level not in BAD_LEVELS for level in levels),
        by_service=ways["service"],
        by_guidance=ways["guidance"],
        by_penalty=ways["penalty"],
    )


def rates(store: Store, actor: Actor, *, first: date, last: date, home: Path) -> RequestRates:
    """The figures as rates with their definitions, and 721 beside its aim (no figure of any unit or person)."""
    require(actor, "request.read")
    rule = request_rules(home).in_force(last)
    with store.read(actor) as session:
        counts = counts_of(session, hall_id=store.hall_id, first=first, last=last)
        received = _received(session, store.hall_id, first, last)
        kinds = Counter(each.kind for each in received)
        categories = Counter(each.category for each in received)
    solved = {"service": counts.by_service, "guidance": counts.by_guidance, "penalty": counts.by_penalty}
    total = sum(solved.values())
    return RequestRates(
        first,
        last,
        _rates(counts),
        tuple(
            Rate(words, solved[way], total, f"以{words}方式办结的/已办结且记有方式的", rule.targets[way])
            for way, words in REQUEST_WAYS.items()
        ),
        tuple((words, kinds[kind]) for kind, words in REQUEST_KINDS.items()),
        tuple((rule.categories.get(code, code), count) for code, count in categories.most_common()),
    )


def _rates(counts: RequestCounts) -> tuple[Rate, ...]:
    return (
        Rate("办结率", counts.closed, counts.received, "期末已办结的/期内收到的"),
        Rate("按期办结率", counts.closed_on_time, counts.closed, "在承诺和法定期限内办结的/已办结的"),
        Rate("回复率", counts.replied, counts.answerable, "期末已答复的/期内收到的实名诉求"),
        Rate("重复率", counts.joined, counts.received, "并入同一事项的/期内收到的"),
        Rate("逾期率", counts.overdue, counts.received, "期末没有办结、期限已过的/期内收到的"),
        Rate("退单率", counts.returned, counts.dispatched, "被单位退回的派单/全部派单"),
        Rate("回访联系率", counts.reached, counts.called_back, "回访联系上的/回访过的"),
        Rate("满意率", counts.content, counts.rated, "非常满意、满意和基本满意/回访时亲口评价的"),
    )


def _received(session: Session, hall_id: int, first: date, last: date) -> Sequence[Request]:
    return session.scalars(select(Request).where(*_in_days(hall_id, first, last)).order_by(Request.id)).all()


def _in_days(hall_id: int, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return Request.hall_id == hall_id, Request.received_on.between(first, last)


def _joined(session: Session, keys: Select[tuple[int]], last: date) -> int:
    """Requests that followed another of the same matter when the last day ended."""
    events = (
        select(SubjectEvent.subject_id, SubjectEvent.kind, SubjectEvent.detail)
        .where(SubjectEvent.subject == SUBJECT, SubjectEvent.subject_id.in_(keys), SubjectEvent.day <= last)
        .where(SubjectEvent.kind.in_(("register", "join", "lead")))
    )
    follows: dict[int, bool] = {}
    for key, kind, detail in session.execute(events.order_by(SubjectEvent.id)).tuples():
        follows[key] = kind != "lead" and json.loads(detail)["same_as"] is not None
    return sum(follows.values())


def _called_back(session: Session, keys: Select[tuple[int]], last: date) -> tuple[int, int, list[int]]:
    """Requests with a call-back, with one that reached somebody, and the last level of each that has one."""
    query = select(CallBack).where(
        CallBack.subject == SUBJECT, CallBack.subject_id.in_(keys), CallBack.called_on <= last
    )
    found = session.scalars(query.order_by(CallBack.id)).all()
    levels = {each.subject_id: each.level for each in found if each.level is not None}
    reached = {each.subject_id for each in found if each.reached}
    return len({each.subject_id for each in found}), len(reached), list(levels.values())


def _by(day: date | None, last: date) -> bool:
    return day is not None and day <= last


def _in_time(request: Request) -> bool:
    closed_on = request.closed_on
    return closed_on is not None and all(
        day is None or closed_on <= day for day in (request.promised_by, request.finish_by)
    )


def _overdue(request: Request, last: date) -> bool:
    if _by(request.closed_on, last):
        return False
    return any(day is not None and day < last for day in (request.promised_by, request.finish_by))
