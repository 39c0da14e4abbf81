"""Many papers in one go: each by itself, nothing twice on a day for one reason, so that a run goes on where it was."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from sqlalchemy import func, select

from hall.clock import FixedClock
from hall.errors import Missing, Refused
from hall.printing.docx_fill import TemplateProblem
from hall.resources import template
from hall.services import bulk_prints, spool
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.front import Front
from hall.store.schema.documents import DocumentFile
from hall.store.schema.printing import PrintJob

REASON = "存档需要"


@pytest.fixture
def accepted(front: Front, make_application: Callable[..., Application]) -> tuple[Accepted, ...]:
    """Three cases whose papers have come out."""
    cases = tuple(front.intake.accept(make_application("XK05")) for _ in range(3))
    come_out(front)
    return cases


def come_out(front: Front, *, outcome: spool.Outcome = "printed") -> None:
    """Every job that waits is printed (or fails)."""
    while (job := spool.claim(front.store, printer="page") or spool.claim(front.store, printer="slip")) is not None:
        spool.settle(front.store, job_id=job.job_id, outcome=outcome)


def reprints(front: Front) -> int:
    with front.store.read() as session:
        return session.scalar(select(func.count()).where(PrintJob.reprint > 0)) or 0


@pytest.mark.both
def test_the_papers_of_cases_come_in_the_order_of_the_cases_and_who_has_none_is_named(
    front: Front, accepted: tuple[Accepted, ...]
) -> None:
    first, second, third = accepted
    found = front.board_desk.papers((third.case_id, first.case_id, 10**6), "acceptance")
    assert [each.document_id for each in found.papers] == [third.acceptance_document, first.acceptance_document]
    assert found.papers[0].title == f"受理通知书 {third.acceptance_number}"
    assert found.lacking == ()
    assert front.board_desk.papers((second.case_id,), "certificate").lacking == (second.receipt_number,)


def test_a_run_that_died_goes_on_where_it_was(front: Front, accepted: tuple[Accepted, ...], clock: FixedClock) -> None:
    papers = [each.acceptance_document for each in accepted]
    assert [front.board_desk.print_one(each, REASON) for each in papers[:2]] == [True, True]
    # The station is started again; the same cases and the same reason are chosen.
    assert [front.board_desk.print_one(each, f" {REASON} ") for each in papers] == [False, False, True]
    come_out(front)
    assert [front.board_desk.print_one(each, REASON) for each in papers] == [False] * 3
    assert reprints(front) == 3
    assert front.board_desk.print_one(papers[0], "缺纸未打出")
    come_out(front)
    clock.instant += timedelta(days=1)
    assert front.board_desk.print_one(papers[0], REASON)


def test_what_came_to_nothing_is_done_again(front: Front, accepted: tuple[Accepted, ...]) -> None:
    paper = accepted[0].acceptance_document
    assert front.board_desk.print_one(paper, REASON)
    come_out(front, outcome="failed")
    assert front.board_desk.print_one(paper, REASON)
    assert not front.board_desk.print_one(paper, REASON)


@pytest.mark.both
def test_pages_are_made_before_they_are_given_to_the_printer(front: Front, accepted: tuple[Accepted, ...]) -> None:
    front.board_desk.print_one(accepted[0].acceptance_document, REASON)
    with front.store.read() as session:
        assert session.scalars(select(DocumentFile.form)).all() == ["docx", "pdf"]


@pytest.mark.both
def test_a_paper_that_cannot_be_made_is_refused_and_not_printed(
    front: Front, make_application: Callable[..., Application], home: Path
) -> None:
    own = home / "templates" / "docs" / "受理通知书.docx"
    own.parent.mkdir(parents=True)
    word = docx.Document(str(template("受理通知书.docx", home)))
    word.add_paragraph("{{ nobody_knows }}")
    word.save(str(own))
    accepted = front.intake.accept(make_application("XK05"))
    come_out(front)
    with pytest.raises(TemplateProblem, match="nobody_knows"):
        front.board_desk.print_one(accepted.acceptance_document, REASON)
    assert reprints(front) == 0


def test_a_paper_on_its_way_and_one_that_never_was_are_refused(
    front: Front, make_application: Callable[..., Application]
) -> None:
    accepted = front.intake.accept(make_application("XK05"))
    with pytest.raises(Refused, match="不用补打"):
        front.board_desk.print_one(accepted.acceptance_document, REASON)
    with pytest.raises(Missing, match="没有打印过"):
        bulk_prints.print_one(front.store, front.actor, document_id=10**6, reason=REASON)
