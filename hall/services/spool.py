"""The print spool: at least once, duplicates visible. Nothing is sent again by itself after the first byte."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor, system_actor
from hall.services.persons import refuse_numbers
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.printing import PrintJob
from hall.words import PRINT_STATES

Printer = Literal["slip", "page"]
SubjectKind = Literal["ticket", "document", "guide"]
Outcome = Literal["printed", "queued", "unknown", "failed"]

_FINAL = frozenset({"printed", "failed", "cancelled"})
# What an operator has to answer: reprint, printed after all, or given up.
_ASKING = ("unknown", "failed")


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
) -> int:
    """Put a job into the caller's transaction, for the printer of the caller's station; gives the job's id."""
    work.changed("spool", str(subject_id))
    return work.session.execute(
        insert(PrintJob)
        .values(
            hall_id=work.hall_id,
            station_id=work.station_id,
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
        )
        .returning(PrintJob.id)
    ).scalar_one()


@retried
def claim(store: Store, *, printer: Printer) -> JobView | None:
    """Take the oldest queued job of this station's printer; None when there is none."""
    if not _queued(store, printer):
        return None
    with store.work("spool.claim", system_actor(store.hall_id)) as work:
        job = work.session.scalars(
            _jobs(store, printer).where(PrintJob.state == "queued").order_by(PrintJob.id).limit(1).with_for_update()
        ).one_or_none()
        work.audit(f"print_job:{job.id}" if job else "print_job:none")  # another loop may have been faster
        if job is None:
            return None
        job.state = "sending"
        job.attempts += 1
        job.started_at = work.now
        return _view(job)


@retried
def settle(store: Store, *, job_id: int, outcome: Outcome, error: str = "") -> None:
    """Say what became of a job that was being sent: back to `queued` only if no byte had left the computer."""
    with store.work("spool.settle", system_actor(store.hall_id)) as work:
        changed = work.session.execute(
            update(PrintJob)
            .where(PrintJob.id == job_id, PrintJob.station_id == store.station.id, PrintJob.state == "sending")
            .values(
                state=outcome,
                last_error=error,
                finished_at=work.now if outcome in _FINAL else None,
                attempts=PrintJob.attempts - (1 if outcome == "queued" else 0),
            )
            .returning(PrintJob.id)
            .execution_options(synchronize_session=False)
        ).scalar_one_or_none()
        if changed is None:
            raise Missing(f"打印任务 {job_id} 不在发送中。")
        work.audit(f"print_job:{job_id}", outcome=outcome, error=error)
        work.changed("spool", str(job_id))


@retried
def mark_interrupted(store: Store) -> tuple[JobView, ...]:
    """At start: what was being sent when the program died is unknown. It is offered, never repeated by itself."""
    with store.work("spool.interrupted", system_actor(store.hall_id)) as work:
        jobs = work.session.scalars(
            select(PrintJob)
            .where(PrintJob.station_id == store.station.id, PrintJob.state == "sending")
            .order_by(PrintJob.id)
        ).all()
        for job in jobs:
            job.state = "unknown"
            job.last_error = "上次打印中断"
        work.audit("spool", interrupted=[job.id for job in jobs])
        work.changed("spool", "interrupted")
        return tuple(_view(job) for job in jobs)


def unsettled(store: Store, actor: Actor) -> tuple[JobView, ...]:
    """Jobs of this station that wait for a printer or for an operator: what failed stays until it is answered."""
    require(actor, "ticket.print")
    with store.read(actor) as session:
        jobs = session.scalars(
            select(PrintJob)
            .where(PrintJob.station_id == store.station.id, PrintJob.state.in_(("queued", *_ASKING)))
            .order_by(PrintJob.id)
        )
        return tuple(_view(job) for job in jobs)


def last_job(store: Store, actor: Actor, *, document_id: int) -> JobView:
    """The newest print job of a document, which is the one to print again; raises Missing."""
    require(actor, "document.print")
    with store.read(actor) as session:
        job = session.scalars(
            select(PrintJob)
            .where(
                PrintJob.hall_id == store.hall_id,
                PrintJob.subject_kind == "document",
                PrintJob.subject_id == document_id,
            )
            .order_by(PrintJob.id.desc())
            .limit(1)
        ).one_or_none()
        if job is None:
            raise Missing("这份文书没有打印过，请重新打开办件后再试。")
        return _view(job)


@retried
def confirm(store: Store, actor: Actor, *, job_id: int, printed: bool) -> None:
    """The operator's answer about a job that is unknown or failed: the paper is there, or the job is given up."""
    require(actor, "ticket.print")
    with store.work("spool.confirm", actor) as work:
        job = work.session.get(PrintJob, job_id, with_for_update=True)
        if job is None or job.hall_id != work.hall_id or job.state not in _ASKING:
            raise Missing(f"打印任务 {job_id} 没有等待答复的问题。")
        job.state = "printed" if printed else "cancelled"
        job.finished_at = work.now
        work.audit(f"print_job:{job_id}", printed=printed)
        work.changed("spool", str(job_id))


@retried
def reprint(store: Store, actor: Actor, *, job_id: int, reason: str) -> int:
    """Print once more at this station, marked 补打 with its count; the number on the paper stays the same.

    The reason goes into the audit: raises ReasonHoldsNumber.
    """
    require(actor, "ticket.print")
    reason = reason.strip()
    if not reason:
        raise Refused("补打要写原因，例如“缺纸未打出”。")
    refuse_numbers(reason)
    with store.work("spool.reprint", actor) as work:
        job = work.session.get(PrintJob, job_id, with_for_update=True)
        if job is None or job.hall_id != work.hall_id:
            raise Missing(f"没有打印任务 {job_id}。")
        if job.state in ("queued", "sending"):
            raise Refused(f"“{job.title}”{PRINT_STATES[job.state]}，不用补打。")
        if job.state in _ASKING:
            job.state = "cancelled"
            job.finished_at = work.now
        work.lock(f"paper/{job.subject_kind}/{job.subject_id}")  # no two prints of one paper carry the same count
        new_id = enqueue(
            work,
            printer=_printer(job.printer),
            subject_kind=_subject(job.subject_kind),
            subject_id=job.subject_id,
            title=job.title,
            reprint=_count(work.session, job) + 1,
            reason=reason,
        )
        work.audit(f"print_job:{new_id}", again=job_id, reason=reason)
        return new_id


def _queued(store: Store, printer: Printer) -> bool:
    with store.read() as session:
        return session.scalar(_jobs(store, printer).where(PrintJob.state == "queued").limit(1)) is not None


def _jobs(store: Store, printer: Printer) -> Select[tuple[PrintJob]]:
    return select(PrintJob).where(PrintJob.station_id == store.station.id, PrintJob.printer == printer)


def _count(session: Session, job: PrintJob) -> int:
    """The highest 补打 count so far of the same paper."""
    counts = session.scalars(
        select(PrintJob.reprint).where(
            PrintJob.subject_kind == job.subject_kind,
            PrintJob.subject_id == job.subject_id,
            PrintJob.printer == job.printer,
        )
    )
    return max(counts)


def _view(job: PrintJob) -> JobView:
    return JobView(
        job_id=job.id,
        printer=_printer(job.printer),
        subject_kind=_subject(job.subject_kind),
        subject_id=job.subject_id,
        title=job.title,
        state=job.state,
        reprint=job.reprint,
        attempts=job.attempts,
        last_error=job.last_error,
        created_at=job.created_at,
    )


def _printer(text: str) -> Printer:
    return "page" if text == "page" else "slip"


def _subject(text: str) -> SubjectKind:
    return "document" if text == "document" else "guide" if text == "guide" else "ticket"
