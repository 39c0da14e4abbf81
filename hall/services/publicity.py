"""Penalty decisions are made public within seven workdays, and taken down within three once they are overturned."""

from sqlalchemy import select

from hall.clock import business_date
from hall.store import Work
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.store.schema.publicity import Publication


def begin(work: Work, case: PenaltyCase, decision: PenaltyDecision) -> None:
    """From the decision on seven workdays run to publish it (国办发〔2018〕118号); once for a decision.

    A decision not to punish is no penalty: nothing is published of it (行政处罚法 48).
    """
    if decision.result == "none":
        return
    work.session.add(
        Publication(
            hall_id=work.hall_id,
            case_id=case.id,
            decision_id=decision.id,
            decided_on=decision.decided_on,
            withheld="",
        )
    )
    work.session.flush()
    work.changed("publicity", str(case.id))


def overturned(work: Work, decision: PenaltyDecision, why: str) -> None:
    """`decision` (the one that was varied or revoked) no longer stands: three workdays to take it down, with `why`.

    行政处罚法 48(2). A publication of its own for what varies it is begun by `begin`.
    """
    query = select(Publication).where(
        Publication.case_id == decision.case_id,
        Publication.decision_id <= decision.id,
        Publication.overturned_on.is_(None),
    )
    for row in work.session.scalars(query):
        row.overturned_on, row.overturned_why = business_date(work.now), why
    work.session.flush()
    work.changed("publicity", str(decision.case_id))
