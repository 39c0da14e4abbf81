"""The left column: what other stations do is seen, and the window lives while the database sleeps."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.services.front import Front
from hall.workers.tasks import Tasks, ThreadedTasks
from tests.windows.counter.desk import Desk, Feeds


@pytest.fixture
def threaded(qtbot: QtBot) -> Iterator[ThreadedTasks]:
    executor = ThreadedTasks()
    yield executor
    executor.stop()


def test_nobody_to_call_is_a_sentence(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F2)
    assert desk.said == "✕ 现在没有人等候。"
    assert desk.window.queue.code == "空闲"


def test_a_priority_ticket_says_why_it_is_the_next(
    desk: Desk, take_ticket: Callable[..., str], clock: FixedClock
) -> None:
    take_ticket()
    clock.instant += timedelta(minutes=2)
    elder = take_ticket(priority="elder")
    desk.press(Qt.Key.Key_F2)
    assert desk.window.queue.code == elder
    assert desk.window.queue.reason.startswith(f"{elder} 是老年号，按提前 15 分钟排队")


def test_a_ticket_is_called_again_only_after_some_seconds(
    desk: Desk, take_ticket: Callable[..., str], clock: FixedClock, qtbot: QtBot
) -> None:
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    button = desk.window.queue.recall_button
    assert not button.isEnabled()
    assert button.text() == "10 秒后重呼  F3"
    clock.instant += timedelta(seconds=7)
    qtbot.waitUntil(lambda: button.text() == "3 秒后重呼  F3")
    desk.press(Qt.Key.Key_F3)
    assert "已呼 1 次" in desk.window.queue.facts
    clock.instant += timedelta(seconds=3)
    qtbot.waitUntil(button.isEnabled)
    desk.press(Qt.Key.Key_F3)
    assert desk.said.startswith("✓ 已重呼")
    assert "已呼 2 次" in desk.window.queue.facts


def test_a_ticket_is_skipped_only_after_the_set_calls(
    desk: Desk, take_ticket: Callable[..., str], clock: FixedClock, qtbot: QtBot
) -> None:
    code = take_ticket()
    queue = desk.window.queue
    desk.press(Qt.Key.Key_F2)
    for left in (2, 1):
        assert f"再呼 {left} 次后可过号" in queue.facts
        desk.press(Qt.Key.Key_F4)
        assert queue.code == code
        clock.instant += timedelta(seconds=10)
        qtbot.waitUntil(queue.recall_button.isEnabled)
        desk.press(Qt.Key.Key_F3)
    assert "已呼 3 次" in queue.facts
    desk.press(Qt.Key.Key_F4)
    assert desk.said.startswith(f"✓ {code} 已过号。")
    assert queue.code == "空闲"


def test_a_started_ticket_can_only_be_finished(desk: Desk, take_ticket: Callable[..., str]) -> None:
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_F10)
    column = desk.window.queue
    buttons = (column.call_button, column.recall_button, column.skip_button, column.start_button)
    assert "办理中" in column.facts
    assert not any(button.isEnabled() for button in buttons)
    assert column.finish_button.isEnabled()


def test_the_buttons_keep_their_place(desk: Desk, take_ticket: Callable[..., str]) -> None:
    button = desk.window.queue.call_button
    before = button.geometry()
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    QApplication.processEvents()
    assert button.geometry() == before


def test_a_ticket_taken_elsewhere_appears(desk: Desk, feeds: Feeds, take_ticket: Callable[..., str]) -> None:
    code = take_ticket()
    assert not desk.window.queue.waiting.rows
    feeds.changes.changed.emit(frozenset({("queue", code)}))
    assert [row.code for row in desk.window.queue.waiting.rows] == [code]


def test_waiting_times_grow_without_a_reload(
    desk: Desk, feeds: Feeds, take_ticket: Callable[..., str], clock: FixedClock
) -> None:
    feeds.changes.changed.emit(frozenset({("queue", take_ticket())}))
    model = desk.window.queue.waiting.model()
    assert model.index(0, 2).data() == "0 分钟"
    clock.instant += timedelta(minutes=7)
    assert model.index(0, 2).data() == "7 分钟"


def test_a_reload_keeps_what_was_typed(desk: Desk, feeds: Feeds, take_ticket: Callable[..., str]) -> None:
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    desk.type("Li")
    feeds.changes.changed.emit(frozenset({("*", "*")}))
    assert desk.window.intake.applicant.name.text() == "Li"
    assert desk.window.intake.matter.code == "XK01-1"


def test_a_restarted_window_shows_the_ticket_that_was_left_open(
    open_desk: Callable[..., Desk], front: Front, take_ticket: Callable[..., str]
) -> None:
    code = take_ticket("XK05")
    front.calling.call_next(3)
    front.calling.start(3)
    window = open_desk().window
    assert window.queue.code == code
    assert "办理中" in window.queue.facts
    assert window.intake.matter.code == "XK05"


def test_lights_of_devices_are_shown_from_the_start(open_desk: Callable[..., Desk], feeds: Feeds, qtbot: QtBot) -> None:
    feeds.lamps.heard("小票机", "trouble", "缺纸")
    qtbot.waitUntil(lambda: bool(feeds.lamps.last))
    header = open_desk().window.header
    feeds.lamps.heard("读卡器", "ok", "就绪")
    qtbot.waitUntil(lambda: "读卡器" in feeds.lamps.last)
    words = [str(widget.property("text")) for widget in header.findChildren(QWidget)]
    assert "小票机 缺纸" in words
    assert "读卡器" in words


def test_the_window_lives_while_the_database_sleeps(
    open_desk: Callable[[Tasks], Desk],
    front: Front,
    take_ticket: Callable[..., str],
    threaded: ThreadedTasks,
    qtbot: QtBot,
) -> None:
    take_ticket()
    desk = open_desk(threaded)
    place = desk.window.place
    qtbot.waitUntil(lambda: place.view is not None and place.view.state == "open")
    qtbot.waitUntil(lambda: len(desk.window.queue.waiting.rows) == 1)
    asleep, awake = threading.Event(), threading.Event()

    def sleep() -> None:
        with front.store.work("queue.call", front.actor) as work:
            work.audit("test")
            asleep.set()
            awake.wait(30)

    sleeper = threading.Thread(target=sleep)
    sleeper.start()
    assert asleep.wait(10)
    desk.press(Qt.Key.Key_F2)
    assert not desk.window.queue.call_button.isEnabled()
    desk.type("Li")
    assert desk.window.intake.applicant.name.text() == "Li"
    qtbot.waitUntil(desk.window.progress.isVisible)
    assert desk.window.progress.words == "正在叫号…"
    awake.set()
    sleeper.join(20)
    qtbot.waitUntil(lambda: desk.window.queue.code == "A001", timeout=15_000)
    assert not desk.window.progress.isVisible()
