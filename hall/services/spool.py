"""The print spool: one job per slip, duplicates visible. Nothing is sent again by itself after the first byte."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import uuid4

from sqlalchemy import and_, bindparam, insert, not_, or_, select, text

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
SubjectKind = Literal["ticket", "document", "guide", "power"]
Outcome = Literal["printed", "submitted", "queued", "unmade", "unknown", "failed"]
"""`queued`: the printer was not ready and not a byte left. `unmade`: the job itself could not be made, not a byte left.
`submitted`: a print queue has it, which is asked until it says what became of it."""

_FINAL = frozenset({"printed", "failed", "cancelled"})
# What an operator has to answer: reprint, printed after all, or given up.
ASKING = ("unknown", "failed")
# In the words of the index `ix_print_job_open`, or SQLite does not use it: the loops look every second.
_OPEN = text("print_job.state IN ('queued', 'sending', 'submitted')")
ON_THE_WAY = ("queued", "sending", "submitted")
# No slip takes so long: its station has died.
_LOST_AFTER = timedelta(minutes=10)
# A job that could not be made lets the others pass, and is put before an operator when it fails so often.
ASIDE = timedelta(seconds=2)
MOST_FAILURES = 3


@dataclass(frozen=True, slots=True)
class JobView:
    """A print job as screens and the spooler see it. `reprint` counts 补打: 0 is the first print.

    `spool_id` is its own name, at the end of its title in a print queue; `handle` that queue's number; `device` the
    printer that took it, empty before.
    """

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
    spool_id: str
    handle: str
    device: str

    @property
    def queue_title(self) -> str:
        """What the job is called in a print queue: a number of paper, never personal data."""
        words = f"{self.title} 补打{self.reprint}" if self.reprint else self.title
        return f"{words} #{self.spool_id}"


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
            spool_id=uuid4().hex,
            handle="",
            device="",
            station_id=work.station_id if station_id is None else station_id,
            printer=printer,
            subject_kind=subject_kind,
            subject_id=subject_id,
            title=title,
            state="queued",
            reprint=reprint,
            reason=reason,
            attempts=0,
            failures=0,
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
    has_queued, has_stale = _look(store, printer)
    if not (has_queued or has_stale):
        return None
    with store.work("spool.claim", system_actor(store.hall_id)) as work:
        stale = _drop_stale(work) if has_stale else []
        job = work.session.scalars(_OLDEST, _terms(store, printer, work.now)).one_or_none()
        detail: dict[str, object] = {"stale": stale} if stale else {}
        work.audit(f"print_job:{job.id}" if job else "print_job:none", **detail)  # another loop may have been faster
        if job is None:
            return None
        job.state = "sending"
        job.attempts += 1
        job.started_at = work.now
        return job_view(job)


@retried
def submitted(store: Store, *, job_id: int, handle: str, device: str = "") -> None:
    """A print queue (`device`) has taken a job that was being sent, under its own number; raises Missing."""
    with store.work("spool.submitted", system_actor(store.hall_id)) as work:
        job = _in_hand(work, store, job_id, ("sending",))
        job.state, job.handle, job.device, job.last_error = "submitted", handle, device, ""
        work.audit(f"print_job:{job_id}", handle=handle)
        work.changed("spool", str(job_id))


def followed(store: Store, *, printer: Printer) -> tuple[JobView, ...]:
    """The jobs that print queues have taken from this station's printer, oldest first: their loop asks about them."""
    with store.read() as session:
        jobs = session.scalars(
            select(PrintJob)
            .where(
                _OPEN,
                PrintJob.station_id == store.station.id,
                PrintJob.printer == printer,
                PrintJob.state == "submitted",
            )
            .order_by(PrintJob.id)
        )
        return tuple(job_view(job) for job in jobs)


@retried
def settle(store: Store, *, job_id: int, outcome: Outcome, error: str = "", device: str = "") -> None:
    """Say what became of a job that was being sent or followed; raises Missing if it was neither.

    Back to `queued` only if no byte had left the computer. With the slip its ticket comes to life, or is 未打印; and
    the roll has one slip less. `device` is the printer that took it.
    """
    with store.work("spool.settle", system_actor(store.hall_id)) as work:
        # also one given up as interrupted, and yet here is its outcome
        job = _in_hand(work, store, job_id, ("sending", "submitted", "unknown"))
        before = (job.state, job.last_error)
        if job.state != "unknown":
            _count_paper(work, job, outcome)
        job.state = _state_after(job, outcome)
        job.last_error = error
        job.device = device or job.device
        job.finished_at = work.now if job.state in _FINAL else None
        tell_ticket(work, job, why=error)
        work.audit(f"print_job:{job_id}", outcome=outcome, error=error)
        if (job.state, error) != before and not (before == ("sending", error) and outcome == "queued"):
            work.changed("spool", str(job_id))  # the same complaint again must not wake the loop that just waits


def _in_hand(work: Work, store: Store, job_id: int, states: tuple[str, ...]) -> PrintJob:
    job = work.session.scalars(
        select(PrintJob)
        .where(PrintJob.id == job_id, PrintJob.station_id == store.station.id, PrintJob.state.in_(states))
        .with_for_update()
    ).one_or_none()
    if job is None:
        raise Missing(f"打印任务 {job_id} 不在发送中。")
    return job


def _state_after(job: PrintJob, outcome: Outcome) -> str:
    """Of a job that a printer or queue has taken nothing is sent again by itself."""
    if outcome not in ("queued", "unmade"):
        return outcome
    if job.state != "sending":
        return "unknown" if outcome == "queued" else "failed"
    job.attempts -= 1
    job.failures += outcome == "unmade"
    return "failed" if job.failures >= MOST_FAILURES else "queued"


@retried
def mark_interrupted(store: Store, *, queues: tuple[Printer, ...] = ()) -> tuple[JobView, ...]:
    """At start: what was being sent when the program died is unknown. It is offered, never repeated by itself.

    Of a printer behind a print queue (`queues`) it is followed instead: by its own name that queue knows it, or not.
    Gives the unknown ones.
    """
    with store.work("spool.interrupted", system_actor(store.hall_id)) as work:
        jobs = work.session.scalars(
            select(PrintJob)
            .where(PrintJob.station_id == store.station.id, PrintJob.state == "sending")
            .order_by(PrintJob.id)
            .with_for_update()
        ).all()
        lost = [job for job in jobs if job.printer not in queues]
        for job in jobs:
            if job in lost:
                _interrupt(work, job, "上次打印中断")
            else:
                job.state = "submitted"
        work.audit("spool", interrupted=[job.id for job in jobs])
        work.changed("spool", "interrupted")
        return tuple(job_view(job) for job in lost)


def withdraw(work: Work, job: PrintJob, *, state: Literal["printed", "cancelled"]) -> None:
    """Take a locked job out of the spool: no paper comes of it any more. One that has ended stays as it is."""
    if job.state in ("sending", "submitted"):
        raise Refused(f"“{job.title}”{PRINT_STATES[job.state]}，请等几秒，看是否打出。")
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
    terms = {"hall_id": work.hall_id, "now": work.now, "lost": work.now - _LOST_AFTER}
    stale = work.session.scalars(_EVERY_STALE, terms).all()
    for job in stale:
        if job.state in ("sending", "submitted"):
            _interrupt(work, job, "打印中断")
        elif job.expires_at is not None and job.expires_at <= work.now:
            job.state = "expired"
            job.finished_at = work.now
            tell_ticket(work, job, why=PRINT_STATES["expired"])
        else:
            withdraw(work, job, state="cancelled")
        work.changed("spool", str(job.id))
    return [job.id for job in stale]


def _look(store: Store, printer: Printer) -> tuple[bool, bool]:
    """Whether a job of this printer waits, and whether anything in the hall is stale."""
    with store.read() as session:
        queued, stale = session.execute(_LOOK, _terms(store, printer, store.clock.now())).one()
        return bool(queued), bool(stale)


def _terms(store: Store, printer: Printer, now: datetime) -> dict[str, object]:
    return {
        "hall_id": store.hall_id,
        "station_id": store.station.id,
        "printer": printer,
        "now": now,
        "lost": now - _LOST_AFTER,
        "aside": now - ASIDE,
    }


# The statements of the loops are made once: a person waits for the slip.
_EXPIRED = and_(PrintJob.expires_at.is_not(None), PrintJob.expires_at <= bindparam("now"))
_ENDED = select(Ticket.id).where(Ticket.id == PrintJob.subject_id, Ticket.state.in_(tickets.ENDED)).exists()
_LOST = and_(PrintJob.state.in_(("sending", "submitted")), PrintJob.started_at <= bindparam("lost"))
_IS_STALE = or_(
    and_(PrintJob.state == "queued", or_(_EXPIRED, and_(PrintJob.subject_kind == "ticket", _ENDED))),
    and_(_LOST, _EXPIRED),
)
"""Expired, of a ticket that has ended, or being sent by a station that has died."""
_STALE = select(PrintJob).where(  # by station, as the index goes
    PrintJob.station_id.in_(select(Station.id).where(Station.hall_id == bindparam("hall_id"))), _OPEN, _IS_STALE
)
_EVERY_STALE = _STALE.order_by(PrintJob.id).with_for_update(skip_locked=True)
_QUEUED = select(PrintJob).where(
    _OPEN,
    PrintJob.station_id == bindparam("station_id"),
    PrintJob.printer == bindparam("printer"),
    PrintJob.state == "queued",
    or_(PrintJob.failures == 0, PrintJob.started_at <= bindparam("aside")),
    not_(_IS_STALE),
)
_OLDEST = _QUEUED.order_by(PrintJob.id).limit(1).with_for_update(skip_locked=True)
_LOOK = select(_QUEUED.exists(), _STALE.exists())


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
        spool_id=job.spool_id,
        handle=job.handle,
        device=job.device,
    )


def printer_of(word: str) -> Printer:
    return "page" if word == "page" else "slip"


def subject_of(word: str) -> SubjectKind:
    return next((kind for kind in get_args(SubjectKind) if kind == word), "ticket")
