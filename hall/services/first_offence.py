"""The search for earlier breaches of a person over all records of the hall: decided here, imported, on the spot."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.first_offence import Came, OtherCase, Search, judge
from hall.rules.leniency_limbs import Limb
from hall.rules.penalty_terms import PenaltyTerms
from hall.rules.timelimits import add_months
from hall.rules.violations import Exemption
from hall.services.penalty_records import decisions_of
from hall.services.violation_records import version_on
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyProposal
from hall.store.schema.people import Person


def search_earlier(
    session: Session, case: PenaltyCase, *, terms: PenaltyTerms, listed: Iterable[Exemption] = ()
) -> Search:
    """Every other case of the party with whether it is an earlier breach (行政处罚法 33(1) 后段), the newest first.

    The span is a published list's own where it names one (of several the shortest), else the hall's.
    """
    own = [each.first_time_months for each in listed if each.limb == "first_time" and each.first_time_months]
    since = add_months(case.acted_on, -min(own, default=terms.first_time_months))
    query = select(PenaltyCase).where(PenaltyCase.party_id == case.party_id, PenaltyCase.id != case.id)
    others = (_other(session, each, case) for each in session.scalars(query.order_by(PenaltyCase.id.desc())))
    return Search(
        since=since,
        until=case.acted_on,
        scope=terms.first_time_scope,
        known=session.get_one(Person, case.party_id).id_number_index is not None,
        found=tuple(judge(other, since=since, acted_on=case.acted_on, terms=terms) for other in others),
    )


def _other(session: Session, case: PenaltyCase, beside: PenaltyCase) -> OtherCase:
    decisions = [each for each in decisions_of(session, case.id) if each.kind != "correct"]
    last = decisions[-1] if decisions else None
    version = version_on(session, case.violation_id, case.acted_on)
    return OtherCase(
        case_id=case.id,
        number=case.number,
        violation=version.entry.name if version else "",
        same=case.violation_id == beside.violation_id,
        acted_on=case.acted_on,
        ended_on=case.acted_until or case.acted_on,
        came=_came(case, last),
        limb=_limb(session, decisions),
        decision=last.number if last else "",
        decided_on=_day(last),
    )


def _came(case: PenaltyCase, last: PenaltyDecision | None) -> Came:
    if last is None:
        return "dropped" if case.state == "dropped" else "open"
    if last.kind == "revoke":
        return "revoked"
    return "none" if last.kind == "none" else "penalty"


def _limb(session: Session, decisions: Sequence[PenaltyDecision]) -> Limb | None:
    """What a decision not to punish rested on; an imported one may not say."""
    proposed = [each.proposal_id for each in decisions if each.kind == "none" and each.proposal_id is not None]
    if not proposed:
        return None
    limb = session.get_one(PenaltyProposal, proposed[-1]).limb
    return cast(Limb, limb) if limb else None


def _day(decision: PenaltyDecision | None) -> date | None:
    return decision.decided_on if decision else None
