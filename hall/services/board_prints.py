"""Printing again the documents of several cases at once (批量补打); what is refused is told case by case."""

from dataclasses import dataclass

from sqlalchemy import select

from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services import print_answers
from hall.services.print_answers import checked_reason
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.permits import PermitCase
from hall.words import DOCUMENT_KINDS


@dataclass(frozen=True, slots=True)
class PrintedAgain:
    """What became of one case of several: how many papers are on their way, or why none is."""

    case_id: int
    receipt_number: str
    papers: int = 0
    refusal: str = ""


def print_again(
    store: Store, actor: Actor, *, case_ids: tuple[int, ...], kind: str, reason: str
) -> tuple[PrintedAgain, ...]:
    """Each paper is a transaction of its own; one that is refused holds up none of the others."""
    require(actor, "document.print")
    reason = checked_reason(reason)
    with store.read(actor) as session:
        found = session.execute(
            select(PermitCase.id, PermitCase.receipt_number).where(
                PermitCase.hall_id == store.hall_id, PermitCase.id.in_(case_ids)
            )
        )
        numbers = dict(found.tuples().all())
        papers = session.execute(
            select(Document.case_id, Document.id)
            .where(Document.hall_id == store.hall_id, Document.case_id.in_(numbers), Document.kind == kind)
            .order_by(Document.id)
        )
        documents = papers.tuples().all()
    done = []
    for case_id in (each for each in case_ids if each in numbers):
        keys = [document_id for of_case, document_id in documents if of_case == case_id]
        refusals = [] if keys else [f"没有{DOCUMENT_KINDS[kind]}。"]
        for document_id in keys:
            try:
                print_answers.reprint_document(store, actor, document_id=document_id, reason=reason)
            except (Refused, Missing) as error:
                refusals.append(error.sentence)
        out = len(keys) - len(refusals) if keys else 0
        done.append(PrintedAgain(case_id, numbers[case_id], out, "".join(dict.fromkeys(refusals))))
    return tuple(done)
