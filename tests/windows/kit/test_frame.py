"""The frame says what happened, shows progress late, and locks itself."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.errors import Damaged, Refused
from hall.windows.kit import hotkeys
from hall.windows.kit.dialogs import BugBox, ask
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work
from hall.workers.bugs import Bug
from hall.workers.tasks import ThreadedTasks

CLOCK = FixedClock(datetime(2026, 11, 23, 1, 42, tzinfo=UTC))


@pytest.fixture
def frame(qtbot: QtBot) -> Frame:
    shown = Frame("窗口", CLOCK)
    qtbot.addWidget(shown)
    shown.show_place("某区城管执法服务大厅", counter="3号窗口", person="王某某")
    with qtbot.waitActive(shown):
        shown.show()
    return shown


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[ThreadedTasks]:
    executor = ThreadedTasks()
    yield executor
    executor.stop()


def _labels(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_header_says_where_who_and_when(frame: Frame) -> None:
    words = _labels(frame.header)
    assert "某区城管执法服务大厅 · 3号窗口 · 王某某" in words
    assert "2026-11-23 周一  09:42" in words


def test_a_refusal_stands_in_the_message_line(frame: Frame) -> None:
    frame.show_failure(Refused("现在没有人等候，来人取号后再叫。"))
    assert frame.message.words == "✕ 现在没有人等候，来人取号后再叫。"


def test_damaged_data_stops_the_window(frame: Frame) -> None:
    frame.show_failure(Damaged("审计链断裂，请联系管理员。"))
    assert not frame.header.isVisible()
    assert "审计链断裂，请联系管理员。" in _labels(frame)


def test_a_bug_is_shown_with_its_number_and_can_be_copied(frame: Frame, qtbot: QtBot) -> None:
    frame.show_failure(Bug("A1B2C3", "编号 A1B2C3\nValueError"))
    box = frame.findChild(BugBox)
    assert isinstance(box, BugBox)
    assert any("A1B2C3" in words for words in _labels(box))
    QTest.mouseClick(box.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "编号 A1B2C3\nValueError"
    box.accept()


@pytest.mark.parametrize(("key", "answers"), [(Qt.Key.Key_Return, ["void"]), (Qt.Key.Key_Escape, [])])
def test_a_question_is_answered_by_key_and_never_waited_for(
    frame: Frame, qtbot: QtBot, key: Qt.Key, answers: list[str]
) -> None:
    given: list[str] = []
    question = ask(frame, "作废后号码不能再用。", title="作废号票", yes="作废", on_yes=lambda: given.append("void"))
    assert question.isVisible()
    QTest.keyClick(question, key)
    assert given == answers


def test_progress_appears_only_when_work_takes_long(frame: Frame, tasks: ThreadedTasks, qtbot: QtBot) -> None:
    asleep = threading.Event()
    button = QPushButton("受理")
    frame.set_body(button)
    answers: list[object] = []
    Work(tasks, frame).write(lambda: asleep.wait(30), answers.append, words="正在受理…", button=button)
    assert not frame.progress.isVisible()
    assert not button.isEnabled()
    qtbot.waitUntil(frame.progress.isVisible)
    assert frame.progress.words == "正在受理…"
    QTest.mouseClick(frame.progress.cancel_button, Qt.MouseButton.LeftButton)
    assert "不能取消" in frame.message.words
    asleep.set()
    qtbot.waitUntil(lambda: answers == [True])
    assert not frame.progress.isVisible()
    assert button.isEnabled()


def test_waiting_work_can_be_cancelled(frame: Frame, tasks: ThreadedTasks, qtbot: QtBot) -> None:
    asleep = threading.Event()
    ran: list[str] = []
    answers: list[object] = []
    tasks.write(lambda: asleep.wait(30), answers.append, on_failed=frame.show_failure, owner=frame)
    Work(tasks, frame).write(lambda: ran.append("ran"), answers.append, words="正在打印…")
    qtbot.waitUntil(frame.progress.isVisible)
    QTest.mouseClick(frame.progress.cancel_button, Qt.MouseButton.LeftButton)
    assert not frame.progress.isVisible()
    asleep.set()
    qtbot.waitUntil(lambda: answers == [True])
    assert ran == []


def test_a_failed_task_gives_the_button_back_and_says_why(frame: Frame, tasks: ThreadedTasks, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise Refused("没有人等候。")

    button = QPushButton("叫号")
    frame.set_body(button)
    Work(tasks, frame).write(refuse, lambda _: None, words="正在叫号…", button=button)
    qtbot.waitUntil(lambda: frame.message.words == "✕ 没有人等候。")
    assert button.isEnabled()


def test_an_idle_window_locks_and_its_hotkeys_sleep(frame: Frame, qapp: QApplication, qtbot: QtBot) -> None:
    called: list[str] = []
    passwords: list[str] = []
    body = QWidget()
    QVBoxLayout(body).addWidget(hotkeys.hotkey_button(hotkeys.CALL_NEXT, lambda: called.append("call")))
    hotkeys.bind(hotkeys.FIND, lambda: called.append("find"), body)
    frame.set_body(body)
    qtbot.waitUntil(body.isVisible)
    QTest.keyClick(frame, Qt.Key.Key_F2)
    QTest.keyClick(frame, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert called == ["call", "find"]

    with qtbot.waitSignal(frame.lock_changed):
        frame.lock_when_idle(qapp, 10, passwords.append)
    assert frame.locked
    assert "王某某 已锁屏" in _labels(frame)
    QTest.keyClick(frame, Qt.Key.Key_F2)
    QTest.keyClick(frame, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert called == ["call", "find"]


def test_only_the_right_password_opens_the_lock(frame: Frame, qapp: QApplication, qtbot: QtBot) -> None:
    passwords: list[str] = []
    frame.lock_when_idle(qapp, 60_000, passwords.append)
    frame.lock()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "wrong")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert passwords == ["wrong"]
    frame.refuse_unlock(Refused("密码不对，请再试。"))
    assert "密码不对，请再试。" in _labels(frame)
    assert not frame.header.isVisible()
    frame.unlock()
    assert frame.header.isVisible()


def test_the_lock_leaves_no_box_over_it(frame: Frame, qapp: QApplication, qtbot: QtBot) -> None:
    """A preview shows somebody's document; a question that nobody answered is not answered yes."""
    answers: list[str] = []
    frame.lock_when_idle(qapp, 60_000, answers.append)
    question = ask(
        frame, "表里已录入的内容还没有受理。", title="办结", yes="清空", on_yes=lambda: answers.append("yes")
    )
    assert question.isVisible()
    with qtbot.waitSignal(question.destroyed):
        frame.lock()
    assert frame.locked
    assert answers == []
    assert QApplication.activeModalWidget() is None
