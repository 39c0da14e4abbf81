"""Records of the relief fund (救助基金): applications and the ledger of what the charity received and gave.

The money and the decision are the charity's; the hall keeps the papers and the books.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallLog, HallRecord, partial_index


class ReliefApplication(HallRecord, Base):
    """An application for relief: means checked by two, an opinion, the charity's vote, the award, its receipt."""

    __tablename__ = "relief_application"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_relief_application_person", "person_id"),
        partial_index("ix_relief_application_open", "hall_id", "id", where="closed_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    household_sealed: Mapped[str]
    """JSON of the household's members, as `KeyRing.seal` wrote it."""
    reason: Mapped[str]
    evidence: Mapped[str]
    kind: Mapped[str] = mapped_column(String(10))
    """capital, tools or support."""
    asked_fen: Mapped[int]
    consent_on: Mapped[date]
    """When the applicant agreed to the check of means and to being published by a masked name."""
    applied_on: Mapped[date]
    account_id: Mapped[int]
    visited_on: Mapped[date | None]
    visitors: Mapped[str] = mapped_column(default="")
    means: Mapped[str] = mapped_column(default="")
    income_fen: Mapped[int | None]
    """Of the household a head a month."""
    members: Mapped[int]
    meets: Mapped[bool | None]
    checked_by: Mapped[int | None]
    opinion: Mapped[str] = mapped_column(default="")
    recommended: Mapped[bool | None]
    opinion_by: Mapped[int | None]
    opinion_on: Mapped[date | None]
    voted_on: Mapped[date | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    award_fen: Mapped[int | None]
    award_goods: Mapped[str] = mapped_column(default="")
    charity_number: Mapped[str] = mapped_column(String(60), default="")
    """The charity's own decision by its number: without one nothing is paid."""
    decided_on: Mapped[date | None]
    refused_why: Mapped[str] = mapped_column(default="")
    shown_from: Mapped[date | None]
    shown_until: Mapped[date | None]
    shown_where: Mapped[str] = mapped_column(default="")
    objection: Mapped[str] = mapped_column(default="")
    objection_answer: Mapped[str] = mapped_column(default="")
    given_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(12))
    """applied, checked, opined, voted, shown, given, refused or withdrawn."""
    closed_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class ReliefPosting(HallLog, Base):
    """A posting of the fund's books, one after another; the balance after it can never be negative. Append-only."""

    __tablename__ = "relief_posting"
    __table_args__ = (
        UniqueConstraint("hall_id", "serial"),
        partial_index("ix_relief_posting_reference", "hall_id", "reference", where="reference <> ''", unique=True),
        partial_index("ix_relief_posting_reverses", "reverses_id", where="reverses_id IS NOT NULL", unique=True),
        partial_index("ix_relief_posting_application", "application_id", where="application_id IS NOT NULL"),
        CheckConstraint("money_after >= 0", name="money"),
        CheckConstraint("goods_after >= 0", name="goods"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    """donation, purchase, award, return or reversal."""
    day: Mapped[date]
    at: Mapped[datetime]
    account_id: Mapped[int]
    donor_sealed: Mapped[str | None]
    donor_shown: Mapped[str] = mapped_column(default="")
    """As the donor wants to be published: a masked name, an organisation's, 爱心人士."""
    application_id: Mapped[int | None]
    reverses_id: Mapped[int | None]
    reference: Mapped[str] = mapped_column(String(60), default="")
    memo: Mapped[str] = mapped_column(default="")
    money_after: Mapped[int]
    goods_after: Mapped[int]
    """Of the accounts money and goods, in fen: the books are replayed against them."""
    document_id: Mapped[int | None]


class ReliefLine(HallLog, Base):
    """One side of a posting in fen, debit positive; the lines of a posting add up to nothing. Append-only."""

    __tablename__ = "relief_line"

    posting_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    book: Mapped[str] = mapped_column(String(10), primary_key=True)
    """money, goods (what the fund has), donated (what it came from), awarded (what it went to)."""
    fen: Mapped[int]
