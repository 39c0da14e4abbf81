"""Due days of the relief fund: when the days of being shown are over, what was voted can be given."""

from collections.abc import Iterator

from sqlalchemy import select

from hall.rules.authority import CASHIER
from hall.services.dues import Due, Looking
from hall.services.subject_notices import Addressee
from hall.store.schema.relief import ReliefApplication


def relief_dues(looking: Looking) -> Iterator[Due]:
    """Awards that are shown, with the cashier who goes on."""
    query = select(ReliefApplication).where(
        ReliefApplication.hall_id == looking.hall_id,
        looking.only(ReliefApplication.id),
        ReliefApplication.state == "shown",
        ReliefApplication.shown_until.between(*looking.days("shown")),
    )
    for record in looking.session.scalars(query.order_by(ReliefApplication.id)):
        assert record.shown_until is not None, "it lies between two days"
        yield Due(
            subject="relief_application",
            subject_id=record.id,
            due="shown",
            due_on=record.shown_until,
            name=f"救助申请 {record.number}",
            holders=(),
            then=(Addressee(role=CASHIER),),
        )
