"""What was asked, agreed, paid and published about a penalty, as the window shows it: rows of one case each."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.services.penalty_file import AgreementView, CashView, DeferralView, NoticeView, PlanPart, PublicationView
from hall.store.schema.fines import AgreementPart, DeferralPart, DeferralRequest, ExecutionAgreement
from hall.store.schema.payments import CashCollection, PaymentNotice
from hall.store.schema.publicity import Publication


def deferrals_of(session: Session, case_id: int) -> tuple[DeferralView, ...]:
    """Every application under 行政处罚法 66, the first one first."""
    query = select(DeferralRequest).where(DeferralRequest.case_id == case_id).order_by(DeferralRequest.id)
    return tuple(_deferral(session, row) for row in session.scalars(query))


def agreements_of(session: Session, case_id: int) -> tuple[AgreementView, ...]:
    """Every execution agreement (行政强制法 42), the first one first."""
    query = select(ExecutionAgreement).where(ExecutionAgreement.case_id == case_id).order_by(ExecutionAgreement.id)
    return tuple(_agreement(session, row) for row in session.scalars(query))


def notices_of(session: Session, case_id: int) -> tuple[NoticeView, ...]:
    """Every notice to pay, also a void one."""
    query = select(PaymentNotice).where(PaymentNotice.case_id == case_id).order_by(PaymentNotice.id)
    return tuple(
        NoticeView(row.id, row.pay_code, row.amount_fen, row.due_on, row.issued_on, row.voided_on, row.document_id)
        for row in session.scalars(query)
    )


def cash_of(session: Session, case_id: int) -> tuple[CashView, ...]:
    """What was taken in cash (行政处罚法 68, 69)."""
    query = select(CashCollection).where(CashCollection.case_id == case_id).order_by(CashCollection.id)
    return tuple(
        CashView(row.id, row.ground, row.receipt_number, row.fen, row.collected_on, row.handed_in_on, row.banked_on)
        for row in session.scalars(query)
    )


def publications_of(session: Session, case_id: int) -> tuple[PublicationView, ...]:
    """What is public of its decisions, or to be."""
    query = select(Publication).where(Publication.case_id == case_id).order_by(Publication.id)
    return tuple(
        PublicationView(
            publication_id=row.id,
            decision_id=row.decision_id,
            withheld=row.withheld,
            published_on=row.published_on,
            published_at=row.published_at,
            overturned_on=row.overturned_on,
            withdrawn_on=row.withdrawn_on,
        )
        for row in session.scalars(query)
    )


def _deferral(session: Session, row: DeferralRequest) -> DeferralView:
    parts = select(DeferralPart).where(DeferralPart.request_id == row.id).order_by(DeferralPart.position)
    return DeferralView(
        request_id=row.id,
        kind=row.kind,
        applied_on=row.applied_on,
        hardship=row.hardship,
        proof=row.proof,
        parts=tuple(PlanPart(each.position, each.due_on, each.fen) for each in session.scalars(parts)),
        granted=row.granted,
        decided_on=row.decided_on,
        reasons=row.reasons,
    )


def _agreement(session: Session, row: ExecutionAgreement) -> AgreementView:
    parts = select(AgreementPart).where(AgreementPart.agreement_id == row.id).order_by(AgreementPart.position)
    return AgreementView(
        agreement_id=row.id,
        proposed_on=row.proposed_on,
        remedies=row.remedies,
        reminder_on=row.reminder_on,
        principal_fen=row.principal_fen,
        added_fen=row.added_fen,
        waived_fen=row.waived_fen,
        parts=tuple(PlanPart(each.position, each.due_on, each.fen) for each in session.scalars(parts)),
        state=row.state,
        agreed_on=row.agreed_on,
        ended_on=row.ended_on,
        answer=row.answer,
    )
