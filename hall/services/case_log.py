"""The cases of a span of days as plain facts, read from the records by their dates: what monthly statistics count."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from hall.clock import HALL_ZONE, business_date
from hall.rules.calendar import WorkCalendar
from hall.rules.case_facts import CaseFact, ClockFact, End, PauseFact, Standing, StepFact, SupplementFact
from hall.rules.clocks import Ledger, read
from hall.rules.permits import CLOSED
from hall.services.clocks import ledger_of, pause_of
from hall.store.schema.certificates import ServiceRecord
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.permits import CaseEvent, CaseSupplement, PermitCase
from hall.store.schema.reviewing import CaseVisit

_COUNTED_CLOCKS = ("statutory", "promised", "delivery", "step", "procedure")
_ENDS: Mapping[str, End] = {"refuse": "refused", "withdraw": "withdrawn", "terminate": "terminated"}
# Acts for which an applicant who applied at the counter comes again.
_TRIPS = ("resubmit", "answer", "complete")
_COUNTED_EVENTS = (*_ENDS, *_TRIPS, "extend")
_MATERIAL = "supplement"
_DAY = timedelta(days=1)

Part = TypeVar("Part", CaseClock, CasePause, CaseSupplement, CaseVisit, CaseEvent, ServiceRecord)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What belongs to cases, by the case's key."""

    clocks: Mapping[int, list[CaseClock]]
    pauses: Mapping[int, list[CasePause]]
    supplements: Mapping[int, list[CaseSupplement]]
    visits: Mapping[int, list[CaseVisit]]
    events: Mapping[int, list[CaseEvent]]
    collected: Mapping[int, list[ServiceRecord]]
    """What the applicant got in person."""


def read_cases(
    session: Session, hall_id: int, *, first: date, last: date, calendar: WorkCalendar
) -> tuple[CaseFact, ...]:
    """Every case that was received by the last day and had not ended before the first, as it is known now.

    The parts of a joint case are its steps, not cases of their own.
    """
    concerned = (
        PermitCase.hall_id == hall_id,
        PermitCase.parent_id.is_(None),
        PermitCase.received_at < _start_of(last + _DAY),
        or_(PermitCase.closed_at.is_(None), PermitCase.closed_at >= _start_of(first)),
    )
    cases = session.scalars(select(PermitCase).where(*concerned).order_by(PermitCase.id)).all()
    parts = _Parts(
        clocks=_of_cases(session, CaseClock, CaseClock.kind.in_(_COUNTED_CLOCKS), *concerned),
        pauses=_of_cases(session, CasePause, *concerned),
        supplements=_of_cases(session, CaseSupplement, *concerned),
        visits=_of_cases(session, CaseVisit, CaseVisit.made_at.is_not(None), *concerned),
        events=_of_cases(session, CaseEvent, CaseEvent.kind.in_(_COUNTED_EVENTS), *concerned),
        collected=_of_cases(session, ServiceRecord, ServiceRecord.way == "direct", *concerned),
    )
    used = _Used(calendar)
    return tuple(_fact(case, parts, used) for case in cases)


def _of_cases(session: Session, record: type[Part], *conditions: ColumnElement[bool]) -> Mapping[int, list[Part]]:
    found: dict[int, list[Part]] = defaultdict(list)
    query = select(record).join(PermitCase, PermitCase.id == record.case_id).where(*conditions).order_by(record.id)
    for part in session.scalars(query):
        found[part.case_id].append(part)
    return found


def _fact(case: PermitCase, parts: _Parts, used: "_Used") -> CaseFact:
    clocks, pauses = parts.clocks.get(case.id, []), parts.pauses.get(case.id, [])
    events = parts.events.get(case.id, [])
    supplements, visits = parts.supplements.get(case.id, ()), parts.visits.get(case.id, ())
    end = _end(case, events)
    delivery = _last(clocks, "delivery")
    return CaseFact(
        case_id=case.id,
        matter_id=case.matter_id,
        department_id=case.department_id,
        handling=case.handling,  # type: ignore[arg-type]  # written from rules.permits, as the two below
        received_on=business_date(case.received_at),
        standing=_standing(case),
        accepted_on=business_date(case.accepted_at) if case.accepted_at else None,
        accepted_how=case.accepted_how,  # type: ignore[arg-type]
        decided_on=case.decided_on,
        outcome=case.outcome,  # type: ignore[arg-type]
        served_on=delivery.stopped_on if delivery else None,
        delivery_due=delivery.due_on if delivery else None,
        ended_on=end.day if end else None,
        ended_how=_ENDS[end.kind] if end else "",
        refusal_limb=_limb(end) if end else "",
        statutory=_clock(case, _last(clocks, "statutory"), pauses, used),
        promised=_clock(case, _last(clocks, "promised"), pauses, used),
        extended_on=next((event.day for event in reversed(events) if event.kind == "extend"), None),
        trips=_trips(case, events, parts.collected.get(case.id, ())),
        supplements=tuple(SupplementFact(business_date(each.told_at), each.closed_on) for each in supplements),
        visits=tuple(business_date(each.made_at) for each in visits if each.made_at),
        pauses=tuple(_pause(each, clocks, used.calendar) for each in pauses),
        steps=_steps(clocks),
    )


def _standing(case: PermitCase) -> Standing:
    """What the state says; whether a case that is worked on is paused is found from its pauses."""
    if case.state in CLOSED or case.state == "decided":
        return "done"
    return "supplementing" if case.state == "supplementing" else "working"


def _end(case: PermitCase, events: Iterable[CaseEvent]) -> CaseEvent | None:
    """The act that ended a case without a decision; a case that was reopened has not ended."""
    if case.closed_at is None or case.decided_on is not None:
        return None
    return next((event for event in reversed(list(events)) if event.kind in _ENDS), None)


def _limb(end: CaseEvent) -> str:
    """Why acceptance was refused, as the act wrote it down."""
    return str(json.loads(end.detail).get("limb", "")) if end.kind == "refuse" else ""


def _trips(case: PermitCase, events: Iterable[CaseEvent], collected: Iterable[ServiceRecord]) -> int | None:
    """On how many days the applicant had to come; not known before the case is done."""
    if case.decided_on is None:
        return None
    days = {each.served_on for each in collected if each.served_on is not None}
    if case.channel == "counter":
        days.add(business_date(case.received_at))
        days |= {event.day for event in events if event.kind in _TRIPS}
    return len(days)


def _last(clocks: Iterable[CaseClock], kind: str) -> CaseClock | None:
    return next((clock for clock in reversed(list(clocks)) if clock.kind == kind), None)


def _clock(case: PermitCase, clock: CaseClock | None, pauses: Iterable[CasePause], used: "_Used") -> ClockFact | None:
    if clock is None:
        return None
    ledger = ledger_of(clock, map(pause_of, pauses))
    days = None if case.decided_on is None else used.until(ledger, case.decided_on)
    return ClockFact(clock.budget, clock.unit, clock.due_on, days)


@dataclass(frozen=True, slots=True)
class _Used:
    """Days used of a ledger up to a day; the many ledgers of a month that are alike are read once."""

    calendar: WorkCalendar
    known: dict[tuple[Ledger, date], int] = field(default_factory=dict)

    def until(self, ledger: Ledger, day: date) -> int | None:
        """None where the day's year has no schedule."""
        if day.year not in self.calendar.years:
            return None
        if (ledger, day) not in self.known:
            self.known[ledger, day] = read(ledger, day, calendar=self.calendar).consumed
        return self.known[ledger, day]


def _pause(pause: CasePause, clocks: Iterable[CaseClock], calendar: WorkCalendar) -> PauseFact:
    """Its own clock, where it was given a time, says by when its result was due."""
    own = (clock for clock in clocks if (clock.kind, clock.subject) == ("procedure", pause.procedure))
    limit = next((clock for clock in own if clock.started_on == pause.started_on), None)
    return PauseFact(
        first=pause.started_on,
        resumed_on=pause.ended_on,
        workdays=None if pause.last_on is None else _workdays(pause.started_on, pause.last_on, calendar),
        due=limit.due_on if limit else None,
        for_material=pause.procedure == _MATERIAL,
    )


def _workdays(first: date, last: date, calendar: WorkCalendar) -> int | None:
    """Of the days from first to last; None where a year has no schedule."""
    if not {first.year, last.year} <= set(calendar.years):
        return None
    return calendar.workdays_between(first, last) + calendar.is_workday(first)


def _steps(clocks: Iterable[CaseClock]) -> tuple[StepFact, ...]:
    """The steps that were left."""
    return tuple(
        StepFact(clock.stopped_on, overrun=clock.due_on is not None and clock.stopped_on > clock.due_on)
        for clock in clocks
        if clock.kind == "step" and clock.stopped_on is not None
    )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), HALL_ZONE)
