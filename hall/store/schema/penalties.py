"""Records of penalty cases: who is about it, what was proposed, told and decided, who did which duty in it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallLog, HallRecord, partial_index


class EnforcementCertificate(HallRecord, Base):
    """An enforcement certificate (执法证) or, with `helper`, the card of an auxiliary (协管), who enforces nothing."""

    __tablename__ = "enforcement_certificate"
    __table_args__ = (UniqueConstraint("hall_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    name: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """NULL: an officer who does not sign in here."""
    helper: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    entered_by: Mapped[int]


class ConflictOfInterest(HallRecord, Base):
    """Somebody who stays away from everything about a person (回避, 行政处罚法 43)."""

    __tablename__ = "conflict_of_interest"
    __table_args__ = (Index("ix_conflict_of_interest_account", "account_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]
    from_day: Mapped[date]
    until_day: Mapped[date | None]
    entered_by: Mapped[int]


class PenaltyCase(HallRecord, Base):
    """A penalty case (处罚案件): one act of one person, one fine at most (行政处罚法 29).

    Facts of the act stand here; what was decided stands in `penalty_decision`, what is owed in `fine_entry`.
    """

    __tablename__ = "penalty_case"
    __table_args__ = (
        UniqueConstraint("hall_id", "number"),
        Index("ix_penalty_case_party", "party_id"),
        Index("ix_penalty_case_violation", "violation_id", "acted_on"),
        partial_index("ix_penalty_case_open", "hall_id", "id", where="closed_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60))
    """案号, of the case system or our own."""
    origin: Mapped[str] = mapped_column(String(8))
    """counter or import."""
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    object_kind: Mapped[str] = mapped_column(String(12))
    """citizen or organisation; an individual business is classed by whoever registers it (51, 72 differ by it)."""
    violation_id: Mapped[int] = mapped_column(ForeignKey("violation.id"))
    act: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    acted_on: Mapped[date]
    acted_until: Mapped[date | None]
    """The end of an act that went on (连续或者继续状态)."""
    found_on: Mapped[date]
    filed_on: Mapped[date | None]
    procedure: Mapped[str] = mapped_column(String(8))
    """simple or general."""
    harm: Mapped[str] = mapped_column(String(8), default="unknown")
    life_or_health: Mapped[bool] = mapped_column(default=False)
    """The five years of 行政处罚法 36 apply."""
    complex: Mapped[bool] = mapped_column(default=False)
    public_interest: Mapped[bool] = mapped_column(default=False)
    correction_ordered_on: Mapped[date | None]
    correct_by: Mapped[date | None]
    corrected_on: Mapped[date | None]
    evidence_on: Mapped[date | None]
    """Since when evidence is kept by advance registration (先行登记保存, 行政处罚法 56)."""
    evidence_ended_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10))
    registered_at: Mapped[datetime]
    account_id: Mapped[int]
    closed_on: Mapped[date | None]


class PenaltyOfficer(HallRecord, Base):
    """One of the at least two officers of a case (行政处罚法 42, 55)."""

    __tablename__ = "penalty_officer"

    case_id: Mapped[int] = mapped_column(ForeignKey("penalty_case.id"), primary_key=True)
    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("enforcement_certificate.id"), primary_key=True, autoincrement=False
    )


class PenaltyDuty(HallLog, Base):
    """Which duty an account has in a case: the key lets nobody have two (查、审、决、收 分离). Append-only."""

    __tablename__ = "penalty_duty"
    __table_args__ = (CheckConstraint("duty IN ('intake', 'investigate', 'legal', 'decide', 'cash')", name="duty"),)

    case_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    duty: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]


class PenaltyEvent(HallLog, Base):
    """What happened to a penalty case: append-only, one row an act; `detail` is JSON without personal data."""

    __tablename__ = "penalty_event"
    __table_args__ = (
        Index("ix_penalty_event_case", "case_id"),
        Index("ix_penalty_event_day", "hall_id", "day"),
        partial_index("ix_penalty_event_document", "document_id", where="document_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    at: Mapped[datetime]
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10))
    account_id: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="{}")
    document_id: Mapped[int | None]


class PenaltyProposal(HallRecord, Base):
    """What two officers propose, and what law wants between that and a decision (行政处罚法 44, 45, 57, 58, 63, 64)."""

    __tablename__ = "penalty_proposal"
    __table_args__ = (UniqueConstraint("case_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("penalty_case.id"))
    round: Mapped[int]
    leniency_id: Mapped[int | None] = mapped_column(ForeignKey("leniency_request.id"))
    """The request that led to it."""
    result: Mapped[str] = mapped_column(String(8))
    """ordinary, lighter, reduced or none."""
    limb: Mapped[str] = mapped_column(String(16), default="")
    version_id: Mapped[int] = mapped_column(ForeignKey("violation_version.id"))
    tier_id: Mapped[int | None] = mapped_column(ForeignKey("benchmark_tier.id"))
    quantity: Mapped[str] = mapped_column(String(20), default="")
    """By what a tier per square metre, tree or cost is multiplied: a decimal."""
    low_fen: Mapped[int]
    high_fen: Mapped[int]
    fine_fen: Mapped[int]
    other: Mapped[str] = mapped_column(default="")
    """Other penalties beside or in place of the fine (警告)."""
    facts: Mapped[str]
    evidence: Mapped[str]
    reasons: Mapped[str]
    below_how: Mapped[str] = mapped_column(default="")
    proposed_on: Mapped[date]
    proposed_by: Mapped[int]
    told_on: Mapped[date | None]
    defend_by: Mapped[date | None]
    defended_on: Mapped[date | None]
    defence: Mapped[str] = mapped_column(default="")
    defence_answer: Mapped[str] = mapped_column(default="")
    hearing_due: Mapped[bool] = mapped_column(default=False)
    hearing_asked_on: Mapped[date | None]
    hearing_noticed_on: Mapped[date | None]
    hearing_on: Mapped[date | None]
    hearing_record: Mapped[str] = mapped_column(default="")
    legal_due: Mapped[bool] = mapped_column(default=False)
    legal_on: Mapped[date | None]
    legal_by: Mapped[int | None]
    legal_agrees: Mapped[bool | None]
    legal_opinion: Mapped[str] = mapped_column(default="")
    collective_due: Mapped[bool] = mapped_column(default=False)
    minutes_number: Mapped[str] = mapped_column(default="")
    minutes_on: Mapped[date | None]
    minutes: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(10))
    """open, decided or dropped."""


class PenaltyDecision(HallLog, Base):
    """A decision on a penalty. Append-only: its amount never changes; a later decision may vary or revoke it.

    `kind`: penalty, none (不予), vary, revoke, correct. `title`: by which review decision or judgment, where it is one;
    that has one number for all the cases it is about.
    """

    __tablename__ = "penalty_decision"
    __table_args__ = (
        Index("ix_penalty_decision_case", "case_id"),
        Index("ix_penalty_decision_titled", "hall_id", "number"),
        partial_index("ix_penalty_decision_number", "hall_id", "number", where="title = ''", unique=True),
        partial_index("ix_penalty_decision_first", "case_id", where="previous_id IS NULL", unique=True),
        CheckConstraint("fine_fen >= 0", name="fine"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    previous_id: Mapped[int | None]
    proposal_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(8))
    result: Mapped[str] = mapped_column(String(8), default="ordinary")
    number: Mapped[str] = mapped_column(String(60))
    decided_on: Mapped[date]
    decided_by: Mapped[int]
    fine_fen: Mapped[int]
    other: Mapped[str] = mapped_column(default="")
    ground: Mapped[str] = mapped_column(String(12), default="")
    title: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    bank: Mapped[str] = mapped_column(default="")
    surcharge_told: Mapped[bool] = mapped_column(default=True)
    """Whether the decision says that a late fine grows (罚缴分离办法 7); otherwise it does not."""
    document_id: Mapped[int | None]
    at: Mapped[datetime]


class PenaltyService(HallRecord, Base):
    """The service (送达) of a decision, which may be the case system's paper, by a way of 民事诉讼法 87–95."""

    __tablename__ = "penalty_service"
    __table_args__ = (
        Index("ix_penalty_service_case", "case_id"),
        partial_index(
            "ix_penalty_service_served", "decision_id", where="served_on IS NOT NULL AND failed_on IS NULL", unique=True
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("penalty_case.id"))
    decision_id: Mapped[int]
    way: Mapped[str] = mapped_column(String(10))
    sent_on: Mapped[date]
    served_on: Mapped[date | None]
    recipient: Mapped[str] = mapped_column(default="")
    capacity: Mapped[str] = mapped_column(default="")
    refusal: Mapped[str] = mapped_column(default="")
    witness: Mapped[str] = mapped_column(default="")
    postal_number: Mapped[str] = mapped_column(default="")
    server_id: Mapped[int]
    second_server_id: Mapped[int | None]
    failed_on: Mapped[date | None]
    failure: Mapped[str] = mapped_column(default="")
    proof_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
