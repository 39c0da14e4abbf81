"""The print spool: one job per slip, duplicates visible. Nothing is sent again by itself after the first byte."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, insert, not_, or_, select, text

from hall.errors import Missing, Refused
from hall.rules import tickets
from hall.rules.people import system_actor
from hall.services import paper_levels, slip_life
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.halls import Station
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Ticket
from hall.words import PRINT_STATES

Printer = Literal["slip", "page"]
SubjectKind = Literal["ticket", "document", "guide"]
Outcome = Literal["printed", "queued", "unknown", "failed"]

_FINAL = frozenset({"printed", "failed", "cancelled"})
# What an operator has to answer: reprint, printed after all, or given up.
ASKING = ("unknown", "failed")
# In the words of the index `ix_print_job_open`, or SQLite does not use it: the loops look every second.
_OPEN = text("print_job.state IN ('queued', 'sending')")
# No slip takes so long: its station has died.
_LOST_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class JobView:
    """A print job as screens and the spooler see it. `reprint` counts 补打: 0 is the first print."""

    job_id: int
    printer: Printer
    subject_kind: SubjectKind
    subject_id: int
    title: str
    state: str
    reprint: int
    attempts: int
    last_error: str
    created_at: datetime


def enqueue(
    work: Work,
    *,
    printer: Printer,
    subject_kind: SubjectKind,
    subject_id: int,
    title: str,
    reprint: int = 0,
    reason: str = "",
    expires_at: datetime | None = None,
    station_id: int | None = None,
) -> int:
    """Put a job into the caller's transaction; gives the job's id. It is for the caller's station if none is named.

    From `expires_at` on it is not printed any more: who waited for it has gone.
    """
    work.changed("spool", str(subject_id))
    return work.session.execute(
        insert(PrintJob)
        .values(
            hall_id=work.hall_id,
            station_id=work.station_id if station_id is None else station_id,
            printer=printer,
            subject_kind=subject_kind,
            subject_id=subject_id,
            title=title,
            state="queued",
            reprint=reprint,
            reason=reason,
            attempts=0,
            last_error="",
            created_at=work.now,
            expires_at=expires_at,
        )
        .returning(PrintJob.id)
    ).scalar_one()


@retried
def claim(store: Store, *, printer: Printer) -> JobView | None:
    """Take the oldest queued job of this station's printer; None when there is none.

    What is stale, at whichever station, leaves the spool first: a printer that was refilled prints no old slips.
    """
    if not _has_work(store, printer):
        return None
    with store.work("spool.claim", system_actor(store.hall_id)) as work:
        stale = _drop_stale(work)
        job = work.session.scalars(
            _queued(store, printer, now=work.now).order_by(PrintJob.id).limit(1).with_for_update(skip_locked=True)
        ).one_or_none()
        detail: dict[str, object] = {"stale": stale} if stale else {}
        work.audit(f"print_job:{job.id}" if job else "print_job:none", **detail)  # another loop may have been faster
        if job is None:
            return None
        job.state = "sending"
        job.attempts += 1
        job.started_at = work.now
        return job_view(job)


@retried
def settle(store: Store, *, job_id: int, outcome: Outcome, error: str = "") -> None:
    """Say what became of a job that was being sent: back to `queued` only if no byte had left the computer.

    With the slip its ticket comes to life, or is 未打印; and the roll has one slip less.
    """
    with store.work("spool.settle", system_actor(store.hall_id)) as work:
        job = work.session.scalars(
            select(PrintJob)
            .where(
                PrintJob.id == job_id,
                PrintJob.station_id == store.station.id,
                PrintJob.state.in_(("sending", "unknown")),  # given up as interrupted, and yet here is its outcome
            )
            .with_for_update()
        ).one_or_none()
        if job is None:
            raise Missing(f"打印任务 {job_id} 不在发送中。")
        news = (job.state, job.last_error) != ("sending", error) or outcome != "queued"
        if job.state == "sending":
            _count_paper(work, job, outcome)
        job.state = outcome
        job.last_error = error
        job.finished_at = work.now if outcome in _FINAL else None
        job.attempts -= 1 if outcome == "queued" else 0
        tell_ticket(work, job, why=error)
        work.audit(f"print_job:{job_id}", outcome=outcome, error=error)
        if news:  # the same complaint again must not wake the loop that has just begun to wait
            work.changed("spool", str(job_id))


@retried
def mark_interrupted(store: Store) -> tuple[JobView, ...]:
    """At start: what was being sent when the program died is unknown. It is offered, never repeated by itself."""
    with store.work("spool.interrupted", system_actor(store.hall_id)) as work:
        jobs = work.session.scalars(
            select(PrintJob)
            .where(PrintJob.station_id == store.station.id, PrintJob.state == "sending")
            .order_by(PrintJob.id)
            .with_for_update()
        ).all()
        for job in jobs:
            _interrupt(work, job, "上次打印中断")
        work.audit("spool", interrupted=[job.id for job in jobs])
        work.changed("spool", "interrupted")
        return tuple(job_view(job) for job in jobs)


def withdraw(work: Work, job: PrintJob, *, state: Literal["printed", "cancelled"]) -> None:
    """Take a locked job out of the spool: no paper comes of it any more. One that has ended stays as it is."""
    if job.state == "sending":
        raise Refused(f"“{job.title}”正在打印，请等几秒，看小票是否打出。")
    if job.state in ("queued", *ASKING):
        job.state = state
        job.finished_at = work.now
        work.changed("spool", str(job.id))


def tell_ticket(work: Work, job: PrintJob, *, why: str) -> None:
    """What the job's new state makes of the ticket whose slip it prints."""
    if job.subject_kind != "ticket":
        return
    match job.state:
        case "printed":
            slip_life.came_out(work, job.subject_id)
        case "unknown" | "failed" | "expired":
            slip_life.misprinted(work, job.subject_id, why=why)
        case "cancelled":
            slip_life.give_up(work, job.subject_id, reason=why)


def _count_paper(work: Work, job: PrintJob, outcome: Outcome) -> None:
    if outcome in ("printed", "unknown"):
        paper_levels.count_down(work, station_id=job.station_id, printer=job.printer)


def _interrupt(work: Work, job: PrintJob, why: str) -> None:
    """It may be on paper: an operator has to look."""
    _count_paper(work, job, "unknown")
    job.state = "unknown"
    job.last_error = why
    tell_ticket(work, job, why=why)


def _drop_stale(work: Work) -> list[int]:
    """What must not be printed any more leaves the spool of the whole hall, for a dead station cannot do it itself."""
    stale = work.session.scalars(
        _stale(work.hall_id, now=work.now).order_by(PrintJob.id).with_for_update(skip_locked=True)
    ).all()
    for job in stale:
        if job.state == "sending":
            _interrupt(work, job, "打印中断")
        elif job.expires_at is not None and job.expires_at <= work.now:
            job.state = "expired"
            job.finished_at = work.now
            tell_ticket(work, job, why=PRINT_STATES["expired"])
        else:
            withdraw(work, job, state="cancelled")
        work.changed("spool", str(job.id))
    return [job.id for job in stale]


def _is_stale(now: datetime) -> ColumnElement[bool]:
    """Expired, of a ticket that has ended, or being sent by a station that has died."""
    expired = and_(PrintJob.expires_at.is_not(None), PrintJob.expires_at <= now)
    ended = select(Ticket.id).where(Ticket.id == PrintJob.subject_id, Ticket.state.in_(tickets.ENDED)).exists()
    lost = and_(PrintJob.state == "sending", PrintJob.started_at <= now - _LOST_AFTER)
    return or_(
        and_(PrintJob.state == "queued", or_(expired, and_(PrintJob.subject_kind == "ticket", ended))),
        and_(lost, expired),
    )


def _has_work(store: Store, printer: Printer) -> bool:
    now = store.clock.now()
    with store.read() as session:
        looks = (_queued(store, printer, now=now), _stale(store.hall_id, now=now))
        return any(session.scalar(look.limit(1)) is not None for look in looks)


def _stale(hall_id: int, *, now: datetime) -> Select[tuple[PrintJob]]:
    """By station, as the index goes."""
    stations = select(Station.id).where(Station.hall_id == hall_id)
    return select(PrintJob).where(PrintJob.station_id.in_(stations), _OPEN, _is_stale(now))


def _queued(store: Store, printer: Printer, *, now: datetime) -> Select[tuple[PrintJob]]:
    return select(PrintJob).where(
        _OPEN,
        PrintJob.station_id == store.station.id,
        PrintJob.printer == printer,
        PrintJob.state == "queued",
        not_(_is_stale(now)),
    )


def job_view(job: PrintJob) -> JobView:
    return JobView(
        job_id=job.id,
        printer=printer_of(job.printer),
        subject_kind=subject_of(job.subject_kind),
        subject_id=job.subject_id,
        title=job.title,
        state=job.state,
        reprint=job.reprint,
        attempts=job.attempts,
        last_error=job.last_error,
        created_at=job.created_at,
    )


def printer_of(word: str) -> Printer:
    return "page" if word == "page" else "slip"


def subject_of(word: str) -> SubjectKind:
    return "document" if word == "document" else "guide" if word == "guide" else "ticket"
