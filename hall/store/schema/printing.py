"""Records of the print spool: what waits for a printer, and what became of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord, partial_index


class PrintJob(HallRecord, Base):
    """One slip or document for one printer of one station, rendered from frozen content when its turn comes.

    A ticket has one open job at most. From `expires_at` on a job is not printed any more. `spool_id` is the job's own
    name outside the database: it ends the title in a print queue, whose numbers may come again; `handle` is that
    queue's number. `device` is the printer that took it, `failures` how often the job itself could not be made.
    """

    __tablename__ = "print_job"
    __table_args__ = (
        partial_index(
            "ix_print_job_open",
            "station_id",
            "printer",
            "id",
            where="state IN ('queued', 'sending', 'submitted')",
        ),
        Index("ix_print_job_subject", "subject_kind", "subject_id"),
        partial_index(
            "ix_print_job_one_slip",
            "subject_id",
            unique=True,
            where="subject_kind = 'ticket' AND state IN ('queued', 'sending', 'submitted')",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    spool_id: Mapped[str] = mapped_column(String(32), unique=True)
    handle: Mapped[str] = mapped_column(String(64), default="")
    device: Mapped[str] = mapped_column(default="")
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    printer: Mapped[str] = mapped_column(String(8))
    subject_kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(12))
    reprint: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime | None]


class PaperLevel(HallRecord, Base):
    """How many slips are left on the roll of a station's printer, counted down with each slip printed."""

    __tablename__ = "paper_level"

    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), primary_key=True)
    printer: Mapped[str] = mapped_column(String(8), primary_key=True)
    left: Mapped[int]
    alarm_at: Mapped[int]
    refilled_at: Mapped[datetime]
