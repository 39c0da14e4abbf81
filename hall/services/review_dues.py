"""Due days of dossier reviews: the correction of what was found."""

from collections.abc import Iterator

from sqlalchemy import select

from hall.services.dues import Due, Looking
from hall.services.subject_notices import Addressee
from hall.store.schema.dossier_reviews import ReviewAssignment


def review_dues(looking: Looking) -> Iterator[Due]:
    """Dossiers whose faults are not corrected yet, with whoever is responsible."""
    query = select(ReviewAssignment).where(
        ReviewAssignment.hall_id == looking.hall_id,
        looking.only(ReviewAssignment.id),
        ReviewAssignment.state == "correcting",
        ReviewAssignment.correct_by.between(*looking.days("correct")),
    )
    for record in looking.session.scalars(query.order_by(ReviewAssignment.id)):
        assert record.correct_by is not None, "it lies between two days"
        assert record.responsible_id is not None, "a notice names who is responsible"
        yield Due(
            subject="review_assignment",
            subject_id=record.id,
            due="correct",
            due_on=record.correct_by,
            name=f"案卷评查 {record.case_number}",
            holders=(Addressee(record.responsible_id),),
        )
