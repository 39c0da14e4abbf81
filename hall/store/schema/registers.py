"""Records of the simple registers (登记簿): one shared form whose fields stand in registers.toml."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class RegisterEntry(HallRecord, Base):
    """An entry of a register. It gets a result or is voided once; it is corrected by another entry that names it."""

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_register_entry_day", "hall_id", "register", "day"),
        Index("ix_register_entry_person", "person_id"),
        Index("ix_register_entry_case", "case_subject", "case_id"),
        partial_index("ix_register_entry_due", "hall_id", "due_on", where="due_on IS NOT NULL AND closed_on IS NULL"),
        partial_index("ix_register_entry_corrects", "corrects_id", where="corrects_id IS NOT NULL", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]
    title: Mapped[str]
    fields: Mapped[str]
    """JSON by the register's fields; none of them personal."""
    sealed: Mapped[str | None]
    """JSON of the personal fields, as `KeyRing.seal` wrote it."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    case_subject: Mapped[str] = mapped_column(String(20), default="")
    case_id: Mapped[int | None]
    due_on: Mapped[date | None]
    due_workdays: Mapped[int | None]
    """Where it is due by workdays: how many. `due_on` is None then while the schedule of that day is not there."""
    closed_on: Mapped[date | None]
    closed_by: Mapped[int | None]
    result: Mapped[str] = mapped_column(default="")
    voided_why: Mapped[str] = mapped_column(default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("register_entry.id"))
    entered_at: Mapped[datetime]
    entered_by: Mapped[int]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
