"""What people ask of the print spool: what waits for them, their answers, 补打."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.rules import tickets
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services import spool
from hall.services.documents import check_seen
from hall.services.persons import refuse_numbers
from hall.services.spool import ASKING, JobView, job_view, printer_of, subject_of
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.documents import Document
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Ticket
from hall.words import DOCUMENT_KINDS, PRINT_STATES, TICKET_STATES


class PrintedBefore(Refused):
    """A second paper says that it is one."""

    def __init__(self) -> None:
        super().__init__("这份文书已经打印过，再打要写明原因（补打）。")


def unsettled(store: Store, actor: Actor) -> tuple[JobView, ...]:
    """Jobs of this station that wait for a printer or for an operator: what failed stays until it is answered."""
    require(actor, "ticket.print")
    with store.read(actor) as session:
        jobs = session.scalars(
            select(PrintJob)
            .where(PrintJob.station_id == store.station.id, PrintJob.state.in_(("queued", "submitted", *ASKING)))
            .order_by(PrintJob.id)
        )
        return tuple(job_view(job) for job in jobs)


def last_job(store: Store, actor: Actor, *, document_id: int) -> JobView:
    """The newest print job of a document, which is the one to print again; raises Missing."""
    require(actor, "document.print")
    with store.read(actor) as session:
        check_seen(session, store.key_ring, actor, document_id)
        return job_view(_last_job(session, store.hall_id, document_id))


def was_printed(store: Store, actor: Actor, *, document_id: int) -> bool:
    """Whether a document was ever given to a printer; one that the program issued by itself was not."""
    require(actor, "document.print")
    with store.read(actor) as session:
        check_seen(session, store.key_ring, actor, document_id)
        return session.scalar(_jobs_of(store.hall_id, document_id).limit(1)) is not None


@retried
def print_first(store: Store, actor: Actor, *, document_id: int) -> int:
    """Print a document that was never printed, as pages at this station; gives the job. Raises PrintedBefore."""
    require(actor, "document.print")
    with store.work("spool.print", actor) as work:
        work.lock(f"paper/document/{document_id}")
        document = work.session.get(Document, document_id)
        if document is None or document.hall_id != work.hall_id:
            raise Missing(f"没有文书 {document_id}。")
        check_seen(work.session, work.key_ring, actor, document_id)
        if work.session.scalar(_jobs_of(work.hall_id, document_id).limit(1)) is not None:
            raise PrintedBefore
        title = f"{DOCUMENT_KINDS[document.kind]} {document.number}"
        job_id = spool.enqueue(work, printer="page", subject_kind="document", subject_id=document_id, title=title)
        work.audit(f"print_job:{job_id}", document=document.number)
        return job_id


@retried
def reprint_document(store: Store, actor: Actor, *, document_id: int, reason: str, slip: bool = False) -> int:
    """Print a document once more, as `reprint` does. `slip`: this station prints slips."""
    require(actor, "document.print")
    reason = checked_reason(reason)
    with store.work("spool.reprint", actor) as work:
        work.lock(f"paper/document/{document_id}")
        job = _last_job(work.session, work.hall_id, document_id)
        new_id = print_again(work, job, reason=reason, here=slip or job.printer == "page")
        work.audit(f"print_job:{new_id}", again=job.id, reason=reason)
        return new_id


@retried
def confirm(store: Store, actor: Actor, *, job_id: int, printed: bool) -> None:
    """The operator's answer about a job that is unknown or failed: the paper is there, or the job is given up."""
    require(actor, "ticket.print")
    with store.work("spool.confirm", actor) as work:
        job = work.session.get(PrintJob, job_id, with_for_update=True)
        if job is None or job.hall_id != work.hall_id or job.state not in ASKING:
            raise Missing(f"打印任务 {job_id} 没有等待答复的问题。")
        job.state = "printed" if printed else "cancelled"
        job.finished_at = work.now
        spool.tell_ticket(work, job, why="小票未打出")
        work.audit(f"print_job:{job_id}", printed=printed)
        work.changed("spool", str(job_id))


@retried
def reprint(store: Store, actor: Actor, *, job_id: int, reason: str, slip: bool = True) -> int:
    """Print once more, marked 补打 with its count; the number on the paper stays the same.

    It comes out at this station; a slip at its first station where this one prints none (`slip`). The reason
    goes into the audit: raises ReasonHoldsNumber.
    """
    require(actor, "ticket.print")
    reason = checked_reason(reason)
    with store.work("spool.reprint", actor) as work:
        _lock_paper(work, job_id)
        job = work.session.get(PrintJob, job_id, with_for_update=True)
        if job is None or job.hall_id != work.hall_id:
            raise Missing(f"没有打印任务 {job_id}。")
        new_id = print_again(work, job, reason=reason, here=slip or job.printer == "page")
        work.audit(f"print_job:{new_id}", again=job_id, reason=reason)
        return new_id


def checked_reason(reason: str) -> str:
    """Why a paper is printed again, as the audit may keep it; raises ReasonHoldsNumber."""
    reason = reason.strip()
    if not reason:
        raise Refused("补打要写原因，例如“缺纸未打出”。")
    refuse_numbers(reason)
    return reason


def print_again(work: Work, job: PrintJob, *, reason: str, here: bool) -> int:
    """A new job for the paper of a locked one, at this station (`here`) or at the old job's.

    Refused while another is on its way there or being sent anywhere; one that only waits elsewhere gives way.
    A certificate that may be out already is printed again only by who answers for it: raises NotAuthorised. Raises
    what `documents.check_seen` raises.
    """
    if job.subject_kind == "document":
        check_seen(work.session, work.key_ring, work.actor, job.subject_id)
    if _is_certificate(work, job) and _was_sent(work.session, job):
        require(work.actor, "document.reprint_certificate")
    station_id = work.station_id if here else job.station_id
    for other in _open_jobs(work, job):
        if other.state != "queued" or other.station_id == station_id:
            raise Refused(f"“{other.title}”{PRINT_STATES[other.state]}，不用补打。")
        spool.withdraw(work, other, state="cancelled")
    if job.subject_kind == "ticket" and (ended := _ended_ticket(work, job.subject_id)):
        raise Refused(f"{ended.code} 号{TICKET_STATES[ended.state]}，不用补打。")
    spool.withdraw(work, job, state="cancelled")
    lives = job.expires_at - job.created_at if job.expires_at else None
    return spool.enqueue(
        work,
        station_id=station_id,
        printer=printer_of(job.printer),
        subject_kind=subject_of(job.subject_kind),
        subject_id=job.subject_id,
        title=job.title,
        reprint=_count(work.session, job) + 1,
        reason=reason,
        expires_at=work.now + lives if lives else None,
    )


def _last_job(session: Session, hall_id: int, document_id: int) -> PrintJob:
    job = session.scalars(_jobs_of(hall_id, document_id).limit(1)).one_or_none()
    if job is None:
        raise Missing("这份文书没有打印过，请重新打开办件后再试。")
    return job


def _lock_paper(work: Work, job_id: int) -> None:
    """Lock the paper of a job before any of its jobs: no two prints of it carry the same count."""
    subject = work.session.execute(
        select(PrintJob.subject_kind, PrintJob.subject_id).where(PrintJob.id == job_id)
    ).one_or_none()
    if subject is not None:
        work.lock(f"paper/{subject.subject_kind}/{subject.subject_id}")


def _open_jobs(work: Work, job: PrintJob) -> list[PrintJob]:
    """The jobs of the same paper that wait or are being sent, locked."""
    found = work.session.scalars(
        select(PrintJob)
        .where(
            PrintJob.subject_kind == job.subject_kind,
            PrintJob.subject_id == job.subject_id,
            PrintJob.printer == job.printer,
            PrintJob.state.in_(spool.ON_THE_WAY),
        )
        .order_by(PrintJob.id)
        .with_for_update()
    )
    return list(found)


def _ended_ticket(work: Work, ticket_id: int) -> Ticket | None:
    ticket = work.session.get(Ticket, ticket_id)
    return ticket if ticket is not None and ticket.state in tickets.ENDED else None


def _is_certificate(work: Work, job: PrintJob) -> bool:
    document = work.session.get(Document, job.subject_id) if job.subject_kind == "document" else None
    return document is not None and document.kind == "certificate"


def _was_sent(session: Session, job: PrintJob) -> bool:
    """Whether a byte of this paper has ever left for a printer."""
    attempts = session.scalars(
        select(PrintJob.attempts).where(
            PrintJob.subject_kind == job.subject_kind, PrintJob.subject_id == job.subject_id
        )
    )
    return max(attempts) > 0


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


def _jobs_of(hall_id: int, document_id: int) -> Select[tuple[PrintJob]]:
    """The print jobs of a document, the newest first."""
    return (
        select(PrintJob)
        .where(
            PrintJob.hall_id == hall_id,
            PrintJob.subject_kind == "document",
            PrintJob.subject_id == document_id,
        )
        .order_by(PrintJob.id.desc())
    )
