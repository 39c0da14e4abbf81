"""Many papers in one go (批量补打): each is made and given to the printer by itself, so a run may stop after any."""

from dataclasses import dataclass

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services import documents, print_answers
from hall.services.print_answers import checked_reason
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.permits import PermitCase
from hall.store.schema.printing import PrintJob
from hall.words import DOCUMENT_KINDS

_CAME_TO_NOTHING = ("failed", "cancelled", "expired")


@dataclass(frozen=True, slots=True)
class PaperToPrint:
    """An issued document, as a run names it: 受理通知书 莲城管许受〔2026〕1号."""

    document_id: int
    title: str


@dataclass(frozen=True, slots=True)
class PapersToPrint:
    """The papers of some cases in the order of the cases; `lacking`: numbers of those that have none."""

    papers: tuple[PaperToPrint, ...]
    lacking: tuple[str, ...]


def papers_of_cases(store: Store, actor: Actor, *, case_ids: tuple[int, ...], kind: str) -> PapersToPrint:
    """Every document of a kind that the cases have."""
    require(actor, "document.print")
    with store.read(actor) as session:
        found = session.execute(
            select(PermitCase.id, PermitCase.receipt_number).where(
                PermitCase.hall_id == store.hall_id, PermitCase.id.in_(case_ids)
            )
        )
        numbers = dict(found.tuples().all())
        rows = session.execute(
            select(Document.case_id, Document.id, Document.number)
            .where(Document.hall_id == store.hall_id, Document.case_id.in_(numbers), Document.kind == kind)
            .order_by(Document.id)
        )
        papers: dict[int, list[PaperToPrint]] = {}
        for case_id, document_id, number in rows.tuples():
            if case_id is not None:
                papers.setdefault(case_id, []).append(PaperToPrint(document_id, f"{DOCUMENT_KINDS[kind]} {number}"))
    wanted = [case_id for case_id in case_ids if case_id in numbers]
    return PapersToPrint(
        papers=tuple(paper for case_id in wanted for paper in papers.get(case_id, ())),
        lacking=tuple(numbers[case_id] for case_id in wanted if case_id not in papers),
    )


def print_one(store: Store, actor: Actor, *, document_id: int, reason: str) -> bool:
    """Print a document again, made beforehand; False where that was asked for today for the same reason.

    So a run that was stopped, or died with its station, goes on where it was when the same is asked for again.
    What cannot be made (TemplateProblem) or printed again (Refused, Missing) is raised before anything is printed.
    """
    require(actor, "document.print")
    reason = checked_reason(reason)
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        jobs = session.scalars(
            select(PrintJob)
            .where(
                PrintJob.hall_id == store.hall_id,
                PrintJob.subject_kind == "document",
                PrintJob.subject_id == document_id,
            )
            .order_by(PrintJob.id)
        ).all()
        as_page = bool(jobs) and jobs[-1].printer == "page"
        done = [job for job in jobs if job.reason == reason and job.state not in _CAME_TO_NOTHING]
        if any(business_date(job.created_at) == today for job in done):
            return False
    if as_page:
        documents.produced(store, actor, document_id=document_id)
    print_answers.reprint_document(store, actor, document_id=document_id, reason=reason)
    return True
