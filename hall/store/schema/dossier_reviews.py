"""Records of dossier reviews (案卷评查): rounds drawn by lot, who reviews what, what was found, what was corrected."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class ReviewRound(HallRecord, Base):
    """A round: which ended cases it takes from, how many, and the draw that named dossiers and reviewers."""

    __tablename__ = "review_round"
    __table_args__ = (UniqueConstraint("hall_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    name: Mapped[str]
    from_day: Mapped[date]
    until_day: Mapped[date]
    permits: Mapped[int]
    penalties: Mapped[int]
    """How many dossiers of each are drawn; fewer where there are fewer."""
    reviewers: Mapped[str]
    """JSON list of the accounts that may be drawn."""
    opened_on: Mapped[date]
    opened_by: Mapped[int]
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("lot_draw.id"))
    state: Mapped[str] = mapped_column(String(10))
    """announced, drawn, closed or voided."""
    closed_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class ReviewAssignment(HallRecord, Base):
    """A dossier of a round and its reviewer, who had no part in the case; its score, and the way of its correction."""

    __tablename__ = "review_assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "subject", "case_id"),
        Index("ix_review_assignment_case", "subject", "case_id"),
        partial_index("ix_review_assignment_open", "reviewer_id", where="scored_on IS NULL"),
        partial_index(
            "ix_review_assignment_faulty",
            "hall_id",
            "correct_by",
            where="correct_by IS NOT NULL AND verified_on IS NULL",
        ),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name="score"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"))
    subject: Mapped[str] = mapped_column(String(12))
    """permit_case or penalty_case."""
    case_id: Mapped[int]
    case_number: Mapped[str] = mapped_column(String(60))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    replaced_why: Mapped[str] = mapped_column(default="")
    """Why not the reviewer who was drawn; a replacement is drawn from the same seed."""
    state: Mapped[str] = mapped_column(String(12))
    """drawn, scored, correcting, corrected, objected, closed or released."""
    score: Mapped[int | None]
    """What stands: of the first review, or of the second where that replaced it."""
    illegal: Mapped[bool] = mapped_column(default=False)
    grade: Mapped[str] = mapped_column(String(10), default="")
    remark: Mapped[str] = mapped_column(default="")
    scored_on: Mapped[date | None]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    statement: Mapped[str] = mapped_column(default="")
    correct_by: Mapped[date | None]
    correction: Mapped[str] = mapped_column(default="")
    corrected_on: Mapped[date | None]
    corrected_by: Mapped[int | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class ReviewFinding(HallRecord, Base):
    """A fault that was found by the score sheet's line; a fault of legality costs everything."""

    __tablename__ = "review_finding"
    __table_args__ = (UniqueConstraint("assignment_id", "sheet", "fault"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("review_assignment.id"))
    sheet: Mapped[int] = mapped_column(default=1)
    """1: of the first review; 2: of the second (复核), where that replaced the score."""
    fault: Mapped[str] = mapped_column(String(30))
    words: Mapped[str]
    points: Mapped[int]
    legality: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")


class ReviewRecheck(HallRecord, Base):
    """A second review (复核) of a dossier whose score was objected to: once, by another reviewer; the first stays."""

    __tablename__ = "review_recheck"
    __table_args__ = (UniqueConstraint("assignment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("review_assignment.id"))
    objection: Mapped[str]
    objected_on: Mapped[date]
    first_score: Mapped[int]
    first_grade: Mapped[str] = mapped_column(String(10))
    first_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """The first score sheet."""
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed: Mapped[bool | None]
    """Whether the first score stands; NULL until it was reviewed again."""
    reason: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
