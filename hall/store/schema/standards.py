"""Records of the service standards: work instructions, spot checks, hours of training, qualifications of staff."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class Instruction(HallRecord, Base):
    """A step of a work instruction (作业指导书): what a post does in a matter, in what time, to what standard."""

    __tablename__ = "instruction"
    __table_args__ = (UniqueConstraint("hall_id", "subject", "position", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(20))
    """A matter's code, or what else is done at the hall: enquiry, guiding, visit_help, complaint, penalty…"""
    position: Mapped[int]
    step: Mapped[str]
    post: Mapped[str] = mapped_column(String(16))
    """The role that does it."""
    minutes: Mapped[int | None]
    workdays: Mapped[int | None]
    standard: Mapped[str]
    record: Mapped[str] = mapped_column(default="")
    """What is left behind by it: a receipt, an entry."""
    screen: Mapped[str] = mapped_column(String(16), default="")
    """Where the program shows it: intake, review, deciding, certifying…"""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str]


class SpotCheck(HallRecord, Base):
    """A check (抽查) of a post against its instruction; a fault is corrected by a day and looked at again."""

    __tablename__ = "spot_check"
    __table_args__ = (
        Index("ix_spot_check_day", "hall_id", "checked_on"),
        partial_index("ix_spot_check_open", "hall_id", "correct_by", where="met = false AND verified_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instruction_id: Mapped[int] = mapped_column(ForeignKey("instruction.id"))
    about_account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    checked_on: Mapped[date]
    checked_by: Mapped[int]
    way: Mapped[str] = mapped_column(String(12))
    """on_site, recording, dossier or mystery."""
    met: Mapped[bool]
    finding: Mapped[str] = mapped_column(default="")
    statement: Mapped[str] = mapped_column(default="")
    """What the one who was checked said."""
    correct_by: Mapped[date | None]
    correction: Mapped[str] = mapped_column(default="")
    corrected_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[int | None]
    voided_on: Mapped[date | None]
    voided_by: Mapped[int | None]
    voided_why: Mapped[str] = mapped_column(default="")
    """Why it should not have been entered: it stays to be read, and counts nowhere."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class TrainingRecord(HallRecord, Base):
    """Hours that somebody was trained, or an examination; corrected by a row that names it."""

    __tablename__ = "training_record"
    __table_args__ = (
        Index("ix_training_record_account", "account_id", "held_on"),
        partial_index("ix_training_record_corrects", "corrects_id", where="corrects_id IS NOT NULL", unique=True),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name="score"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(12))
    """course, camp, friday, exchange, examination or online."""
    title: Mapped[str]
    held_on: Mapped[date]
    until_day: Mapped[date | None]
    half_hours: Mapped[int]
    """Hours are counted in halves: 学时 as the bureau defines them in training.toml."""
    score: Mapped[int | None]
    passed: Mapped[bool | None]
    proof: Mapped[str] = mapped_column(default="")
    voids: Mapped[bool] = mapped_column(default=False)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("training_record.id"))
    entered_by: Mapped[int]
    entered_at: Mapped[datetime]


class Qualification(HallRecord, Base):
    """A qualification of one of the staff beside the enforcement certificate: its end blocks what it is needed for."""

    __tablename__ = "qualification"
    __table_args__ = (
        partial_index("ix_qualification_number", "hall_id", "kind", "number", where="ended_on IS NULL", unique=True),
        Index("ix_qualification_account", "account_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(40))
    issued_by: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    entered_by: Mapped[int]
    ended_on: Mapped[date | None]
    ended_why: Mapped[str] = mapped_column(default="")
