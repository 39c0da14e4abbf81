"""What a month's report counts of relief: applications and how they ended, awards given, donations received."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from hall.store.schema.relief import ReliefApplication, ReliefLine, ReliefPosting


@dataclass(frozen=True, slots=True)
class ReliefCounts:
    """Of one period; amounts in fen. `given_fen` and `donated_fen` are what remains after reversals and returns.

    Of `given`, `shown_first` were shown to the public for their whole time before: it is always all of them.
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

    given_on, closed_on = ReliefApplication.given_on, ReliefApplication.closed_on
    given = given_on.between(first, last)
    return ReliefCounts(
        asked=applications(ReliefApplication.applied_on.between(first, last)),
        given=applications(given),
        shown_first=applications(given, ReliefApplication.shown_until < given_on),
        refused=applications(closed_on.between(first, last), ReliefApplication.state == "refused"),
        withdrawn=applications(closed_on.between(first, last), ReliefApplication.state == "withdrawn"),
        donations=_donations(session, hall_id, first, last),
        donated_fen=-_moved(session, hall_id, "donated", first, last),
        given_fen=_moved(session, hall_id, "awarded", first, last),
    )


def _donations(session: Session, hall_id: int, first: date, last: date) -> int:
    query = select(func.count()).select_from(ReliefPosting)
    own = (ReliefPosting.hall_id == hall_id, ReliefPosting.kind == "donation")
    return session.scalar(query.where(*own, ReliefPosting.day.between(first, last))) or 0


def _moved(session: Session, hall_id: int, book: str, first: date, last: date) -> int:
    query = (
        select(func.coalesce(func.sum(ReliefLine.fen), 0))
        .join(ReliefPosting, ReliefPosting.id == ReliefLine.posting_id)
        .where(ReliefPosting.hall_id == hall_id, ReliefPosting.day.between(first, last), ReliefLine.book == book)
    )
    return session.scalar(query) or 0
