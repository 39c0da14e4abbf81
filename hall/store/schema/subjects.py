"""Records that every subject shares: what happened, files, messages, call-backs, draws by lot.

`subject` names the table that `subject_id` is a key of: request, vendor, vendor_event, stall_site, stall_application,
stall_grant, stall_withdrawal, relief_application, relief_posting, instruction, spot_check, review_round,
review_assignment, register_entry, permit_case, penalty_case, rating_follow_up, qualification,
enforcement_certificate, publication.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallLog, HallRecord, partial_index


class SubjectEvent(HallLog, Base):
    """What happened to something: append-only, one row an act; `detail` is JSON without personal data."""

    __tablename__ = "subject_event"
    __table_args__ = (
        Index("ix_subject_event_subject", "subject", "subject_id"),
        Index("ix_subject_event_day", "hall_id", "subject", "day"),
        partial_index("ix_subject_event_document", "document_id", where="document_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    at: Mapped[datetime]
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="{}")
    document_id: Mapped[int | None]


class SubjectFile(HallRecord, Base):
    """A photo, a recording or a scan that belongs to something; voided, never deleted."""

    __tablename__ = "subject_file"
    __table_args__ = (Index("ix_subject_file_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    purpose: Mapped[str] = mapped_column(String(12))
    title: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[int]
    voided_at: Mapped[datetime | None]
    voided_why: Mapped[str] = mapped_column(default="")


class SubjectNotice(HallRecord, Base):
    """A message within the hall about something (提醒): to an account, or to a role where `account_id` is NULL.

    What a due day causes says which rung of which due it is; the index lets it in once for each addressee.
    """

    __tablename__ = "subject_notice"
    __table_args__ = (
        Index("ix_subject_notice_subject", "subject", "subject_id"),
        partial_index("ix_subject_notice_unseen", "hall_id", "account_id", "role", where="seen_at IS NULL"),
        partial_index(
            "ix_subject_notice_once",
            "hall_id",
            "due_on",
            "subject",
            "subject_id",
            "due",
            "rung",
            "addressee",
            where="due_on IS NOT NULL",
            unique=True,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    account_id: Mapped[int | None]
    role: Mapped[str] = mapped_column(String(16), default="")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    addressee: Mapped[str] = mapped_column(String(40))
    """The three of them as one word: of two NULLs no index knows that they are the same."""
    due: Mapped[str] = mapped_column(String(16), default="")
    """What is due (`rules.due_notices`), the rung that fired, and the day; empty and NULL: something has happened."""
    rung: Mapped[str] = mapped_column(String(16), default="")
    due_on: Mapped[date | None]
    at: Mapped[datetime]
    text: Mapped[str]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[int | None]


class CallBack(HallRecord, Base):
    """A call-back (回访) about something that was done. `level` is NULL where nobody gave one: it counts as none."""

    __tablename__ = "call_back"
    __table_args__ = (
        Index("ix_call_back_subject", "subject", "subject_id"),
        Index("ix_call_back_day", "hall_id", "called_on"),
        CheckConstraint("level IS NULL OR level BETWEEN 1 AND 5", name="level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    called_on: Mapped[date]
    called_at: Mapped[datetime]
    reached: Mapped[bool]
    level: Mapped[int | None]
    words: Mapped[str] = mapped_column(default="")
    """What was said, without personal data."""
    account_id: Mapped[int]


class LotDraw(HallRecord, Base):
    """A draw by lot that anybody can replay: what is drawn for is frozen and published before the seed is known.

    `entrants` and `prizes` are JSON lists of numbers in the order they were frozen in, `digest` the SHA-256 of both;
    `result` follows from them and the seed alone (rules.draws).
    """

    __tablename__ = "lot_draw"
    __table_args__ = (Index("ix_lot_draw_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    title: Mapped[str]
    entrants: Mapped[str]
    prizes: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    announced_at: Mapped[datetime]
    announced_by: Mapped[int]
    draw_on: Mapped[date]
    seed_source: Mapped[str]
    """Whose number it will be, said beforehand: the dice of three applicants, a public lottery of a later day."""
    seed: Mapped[str] = mapped_column(String(120), default="")
    witness: Mapped[str] = mapped_column(default="")
    drawn_at: Mapped[datetime | None]
    drawn_by: Mapped[int | None]
    result: Mapped[str] = mapped_column(default="")
    voided_why: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
