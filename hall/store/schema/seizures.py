"""Records of seized goods and of emergency measures (行政强制法 19, 24–28). There is no charge for keeping anything."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class Seizure(HallRecord, Base):
    """Goods seized or a place sealed up by one decision; how and when it ended."""

    __tablename__ = "seizure"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_seizure_case", "case_id"),
        Index("ix_seizure_party", "party_id"),
        partial_index("ix_seizure_open", "hall_id", "seized_on", where="ended_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    """Of the decision that was handed over on the spot."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("penalty_case.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(8))
    """seize or seal."""
    seized_on: Mapped[date]
    reason: Mapped[str]
    basis: Mapped[str]
    place: Mapped[str]
    keeper: Mapped[str]
    registered_at: Mapped[datetime]
    account_id: Mapped[int]
    extended_on: Mapped[date | None]
    extended_by: Mapped[int | None]
    extension_reason: Mapped[str] = mapped_column(default="")
    extension_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    ended_on: Mapped[date | None]
    ending: Mapped[str] = mapped_column(String(12), default="")
    """released, confiscated, destroyed, transferred."""
    ending_reason: Mapped[str] = mapped_column(default="")
    ended_by: Mapped[int | None]
    release_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    returned_on: Mapped[date | None]
    returned_to: Mapped[str] = mapped_column(default="")
    return_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class SeizedItem(HallRecord, Base):
    """One line of the list that both sides signed."""

    __tablename__ = "seized_item"

    seizure_id: Mapped[int] = mapped_column(ForeignKey("seizure.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    quantity: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(10))
    condition: Mapped[str] = mapped_column(default="")
    returned: Mapped[bool] = mapped_column(default=False)


class SeizureTesting(HallRecord, Base):
    """Days of testing or appraisal that the period leaves out (行政强制法 25(3)), told in writing."""

    __tablename__ = "seizure_testing"
    __table_args__ = (Index("ix_seizure_testing_seizure", "seizure_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seizure_id: Mapped[int] = mapped_column(ForeignKey("seizure.id"))
    kind: Mapped[str] = mapped_column(String(12))
    unit: Mapped[str]
    told_on: Mapped[date]
    first_day: Mapped[date]
    last_day: Mapped[date]
    """As the notice says; an earlier end replaces it."""


class EmergencyMeasure(HallRecord, Base):
    """A measure that was taken at once; to be reported within 24 hours by the clock (行政强制法 19)."""

    __tablename__ = "emergency_measure"
    __table_args__ = (partial_index("ix_emergency_measure_open", "hall_id", "began_at", where="reported_at IS NULL"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seizure_id: Mapped[int | None] = mapped_column(ForeignKey("seizure.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    measure: Mapped[str]
    place: Mapped[str]
    officers: Mapped[str]
    """At least two, with the numbers of their certificates (行政强制法 18(2))."""
    reason: Mapped[str]
    began_at: Mapped[datetime]
    account_id: Mapped[int]
    reported_at: Mapped[datetime | None]
    reported_by: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None]
    approved: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(default="")
    lifted_at: Mapped[datetime | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
