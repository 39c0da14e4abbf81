"""Records of ratings (好差评): what people said of a visit, and what was done about a bad one."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class Rating(HallRecord, Base):
    """One voluntary answer: 5 非常满意 … 1 非常不满意. One per matter of a ticket; append-only."""

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("ticket_id", "matter_id"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"))
    account_id: Mapped[int | None]
    level: Mapped[int]
    channel: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]


class RatingFollowUp(HallRecord, Base):
    """The follow-up (回访整改) of one of the last two levels, with its deadline; `due_on` is NULL while pending."""

    __tablename__ = "rating_follow_up"
    __table_args__ = (
        UniqueConstraint("rating_id"),
        partial_index("ix_rating_follow_up_open", "hall_id", "due_on", where="closed_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"))
    opened_on: Mapped[date]
    due_on: Mapped[date | None]
    pending: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None]
