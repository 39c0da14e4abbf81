"""Records of the working-day schedules: one row a year, one row for each day that is not as its weekday says."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord


class CalendarYear(HallRecord, Base):
    """The schedule of one year as a notice announced it; a corrected notice is a new version."""

    __tablename__ = "calendar_year"
    __table_args__ = (UniqueConstraint("hall_id", "year", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    version: Mapped[int]
    notice: Mapped[str]
    source: Mapped[str]
    imported_at: Mapped[datetime]


class CalendarDay(HallRecord, Base):
    """A rest day (rest) or a make-up workday (work) of a schedule."""

    __tablename__ = "calendar_day"

    calendar_year_id: Mapped[int] = mapped_column(ForeignKey("calendar_year.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(40))
