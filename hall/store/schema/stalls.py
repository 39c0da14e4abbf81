"""Records of stall sites (便民服务点): plan and stalls, who applied, was drawn, stands where, who governs it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class StallSite(HallRecord, Base):
    """A place with numbered stalls on a plan that people look at rather than read."""

    __tablename__ = "stall_site"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(12))
    place: Mapped[str]
    area: Mapped[str] = mapped_column(String(40), default="")
    hours: Mapped[str] = mapped_column(String(40))
    """The time band, such as 06:00-09:00,17:00-22:00."""
    season_from: Mapped[str] = mapped_column(String(5), default="")
    season_to: Mapped[str] = mapped_column(String(5), default="")
    """MM-DD; both empty: all the year. A season may run over the new year."""
    categories: Mapped[str]
    """JSON list of the categories it takes."""
    rotation_months: Mapped[int | None]
    """After how many months stalls change hands; NULL: they stay."""
    term_months: Mapped[int]
    rules: Mapped[str] = mapped_column(default="")
    plan_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    plan_width: Mapped[int]
    plan_height: Mapped[int]
    """Of the plan, in the units that the stalls are placed by."""
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    closed_why: Mapped[str] = mapped_column(default="")


class Stall(HallRecord, Base):
    """A numbered stall and where it lies on the plan."""

    __tablename__ = "stall"
    __table_args__ = (UniqueConstraint("site_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("stall_site.id"))
    number: Mapped[str] = mapped_column(String(10))
    x: Mapped[int]
    y: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    category: Mapped[str] = mapped_column(String(20), default="")
    """Empty: any of the site's."""
    farmers_only: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]
    closed_why: Mapped[str] = mapped_column(default="")


class StallApplication(HallRecord, Base):
    """An application for a stall: admitted by the vendor's credit, then drawn or waiting."""

    __tablename__ = "stall_application"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_stall_application_site", "site_id", "state"),
        partial_index(
            "ix_stall_application_once",
            "site_id",
            "person_id",
            where="state IN ('applied', 'admitted', 'drawing', 'waiting', 'offered', 'accepted')",
            unique=True,
        ),
        partial_index(
            "ix_stall_application_offered",
            "offered_stall_id",
            where="state IN ('offered', 'accepted')",
            unique=True,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    site_id: Mapped[int] = mapped_column(ForeignKey("stall_site.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    vendor_id: Mapped[int | None] = mapped_column(ForeignKey("vendor.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    category: Mapped[str] = mapped_column(String(20))
    farmer: Mapped[bool] = mapped_column(default=False)
    farmer_proof: Mapped[str] = mapped_column(default="")
    """By what it is shown that the goods are of the household's own growing; empty: not shown."""
    goods: Mapped[str] = mapped_column(default="")
    hardship: Mapped[bool] = mapped_column(default=False)
    applied_at: Mapped[datetime]
    account_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    level: Mapped[str] = mapped_column(String(4), default="")
    admission_why: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None]
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("lot_draw.id"))
    waiting_place: Mapped[int | None]
    offered_stall_id: Mapped[int | None] = mapped_column(ForeignKey("stall.id"))
    """Kept for this person until the answer, or until the certificate."""
    offered_until: Mapped[date | None]
    ended_why: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class StallGrant(HallRecord, Base):
    """A stall certificate (摊位证): who stands on which stall for how long. One at a time on a stall."""

    __tablename__ = "stall_grant"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_stall_grant_person", "person_id"),
        partial_index("ix_stall_grant_stall", "stall_id", where="ended_on IS NULL", unique=True),
        partial_index("ix_stall_grant_holder", "site_id", "person_id", where="ended_on IS NULL", unique=True),
        CheckConstraint("valid_to >= valid_from", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    site_id: Mapped[int] = mapped_column(ForeignKey("stall_site.id"))
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("stall_application.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    category: Mapped[str] = mapped_column(String(20))
    granted_on: Mapped[date]
    granted_by: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("stall_grant.id"))
    """The certificate it follows by rotation or renewal."""
    ended_on: Mapped[date | None]
    ending: Mapped[str] = mapped_column(String(10), default="")
    """expired, given_up, rotated, renewed, withdrawn or died."""
    ended_why: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class StallWithdrawal(HallRecord, Base):
    """The way to take a stall away before its end: told, heard, then decided by somebody else."""

    __tablename__ = "stall_withdrawal"
    __table_args__ = (partial_index("ix_stall_withdrawal_open", "grant_id", where="decided_on IS NULL", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("stall_grant.id"))
    ground: Mapped[str] = mapped_column(String(20))
    facts: Mapped[str]
    evidence: Mapped[str]
    proposed_on: Mapped[date]
    proposed_by: Mapped[int]
    told_on: Mapped[date | None]
    answer_by: Mapped[date | None]
    statement: Mapped[str] = mapped_column(default="")
    stated_on: Mapped[date | None]
    hearing_asked_on: Mapped[date | None]
    hearing_on: Mapped[date | None]
    hearing_record: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(10), default="")
    """withdrawn, kept or warned."""
    reasons: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class StallSeat(HallRecord, Base):
    """A seat on the self-government committee (摊点自治委员会) of a site."""

    __tablename__ = "stall_seat"
    __table_args__ = (Index("ix_stall_seat_site", "site_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("stall_site.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    office: Mapped[str] = mapped_column(String(12))
    elected_on: Mapped[date]
    until_day: Mapped[date]
    votes_for: Mapped[int]
    votes_present: Mapped[int]
    ended_on: Mapped[date | None]
    ended_why: Mapped[str] = mapped_column(default="")
