"""Records of the queue: counters, tickets, their matters and events, and announcements for the loudspeaker."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.appointments import Appointment
from hall.store.schema.base import Base, HallLog, HallRecord, partial_index


class Counter(HallRecord, Base):
    """A service counter (服务窗口). Without CounterMatter rows it serves every matter.

    `state` is closed, open or paused since `since`; `account_id` is who works there; `favoured_calls` counts the
    calls of priority tickets in a row; `emergency_at` is set while help is called for.
    """

    __tablename__ = "counter"
    __table_args__ = (UniqueConstraint("hall_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(12), default="closed", server_default="closed")
    since: Mapped[datetime | None]
    account_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    favoured_calls: Mapped[int] = mapped_column(default=0, server_default="0")
    emergency_at: Mapped[datetime | None]


class CounterMatter(HallRecord, Base):
    """Which matters a counter serves, when it does not serve all; a head start there makes it the counter's own."""

    __tablename__ = "counter_matter"

    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"), primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    head_start_minutes: Mapped[int] = mapped_column(default=0, server_default="0")


class CounterEvent(HallRecord, Base):
    """What happened at a counter (opened, paused, emergency, other matters …): append-only, for the statistics."""

    __tablename__ = "counter_event"
    __table_args__ = (Index("ix_counter_event_at", "hall_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counter.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")


class Ticket(HallRecord, Base):
    """A queue number. The sequence is keyed by business date and prefix; nothing is reset or deleted.

    `issued_at` is when the number was drawn, `waits_from` when waiting counts from (an appointment's own time),
    `rank_at` the instant it is ranked by, `must_call_by` when the longest wait of its matter is over. `favoured`
    tickets rank before their time. `only_counter_id` is the counter it was transferred to, `sender_counter_id`
    the one it comes back to.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("hall_id", "business_date", "prefix", "sequence"),
        partial_index(
            "ix_ticket_waiting",
            "hall_id",
            "business_date",
            "favoured",
            "rank_at",
            "id",
            where="state = 'waiting'",
        ),
        partial_index(
            "ix_ticket_overdue",
            "hall_id",
            "business_date",
            "must_call_by",
            "id",
            where="state = 'waiting'",
        ),
        partial_index(
            "ix_ticket_at_counter",
            "counter_id",
            unique=True,
            where="state IN ('chosen', 'called', 'arrived', 'serving')",
        ),
        Index("ix_ticket_called", "hall_id", "business_date", "called_at"),
        Index("ix_ticket_person", "hall_id", "business_date", "person_id"),
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
    waits_from: Mapped[datetime]
    rank_at: Mapped[datetime]
    must_call_by: Mapped[datetime]
    favoured: Mapped[bool]
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))
    only_counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    sender_counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    note: Mapped[str] = mapped_column(default="")
    skips: Mapped[int] = mapped_column(default=0)
    ahead: Mapped[int]
    minutes_low: Mapped[int]
    minutes_high: Mapped[int]
    first_called_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    account_id: Mapped[int | None]
    calls: Mapped[int] = mapped_column(default=0)


class TicketMatter(HallRecord, Base):
    """The further matters of a ticket taken for several, in order; `done_at` when the ticket has gone on to it."""

    __tablename__ = "ticket_matter"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    done_at: Mapped[datetime | None]


class TicketEvent(HallLog, Base):
    """What happened to a ticket: append-only, the source of all queue statistics.

    `matter_id` is the matter the ticket stood for at that moment; `terms` is JSON: what a choice was made from.
    """

    __tablename__ = "ticket_event"
    __table_args__ = (Index("ix_ticket_event_ticket", "ticket_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(12))
    counter_id: Mapped[int | None]
    account_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    matter_id: Mapped[int | None]
    terms: Mapped[str] = mapped_column(default="", server_default="")


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
