"""Records of violations (案由), of their discretion benchmarks as dated versions, and of what is exempt."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord


class Violation(HallRecord, Base):
    """A violation by its code; what it says stands in its versions."""

    __tablename__ = "violation"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))


class ViolationVersion(HallRecord, Base):
    """A violation and its benchmark from one day on. Only a published version may be used (行政处罚法 5, 34).

    `correction`: whether an order to correct comes first (行政处罚法 28 and the norm's own words).
    """

    __tablename__ = "violation_version"
    __table_args__ = (UniqueConstraint("violation_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    violation_id: Mapped[int] = mapped_column(ForeignKey("violation.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    published_on: Mapped[date | None]
    published_as: Mapped[str] = mapped_column(default="")
    """Where it was published: the number of the document, the page."""
    name: Mapped[str]
    legal_basis: Mapped[str]
    penalty_article: Mapped[str]
    correction: Mapped[str] = mapped_column(String(10))
    superseded_by: Mapped[str] = mapped_column(default="")
    """The higher norm that prevails, or the code of the violation that took its place."""
    first_offence: Mapped[str] = mapped_column(default="")
    """What the table itself says of first offences, in its words."""
    exempt_basis: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what was imported: the same content again changes nothing."""
    imported_at: Mapped[datetime]


class BenchmarkTier(HallRecord, Base):
    """A row of a benchmark: for whom, in which circumstances, from how much to how much.

    `low` and `high` are hundredths of `unit` (fen for yuan); NULL: the published row has no amounts.
    `statutory`: the span of the law itself, no tier within it.
    """

    __tablename__ = "benchmark_tier"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("violation_version.id"))
    position: Mapped[int]
    object_kind: Mapped[str] = mapped_column(String(12))
    object_words: Mapped[str]
    tier: Mapped[str]
    circumstances: Mapped[str]
    low: Mapped[int | None]
    high: Mapped[int | None]
    unit: Mapped[str] = mapped_column(String(16))
    unit_words: Mapped[str]
    cap_fen: Mapped[int | None]
    statutory: Mapped[bool] = mapped_column(default=False)


class ExemptionRule(HallRecord, Base):
    """A row of a published list of what is not punished (轻微不罚、首违不罚): its conditions as data."""

    __tablename__ = "exemption_rule"
    __table_args__ = (Index("ix_exemption_rule_violation", "violation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    violation_id: Mapped[int] = mapped_column(ForeignKey("violation.id"))
    limb: Mapped[str] = mapped_column(String(16))
    conditions: Mapped[str]
    first_time_months: Mapped[int | None]
    """How far back the search for earlier breaches goes; NULL: as far as the hall's own parameter says."""
    correct_within_hours: Mapped[int | None]
    quantity_limit: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    excluded_if: Mapped[str] = mapped_column(default="")
    list_number: Mapped[str]
    published_on: Mapped[date | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
