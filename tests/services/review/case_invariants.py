"""What holds of a case after whatever was done to it: the invariants of its states and clocks, counted day by day.

Nothing here asks the rules of clocks: due days, what is used and what is left are counted again from the records with
nothing but the question whether a day is a working day.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.clocks import Reading, read
from hall.rules.permits import ACTS, BEFORE_ACCEPTANCE, CLOSED
from hall.rules.separation import APART
from hall.services import clocks as case_clocks
from hall.services.schedules import calendar_in_force
from hall.store import Store
from hall.store.schema.certificates import ServiceRecord
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.documents import Document
from hall.store.schema.permits import CaseEvent, CaseSupplement, PermitCase
from hall.store.schema.reviewing import CasePossession

_DAY = timedelta(days=1)
_ENDS = {"refuse", "withdraw", "terminate", "finish"}
_BY_LAW, _BY_PROMISE = {"statutory", "delivery"}, {"promised", "step", "joint"}
# Written beside the table of acts: who chaired, and that the applicant was told to collect.
_BESIDE = {"chair"}
_FAR = date(2027, 12, 31)


@dataclass(frozen=True)
class Seen:
    """A case with all that was written down about it."""

    case: PermitCase
    clocks: Sequence[CaseClock]
    pauses: Sequence[CasePause]
    events: Sequence[CaseEvent]
    hands: Sequence[CasePossession]
    supplements: Sequence[CaseSupplement]
    readings: tuple[tuple[CaseClock, Reading], ...]
    served: int
    papers: int
    calendar: WorkCalendar
    today: date


def calendar_of(store: Store) -> WorkCalendar:
    """The hall's calendar, which no walk changes."""
    with store.read() as session:
        return calendar_in_force(session, store.hall_id)


def see(store: Store, case_id: int, calendar: WorkCalendar) -> Seen:
    """Everything, read at one instant."""
    with store.read() as session:
        return _see(session, store, case_id, calendar)


def _see(session: Session, store: Store, case_id: int, calendar: WorkCalendar) -> Seen:
    served = session.scalars(select(ServiceRecord.id).where(ServiceRecord.case_id == case_id)).all()
    papers = session.scalars(select(Document.id).where(Document.case_id == case_id)).all()
    return Seen(
        case=session.get_one(PermitCase, case_id),
        clocks=session.scalars(select(CaseClock).where(CaseClock.case_id == case_id).order_by(CaseClock.id)).all(),
        pauses=session.scalars(select(CasePause).where(CasePause.case_id == case_id).order_by(CasePause.id)).all(),
        events=session.scalars(select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id)).all(),
        hands=session.scalars(
            select(CasePossession).where(CasePossession.case_id == case_id).order_by(CasePossession.id)
        ).all(),
        supplements=session.scalars(select(CaseSupplement).where(CaseSupplement.case_id == case_id)).all(),
        readings=tuple(
            (record, read(ledger, business_date(store.clock.now()), calendar=calendar))
            for record, ledger in case_clocks.clocks_of(session, case_id)
        ),
        served=len(served),
        papers=len(papers),
        calendar=calendar,
        today=business_date(store.clock.now()),
    )


def check_case(seen: Seen) -> None:
    """Raise AssertionError unless all of it holds."""
    _check_states(seen)
    _check_hands(seen)
    _check_open_ends(seen)
    _check_separation(seen)
    _check_limits_at_start(seen)
    for clock in seen.clocks:
        _check_clock(seen, clock)
    _check_steps(seen)
    _check_board(seen)
    for record, reading in seen.readings:
        assert reading.consumed + reading.remaining == record.budget + record.extension
        assert record.state != "stopped" or record.pending or reading.due_on == record.due_on, record.kind


def check_parts(main: Seen, parts: Sequence[Seen]) -> None:
    """No decision of the whole before all its parts, no grant with one denied; parts end with a whole that ends."""
    for part in parts:
        assert part.case.parent_id == main.case.id
        if main.case.outcome and not any(each.kind == "reopen" for each in main.events):
            assert part.case.outcome
        if main.case.outcome == "granted":
            assert part.case.outcome != "denied"
        if main.case.state in {"withdrawn", "terminated"}:
            assert part.case.closed_at is not None


def _check_states(seen: Seen) -> None:
    """The events lead to the state, each from a state that its act starts from; one end at most stands."""
    case, events = seen.case, [each for each in seen.events if each.kind not in _BESIDE]
    assert case.state == events[-1].state
    assert (case.closed_at is not None) == (case.state in CLOSED)
    assert all(before.at <= after.at for before, after in pairwise(events))
    for before, after in pairwise(events):
        if after.kind in ACTS:
            assert before.state in ACTS[after.kind].sources, (before.state, after.kind)
        else:
            assert after.state == before.state, after.kind
    since = max((place for place, each in enumerate(events) if each.kind == "reopen"), default=0)
    ends = [each.kind for each in events[since:] if each.kind in _ENDS]
    assert len(ends) <= 1
    if case.state in CLOSED and not any(each.kind == "reopen" for each in events):
        assert len(ends) == 1


def _check_open_ends(seen: Seen) -> None:
    """No decision before acceptance, no service without anything decided, no end with something still open."""
    case, kinds = seen.case, [each.kind for each in seen.events]
    if case.decided_at is not None:
        assert case.accepted_on is not None
        first = min(place for place, kind in enumerate(kinds) if kind in {"decide", "default"})
        assert any(kind.startswith("accept") for kind in kinds[:first])
        assert case.outcome
    if case.state in BEFORE_ACCEPTANCE:
        assert case.accepted_on is None
    if seen.served:
        assert {"decide", "default", "refuse", "withdraw", "terminate", "extend"} & set(kinds)
    if case.state in CLOSED:
        assert not [each for each in seen.pauses if each.ended_on is None]
        assert not [each for each in seen.supplements if each.closed_on is None]
        assert not [each.kind for each in seen.clocks if each.state != "stopped"]


def _check_hands(seen: Seen) -> None:
    """Without a gap from the receipt on, one at a time, and nobody's any more when it has ended."""
    open_now = [each for each in seen.hands if each.until_at is None]
    assert len(open_now) == (0 if seen.case.state in CLOSED else 1)
    if open_now:
        assert open_now[0].account_id == seen.case.officer_id
        assert open_now[0].step == seen.case.state
    for before, after in pairwise(seen.hands):
        assert before.until_at is not None
        assert before.until_at <= after.from_at


def _check_separation(seen: Seen) -> None:
    """Whoever decided did none of what is kept apart from it since the last time that it was done."""
    done: dict[str, set[int]] = {}
    for each in seen.events:
        kind = "accept" if each.kind.startswith("accept") else each.kind
        if each.kind == "send_back":
            done.pop("legal", None)
        done.setdefault(kind, set()).add(each.account_id)
        for apart in APART:
            if kind in {apart.first, apart.second}:
                other = apart.second if kind == apart.first else apart.first
                assert each.account_id == 0 or each.account_id not in done.get(other, set()), (kind, other)


def _check_limits_at_start(seen: Seen) -> None:
    """What is promised ends no later than what the law allows."""
    started = {each.kind: each for each in seen.clocks if each.kind in {"statutory", "promised"}}
    if len(started) == 2:
        law, promise = started["statutory"], started["promised"]
        assert law.started_on == promise.started_on
        assert law.budget >= promise.budget
        assert law.unit == promise.unit


def _check_clock(seen: Seen, clock: CaseClock) -> None:
    """Its due day counted again; each pause lengthens it by no more working days than it lasted."""
    stopping = [each for each in seen.pauses if _stops(each, clock)]
    if clock.due_on is None:
        unlimited = [each for each in stopping if each.last_on is None and each.granted_days is None]
        assert clock.pending or unlimited, clock.kind
        return
    try:
        days = {each.id: _left_out(each, clock, seen) for each in stopping}
        due = _due(clock, set().union(*days.values()), seen.calendar)
        plain = _due(clock, set(), seen.calendar)
        assert clock.due_on == due, (clock.kind, clock.due_on, due)
        assert clock.due_ordinal == seen.calendar.ordinal(due)
        lasted = sum(sum(_works(seen.calendar, day) for day in each) for each in days.values())
        assert seen.calendar.ordinal(due) - seen.calendar.ordinal(plain) <= lasted
    except ScheduleMissing:
        return


def _stops(pause: CasePause, clock: CaseClock) -> bool:
    """One that begins when the clock has been stopped is none of its pauses."""
    if clock.stopped_on is not None and pause.started_on >= clock.stopped_on:
        return False
    return (pause.stops_statutory and clock.kind in _BY_LAW) or (pause.stops_promised and clock.kind in _BY_PROMISE)


def _left_out(pause: CasePause, clock: CaseClock, seen: Seen) -> set[date]:
    """From its first day to the one before its result, no more than was granted, at least its first day."""
    last = pause.last_on or clock.stopped_on or _FAR
    found, granted = {pause.started_on}, pause.granted_days
    used, day = int(_works(seen.calendar, pause.started_on)), pause.started_on
    while day < last and (granted is None or used < granted):
        day += _DAY
        used += _works(seen.calendar, day)
        found.add(day)
    return found


def _due(clock: CaseClock, left_out: set[date], calendar: WorkCalendar) -> date:
    """Day by day; a budget of none ends on the first day at work."""
    total, counted, day = clock.budget + clock.extension, 0, clock.started_on
    if not total:
        while not _works(calendar, day) or day in left_out:
            day += _DAY
        return day
    while counted < total:
        day += _DAY
        counted += _works(calendar, day) and day not in left_out
    return day


def _works(calendar: WorkCalendar, day: date) -> bool:
    return calendar.is_workday(day)


def _check_steps(seen: Seen) -> None:
    """However often a case comes back to a step, all rounds together have the step's time once."""
    for step in {each.subject for each in seen.clocks if each.kind == "step"}:
        rounds = [each for each in seen.clocks if each.kind == "step" and each.subject == step]
        for before, after in pairwise(rounds):
            assert before.state == "stopped"
            assert after.budget <= before.budget
            used = _used(seen, before)
            if used is not None and not seen.pauses:
                assert after.budget == max(before.budget - used, 0)


def _used(seen: Seen, clock: CaseClock) -> int | None:
    """Workdays of a stopped clock that no pause held; None in a year without a schedule."""
    if clock.stopped_on is None or clock.stopped_on <= clock.started_on:
        return 0
    if clock.stopped_on.year not in seen.calendar.years:
        return None
    return sum(_works(seen.calendar, day) for day in _days(clock.started_on + _DAY, clock.stopped_on))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + each * _DAY for each in range((last - first).days + 1))


def _check_board(seen: Seen) -> None:
    """What boards compare is what the ledgers say."""
    case = seen.case
    running = {each.kind: each for each in seen.clocks if each.state != "stopped"}
    promised = running.get("promised") or running.get("joint")
    if case.closed_at is None:
        assert case.promised_ordinal == (promised.due_ordinal if promised else None)
        governs = next((running[kind] for kind in ("acceptance", "statutory", "delivery") if kind in running), None)
        assert case.statutory_ordinal == (governs.due_ordinal if governs else None)
    told = [json.loads(each.detail) for each in seen.events if each.kind in {"decide", "default"}]
    for each in told:
        assert each["outcome"] in {"granted", "denied", "default"}
        assert each["statutory"]["used"] >= 0
