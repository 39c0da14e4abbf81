"""Records of what is owed: the ledger of each fine, deferrals and instalments, execution agreements."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallLog, HallRecord, partial_index


class FineEntry(HallLog, Base):
    """An entry in the ledger of a fine: append-only; what is owed is nothing but these replayed (rules.fines)."""

    __tablename__ = "fine_entry"
    __table_args__ = (
        Index("ix_fine_entry_case", "case_id"),
        CheckConstraint("fen >= 0", name="fen"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    """impose, plan, pay, pause, resume, waive, breach, refund, reverse, vary, revoke."""
    day: Mapped[date]
    """From which day it counts: the due day of an impose, the day of payment, the first day without surcharge, …"""
    fen: Mapped[int] = mapped_column(default=0)
    reverses_id: Mapped[int | None]
    """The payment that a reverse takes back."""
    cause: Mapped[str] = mapped_column(String(16), default="")
    reference: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    account_id: Mapped[int]


class FinePart(HallLog, Base):
    """A part of a plan: how much by when. Append-only, written with its entry."""

    __tablename__ = "fine_part"

    entry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_on: Mapped[date]
    fen: Mapped[int]


class DeferralRequest(HallRecord, Base):
    """An application to pay later or in parts (行政处罚法 66), and the answer to it."""

    __tablename__ = "deferral_request"
    __table_args__ = (
        Index("ix_deferral_request_case", "case_id"),
        partial_index("ix_deferral_request_open", "case_id", where="decided_on IS NULL", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("penalty_case.id"))
    kind: Mapped[str] = mapped_column(String(12))
    """deferral or instalments."""
    applied_on: Mapped[date]
    account_id: Mapped[int]
    hardship: Mapped[str]
    proof: Mapped[str]
    granted: Mapped[bool | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None]
    reasons: Mapped[str] = mapped_column(default="")
    entry_id: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class DeferralPart(HallRecord, Base):
    """A part of the plan that was asked for."""

    __tablename__ = "deferral_part"

    request_id: Mapped[int] = mapped_column(ForeignKey("deferral_request.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_on: Mapped[date]
    fen: Mapped[int]


class ExecutionAgreement(HallRecord, Base):
    """An agreement on how what is overdue is paid; only what was added can be waived by it (行政强制法 42)."""

    __tablename__ = "execution_agreement"
    __table_args__ = (Index("ix_execution_agreement_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("penalty_case.id"))
    proposed_on: Mapped[date]
    proposed_by: Mapped[int]
    remedies: Mapped[str]
    """The remedial steps the party took (行政强制法 42(1))."""
    reminder_on: Mapped[date | None]
    principal_fen: Mapped[int]
    added_fen: Mapped[int]
    waived_fen: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    """proposed, refused, active, kept, breached."""
    agreed_on: Mapped[date | None]
    approved_by: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    entry_id: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class AgreementPart(HallRecord, Base):
    """A part of an agreement's plan."""

    __tablename__ = "agreement_part"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("execution_agreement.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_on: Mapped[date]
    fen: Mapped[int]
