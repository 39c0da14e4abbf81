"""Records of permit cases: the case itself, its materials, its events, its supplement notices."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallLog, HallRecord, partial_index

_OPEN = "closed_at IS NULL"
TO_ARCHIVE = "state IN ('refused', 'finished', 'withdrawn', 'terminated')"
"""Cases that have ended and lie in no dossier yet; a query that says it in these words walks their index."""


class PermitCase(HallRecord, Base):
    """A case (办件) from receipt on, under the version of the matter that was in force then.

    What the board needs stands here, written by `services.clocks.refresh` with the clocks it comes from:
    `statutory_ordinal` and `promised_ordinal` are the due days of the limit of law and of the promise that govern
    now, as workday ordinals (rules.calendar); `urgency` is the nearer one. Nothing in it changes with time alone.
    """

    __tablename__ = "permit_case"
    __table_args__ = (
        UniqueConstraint("hall_id", "receipt_number"),
        UniqueConstraint("hall_id", "acceptance_number"),
        Index("ix_permit_case_applicant", "applicant_id"),
        Index("ix_permit_case_ticket", "ticket_id"),
        Index("ix_permit_case_received", "hall_id", "received_at"),
        Index("ix_permit_case_accepted", "hall_id", "accepted_on"),
        Index("ix_permit_case_decided", "hall_id", "decided_on"),
        Index("ix_permit_case_closed", "hall_id", "closed_at"),
        partial_index(
            "ix_permit_case_counts",
            "hall_id",
            "department_id",
            "matter_id",
            "standing",
            "statutory_ordinal",
            "promised_ordinal",
            "warning_days",
            "closed_at",  # always NULL here; without it SQLite would look at each case to see that
            where=_OPEN,
        ),
        partial_index("ix_permit_case_urgent", "hall_id", "urgency", "id", where=_OPEN),
        partial_index("ix_permit_case_department", "hall_id", "department_id", "urgency", "id", where=_OPEN),
        partial_index("ix_permit_case_matter", "hall_id", "matter_id", "urgency", "id", where=_OPEN),
        partial_index("ix_permit_case_officer", "hall_id", "officer_id", "urgency", "id", where=_OPEN),
        partial_index("ix_permit_case_to_archive", "hall_id", "closed_at", where=TO_ARCHIVE),
        partial_index("ix_permit_case_parent", "parent_id", where="parent_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_number: Mapped[str] = mapped_column(String(60))
    acceptance_number: Mapped[str | None] = mapped_column(String(60))
    matter_version_id: Mapped[int] = mapped_column(ForeignKey("matter_version.id"))
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    agent_authority: Mapped[str] = mapped_column(default="")
    """What the agent may do, in the words of the letter of authority."""
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    account_id: Mapped[int]
    """Who received it at the counter."""
    officer_id: Mapped[int | None]
    """Who has it in hand now; NULL: it lies with the department."""
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("permit_case.id"))
    """The joint case (联办) that this is a part of."""
    certificate_id: Mapped[int | None]
    """The certificate that a change, a renewal or a cancellation is about; certificates point to cases, so no key."""
    channel: Mapped[str] = mapped_column(String(12))
    purpose: Mapped[str] = mapped_column(String(8))
    handling: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(default="")
    """What is applied for: place, size, time; shown on documents, compared to find duplicates."""
    state: Mapped[str] = mapped_column(String(16))
    state_before: Mapped[str] = mapped_column(String(16), default="")
    """The state that reopening goes back to; set when the case closes."""
    received_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_on: Mapped[date | None]
    """The day the limits start from; for a deemed acceptance the day of receipt (行政许可法 32(1)(4))."""
    accepted_how: Mapped[str] = mapped_column(String(10), default="")
    proposal: Mapped[str] = mapped_column(String(8), default="")
    outcome: Mapped[str] = mapped_column(String(8), default="")
    decided_at: Mapped[datetime | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    standing: Mapped[str] = mapped_column(String(8), default="running")
    statutory_ordinal: Mapped[int | None]
    promised_ordinal: Mapped[int | None]
    urgency: Mapped[int]
    warning_days: Mapped[int]


class CaseMaterial(HallRecord, Base):
    """A material that was handed in with the case, or that 容缺受理 allows to follow."""

    __tablename__ = "case_material"

    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    originals: Mapped[int]
    copies: Mapped[int]
    lacking: Mapped[bool] = mapped_column(default=False)


class CaseEvent(HallLog, Base):
    """What happened to a case: append-only, one row an act. `day` is when it takes effect, `state` the state after it.

    `detail` is JSON with keys, codes, dates and figures, never personal data: the month can be counted from it alone.
    """

    __tablename__ = "case_event"
    __table_args__ = (Index("ix_case_event_case", "case_id"), Index("ix_case_event_day", "hall_id", "day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    at: Mapped[datetime]
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    account_id: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="{}")
    document_id: Mapped[int | None]


class CaseSupplement(HallRecord, Base):
    """A supplement notice (补正告知): everything that is lacking, told once for each submission (行政许可法 32(1)(4)).

    `phase`: intake, before acceptance; review, asked for by the reviewer, which stops no limit of law.
    """

    __tablename__ = "case_supplement"
    __table_args__ = (UniqueConstraint("case_id", "phase", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    phase: Mapped[str] = mapped_column(String(8))
    round: Mapped[int]
    told_at: Mapped[datetime]
    reply_by: Mapped[date | None]
    delivered_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_how: Mapped[str] = mapped_column(String(12), default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class CaseSupplementItem(HallRecord, Base):
    """One line of a supplement notice: the material, what is wrong with it, what is wanted."""

    __tablename__ = "case_supplement_item"

    supplement_id: Mapped[int] = mapped_column(ForeignKey("case_supplement.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    defect: Mapped[str]
    requirement: Mapped[str]
    settled_on: Mapped[date | None]


class Enquiry(HallRecord, Base):
    """A question asked at the hall (咨询, 首问责任): who took it first, to whom it went, when it was answered."""

    __tablename__ = "enquiry"
    __table_args__ = (partial_index("ix_enquiry_open", "hall_id", "due_on", where="answered_at IS NULL"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(String(12))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    question: Mapped[str]
    account_id: Mapped[int]
    handed_to: Mapped[int | None]
    due_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("permit_case.id"))
