"""All open clocks of a hall by a new calendar, in one transaction: due days, what boards compare, a journal row a case.

Tens of thousands of clocks are read as plain rows, counted by `rules.clocks_batch` and written a few thousand cases at
a time. A clock that has stopped keeps its day, unless its day was still pending when it stopped.
"""

import gc
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain, groupby
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
from hall.store.bulk import Value, insert_rows, update_rows
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
    """A clock with what has to be known of its case."""

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
    number: str
    case_state: str
    closed: bool


class CountedClock(NamedTuple):
    """A clock and where it ends now."""

    clock: _Clock
    due: Due
    differs: bool

    @property
    def moves(self) -> bool:
        """Whether somebody waits for this clock and gets another day."""
        return self.differs and self.clock.state != "stopped" and self.clock.due_on != self.due.day


BOARD_FIGURES = ("standing", "statutory_ordinal", "promised_ordinal", "urgency")

_Row = tuple[Value, ...]
CountedCase = list[CountedClock]
"""The clocks of one case that run or are pending."""


def reproject(
    work: Work, calendar: WorkCalendar, *, why: str, progress: Progress | None = None
) -> tuple[MovedDate, ...]:
    """Work out every clock that runs and every day that is pending; the caller holds the lock `calendar`.

    Gives the days that moved, in the order of the cases; `why` stands in the journal of each of these cases.
    """
    work.session.flush()
    with _collector_off():
        changed = [
            case for case in recounted(work.session, work.hall_id, calendar) if any(each.differs for each in case)
        ]
        for done in range(0, len(changed), CHUNK):
            some = changed[done : done + CHUNK]
            _write(work, some, why)
            if progress is not None:
                progress(done + len(some), len(changed))
        moved = tuple(
            MovedDate(each.clock.number, each.clock.kind, each.clock.due_on, each.due.day)
            for each in chain.from_iterable(changed)
            if each.moves
        )
    work.session.expire_all()
    return moved


@contextmanager
def _collector_off() -> Iterator[None]:
    """Everything lives to the end; looking through it for garbage took a third of the time (measured)."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def recounted(session: Session, hall_id: int, calendar: WorkCalendar) -> Iterator[CountedCase]:
    """Every case that has a clock that runs or is pending, counted anew."""
    clocks, pauses = _clocks(session, hall_id), _pauses(session, hall_id)
    dues = dues_of((_ledger(clock, pauses) for clock in clocks), calendar=calendar)
    counted = (
        CountedClock(clock, due, (clock.due_on, clock.due_ordinal, clock.pending) != due)
        for clock, due in zip(clocks, dues, strict=True)
    )
    return (list(own) for _, own in groupby(counted, key=lambda each: each.clock.case_id))


def _clocks(session: Session, hall_id: int) -> list[_Clock]:
    columns = [CaseClock.__table__.c[name] for name in _Clock._fields[:-3]]
    number = func.coalesce(PermitCase.acceptance_number, PermitCase.receipt_number)
    query = (
        select(*columns, number, PermitCase.state, PermitCase.closed_at.is_not(None))
        .join(PermitCase, PermitCase.id == CaseClock.case_id)
        .where(CaseClock.hall_id == hall_id, _UNSETTLED)
        .order_by(CaseClock.case_id, CaseClock.id)
    )
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


def _write(work: Work, cases: Sequence[CountedCase], why: str) -> None:
    """The clocks, the cases that are open, the journal, and the days that orders and notices took from their clocks.

    A day off between start and end moves the day and not the ordinal: then no case is touched, and no index.
    """
    days: list[_Row] = []
    clocks: list[_Row] = []
    for clock, due, differs in chain.from_iterable(cases):
        if differs and (clock.due_ordinal, clock.pending) == due[1:]:
            days.append((clock.id, due.day))
        elif differs:
            clocks.append((clock.id, *due))
        if differs and clock.due_on is None:
            _tell_papers(work, clock, due)
    update_rows(work.session, _table(CaseClock), ("due_on",), days)
    update_rows(work.session, _table(CaseClock), ("due_on", "due_ordinal", "pending"), clocks)
    update_rows(
        work.session, _table(PermitCase), BOARD_FIGURES, [board_row(case) for case in cases if _ranks_anew(case)]
    )
    _write_journal(work, [case for case in cases if any(each.moves for each in case)], why)


def _ranks_anew(case: CountedCase) -> bool:
    return not case[0].clock.closed and any(each.clock.due_ordinal != each.due.ordinal for each in case)


def board_row(case: CountedCase) -> _Row:
    states = (ClockState(each.clock.kind, each.clock.state, each.due.ordinal) for each in case)
    figures = board_figures(states, waiting=case[0].clock.case_state == "supplementing", closed=False)
    return (
        case[0].clock.case_id,
        figures.standing,
        figures.statutory_ordinal,
        figures.promised_ordinal,
        figures.urgency,
    )


def _write_journal(work: Work, cases: Sequence[CountedCase], why: str) -> None:
    common: dict[str, Value] = {
        "hall_id": work.hall_id,
        "at": work.now,
        "day": business_date(work.now),
        "kind": "recount",
        "account_id": work.actor.account_id,
        "note": why,
    }
    rows = [(case[0].clock.case_id, case[0].clock.case_state, _journal(case)) for case in cases]
    insert_rows(work.session, _table(CaseEvent), ("case_id", "state", "detail"), rows, common=common)


def _journal(case: CountedCase) -> str:
    moved = (each for each in case if each.moves)
    told = (_told(each.clock.kind, each.clock.subject, each.clock.due_on, each.due.day) for each in moved)
    return f"{{{', '.join(told)}}}"


def _tell_papers(work: Work, clock: _Clock, due: Due) -> None:
    """A supervision order or a supplement that could not be given its day before has it now."""
    if clock.kind == "supervision":
        order = SupervisionOrder.hall_id == work.hall_id, SupervisionOrder.number == clock.subject
        work.session.execute(update(SupervisionOrder).where(*order).values(reply_by=due.day))
    elif clock.kind == "supplement":
        notice = CaseSupplement.case_id == clock.case_id, CaseSupplement.closed_on.is_(None)
        work.session.execute(update(CaseSupplement).where(*notice).values(reply_by=due.day))


@lru_cache(100_000)
def _told(kind: str, subject: str, before: date | None, after: date | None) -> str:
    """One clock in the journal's JSON: thousands of cases move from the same day to the same."""
    key = f"{kind}/{subject}" if subject else kind
    days = {"before": before and before.isoformat(), "after": after and after.isoformat()}
    return json.dumps({key: days}, ensure_ascii=False).strip("{}") + "}"


def _table(record: type[Base]) -> Table:
    table = record.__table__
    assert isinstance(table, Table)
    return table
