"""Due days of publicity: a decision goes on line within seven workdays, comes down within three."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.due_notices import DueCode
from hall.rules.publicity import due_on, standing
from hall.services.calendar import shipped_limits
from hall.services.dues import TO_MANAGER, Due, Looking
from hall.services.publicity_reading import shown_of, wants_something
from hall.store.schema.documents import Document
from hall.store.schema.penalties import PenaltyDecision
from hall.store.schema.publicity import Publication


def publicity_dues(looking: Looking) -> Iterator[Due]:
    """Decisions that wait to be published or taken down, with the manager; also of cases that have ended."""
    first, last = looking.days("publicity", "withdrawal")
    query = select(Publication).where(
        Publication.hall_id == looking.hall_id, looking.only(Publication.id), wants_something(looking.today)
    )
    rows = looking.session.scalars(query.order_by(Publication.id)).all()
    if not rows:  # nothing to read the table of periods for
        return
    numbers, limits = _numbers(looking.session, rows), shipped_limits()
    for row in rows:
        shown = shown_of(row, days=looking.calendar, limits=limits)
        day = due_on(shown, looking.today)
        due: DueCode = "publicity" if standing(shown, looking.today) == "waiting" else "withdrawal"
        if day is not None and first <= day <= last:
            yield Due(
                subject="publication",
                subject_id=row.id,
                due=due,
                due_on=day,
                name=numbers.get(row.id, "决定"),
                holders=(TO_MANAGER,),
            )


def _numbers(session: Session, rows: Sequence[Publication]) -> Mapping[int, str]:
    """The numbers of the decisions, by publication."""
    keys = [row.id for row in rows]
    of_penalties = (
        select(Publication.id, PenaltyDecision.number)
        .join(PenaltyDecision, PenaltyDecision.id == Publication.decision_id)
        .where(Publication.id.in_(keys))
    )
    of_permits = (
        select(Publication.id, Document.number)
        .join(Document, Document.id == Publication.document_id)
        .where(Publication.id.in_(keys))
    )
    return dict((*session.execute(of_penalties).tuples(), *session.execute(of_permits).tuples()))
