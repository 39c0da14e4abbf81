"""Halls of the district and the stations (computers) in each."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord


class Hall(Base):
    """One service hall.

    `short_name` is the prefix of its document numbers (such as 莲城管), `authority` the bureau that issues them.
    """

    __tablename__ = "hall"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    authority: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    complaint_phone: Mapped[str] = mapped_column(default="")


class Station(HallRecord, Base):
    """One computer of a hall; its audit chain hangs on it, so a station is never deleted."""

    __tablename__ = "station"
    __table_args__ = (UniqueConstraint("hall_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
