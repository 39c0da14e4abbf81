"""Due days and what boards compare, worked out once more from the ledgers and held against what is stored."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.services.reprojecting import BOARD_FIGURES, CountedCase, board_row, recounted
from hall.services.schedules import calendar_in_force
from hall.store.integrity import DataProblem
from hall.store.schema.halls import Hall
from hall.store.schema.permits import PermitCase
from hall.words import CLOCK_KINDS


def wrong_clocks(session: Session) -> list[DataProblem]:
    """Every clock that runs and does not end where its ledger ends, and every open case that boards rank wrongly."""
    problems: list[DataProblem] = []
    for hall_id in session.scalars(select(Hall.id).order_by(Hall.id)).all():
        cases = list(recounted(session, hall_id, calendar_in_force(session, hall_id)))
        problems += _wrong_days(cases)
        problems += _wrong_ranks(session, hall_id, cases)
    return problems


def _wrong_days(cases: list[CountedCase]) -> Iterator[DataProblem]:
    for case in cases:
        for clock, due, differs in case:
            if differs:
                stored, counted = (day.isoformat() if day else "待定" for day in (clock.due_on, due.day))
                yield DataProblem(
                    "case_clock",
                    f"办件 {clock.number} 的{CLOCK_KINDS[clock.kind]}：存的到期日是 {stored}，重新计算是 {counted}。",
                )


def _wrong_ranks(session: Session, hall_id: int, cases: list[CountedCase]) -> Iterator[DataProblem]:
    columns = (getattr(PermitCase, name) for name in BOARD_FIGURES)
    open_cases = select(PermitCase.id, *columns).where(PermitCase.hall_id == hall_id, PermitCase.closed_at.is_(None))
    stored = {row[0]: tuple(row) for row in session.execute(open_cases)}
    for case in cases:
        first = case[0].clock
        if not first.closed and stored[first.case_id] != board_row(case):
            yield DataProblem("permit_case", f"办件 {first.number} 在看板上的排序与它的时限不一致。")
