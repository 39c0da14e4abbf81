"""Fires the rungs of the escalation that have come: each exactly once, whichever stations run and however often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.clocks import ClockKind
from hall.rules.escalation import DEEMED, ClockReading, Rung, furthest_warning, rungs_due
from hall.rules.lights import Today
from hall.rules.people import system_actor
from hall.services import clocks
from hall.services.case_records import case_locked
from hall.services.escalation_effects import Effect
from hall.services.schedules import calendar_in_force, today_in
from hall.services.supervision_rules import SupervisionPolicy
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.clocks import CaseClock, EscalationRung
from hall.store.schema.permits import PermitCase

_AT_ONCE = 500
"""Keys in one question to the database."""


@dataclass(frozen=True, slots=True)
class DueClock:
    """A clock of which a rung has come and was not fired."""

    clock_id: int
    case_id: int


class _Candidate(NamedTuple):
    clock_id: int
    case_id: int
    reading: ClockReading


class _NothingToFire(Exception):
    """Everything had been fired when the case was locked: the work is left without a trace."""


def due_clocks(store: Store, *, policy: SupervisionPolicy) -> tuple[DueClock, ...]:
    """All of them; within a kind of clock the most urgent first."""
    day = business_date(store.clock.now())
    rungs = policy.escalation.in_force(day).rungs
    with store.read() as session:
        today = today_in(calendar_in_force(session, store.hall_id), day)
        near = _candidates(session, store.hall_id, day, today, rungs)
        fired = _fired(session, [candidate.clock_id for candidate in near])
    return tuple(
        DueClock(each.clock_id, each.case_id)
        for each in near
        if any(
            (each.clock_id, rung.code, each.reading.due_on) not in fired
            for rung in rungs_due(each.reading, day, today, rungs=rungs)
        )
    )


def fire(store: Store, due: DueClock, *, policy: SupervisionPolicy, home: Path) -> int:
    """Fire what has come of one clock, in one transaction; gives how many rungs it was."""
    try:
        return _fire(store, due, policy=policy, home=home)
    except _NothingToFire:
        return 0


@retried
def _fire(store: Store, due: DueClock, *, policy: SupervisionPolicy, home: Path) -> int:
    with store.work("escalation.fire", system_actor(store.hall_id)) as work:
        case = case_locked(work, due.case_id)
        day, today = business_date(work.now), today_in(clocks.calendar(work), business_date(work.now))
        kept = next(each for each in clocks.clocks_of(work.session, case.id) if each.record.id == due.clock_id)
        reading = _reading(kept.record, case.warning_days)
        rungs = rungs_due(reading, day, today, rungs=policy.escalation.in_force(day).rungs)
        claimed = [rung for rung in rungs if case.closed_at is None and _claim(work, kept.record, rung)]
        if not claimed:
            raise _NothingToFire
        effect = Effect(work, case, kept, day, today, policy, home)
        for rung in claimed:
            effect.of(rung)
        clocks.refresh(work, case)
        work.audit(f"case:{case.id}", clock=due.clock_id, kind=kept.record.kind, rungs=[each.code for each in claimed])
        work.changed("case", str(case.id))
    return len(claimed)


def _claim(work: Work, record: CaseClock, rung: Rung) -> bool:
    """Whether this work is the one that fires the rung: the unique key lets one in, and with it what it causes."""
    insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    claimed = work.session.scalar(
        insert(EscalationRung)
        .values(hall_id=work.hall_id, clock_id=record.id, rung=rung.code, due_on=record.due_on, at=work.now)
        .on_conflict_do_nothing(index_elements=["clock_id", "rung", "due_on"])
        .returning(EscalationRung.id)
    )
    return claimed is not None


def _candidates(
    session: Session, hall_id: int, day: date, today: Today, rungs: tuple[Rung, ...]
) -> Sequence[_Candidate]:
    """Clocks of open cases near or past their due day that have not fired all they could."""
    of_open_cases = (PermitCase.hall_id == hall_id, PermitCase.closed_at.is_(None))
    longest = session.scalar(select(func.max(PermitCase.warning_days)).where(*of_open_cases)) or 0
    kinds = sorted({rung.clock for rung in rungs})
    running = (CaseClock.hall_id == hall_id, CaseClock.state == "running", CaseClock.state != "stopped")
    kinds = sorted({rung.clock for rung in rungs})
    wanted = [and_(*running, _unfired(kind, day, today, rungs, longest)) for kind in kinds]  # each by its index
    wanted.append(
        and_(PermitCase.accepted_how == "deemed", CaseClock.kind == "acceptance", CaseClock.stopped_how == DEEMED)
    )
    found: list[_Candidate] = []
    for condition in wanted:
        rows = session.execute(
            select(*_READ)
            .join(PermitCase, PermitCase.id == CaseClock.case_id)
            .where(*of_open_cases, condition)
            .order_by(CaseClock.due_ordinal, CaseClock.id)
        )
        for clock_id, case_id, *reading in rows:
            found.append(_Candidate(clock_id, case_id, ClockReading(*reading)))
    return found


_READ = (
    CaseClock.id,
    CaseClock.case_id,
    CaseClock.kind,
    CaseClock.state,
    CaseClock.started_on,
    CaseClock.due_on,
    CaseClock.due_ordinal,
    PermitCase.warning_days,
    CaseClock.stopped_how,
)
"""Keys, and then a ClockReading in its order."""


def _unfired(kind: ClockKind, day: date, today: Today, rungs: tuple[Rung, ...], longest: int) -> ColumnElement[bool]:
    """Past its due day and without one of its cards; or near it and without one of its warnings."""
    past = [rung.code for rung in rungs if rung.clock == kind and rung.at == "past"]
    warnings = [rung.code for rung in rungs if rung.clock == kind and rung.at != "past"]
    bound = today.ordinal + furthest_warning(rungs, kind, longest=longest)
    return and_(
        CaseClock.kind == kind,
        CaseClock.due_ordinal <= bound,
        or_(
            and_(CaseClock.due_on < day, _count_fired(past) < len(past)),
            and_(CaseClock.due_on >= day, _count_fired(warnings) < len(warnings)),
        ),
    )


def _count_fired(codes: Sequence[str]) -> ScalarSelect[int]:
    own = (EscalationRung.clock_id == CaseClock.id, EscalationRung.due_on == CaseClock.due_on)
    return select(func.count()).where(*own, EscalationRung.rung.in_(codes)).correlate(CaseClock).scalar_subquery()


def _fired(session: Session, clock_ids: Sequence[int]) -> frozenset[tuple[int, str, date]]:
    """What was fired of these clocks, and for which due day."""
    fired: set[tuple[int, str, date]] = set()
    for first in range(0, len(clock_ids), _AT_ONCE):
        rows = select(EscalationRung.clock_id, EscalationRung.rung, EscalationRung.due_on)
        some = rows.where(EscalationRung.clock_id.in_(clock_ids[first : first + _AT_ONCE]))
        fired.update(session.execute(some).tuples())
    return frozenset(fired)


def _reading(record: CaseClock, warning_days: int) -> ClockReading:
    return ClockReading(
        record.kind,  # type: ignore[arg-type]  # written from a ClockKind
        record.state,
        record.started_on,
        record.due_on,
        record.due_ordinal,
        warning_days,
        record.stopped_how,
    )
