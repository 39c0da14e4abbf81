"""Clocks of a case inside the caller's transaction: started, stopped, paused, resumed, extended, and read again.

Whoever changes the state or the clocks of a case calls `refresh` last: it works out every clock that is not stopped
from its ledger and writes what boards compare. The case is locked by the caller (`case_records.case_locked`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.calendar import WorkCalendar
from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockKind, ClockStart, Ledger, Pause, due_of, read
from hall.rules.clocks_board import ClockState, board_figures
from hall.services.case_records import NoSuchCase
from hall.services.schedules import calendar_in_force
from hall.store import Work
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.permits import PermitCase
from hall.words import CASE_PROCEDURES


class NotUnderWay(Refused):
    """No such procedure of the case waits for its result."""

    def __init__(self, procedure: str) -> None:
        super().__init__(f"没有进行中的{CASE_PROCEDURES[procedure]}，请刷新后再看。")


class UnderWayAlready(Refused):
    """The same procedure runs already."""

    def __init__(self, procedure: str) -> None:
        super().__init__(f"{CASE_PROCEDURES[procedure]}正在进行，先登记结果，才能再次启动。")


class KeptClock(NamedTuple):
    """A clock as it is stored, and its ledger."""

    record: CaseClock
    ledger: Ledger


def calendar(work: Work) -> WorkCalendar:
    """The hall's calendar, read once in a work; `case_locked` keeps it as it is until the end of it."""
    kept: WorkCalendar | None = work.session.info.get("calendar")
    if kept is None:
        kept = work.session.info["calendar"] = calendar_in_force(work.session, work.hall_id)
    return kept


def start(
    work: Work, case: PermitCase, kind: ClockKind, *, limit: Limit, started_on: date, subject: str = ""
) -> ClockStart:
    """Begin a clock; a further one of its kind is its next round."""
    ledger = Ledger(kind, limit, started_on, pauses=pauses_of(work.session, case.id))
    due = due_of(ledger, calendar=calendar(work))
    work.session.add(
        CaseClock(
            hall_id=work.hall_id,
            case_id=case.id,
            kind=kind,
            round=_last_round(work.session, case.id, kind) + 1,
            subject=subject,
            unit=limit.unit,
            budget=limit.days,
            started_on=started_on,
            due_on=due.day,
            due_ordinal=due.ordinal,
            pending=due.pending,
            state="running",
        )
    )
    work.session.flush()
    return ClockStart(kind, limit, started_on, due.day, due.ordinal, due.pending)


def stop(work: Work, case: PermitCase, kind: ClockKind, *, on: date, how: str, subject: str | None = None) -> None:
    """End the clocks of a kind that are not stopped (of one subject, where it is named); their due days stay."""
    days = calendar(work)
    for record, ledger in clocks_of(work.session, case.id):
        if record.kind == kind and record.state != "stopped" and subject in {None, record.subject}:
            _stop(record, ledger, on=on, how=how, days=days)
    work.session.flush()


def stop_all(work: Work, case: PermitCase, *, on: date, how: str) -> None:
    """End every clock and every procedure of a case that ends (withdrawn, terminated …)."""
    days = calendar(work)
    for record, ledger in clocks_of(work.session, case.id):
        if record.state != "stopped":
            _stop(record, ledger, on=on, how=how, days=days)
    for pause_record in _open_pauses(work.session, case.id):
        pause_record.last_on = max(on, pause_record.started_on)
        pause_record.ended_on, pause_record.ended_by = on, work.actor.account_id
    work.session.flush()


def pause(
    work: Work,
    case: PermitCase,
    *,
    terms: Pause,
    reason: str,
    document_id: int | None = None,
) -> CasePause:
    """A procedure stops the clocks that `terms` say, from its first day on; a granted time gets a clock of its own.

    Raises UnderWayAlready.
    """
    if any(each.procedure == terms.procedure for each in _open_pauses(work.session, case.id)):
        raise UnderWayAlready(terms.procedure)
    limit = terms.granted if terms.limited else None
    record = CasePause(
        hall_id=work.hall_id,
        case_id=case.id,
        procedure=terms.procedure,
        stops_statutory=terms.stops_statutory,
        stops_promised=terms.stops_promised,
        granted_days=limit.days if limit else None,
        granted_unit=limit.unit if limit else None,
        started_on=terms.first_day,
        basis=terms.basis,
        reason=reason,
        account_id=work.actor.account_id,
        document_id=document_id,
    )
    work.session.add(record)
    work.session.flush()
    if limit is not None:
        start(work, case, "procedure", limit=limit, started_on=terms.first_day, subject=terms.procedure)
    return record


def resume(work: Work, case: PermitCase, procedure: str, *, on: date, result: str) -> CasePause:
    """Register the result of a procedure: its clocks run again from this day. Raises NotUnderWay, ResultTooEarly."""
    record = next((each for each in _open_pauses(work.session, case.id) if each.procedure == procedure), None)
    if record is None:
        raise NotUnderWay(procedure)
    record.last_on = pause_of(record).ended(on).last_day
    record.ended_on, record.ended_by, record.result = on, work.actor.account_id, result
    stop(work, case, "procedure", on=on, how="result", subject=procedure)
    return record


def extend(work: Work, case: PermitCase, days: Mapping[ClockKind, int]) -> None:
    """Give clocks that run a longer time; whether they may have it, `rules.clocks_changes.check_extensions` says."""
    for record, ledger in clocks_of(work.session, case.id):
        if record.state != "stopped":
            record.extension += days.get(ledger.kind, 0)
    work.session.flush()


def refresh(work: Work, case: PermitCase) -> None:
    """Work out every clock of the case that is not stopped, and what boards compare. Called last."""
    work.session.flush()
    kept, today, days = clocks_of(work.session, case.id), business_date(work.now), calendar(work)
    for record, ledger in kept:
        if record.state != "stopped":
            reading = read(ledger, today, calendar=days)
            record.due_on, record.due_ordinal, record.pending = reading.due_on, reading.due_ordinal, reading.pending
            record.state = reading.standing
    states = (ClockState(ledger.kind, record.state, record.due_ordinal) for record, ledger in kept)  # type: ignore[arg-type]  # written from a Reading
    figures = board_figures(states, waiting=case.state == "supplementing", closed=case.closed_at is not None)
    case.standing, case.urgency = figures.standing, figures.urgency
    case.statutory_ordinal, case.promised_ordinal = figures.statutory_ordinal, figures.promised_ordinal
    work.session.flush()


def case_kept(session: Session, hall_id: int, case_id: int) -> PermitCase:
    """A case whose clocks are only looked at. Raises NoSuchCase."""
    case = session.get(PermitCase, case_id)
    if case is None or case.hall_id != hall_id:
        raise NoSuchCase(case_id)
    return case


def clocks_of(session: Session, case_id: int) -> tuple[KeptClock, ...]:
    """Every clock of a case in the order they began, each with its ledger."""
    pauses = pauses_of(session, case_id)
    records = session.scalars(select(CaseClock).where(CaseClock.case_id == case_id).order_by(CaseClock.id))
    return tuple(KeptClock(record, ledger_of(record, pauses)) for record in records)


def pauses_of(session: Session, case_id: int) -> tuple[Pause, ...]:
    """Every pause of a case, for all its ledgers."""
    return tuple(map(pause_of, _pause_records(session, case_id)))


def ledger_of(record: CaseClock, pauses: Iterable[Pause]) -> Ledger:
    """A stored clock as the rules read it."""
    return Ledger(
        record.kind,  # type: ignore[arg-type]  # written from a ClockKind, as the unit from a Limit
        Limit(record.budget, record.unit),  # type: ignore[arg-type]
        record.started_on,
        record.extension,
        tuple(pauses),
        record.stopped_on,
    )


def pause_of(record: CasePause) -> Pause:
    """A stored pause as the rules read it."""
    granted = None
    if record.granted_days is not None:
        granted = Limit(record.granted_days, record.granted_unit)  # type: ignore[arg-type]  # written from a Limit
    return Pause(
        record.procedure,
        record.started_on,
        record.last_on,
        granted,
        title=CASE_PROCEDURES[record.procedure],
        basis=record.basis,
        stops_statutory=record.stops_statutory,
        stops_promised=record.stops_promised,
    )


def _stop(record: CaseClock, ledger: Ledger, *, on: date, how: str, days: WorkCalendar) -> None:
    due = due_of(replace(ledger, stopped_on=on), calendar=days)
    record.due_on, record.due_ordinal, record.pending = due.day, due.ordinal, due.pending
    record.state, record.stopped_on, record.stopped_how = "stopped", on, how


def _last_round(session: Session, case_id: int, kind: ClockKind) -> int:
    of_kind = select(func.max(CaseClock.round)).where(CaseClock.case_id == case_id, CaseClock.kind == kind)
    return session.scalar(of_kind) or 0


def _open_pauses(session: Session, case_id: int) -> list[CasePause]:
    return [record for record in _pause_records(session, case_id) if record.ended_on is None]


def _pause_records(session: Session, case_id: int) -> list[CasePause]:
    return list(session.scalars(select(CasePause).where(CasePause.case_id == case_id).order_by(CasePause.id)))
