"""Records of what others say of the hall's service: scores of third parties, deputies, residents, imported whole."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord


class OutsideScore(HallRecord, Base):
    """One indicator of one source in one month, of so many people; a later file may replace it by another row."""

    __tablename__ = "outside_score"
    __table_args__ = (
        UniqueConstraint("hall_id", "source", "month", "indicator", "revision"),
        CheckConstraint("hundredths >= 0 AND hundredths <= full_hundredths", name="score"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(12))
    """third_party, deputies (两代表一委员) or residents (群众评议)."""
    month: Mapped[date]
    """Its first day."""
    indicator: Mapped[str] = mapped_column(String(60))
    hundredths: Mapped[int]
    full_hundredths: Mapped[int]
    asked: Mapped[int | None]
    """How many people were asked; NULL: the source does not say."""
    report: Mapped[str] = mapped_column(default="")
    revision: Mapped[int]
    imported_at: Mapped[datetime]
    account_id: Mapped[int]
