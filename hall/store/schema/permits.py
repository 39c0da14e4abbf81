"""Records of permit cases: the case, its materials, its clocks and its events."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class PermitCase(HallRecord, Base):
    """A case (办件) from receipt on, under the version of the matter that was in force then."""

    __tablename__ = "permit_case"
    __table_args__ = (
        UniqueConstraint("hall_id", "receipt_number"),
        UniqueConstraint("hall_id", "acceptance_number"),
        Index("ix_permit_case_applicant", "applicant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_number: Mapped[str] = mapped_column(String(60))
    acceptance_number: Mapped[str | None] = mapped_column(String(60))
    matter_version_id: Mapped[int] = mapped_column(ForeignKey("matter_version.id"))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    account_id: Mapped[int]
    channel: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(16))
    received_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class CaseMaterial(HallRecord, Base):
    """A material that was handed in with the case."""

    __tablename__ = "case_material"

    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    originals: Mapped[int]
    copies: Mapped[int]


class CaseClock(HallRecord, Base):
    """A clock (时限计时) of a case. `due_on` and `due_ordinal` are NULL while the date is pending.

    The ordinal counts workdays (rules.calendar); lights are comparisons of ordinals, so midnight needs no batch.
    """

    __tablename__ = "case_clock"
    __table_args__ = (
        UniqueConstraint("case_id", "kind"),
        partial_index(
            "ix_case_clock_running",
            "hall_id",
            "kind",
            "due_ordinal",
            "case_id",
            where="state = 'running'",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    kind: Mapped[str] = mapped_column(String(12))
    unit: Mapped[str] = mapped_column(String(8))
    budget: Mapped[int]
    started_on: Mapped[date]
    due_on: Mapped[date | None]
    due_ordinal: Mapped[int | None]
    pending: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(12))


class CaseEvent(HallRecord, Base):
    """What happened to a case: append-only."""

    __tablename__ = "case_event"
    __table_args__ = (Index("ix_case_event_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    account_id: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
