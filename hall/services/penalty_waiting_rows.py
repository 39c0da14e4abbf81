"""What may wait for somebody, read for the whole hall: one statement a table, whatever the number of cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from hall.services.penalty_gate_facts import able
from hall.store.schema.fines import DeferralRequest, ExecutionAgreement
from hall.store.schema.leniency import LeniencyRequest
from hall.store.schema.payments import CashCollection
from hall.store.schema.penalties import (
    ConflictOfInterest,
    EnforcementCertificate,
    PenaltyCase,
    PenaltyDecision,
    PenaltyEvent,
    PenaltyOfficer,
    PenaltyProposal,
    PenaltyService,
)
from hall.store.schema.violations import ViolationVersion


@dataclass(slots=True)
class FiledCase:
    """A case under investigation with its rounds, the first one first, and the request that nobody answered.

    `correction_first`: the norm of the open round fines only who did not obey the order to correct.
    """

    case: PenaltyCase
    request: LeniencyRequest | None = None
    educated: bool = False
    rounds: list[PenaltyProposal] = field(default_factory=list)
    correction_first: bool = False

    @property
    def proposal(self) -> PenaltyProposal | None:
        """The round that is under way."""
        return next((each for each in reversed(self.rounds) if each.state == "open"), None)


@dataclass(frozen=True, slots=True)
class CaseOfficers:
    """The officers of a case: who of them signs in here, and how many may enforce today."""

    accounts: frozenset[int] = frozenset()
    valid: int = 0


def filed_cases(session: Session, hall_id: int) -> tuple[FiledCase, ...]:
    """Two statements."""
    educated = exists().where(PenaltyEvent.case_id == PenaltyCase.id, PenaltyEvent.kind == "educate")
    filed = (PenaltyCase.hall_id == hall_id, PenaltyCase.closed_on.is_(None), PenaltyCase.state == "filed")
    asked = and_(
        LeniencyRequest.case_id == PenaltyCase.id, LeniencyRequest.state == "open", LeniencyRequest.wanted != ""
    )
    query = select(PenaltyCase, LeniencyRequest, educated).outerjoin(LeniencyRequest, asked)
    found = {
        case.id: FiledCase(case, request, given)
        for case, request, given in session.execute(query.where(*filed).order_by(PenaltyCase.id)).tuples()
    }
    rounds = (
        select(PenaltyProposal, ViolationVersion.correction)
        .join(PenaltyCase, PenaltyCase.id == PenaltyProposal.case_id)
        .join(ViolationVersion, ViolationVersion.id == PenaltyProposal.version_id)
        .where(*filed)
    )
    for proposal, correction in session.execute(rounds.order_by(PenaltyProposal.round)).tuples():
        each = found[proposal.case_id]
        each.rounds.append(proposal)
        each.correction_first = proposal.state == "open" and correction == "first"
    return tuple(found.values())


def open_deferrals(session: Session, hall_id: int) -> Sequence[tuple[PenaltyCase, date]]:
    """Applications to pay later that nobody answered, also of cases that have ended since."""
    query = (
        select(PenaltyCase, DeferralRequest.applied_on)
        .join(DeferralRequest, DeferralRequest.case_id == PenaltyCase.id)
        .where(PenaltyCase.hall_id == hall_id, DeferralRequest.decided_on.is_(None))
    )
    return session.execute(query).tuples().all()


def proposed_agreements(session: Session, hall_id: int) -> Sequence[tuple[PenaltyCase, date]]:
    """Agreements that wait for whoever decides, of cases whose fine stands."""
    query = (
        select(PenaltyCase, ExecutionAgreement.proposed_on)
        .join(ExecutionAgreement, ExecutionAgreement.case_id == PenaltyCase.id)
        .where(PenaltyCase.hall_id == hall_id, PenaltyCase.closed_on.is_(None), PenaltyCase.state != "revoked")
        .where(ExecutionAgreement.state == "proposed")
    )
    return session.execute(query).tuples().all()


def unserved_decisions(session: Session, hall_id: int) -> Sequence[tuple[PenaltyCase, date]]:
    """Decisions that are neither served nor under way; of what was revoked only the revocation (`to_serve`)."""
    later = aliased(PenaltyDecision)
    revoked = exists().where(later.case_id == PenaltyCase.id, later.kind == "revoke", later.id > PenaltyDecision.id)
    tried = exists().where(
        PenaltyService.case_id == PenaltyCase.id,
        PenaltyService.decision_id == PenaltyDecision.id,
        PenaltyService.failed_on.is_(None),
    )
    query = (
        select(PenaltyCase, PenaltyDecision.decided_on)
        .join(PenaltyDecision, PenaltyDecision.case_id == PenaltyCase.id)
        .where(PenaltyCase.hall_id == hall_id, PenaltyCase.closed_on.is_(None), ~revoked, ~tried)
    )
    return session.execute(query.order_by(PenaltyDecision.id)).tuples().all()


def cash_on_its_way(session: Session, hall_id: int) -> Sequence[tuple[PenaltyCase, CashCollection]]:
    """Cash that is not in the bank."""
    query = (
        select(PenaltyCase, CashCollection)
        .join(CashCollection, CashCollection.case_id == PenaltyCase.id)
        .where(CashCollection.hall_id == hall_id, CashCollection.banked_on.is_(None))
    )
    return session.execute(query.order_by(CashCollection.id)).tuples().all()


def officers_of_each(session: Session, case_ids: Iterable[int], *, today: date) -> Mapping[int, CaseOfficers]:
    """The officers of some cases; a case without any is left out."""
    query = (
        select(PenaltyOfficer.case_id, EnforcementCertificate)
        .join(EnforcementCertificate, EnforcementCertificate.id == PenaltyOfficer.certificate_id)
        .where(PenaltyOfficer.case_id.in_(set(case_ids)))
    )
    found: dict[int, list[EnforcementCertificate]] = {}
    for case_id, certificate in session.execute(query).tuples():
        found.setdefault(case_id, []).append(certificate)
    return {
        case_id: CaseOfficers(
            frozenset(each.account_id for each in named if each.account_id is not None),
            able(named, today=today),
        )
        for case_id, named in found.items()
    }


def stays_away_from(session: Session, account_id: int, *, today: date) -> frozenset[int]:
    """From whom somebody stays away today (行政处罚法 43)."""
    query = select(ConflictOfInterest.person_id).where(
        ConflictOfInterest.account_id == account_id,
        ConflictOfInterest.from_day <= today,
        or_(ConflictOfInterest.until_day.is_(None), ConflictOfInterest.until_day >= today),
    )
    return frozenset(session.scalars(query))
