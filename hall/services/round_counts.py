"""Dossier reviews in figures of a period, for the monthly report: how good the dossiers were, never whose."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from hall.clock import midnight
from hall.services.correction_days import counted_days, days_due
from hall.store.schema.dossier_reviews import ReviewAssignment
from hall.store.schema.subjects import LotDraw


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """Plain counts of a period. The mean is `points` of `scored`; corrected in time: `verified` of `due`."""

    draws: int
    scored: int
    points: int
    illegal: int
    """Dossiers with a fault of legality, of those scored."""
    due: int
    """Days of correction that came in the period: one that was moved before its day does not count."""
    verified: int
    """Of them those that were verified by the end of the period."""


def counts_of(session: Session, *, hall_id: int, first: date, last: date) -> RoundCounts:
    """What happened from `first` to `last`, both counted; a draw by the day it was held."""

    def counted(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(ReviewAssignment).where(ReviewAssignment.hall_id == hall_id)
        return session.scalar(query.where(*conditions)) or 0

    scored = ReviewAssignment.scored_on.between(first, last)
    points = select(func.sum(ReviewAssignment.score)).where(ReviewAssignment.hall_id == hall_id, scored)
    draws = select(func.count()).where(
        LotDraw.hall_id == hall_id,
        LotDraw.subject == "review_round",
        LotDraw.drawn_at >= midnight(first),
        LotDraw.drawn_at < midnight(last + timedelta(days=1)),
    )
    due, verified = _corrections(session, hall_id, first, last)
    return RoundCounts(
        draws=session.scalar(draws) or 0,
        scored=counted(scored),
        points=session.scalar(points) or 0,
        illegal=counted(scored, ReviewAssignment.illegal.is_(True)),
        due=due,
        verified=verified,
    )


def _corrections(session: Session, hall_id: int, first: date, last: date) -> tuple[int, int]:
    """Days of correction that came in the period, and those of them whose fault was verified by its end."""
    query = select(ReviewAssignment).where(
        ReviewAssignment.hall_id == hall_id, ReviewAssignment.responsible_id.is_not(None)
    )
    records = {each.id: each for each in session.scalars(query)}
    days = days_due(session, "review_assignment", now={key: each.correct_by for key, each in records.items()})
    return counted_days(days, {key: each.verified_on for key, each in records.items()}, first=first, last=last)
