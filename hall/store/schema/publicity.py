"""Records of what is made public (双公示): put on line, and taken down where the decision is overturned."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class Publication(HallRecord, Base):
    """A decision on line, of a penalty (行政处罚法 48) or granting a licence (行政许可法 40): seven workdays to publish
    it, three to withdraw it. It names either a penalty case and its decision, or a permit case and its paper.
    """

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("decision_id"),
        UniqueConstraint("document_id"),
        CheckConstraint("(case_id IS NULL) <> (permit_id IS NULL)", name="one_case"),
        Index("ix_publication_permit", "permit_id"),
        partial_index("ix_publication_unpublished", "hall_id", "decided_on", where="published_on IS NULL"),
        partial_index(
            "ix_publication_overturned",
            "hall_id",
            "overturned_on",
            where="overturned_on IS NOT NULL AND withdrawn_on IS NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("penalty_case.id"))
    decision_id: Mapped[int | None]
    permit_id: Mapped[int | None] = mapped_column(ForeignKey("permit_case.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    decided_on: Mapped[date]
    withheld: Mapped[str] = mapped_column(default="")
    """Why it is not published at all (a minor, a state secret); empty: it is."""
    exported_on: Mapped[date | None]
    published_on: Mapped[date | None]
    published_at: Mapped[str] = mapped_column(String(200), default="")
    """The page or platform."""
    shown_until: Mapped[date | None]
    overturned_on: Mapped[date | None]
    overturned_why: Mapped[str] = mapped_column(default="")
    withdrawn_on: Mapped[date | None]
    account_id: Mapped[int | None]
