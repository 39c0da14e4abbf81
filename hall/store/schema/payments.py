"""Records of paying: notices to pay, what the bank reports line by line, cash taken on the spot."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class PaymentNotice(HallRecord, Base):
    """A notice to pay (缴款通知); `pay_code` as the treasury's platform gave it, never made here."""

    __tablename__ = "payment_notice"
    __table_args__ = (
        UniqueConstraint("hall_id", "pay_code"),
        Index("ix_payment_notice_case", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("penalty_case.id"))
    pay_code: Mapped[str] = mapped_column(String(20))
    amount_fen: Mapped[int]
    due_on: Mapped[date]
    issued_on: Mapped[date]
    account_id: Mapped[int]
    voided_on: Mapped[date | None]
    voided_why: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class PaymentFile(HallRecord, Base):
    """A file of the bank, imported once."""

    __tablename__ = "payment_file"
    __table_args__ = (UniqueConstraint("hall_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    line_count: Mapped[int]
    total_fen: Mapped[int]
    imported_at: Mapped[datetime]
    account_id: Mapped[int]


class PaymentLine(HallRecord, Base):
    """A line of the bank: what it was matched with, and what became of it.

    `outcome`: exact, partial, over, unknown, duplicate; an unknown one waits until the cashier settles it.
    """

    __tablename__ = "payment_line"
    __table_args__ = (
        UniqueConstraint("file_id", "line"),
        Index("ix_payment_line_reference", "hall_id", "bank_reference"),
        Index("ix_payment_line_case", "case_id"),
        partial_index(
            "ix_payment_line_credited", "hall_id", "bank_reference", where="entry_id IS NOT NULL", unique=True
        ),
        partial_index("ix_payment_line_open", "hall_id", "id", where="settled_on IS NULL"),
        CheckConstraint("fen > 0", name="fen"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("payment_file.id"))
    line: Mapped[int]
    bank_reference: Mapped[str] = mapped_column(String(60))
    pay_code: Mapped[str] = mapped_column(String(20), default="")
    decision_number: Mapped[str] = mapped_column(String(60), default="")
    fen: Mapped[int]
    paid_on: Mapped[date]
    outcome: Mapped[str] = mapped_column(String(10))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("penalty_case.id"))
    entry_id: Mapped[int | None]
    excess_fen: Mapped[int] = mapped_column(default=0)
    """What was paid beyond what is owed; it is given back."""
    settled_on: Mapped[date | None]
    settled_by: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class CashCollection(HallRecord, Base):
    """A fine taken in cash on the spot (行政处罚法 68, 69), and its way to the office and the bank (71)."""

    __tablename__ = "cash_collection"
    __table_args__ = (
        UniqueConstraint("hall_id", "receipt_number"),
        Index("ix_cash_collection_case", "case_id"),
        partial_index("ix_cash_collection_open", "hall_id", "id", where="banked_on IS NULL"),
        CheckConstraint("fen > 0", name="fen"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("penalty_case.id"))
    ground: Mapped[str] = mapped_column(String(12))
    """small (68(1)1), hard_later (68(1)2), remote (69)."""
    receipt_number: Mapped[str] = mapped_column(String(40))
    fen: Mapped[int]
    collected_on: Mapped[date]
    collected_by: Mapped[int]
    asked_by_party: Mapped[bool] = mapped_column(default=False)
    handed_in_on: Mapped[date | None]
    handed_in_to: Mapped[int | None]
    banked_on: Mapped[date | None]
    banked_by: Mapped[int | None]
    bank_reference: Mapped[str] = mapped_column(default="")
    entry_id: Mapped[int | None]
