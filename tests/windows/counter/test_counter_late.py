"""Answers and changes that come when the clerk is already with somebody else."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hall.rules.cards import Card
from hall.services.accepting import Accepted
from hall.services.front import Front
from hall.workers.tasks import Tasks
from tests.windows.counter.desk import Desk, Feeds
from tests.windows.slow_tasks import SlowReads

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_history_of_the_last_person_is_not_shown_beside_the_next(
    open_desk: Callable[[Tasks], Desk],
    take_ticket: Callable[..., str],
    accept_case: Callable[[Card], Accepted],
    make_card: Callable[..., Card],
) -> None:
    tasks, known = SlowReads(), make_card()
    accept_case(known)
    desk = open_desk(tasks)
    panel = desk.window.intake.applicant
    desk.lay(known)
    assert panel.history_words == "历史 1 件（1 件在办）"
    desk.press(Qt.Key.Key_F6)
    tasks.slow = True
    desk.lay(known)
    desk.press(Qt.Key.Key_F6)
    tasks.answer()
    assert panel.history_words == ""


def test_the_accepted_case_does_not_cover_the_form_of_the_next_person(
    open_desk: Callable[[Tasks], Desk], take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    tasks = SlowReads()
    desk = open_desk(tasks)
    first, second = take_ticket("XK05"), take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    assert desk.window.queue.code == first
    desk.lay(make_card())
    for row in desk.window.intake.materials.rows:
        row.tick.click()
    tasks.slow = True
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.press(Qt.Key.Key_F8)
    desk.press(Qt.Key.Key_F2)
    tasks.answer()
    assert desk.window.queue.code == second
    assert desk.shows(desk.window.intake)


def test_a_case_is_never_entered_under_the_ticket_of_the_next_person(
    desk: Desk, feeds: Feeds, front: Front, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    """The same counter is open in another window too, where the next person has been called meanwhile."""
    take_ticket("XK05")
    second = take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    card = make_card()
    desk.lay(card)
    for row in desk.window.intake.materials.rows:
        row.tick.click()
    front.calling.finish(3)
    front.calling.call_next(3)
    feeds.changes.changed.emit(frozenset({("queue", second)}))
    assert desk.window.queue.code == second
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert "这个号不在您的窗口办理中" in desk.said
    assert front.history(card.id_number) == ()


def test_a_preview_that_comes_after_the_lock_stays_away(
    open_desk: Callable[[Tasks], Desk], accept_case: Callable[[], Accepted], qapp: QApplication
) -> None:
    accept_case()
    tasks = SlowReads()
    desk = open_desk(tasks)
    desk.window.lock_when_idle(qapp, 60_000, lambda _: None)
    desk.press(Qt.Key.Key_K, CONTROL)
    desk.type("1")
    desk.press(Qt.Key.Key_Return)
    assert desk.shows(desk.window.case_page)
    tasks.slow = True
    desk.press(Qt.Key.Key_Return)
    desk.window.lock()
    tasks.answer()
    assert desk.window.papers.dialog is None


def test_a_late_explanation_never_stands_beside_another_case(
    open_desk: Callable[[Tasks], Desk], accept_case: Callable[[], Accepted], front: Front
) -> None:
    first, second = accept_case(), accept_case()
    tasks = SlowReads()
    page = open_desk(tasks).window.case_page
    for shown in (second, first):
        page.show_case(front.case(first.case_id))
        tasks.slow = True
        page.why_button.click()
        page.show_case(front.case(shown.case_id))
        tasks.answer()
        assert page.explanation.isHidden() is (shown is second)
