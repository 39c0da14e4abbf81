"""Paper: the preview is the page, a second print says why, an unanswered job is asked about."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from hall.rules.cards import Card
from hall.services import spool
from hall.services.accepting import Accepted
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.documents import Document
from hall.windows.document_preview import DRAFT_WORDS, DocumentPreview
from hall.windows.reprint_reason import ReprintReason
from tests.windows.counter.desk import Desk


@pytest.fixture
def opened(desk: Desk, accept_case: Callable[..., Accepted]) -> Accepted:
    """An accepted case, its page open."""
    accepted = accept_case()
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.type("1")
    desk.press(Qt.Key.Key_Return)
    return accepted


def print_slips(store: Store, outcome: spool.Outcome) -> None:
    """What the slip printer's loop does with everything that waits."""
    while (job := spool.claim(store, printer="slip")) is not None:
        spool.settle(store, job_id=job.job_id, outcome=outcome, error="缺纸" if outcome == "failed" else "")


def test_enter_shows_the_document_as_pages(desk: Desk, opened: Accepted) -> None:
    desk.press(Qt.Key.Key_Return)
    preview = desk.window.papers.dialog
    assert isinstance(preview, DocumentPreview)
    assert preview.pages >= 1
    preview.close()
    assert desk.window.papers.dialog is None


def test_a_second_print_keeps_its_reason(desk: Desk, opened: Accepted, front: Front, store: Store) -> None:
    print_slips(store, "printed")
    desk.window.case_page.reprint_button.click()
    dialog = desk.window.papers.dialog
    assert isinstance(dialog, ReprintReason)
    dialog.form.set_text("line", "")
    dialog.form.submit()
    assert dialog.form.wrong("line")
    dialog.form.set_text("line", "群众遗失")
    dialog.form.submit()
    assert desk.said.startswith("✓ 正在补打 收件凭证 莲城管许收〔2026〕1号")
    job = front.last_job(opened.receipt_document)
    assert (job.state, job.reprint) == ("queued", 1)


def test_a_job_that_still_waits_is_not_printed_twice(desk: Desk, opened: Accepted) -> None:
    desk.window.case_page.reprint_button.click()
    dialog = desk.window.papers.dialog
    assert isinstance(dialog, ReprintReason)
    dialog.form.submit()
    assert desk.said.startswith("✕ “收件凭证 莲城管许收〔2026〕1号”排队等打印机")


@pytest.fixture
def interrupted(accept_case: Callable[..., Accepted], store: Store) -> Accepted:
    """A receipt that was being sent when the program died."""
    accepted = accept_case()
    job = spool.claim(store, printer="slip")
    assert job is not None
    if job.subject_kind == "ticket":
        spool.settle(store, job_id=job.job_id, outcome="printed")
        spool.claim(store, printer="slip")
    spool.mark_interrupted(store)
    return accepted


def test_an_interrupted_print_is_asked_about_at_the_start(
    interrupted: Accepted, open_desk: Callable[[], Desk], front: Front
) -> None:
    desk = open_desk()
    questions = desk.window.questions
    assert questions.words == "上次打印中断：收件凭证 莲城管许收〔2026〕1号，是否已打印？"
    questions.printed_button.click()
    assert questions.isHidden()
    assert front.last_job(interrupted.receipt_document).state == "printed"


def test_an_interrupted_print_can_be_printed_again(
    interrupted: Accepted, open_desk: Callable[[], Desk], front: Front
) -> None:
    desk = open_desk()
    desk.window.questions.reprint_button.click()
    job = front.last_job(interrupted.receipt_document)
    assert (job.state, job.reprint) == ("queued", 1)
    assert desk.window.questions.isHidden()


def test_an_interrupted_print_can_be_given_up(
    interrupted: Accepted, open_desk: Callable[[], Desk], front: Front
) -> None:
    desk = open_desk()
    desk.window.questions.give_up_button.click()
    assert front.last_job(interrupted.receipt_document).state == "cancelled"
    assert "已作废" in desk.said


@pytest.fixture
def doubtful_slip(front: Front, front_of: Callable[..., Front], store: Store) -> str:
    """A ticket taken at this counter's own printer, whose slip may be out or not."""
    code: str = front_of(store, front.actor, slip=True).taking.issue("XK05", channel="staff").code
    job = spool.claim(store, printer="slip")
    assert job is not None
    spool.settle(store, job_id=job.job_id, outcome="unknown", error="打印机断电")
    return code


def test_a_ticket_whose_slip_is_there_after_all_enters_the_queue(
    doubtful_slip: str, open_desk: Callable[[], Desk], front: Front
) -> None:
    desk = open_desk()
    assert desk.window.questions.words == f"打印机断电：叫号小票 {doubtful_slip}，是否已打印？"
    assert front.queue().waiting == ()
    desk.window.questions.printed_button.click()
    assert [each.code for each in front.queue().waiting] == [doubtful_slip]
    assert "号已进入排队" in desk.said


def test_a_ticket_whose_slip_nobody_wants_is_void(
    doubtful_slip: str, open_desk: Callable[[], Desk], front: Front
) -> None:
    desk = open_desk()
    desk.window.questions.give_up_button.click()
    assert front.slips.unprinted() == ()
    assert front.queue().waiting == ()
    assert f"叫号小票 {doubtful_slip} 已作废，号码不再使用" in desk.said


def test_the_papers_of_an_acceptance_are_looked_at_before_it(
    desk: Desk, take_ticket: Callable[..., str], make_card: Callable[..., Card], store: Store
) -> None:
    take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    desk.lay(make_card())
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert desk.said.startswith("✕ 还缺 3 项材料")  # as at the acceptance
    for row in desk.window.intake.materials.rows:
        row.tick.click()
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview = desk.window.papers.dialog
    assert isinstance(preview, DocumentPreview)
    assert preview.heading.text() == "收件凭证、受理通知书"
    assert [notice.text() for notice in preview.notices] == [DRAFT_WORDS]
    preview.close()
    assert not desk.window.intake.is_empty
    with store.read() as session:
        assert session.scalars(select(Document)).all() == []
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "莲城管许受〔2026〕1号" in desk.said


def test_the_notice_is_looked_at_and_what_makes_no_paper_says_so(
    desk: Desk, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    desk.lay(make_card())
    desk.press(Qt.Key.Key_F12)
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert desk.said == "✕ 这一步不出具文书，没有可预览的。"
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview = desk.window.papers.dialog
    assert isinstance(preview, DocumentPreview)
    assert preview.heading.text() == "收件凭证、补正告知书"
