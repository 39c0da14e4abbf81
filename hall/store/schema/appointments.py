"""Records of appointments (预约): who may come when for which matter. Imported; checked in at the kiosk or by staff."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord


class Appointment(HallRecord, Base):
    """One booked time. `reference` is the booking system's number; the ID number is kept only as a blind index.

    `state`: booked, checked_in, missed, cancelled.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        UniqueConstraint("hall_id", "reference"),
        Index("ix_appointment_day", "hall_id", "day", "id_number_index"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    name_sealed: Mapped[str]
    phone_sealed: Mapped[str | None]
    id_number_index: Mapped[str]
    state: Mapped[str] = mapped_column(String(12))
    imported_at: Mapped[datetime]
    checked_in_at: Mapped[datetime | None]
