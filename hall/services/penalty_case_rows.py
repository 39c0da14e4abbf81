"""What was proposed, decided, served and asked for in a penalty case, as the window shows it: rows of one case each."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.services.case_reading import DocumentView
from hall.services.paper_head import name_of
from hall.services.penalty_file import (
    DecisionView,
    LeniencyView,
    OfficerView,
    PenaltyEventView,
    ProposalView,
    ServiceView,
)
from hall.services.penalty_records import decisions_of
from hall.store.schema.documents import Document
from hall.store.schema.leniency import LeniencyLimbClaim, LeniencyRequest
from hall.store.schema.penalties import (
    EnforcementCertificate,
    PenaltyDecision,
    PenaltyEvent,
    PenaltyOfficer,
    PenaltyProposal,
    PenaltyService,
)


def officers_of(session: Session, case_id: int) -> tuple[OfficerView, ...]:
    """The officers by the numbers of their certificates."""
    query = (
        select(EnforcementCertificate)
        .join(PenaltyOfficer, PenaltyOfficer.certificate_id == EnforcementCertificate.id)
        .where(PenaltyOfficer.case_id == case_id)
        .order_by(EnforcementCertificate.number)
    )
    return tuple(OfficerView(row.id, row.number, row.name) for row in session.scalars(query))


def proposals_of(session: Session, case_id: int) -> tuple[ProposalView, ...]:
    """Every proposal, the first one first."""
    query = select(PenaltyProposal).where(PenaltyProposal.case_id == case_id).order_by(PenaltyProposal.round)
    return tuple(_proposal(session, row) for row in session.scalars(query))


def decisions_shown(session: Session, case_id: int) -> tuple[DecisionView, ...]:
    """Every decision with the day on which it was served."""
    served = {each.decision_id: each.served_on for each in services_of(session, case_id) if each.failed_on is None}
    return tuple(_decision(session, row, served.get(row.id)) for row in decisions_of(session, case_id))


def services_of(session: Session, case_id: int) -> tuple[ServiceView, ...]:
    """Every attempt to serve, the first one first."""
    query = select(PenaltyService).where(PenaltyService.case_id == case_id).order_by(PenaltyService.id)
    return tuple(
        ServiceView(row.id, row.decision_id, row.way, row.sent_on, row.served_on, row.failed_on)
        for row in session.scalars(query)
    )


def requests_of(session: Session, case_id: int) -> tuple[LeniencyView, ...]:
    """Every request for leniency with its limbs, the first one first."""
    query = select(LeniencyRequest).where(LeniencyRequest.case_id == case_id).order_by(LeniencyRequest.id)
    return tuple(_request(session, row) for row in session.scalars(query))


def events_of(session: Session, case_id: int) -> tuple[PenaltyEventView, ...]:
    """Everything that happened, the first thing first."""
    query = select(PenaltyEvent).where(PenaltyEvent.case_id == case_id).order_by(PenaltyEvent.id)
    return tuple(
        PenaltyEventView(
            row.at, row.day, row.kind, row.state, name_of(session, row.account_id), row.note, row.document_id
        )
        for row in session.scalars(query)
    )


def documents_of(session: Session, case_id: int) -> tuple[DocumentView, ...]:
    """The papers that its events name, the newest first."""
    issued = select(PenaltyEvent.document_id).where(
        PenaltyEvent.case_id == case_id, PenaltyEvent.document_id.is_not(None)
    )
    query = select(Document.id, Document.kind, Document.number, Document.issued_on).where(Document.id.in_(issued))
    return tuple(DocumentView(*row) for row in session.execute(query.order_by(Document.id.desc())).tuples())


def _proposal(session: Session, row: PenaltyProposal) -> ProposalView:
    return ProposalView(
        proposal_id=row.id,
        round=row.round,
        leniency_id=row.leniency_id,
        result=row.result,
        limb=row.limb,
        version_id=row.version_id,
        tier_id=row.tier_id,
        quantity=row.quantity,
        low_fen=row.low_fen,
        high_fen=row.high_fen,
        fine_fen=row.fine_fen,
        other=row.other,
        facts=row.facts,
        evidence=row.evidence,
        reasons=row.reasons,
        below_how=row.below_how,
        proposed_on=row.proposed_on,
        proposed_by=name_of(session, row.proposed_by),
        told_on=row.told_on,
        defend_by=row.defend_by,
        defended_on=row.defended_on,
        defence=row.defence,
        defence_answer=row.defence_answer,
        hearing_due=row.hearing_due,
        hearing_asked_on=row.hearing_asked_on,
        hearing_noticed_on=row.hearing_noticed_on,
        hearing_on=row.hearing_on,
        hearing_record=row.hearing_record,
        legal_due=row.legal_due,
        legal_on=row.legal_on,
        legal_agrees=row.legal_agrees,
        legal_opinion=row.legal_opinion,
        collective_due=row.collective_due,
        minutes_number=row.minutes_number,
        minutes_on=row.minutes_on,
        minutes=row.minutes,
        state=row.state,
    )


def _decision(session: Session, row: PenaltyDecision, served_on: date | None) -> DecisionView:
    return DecisionView(
        decision_id=row.id,
        previous_id=row.previous_id,
        kind=row.kind,
        result=row.result,
        number=row.number,
        decided_on=row.decided_on,
        decided_by=name_of(session, row.decided_by),
        fine_fen=row.fine_fen,
        other=row.other,
        ground=row.ground,
        title=row.title,
        reasons=row.reasons,
        bank=row.bank,
        surcharge_told=row.surcharge_told,
        served_on=served_on,
        document_id=row.document_id,
    )


def _request(session: Session, row: LeniencyRequest) -> LeniencyView:
    limbs = select(LeniencyLimbClaim.limb).where(LeniencyLimbClaim.request_id == row.id)
    return LeniencyView(
        request_id=row.id,
        number=row.number,
        stage=row.stage,
        wanted=row.wanted,
        limbs=tuple(session.scalars(limbs.order_by(LeniencyLimbClaim.limb))),
        facts=row.facts,
        correction=row.correction,
        first_time_declared=row.first_time_declared,
        applied_on=row.applied_on,
        state=row.state,
        limb=row.limb,
        examined_on=row.examined_on,
        earlier=row.earlier,
        reasons=row.reasons,
        ended_on=row.ended_on,
        answer=row.answer,
    )
