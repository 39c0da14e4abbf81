"""Records of requests for leniency before a decision (行政处罚法 30–33): limbs, evidence, what was found."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class LeniencyRequest(HallRecord, Base):
    """A request (减免申请) for one result by one or more limbs; officers examine it, a proposal may follow."""

    __tablename__ = "leniency_request"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_leniency_request_case", "case_id"),
        partial_index("ix_leniency_request_open", "case_id", where="state = 'open'", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("penalty_case.id"))
    number: Mapped[str] = mapped_column(String(60))
    stage: Mapped[str] = mapped_column(String(16))
    wanted: Mapped[str] = mapped_column(String(8))
    facts: Mapped[str]
    correction: Mapped[str] = mapped_column(default="")
    first_time_declared: Mapped[bool] = mapped_column(default=False)
    applied_at: Mapped[datetime]
    applied_on: Mapped[date]
    account_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    """open, granted, refused, withdrawn."""
    limb: Mapped[str] = mapped_column(String(16), default="")
    searched_from: Mapped[date | None]
    searched_on: Mapped[date | None]
    earlier: Mapped[int | None]
    """How many earlier breaches the search found."""
    examined_on: Mapped[date | None]
    reasons: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    ended_by: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    review_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    answer_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class LeniencyLimbClaim(HallRecord, Base):
    """A limb that the party ticked."""

    __tablename__ = "leniency_limb_claim"

    request_id: Mapped[int] = mapped_column(ForeignKey("leniency_request.id"), primary_key=True)
    limb: Mapped[str] = mapped_column(String(16), primary_key=True)


class LeniencyEvidence(HallRecord, Base):
    """A piece of evidence that was handed in with the request."""

    __tablename__ = "leniency_evidence"

    request_id: Mapped[int] = mapped_column(ForeignKey("leniency_request.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    pages: Mapped[int]


class LeniencyFinding(HallRecord, Base):
    """What officers found about one element of a limb: satisfied, not or unknown, and by which evidence."""

    __tablename__ = "leniency_finding"

    request_id: Mapped[int] = mapped_column(ForeignKey("leniency_request.id"), primary_key=True)
    limb: Mapped[str] = mapped_column(String(16), primary_key=True)
    element: Mapped[str] = mapped_column(String(24), primary_key=True)
    finding: Mapped[str] = mapped_column(String(10))
    evidence: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int]
    at: Mapped[datetime]
