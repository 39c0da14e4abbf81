"""What a month's report counts of relief: applications and how they ended, awards given, donations received."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from hall.store.schema.relief import ReliefApplication, ReliefLine, ReliefPosting


@dataclass(frozen=True, slots=True)
class ReliefCounts:
    """Of one period; amounts in fen. `given_fen` and `donated_fen` are what remains after reversals and returns.

    `given` and `donations` are postings of the period that were not reversed (冲正) by its end. Of `given`,
    `shown_first` were shown to the public for their whole time before: it is always all of them.
    """

    asked: int = 0
    given: int = 0
    shown_first: int = 0
    refused: int = 0
    withdrawn: int = 0
    donations: int = 0
    donated_fen: int = 0
    given_fen: int = 0


def counts_of(session: Session, *, hall_id: int, first: date, last: date) -> ReliefCounts:
    """The counts of the days from first to last, both counted."""

    def applications(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(ReliefApplication)
        return session.scalar(query.where(ReliefApplication.hall_id == hall_id, *conditions)) or 0

    closed_on = ReliefApplication.closed_on
    shown = exists().where(
        ReliefApplication.id == ReliefPosting.application_id, ReliefApplication.shown_until < ReliefPosting.day
    )
    return ReliefCounts(
        asked=applications(ReliefApplication.applied_on.between(first, last)),
        given=_posted(session, hall_id, "award", first, last),
        shown_first=_posted(session, hall_id, "award", first, last, shown),
        refused=applications(closed_on.between(first, last), ReliefApplication.state == "refused"),
        withdrawn=applications(closed_on.between(first, last), ReliefApplication.state == "withdrawn"),
        donations=_posted(session, hall_id, "donation", first, last),
        donated_fen=-_moved(session, hall_id, "donated", first, last),
        given_fen=_moved(session, hall_id, "awarded", first, last),
    )


def _posted(
    session: Session, hall_id: int, kind: str, first: date, last: date, *conditions: ColumnElement[bool]
) -> int:
    """Postings of a kind that stood when the last day ended."""
    back = aliased(ReliefPosting)
    reversed_by_then = exists().where(back.reverses_id == ReliefPosting.id, back.day <= last)
    own = ReliefPosting.hall_id == hall_id, ReliefPosting.kind == kind, ReliefPosting.day.between(first, last)
    query = select(func.count()).select_from(ReliefPosting).where(*own, ~reversed_by_then, *conditions)
    return session.scalar(query) or 0


def _moved(session: Session, hall_id: int, book: str, first: date, last: date) -> int:
    query = (
        select(func.coalesce(func.sum(ReliefLine.fen), 0))
        .join(ReliefPosting, ReliefPosting.id == ReliefLine.posting_id)
        .where(ReliefPosting.hall_id == hall_id, ReliefPosting.day.between(first, last), ReliefLine.book == book)
    )
    return session.scalar(query) or 0
