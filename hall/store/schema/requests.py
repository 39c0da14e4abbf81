"""Records of what people ask, complain of or report (诉求), whom it is dispatched to, who answers for which area."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class DispatchUnit(HallRecord, Base):
    """Who may be sent a request: a department, a squad (中队), a street, a grid cell's team or another authority."""

    __tablename__ = "dispatch_unit"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(12))
    """department, squad, street, grid or outside."""
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    """Whose accounts act for it here; NULL: the dispatcher enters what it reports back."""
    active: Mapped[bool] = mapped_column(default=True)


class Responsibility(HallRecord, Base):
    """Which unit answers for a category in an area (事项—街道责任图), from a day on; area empty: everywhere."""

    __tablename__ = "responsibility"
    __table_args__ = (
        UniqueConstraint("hall_id", "category", "area", "valid_from"),
        Index("ix_responsibility_unit", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(String(20))
    area: Mapped[str] = mapped_column(String(40), default="")
    """A street's name or the beginning of a grid code."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("dispatch_unit.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str]


class Request(HallRecord, Base):
    """A request (诉求): one matter of one person, on one track until it is closed.

    `told_by`, `finish_by` are those of 信访工作条例 (natural days) where `petition`, `promised_by` the hall's promise.
    """

    __tablename__ = "request"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_request_person", "person_id"),
        Index("ix_request_received", "hall_id", "received_on"),
        partial_index("ix_request_open", "hall_id", "promised_by", where="closed_on IS NULL"),
        partial_index(
            "ix_request_outside", "hall_id", "channel", "outside_number", where="outside_number <> ''", unique=True
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(12))
    """consultation, complaint, report, help or suggestion; an application becomes a permit case instead."""
    petition: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(String(12))
    outside_number: Mapped[str] = mapped_column(String(60), default="")
    """The number of 12345 or of the grid system."""
    anonymous: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    category: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str]
    content: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    area: Mapped[str] = mapped_column(String(40), default="")
    grid_code: Mapped[str] = mapped_column(String(40), default="")
    about_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Of whom it complains, where that is one of the staff: such a person never handles it."""
    received_at: Mapped[datetime]
    received_on: Mapped[date]
    first_account_id: Mapped[int]
    """Whoever was asked first answers for it until it is closed (首问责任)."""
    state: Mapped[str] = mapped_column(String(12))
    told_by: Mapped[date | None]
    told_on: Mapped[date | None]
    finish_by: Mapped[date | None]
    extended_on: Mapped[date | None]
    extended_why: Mapped[str] = mapped_column(default="")
    promised_by: Mapped[date | None]
    pending: Mapped[str] = mapped_column(default="")
    """Why a day is not known yet."""
    way: Mapped[str] = mapped_column(String(10), default="")
    """How it was solved (721): service, guidance or penalty."""
    reply: Mapped[str] = mapped_column(default="")
    replied_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    ended_why: Mapped[str] = mapped_column(default="")
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    """The request whose matter it repeats: it is answered with that one and never dispatched."""
    enquiry_id: Mapped[int | None] = mapped_column(ForeignKey("enquiry.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class Dispatch(HallRecord, Base):
    """One sending of a request to a unit. The index lets no second one run at the same time (单轨执行)."""

    __tablename__ = "dispatch"
    __table_args__ = (
        UniqueConstraint("request_id", "round"),
        partial_index("ix_dispatch_single_track", "request_id", where="ended_on IS NULL", unique=True),
        partial_index("ix_dispatch_open", "unit_id", "due_on", where="ended_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    round: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("dispatch_unit.id"))
    why_unit: Mapped[str] = mapped_column(default="")
    """The line of the map it follows, or the reason of whoever chose another unit."""
    sent_at: Mapped[datetime]
    sent_by: Mapped[int]
    order: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    pending: Mapped[str] = mapped_column(default="")
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10))
    """sent, taken, returned, fed_back, sent_back (the feedback was not enough) or accepted."""
    returned_why: Mapped[str] = mapped_column(default="")
    findings: Mapped[str] = mapped_column(default="")
    measures: Mapped[str] = mapped_column(default="")
    way: Mapped[str] = mapped_column(String(10), default="")
    fed_back_on: Mapped[date | None]
    fed_back_by: Mapped[int | None]
    ended_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
