"""A certificate that may be out already is printed again only by who answers for it."""

import pytest

from hall.rules.authority import NotAuthorised
from hall.services import print_answers, spool
from hall.services.spool import Outcome
from tests.services.after.aftermath import Aftermath


def sent_once(bureau: Aftermath, outcome: Outcome) -> int:
    """A certificate whose print came to this; the other papers of the case are out."""
    bureau.licence()
    case_id, _ = bureau.certified()
    paper = next(each for each in bureau.documents(case_id) if each.kind == "certificate")
    while job := spool.claim(bureau.store, printer="page"):
        fate = outcome if job.subject_id == paper.id else "printed"
        spool.settle(bureau.store, job_id=job.job_id, outcome=fate)
    return paper.id


def reprint(bureau: Aftermath, login: str, document_id: int) -> int:
    return print_answers.reprint_document(
        bureau.store, bureau.people[login], document_id=document_id, reason="证件污损，已收回"
    )


@pytest.mark.parametrize("outcome", ["printed", "unknown"])
def test_a_certificate_that_may_be_out_is_printed_again_by_the_head_and_not_by_a_clerk(
    bureau: Aftermath, outcome: Outcome
) -> None:
    document_id = sent_once(bureau, outcome)
    for login in ("clerk", "approver"):
        with pytest.raises(NotAuthorised, match="补打许可证"):
            reprint(bureau, login, document_id)
    reprint(bureau, "head", document_id)
    job = spool.claim(bureau.store, printer="page")
    assert job is not None
    assert (job.subject_id, job.reprint) == (document_id, 1)


@pytest.mark.both
def test_a_certificate_of_which_no_byte_has_left_is_printed_again_by_a_clerk(bureau: Aftermath) -> None:
    bureau.licence()
    case_id, _ = bureau.certified()
    paper = next(each for each in bureau.documents(case_id) if each.kind == "certificate")
    for _ in range(spool.MOST_FAILURES):
        while job := spool.claim(bureau.store, printer="page"):
            outcome: Outcome = "unmade" if job.subject_id == paper.id else "printed"
            spool.settle(bureau.store, job_id=job.job_id, outcome=outcome, error="缺字")
        bureau.clock.instant += spool.ASIDE
    assert reprint(bureau, "clerk", paper.id) > 0


def test_other_papers_are_printed_again_by_a_clerk(bureau: Aftermath) -> None:
    bureau.licence()
    case_id, _ = bureau.certified()
    grant = next(each for each in bureau.documents(case_id) if each.kind == "grant")
    while job := spool.claim(bureau.store, printer="page"):
        spool.settle(bureau.store, job_id=job.job_id, outcome="printed")
    assert reprint(bureau, "clerk", grant.id) > 0
