"""What the store itself keeps: the audit chain and its seals, the change log, the number series."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallLog, HallRecord


class AuditRow(HallLog, Base):
    """One work that was done; linked by hash to the station's row before it. Append-only by trigger."""

    __tablename__ = "audit_row"
    __table_args__ = (
        UniqueConstraint("station_id", "sequence"),
        Index(None, "hall_id", "at"),
        Index(None, "hall_id", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int]
    sequence: Mapped[int]
    at: Mapped[datetime]
    work_id: Mapped[str]
    account_id: Mapped[int]
    actor_name: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class AuditHead(Base):
    """The last link of a station's chain: locked by each work of that station, and shows a removed tail."""

    __tablename__ = "audit_head"

    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    hash: Mapped[str]
    at: Mapped[datetime | None]
    """The latest instant of the chain: a clock that stands before it was set back (store.clock_guard)."""


class AuditSeal(HallRecord, Base):
    """All chains of a hall sealed together at the end of a day, linked to the seal before. Append-only."""

    __tablename__ = "audit_seal"
    __table_args__ = (UniqueConstraint("hall_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    digest: Mapped[str]
    heads: Mapped[str]
    previous_digest: Mapped[str]
    sealed_at: Mapped[datetime]


class ChangeRow(HallLog, Base):
    """Something that other stations show has changed: which, never what. `origin` is the station's name."""

    __tablename__ = "change_row"
    # Without AUTOINCREMENT SQLite would give the number of a pruned last row again.
    __table_args__ = (Index(None, "at"), {"sqlite_autoincrement": True})

    seq: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    key: Mapped[str]
    origin: Mapped[str]
    at: Mapped[datetime]


class NumberSeries(Base):
    """The last number drawn from a series within a scope (a year, a day): no gaps, no repeats."""

    __tablename__ = "number_series"

    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"), primary_key=True, autoincrement=False)
    series: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]
