"""Records of the list of powers and duties (权责清单), each line as dated versions."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord


class Power(HallRecord, Base):
    """A power by its code; what it says stands in its versions."""

    __tablename__ = "power"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(30))


class PowerVersion(HallRecord, Base):
    """A line of the list as it stands from one day on; `removed` where it was taken off the list."""

    __tablename__ = "power_version"
    __table_args__ = (UniqueConstraint("power_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    power_id: Mapped[int] = mapped_column(ForeignKey("power.id"))
    valid_from: Mapped[date]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(12))
    """licence, penalty, compulsion, inspection, payment, ruling, confirmation, reward, levy or other."""
    basis: Mapped[str]
    duty: Mapped[str]
    liability: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    matter_code: Mapped[str] = mapped_column(String(20), default="")
    violation_code: Mapped[str] = mapped_column(String(20), default="")
    removed: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str]
    """The document by which the list was changed."""
    imported_at: Mapped[datetime]
    account_id: Mapped[int]
