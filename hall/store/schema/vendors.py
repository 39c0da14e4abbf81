"""Records of vendors (流动经营者) and of their credit (征信): every point with its fact, its evidence and its end."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class Vendor(HallRecord, Base):
    """A person who trades without a shop. The level is counted from the events whenever it is asked, never stored."""

    __tablename__ = "vendor"
    __table_args__ = (UniqueConstraint("hall_id", "number"), UniqueConstraint("hall_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    category: Mapped[str] = mapped_column(String(20))
    farmer: Mapped[bool] = mapped_column(default=False)
    """Sells what the household grew itself (农民自产自销)."""
    usual_place: Mapped[str] = mapped_column(default="")
    registered_on: Mapped[date]
    account_id: Mapped[int]
    left_on: Mapped[date | None]
    left_why: Mapped[str] = mapped_column(default="")


class VendorEvent(HallRecord, Base):
    """A fact that gives or takes points by a rule of its day. It counts only once the person was told.

    What was wrong is set right by a new event that names it (`corrects_id`); facts and points of a row never change.
    """

    __tablename__ = "vendor_event"
    __table_args__ = (
        Index("ix_vendor_event_vendor", "vendor_id", "happened_on"),
        partial_index(
            "ix_vendor_event_corrects",
            "corrects_id",
            where="corrects_id IS NOT NULL AND state <> 'voided'",
            unique=True,
        ),
        partial_index("ix_vendor_event_objected", "hall_id", "objected_on", where="objected_on IS NOT NULL"),
        CheckConstraint("confirmed_by <> entered_by", name="confirmed_by_another"),
        CheckConstraint("answered_by <> entered_by AND answered_by <> confirmed_by", name="answered_by_a_third"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendor.id"))
    rule: Mapped[str] = mapped_column(String(20))
    """The code of the line of the rule table in force on the day of the fact."""
    points: Mapped[int]
    happened_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    facts: Mapped[str]
    evidence: Mapped[str]
    penalty_id: Mapped[int | None] = mapped_column(ForeignKey("penalty_case.id"))
    entered_by: Mapped[int]
    entered_at: Mapped[datetime]
    confirmed_by: Mapped[int | None]
    confirmed_on: Mapped[date | None]
    told_on: Mapped[date | None]
    told_way: Mapped[str] = mapped_column(String(10), default="")
    object_days: Mapped[int | None]
    """How many days to object the notice says."""
    object_by: Mapped[date | None]
    """None once it was told: the schedule of that day is not there yet."""
    objected_on: Mapped[date | None]
    objection: Mapped[str] = mapped_column(default="")
    answer_by: Mapped[date | None]
    answered_on: Mapped[date | None]
    answered_by: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")
    upheld: Mapped[bool | None]
    """Whether the objection was found right."""
    expires_on: Mapped[date]
    """The first day on which it counts no more; since when it counts follows from the days (rules.vendor_credit)."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("vendor_event.id"))
    state: Mapped[str] = mapped_column(String(10))
    """entered, confirmed, told, objected, standing, corrected or voided."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
