"""Records of the queue: counters, tickets, their events, and announcements for the loudspeaker."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class Counter(HallRecord, Base):
    """A service counter (服务窗口). Without CounterMatter rows it serves every matter."""

    __tablename__ = "counter"
    __table_args__ = (UniqueConstraint("hall_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(80))


class CounterMatter(HallRecord, Base):
    """Which matters a counter serves, when it does not serve all."""

    __tablename__ = "counter_matter"

    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"), primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)


class Ticket(HallRecord, Base):
    """A queue number. The sequence is keyed by business date and prefix; nothing is reset or deleted."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("hall_id", "business_date", "prefix", "sequence"),
        partial_index(
            "ix_ticket_waiting",
            "hall_id",
            "business_date",
            "rank_at",
            "id",
            where="state = 'waiting'",
        ),
        partial_index(
            "ix_ticket_at_counter",
            "counter_id",
            unique=True,
            where="state IN ('called', 'serving')",
        ),
        Index("ix_ticket_called", "hall_id", "business_date", "called_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    business_date: Mapped[date]
    prefix: Mapped[str] = mapped_column(String(4))
    sequence: Mapped[int]
    code: Mapped[str] = mapped_column(String(12))
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    priority: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime]
    rank_at: Mapped[datetime]
    ahead: Mapped[int]
    minutes_low: Mapped[int]
    minutes_high: Mapped[int]
    called_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    account_id: Mapped[int | None]
    calls: Mapped[int] = mapped_column(default=0)


class TicketEvent(HallRecord, Base):
    """What happened to a ticket: append-only, the source of all queue statistics."""

    __tablename__ = "ticket_event"
    __table_args__ = (Index("ix_ticket_event_ticket", "ticket_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(12))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    account_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")


class Announcement(HallRecord, Base):
    """A call to be spoken. The station that owns the loudspeaker claims it; it never holds a call back."""

    __tablename__ = "announcement"
    __table_args__ = (
        partial_index(
            "ix_announcement_pending",
            "hall_id",
            "id",
            where="state = 'pending'",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    code: Mapped[str] = mapped_column(String(12))
    counter_number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    finished_at: Mapped[datetime | None]
