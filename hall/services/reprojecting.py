"""All open clocks of a hall by a new calendar, in one transaction: due days, what boards compare, a journal row a case.

Tens of thousands of clocks are read as plain rows, counted by `rules.clocks_batch` and written a few thousand cases at
a time. A clock that has stopped keeps its day, unless its day was still pending when it stopped.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import Table, func, or_, select, update
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.calendar import WorkCalendar
from hall.rules.catalogue import Limit, LimitUnit
from hall.rules.clocks import ClockKind, Due, Ledger, Pause
from hall.rules.clocks_batch import dues_of
from hall.rules.clocks_board import ClockState, board_figures
from hall.rules.lights import Standing
from hall.services.clocks import pause_of
from hall.store import Work
from hall.store.bulk import ValueRow, insert_rows, update_rows
from hall.store.schema.base import Base
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.permits import CaseEvent, CaseSupplement, PermitCase
from hall.store.schema.supervision import SupervisionOrder

Progress = Callable[[int, int], None]
"""Told how many cases are done, and of how many."""

CHUNK = 5000

_UNSETTLED = or_(CaseClock.state != "stopped", CaseClock.pending != "")


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A due date that an import moved; None means pending."""

    acceptance_number: str
    kind: str
    before: date | None
    after: date | None


class _Clock(NamedTuple):
    id: int
    case_id: int
    kind: ClockKind
    subject: str
    unit: LimitUnit
    budget: int
    extension: int
    started_on: date
    stopped_on: date | None
    state: Standing
    due_on: date | None
    due_ordinal: int | None
    pending: str


class _Case(NamedTuple):
    id: int
    number: str
    state: str
    closed: bool


class _Moved(NamedTuple):
    clock: _Clock
    due: Due


def reproject(
    work: Work, calendar: WorkCalendar, *, why: str, progress: Progress | None = None
) -> tuple[MovedDate, ...]:
    """Work out every clock that runs and every day that is pending; the caller holds the lock `calendar`.

    Gives the days that moved, in the order of the cases; `why` stands in the journal of each of these cases.
    """
    work.session.flush()
    by_case = _counted_anew(work.session, work.hall_id, calendar)
    changed = [case_id for case_id, clocks in by_case.items() if any(map(_is_new, clocks))]
    moved: list[MovedDate] = []
    for done in range(0, len(changed), CHUNK):
        cases = _cases(work.session, changed[done : done + CHUNK])
        _write(work, cases, by_case, why)
        moved.extend(_told(cases, by_case))
        if progress is not None:
            progress(done + len(cases), len(changed))
    work.session.expire_all()
    return tuple(moved)


def _counted_anew(session: Session, hall_id: int, calendar: WorkCalendar) -> Mapping[int, list[_Moved]]:
    """Every clock that runs or is pending, by case, with where it ends now."""
    clocks, pauses = _clocks(session, hall_id), _pauses(session, hall_id)
    found: dict[int, list[_Moved]] = defaultdict(list)
    dues = dues_of((_ledger(clock, pauses) for clock in clocks), calendar=calendar)
    for clock, due in zip(clocks, dues, strict=True):
        found[clock.case_id].append(_Moved(clock, due))
    return found


def _is_new(moved: _Moved) -> bool:
    clock = moved.clock
    return (clock.due_on, clock.due_ordinal, clock.pending) != moved.due


def _day_moves(moved: _Moved) -> bool:
    """Whether somebody waits for this clock and gets another day."""
    return moved.clock.state != "stopped" and moved.clock.due_on != moved.due.day


def _clocks(session: Session, hall_id: int) -> list[_Clock]:
    columns = [CaseClock.__table__.c[name] for name in _Clock._fields]
    query = select(*columns).where(CaseClock.hall_id == hall_id, _UNSETTLED).order_by(CaseClock.case_id, CaseClock.id)
    return [_Clock(*row) for row in session.execute(query)]


def _pauses(session: Session, hall_id: int) -> Mapping[int, tuple[Pause, ...]]:
    """The pauses of the cases that have such a clock, by case."""
    found: dict[int, list[Pause]] = defaultdict(list)
    concerned = select(CaseClock.case_id).where(CaseClock.hall_id == hall_id, _UNSETTLED)
    query = select(CasePause).where(CasePause.hall_id == hall_id, CasePause.case_id.in_(concerned))
    for record in session.scalars(query.order_by(CasePause.id)):
        found[record.case_id].append(pause_of(record))
    return {case_id: tuple(pauses) for case_id, pauses in found.items()}


def _ledger(clock: _Clock, pauses: Mapping[int, tuple[Pause, ...]]) -> Ledger:
    limit, own = _limit(clock.budget, clock.unit), pauses.get(clock.case_id, ())
    return Ledger(clock.kind, limit, clock.started_on, clock.extension, own, clock.stopped_on)


@cache
def _limit(days: int, unit: LimitUnit) -> Limit:
    return Limit(days, unit)


def _cases(session: Session, ids: Sequence[int]) -> list[_Case]:
    number = func.coalesce(PermitCase.acceptance_number, PermitCase.receipt_number)
    query = select(PermitCase.id, number, PermitCase.state, PermitCase.closed_at.is_not(None))
    return [_Case(*row) for row in session.execute(query.where(PermitCase.id.in_(ids)).order_by(PermitCase.id))]


def _write(work: Work, cases: Sequence[_Case], by_case: Mapping[int, list[_Moved]], why: str) -> None:
    """The clocks, the cases that are open, the journal, and the days that orders and notices took from their clocks."""
    moved = [each for case in cases for each in by_case[case.id] if _is_new(each)]
    clock_rows: list[ValueRow] = [
        {"id": clock.id, "due_on": due.day, "due_ordinal": due.ordinal, "pending": due.pending} for clock, due in moved
    ]
    update_rows(work.session, _table(CaseClock), clock_rows)
    open_cases = [case for case in cases if not case.closed]
    update_rows(work.session, _table(PermitCase), [_case_row(case, by_case[case.id]) for case in open_cases])
    journaled = [case for case in cases if any(map(_day_moves, by_case[case.id]))]
    insert_rows(work.session, _table(CaseEvent), [_journal(work, case, by_case[case.id], why) for case in journaled])
    for clock, due in moved:
        _tell_papers(work, clock, due)


def _case_row(case: _Case, clocks: list[_Moved]) -> ValueRow:
    states = (ClockState(each.clock.kind, each.clock.state, each.due.ordinal) for each in clocks)
    figures = board_figures(states, waiting=case.state == "supplementing", closed=False)
    return {
        "id": case.id,
        "standing": figures.standing,
        "statutory_ordinal": figures.statutory_ordinal,
        "promised_ordinal": figures.promised_ordinal,
        "urgency": figures.urgency,
    }


def _journal(work: Work, case: _Case, clocks: list[_Moved], why: str) -> ValueRow:
    detail = {
        f"{clock.kind}/{clock.subject}" if clock.subject else clock.kind: {
            "before": _iso(clock.due_on),
            "after": _iso(due.day),
        }
        for clock, due in filter(_day_moves, clocks)
    }
    return {
        "hall_id": work.hall_id,
        "case_id": case.id,
        "at": work.now,
        "day": business_date(work.now),
        "kind": "recount",
        "state": case.state,
        "account_id": work.actor.account_id,
        "note": why,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
    }


def _tell_papers(work: Work, clock: _Clock, due: Due) -> None:
    """A supervision order or a supplement that could not be given its day before has it now."""
    if clock.due_on is not None or due.day is None:
        return
    if clock.kind == "supervision":
        order = SupervisionOrder.hall_id == work.hall_id, SupervisionOrder.number == clock.subject
        work.session.execute(update(SupervisionOrder).where(*order).values(reply_by=due.day))
    elif clock.kind == "supplement":
        notice = CaseSupplement.case_id == clock.case_id, CaseSupplement.closed_on.is_(None)
        work.session.execute(update(CaseSupplement).where(*notice).values(reply_by=due.day))


def _told(cases: Sequence[_Case], by_case: Mapping[int, list[_Moved]]) -> Iterator[MovedDate]:
    for case in cases:
        for clock, due in filter(_day_moves, by_case[case.id]):
            yield MovedDate(case.number, clock.kind, clock.due_on, due.day)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _table(record: type[Base]) -> Table:
    table = record.__table__
    assert isinstance(table, Table)
    return table
