"""What a month's report counts of follow-ups of bad ratings and of scores from outside."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.services.outside_scores import newest_scores
from hall.services.rating_follow_ups import SUBJECT
from hall.store.schema.queueing import Ticket
from hall.store.schema.ratings import Rating, RatingFollowUp
from hall.store.schema.subjects import CallBack, SubjectEvent


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """Of the follow-ups opened in a period: `called` of `named`, `corrected` of `opened`, by its end.

    `named`: it is known who rated. `closed_in_time` of `due`, whenever they were opened: the last day lies in the
    period. `score_hundredths` of `score_full_hundredths` sums up `scores` indicators of the months of the period.
    """

    opened: int = 0
    named: int = 0
    called: int = 0
    corrected: int = 0
    due: int = 0
    closed_in_time: int = 0
    scores: int = 0
    score_hundredths: int = 0
    score_full_hundredths: int = 0


def counts_of(session: Session, *, hall_id: int, first: date, last: date) -> FollowUpCounts:
    """The counts of the days from first to last, both counted; what was done later is left out, so a month stays."""
    reached = exists().where(
        CallBack.subject == SUBJECT,
        CallBack.subject_id == RatingFollowUp.id,
        CallBack.reached.is_(True),
        CallBack.called_on <= last,
    )
    corrected = exists().where(
        SubjectEvent.subject == SUBJECT,
        SubjectEvent.subject_id == RatingFollowUp.id,
        SubjectEvent.kind == "correct",
        SubjectEvent.day <= last,
    )
    query = (
        select(RatingFollowUp, Ticket.person_id, reached, corrected)
        .join(Rating, Rating.id == RatingFollowUp.rating_id)
        .join(Ticket, Ticket.id == Rating.ticket_id)
        .where(RatingFollowUp.hall_id == hall_id, RatingFollowUp.opened_on.between(first, last))
    )
    rows = session.execute(query).tuples().all()
    ended = RatingFollowUp.hall_id == hall_id, RatingFollowUp.due_on.between(first, last)
    due = session.scalars(select(RatingFollowUp).where(*ended)).all()
    told = [each for key, each in newest_scores(session, hall_id).items() if first <= key[1] <= last]
    return FollowUpCounts(
        opened=len(rows),
        named=sum(person_id is not None for _, person_id, _, _ in rows),
        called=sum(person_id is not None and was_reached for _, person_id, was_reached, _ in rows),
        corrected=sum(was_corrected for _, _, _, was_corrected in rows),
        due=len(due),
        closed_in_time=sum(_in_time(each) for each in due),
        scores=len(told),
        score_hundredths=sum(each.hundredths for each in told),
        score_full_hundredths=sum(each.full_hundredths for each in told),
    )


def _in_time(record: RatingFollowUp) -> bool:
    closed, due = record.closed_at, record.due_on
    return closed is not None and due is not None and business_date(closed) <= due
