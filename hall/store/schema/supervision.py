"""Records of supervision: orders (黄牌/红牌), accountability, anomalies, urgings, saved filters."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class SupervisionOrder(HallRecord, Base):
    """A supervision order (督办单): a yellow or a red card with a new deadline, answered, settled or escalated."""

    __tablename__ = "supervision_order"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_supervision_order_case", "case_id"),
        partial_index("ix_supervision_order_open", "hall_id", "reply_by", where="closed_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    clock_id: Mapped[int | None] = mapped_column(ForeignKey("case_clock.id"))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_order.id"))
    colour: Mapped[str] = mapped_column(String(8))
    cause: Mapped[str] = mapped_column(String(24))
    reason: Mapped[str]
    order: Mapped[str]
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]
    issued_by: Mapped[int]
    finish_by: Mapped[date | None]
    reply_by: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(12))
    reply: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None]
    replied_by: Mapped[int | None]
    plea: Mapped[str] = mapped_column(default="")
    plea_at: Mapped[datetime | None]
    plea_by: Mapped[int | None]
    plea_finding: Mapped[str] = mapped_column(String(12), default="")
    plea_reason: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]
    closed_how: Mapped[str] = mapped_column(String(12), default="")
    closed_by: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class SupervisionSubject(HallRecord, Base):
    """Somebody answerable in an order, as what, and how many workdays of the limit the case was in that hand."""

    __tablename__ = "supervision_subject"

    order_id: Mapped[int] = mapped_column(ForeignKey("supervision_order.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(String(12))
    possession_days: Mapped[int]


class AccountabilityRecord(HallRecord, Base):
    """Who answers for a breach, with the ledger as it stood, what was found and what followed (责任追究)."""

    __tablename__ = "accountability_record"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_accountability_record_case", "case_id"),
        Index("ix_accountability_record_subject", "subject_id", "opened_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_order.id"))
    source: Mapped[str] = mapped_column(String(12))
    opened_on: Mapped[date]
    opened_by: Mapped[int]
    subject_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    part: Mapped[str] = mapped_column(String(12))
    possession: Mapped[str]
    """JSON: days in hand of every person and department."""
    ledger: Mapped[str]
    """JSON: the clock with budget, used, paused, due and days past it, as it stood."""
    facts: Mapped[str]
    article: Mapped[str]
    plea: Mapped[str] = mapped_column(default="")
    plea_on: Mapped[date | None]
    finding: Mapped[str] = mapped_column(String(12), default="")
    exemption: Mapped[str] = mapped_column(String(16), default="")
    degree: Mapped[str] = mapped_column(String(12), default="")
    measure: Mapped[str] = mapped_column(default="")
    points: Mapped[int] = mapped_column(default=0)
    repetition: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(12))
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None]
    delivered_on: Mapped[date | None]
    appeal: Mapped[str] = mapped_column(default="")
    appealed_on: Mapped[date | None]
    appeal_finding: Mapped[str] = mapped_column(String(12), default="")
    correct_by: Mapped[date | None]
    corrected_on: Mapped[date | None]
    correction: Mapped[str] = mapped_column(default="")
    published: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class CaseAnomaly(HallRecord, Base):
    """Something unusual in the handling of a case, found once, judged by somebody else than whom it is about."""

    __tablename__ = "case_anomaly"
    __table_args__ = (
        UniqueConstraint("case_id", "kind", "occasion"),
        partial_index("ix_case_anomaly_open", "hall_id", "found_at", where="reviewed_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    kind: Mapped[str] = mapped_column(String(20))
    occasion: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[int | None]
    found_at: Mapped[datetime]
    text: Mapped[str]
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[int | None]
    verdict: Mapped[str] = mapped_column(String(12), default="")
    explanation: Mapped[str] = mapped_column(default="")


class CaseUrging(HallRecord, Base):
    """The applicant or a leader urges a case on (催办)."""

    __tablename__ = "case_urging"
    __table_args__ = (Index("ix_case_urging_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[int]
    text: Mapped[str] = mapped_column(default="")


class SavedFilter(HallRecord, Base):
    """A filter of the board that somebody saved under a name; `terms` is JSON."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("hall_id", "account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(40))
    terms: Mapped[str]
