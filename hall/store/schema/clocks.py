"""Records of clocks: each clock of a case as a ledger, the pauses of a case, the rungs of escalation that fired."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class CaseClock(HallRecord, Base):
    """A clock (时限计时) of a case: its budget, what was added to it, and where it stands by its ledger.

    `due_on` and `due_ordinal` are NULL while the date is pending (`pending` says what is lacking) or the clock is
    paused without limit. The ordinal counts workdays (rules.calendar). `round` numbers the clocks of one kind.
    """

    __tablename__ = "case_clock"
    __table_args__ = (
        UniqueConstraint("case_id", "kind", "round"),
        partial_index("ix_case_clock_running", "hall_id", "kind", "due_ordinal", "case_id", where="state <> 'stopped'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    kind: Mapped[str] = mapped_column(String(12))
    round: Mapped[int] = mapped_column(default=1)
    subject: Mapped[str] = mapped_column(default="")
    """What the clock is of where its kind does not say it: a step, a procedure, a department, an order."""
    unit: Mapped[str] = mapped_column(String(8))
    budget: Mapped[int]
    extension: Mapped[int] = mapped_column(default=0)
    started_on: Mapped[date]
    due_on: Mapped[date | None]
    due_ordinal: Mapped[int | None]
    pending: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(12))
    stopped_on: Mapped[date | None]
    stopped_how: Mapped[str] = mapped_column(String(12), default="")


class CasePause(HallRecord, Base):
    """A procedure that pauses clocks of a case (特别程序), with its basis; which clocks is frozen when it starts.

    `last_on` is the last day left out, set when the result is registered; `granted_days` NULL: without limit.
    """

    __tablename__ = "case_pause"
    __table_args__ = (Index("ix_case_pause_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    procedure: Mapped[str] = mapped_column(String(16))
    stops_statutory: Mapped[bool]
    stops_promised: Mapped[bool]
    granted_days: Mapped[int | None]
    granted_unit: Mapped[str | None] = mapped_column(String(8))
    started_on: Mapped[date]
    last_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    basis: Mapped[str]
    reason: Mapped[str]
    result: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int]
    ended_by: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class EscalationRung(HallRecord, Base):
    """A rung of the escalation of a clock that fired, once for each due day it was about."""

    __tablename__ = "escalation_rung"
    __table_args__ = (UniqueConstraint("clock_id", "rung", "due_on"), Index("ix_escalation_rung_at", "hall_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("case_clock.id"))
    rung: Mapped[str] = mapped_column(String(16))
    due_on: Mapped[date]
    at: Mapped[datetime]
