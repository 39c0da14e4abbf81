"""The counter itself: opened, paused, left; help; two counters on one database; the lock and late answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.errors import HallError, Unavailable
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.services.counter_reading import CounterView
from hall.services.front import Front
from hall.store import Store
from hall.windows.kit.dialogs import Question
from hall.workers.tasks import Pending, Tasks
from tests.windows.counter.desk import Desk, Feeds
from tests.windows.slow_tasks import Running, SlowWrites

T = TypeVar("T")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class DeadWrites(SlowWrites):
    """The database is away for writes while `dead`."""

    dead = False

    def write(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        on_failed: Callable[[HallError], None],
        owner: QObject,
    ) -> Pending:
        if not self.dead:
            return super().write(function, on_done, on_failed=on_failed, owner=owner)
        on_failed(Unavailable("连不上数据库，刚才的操作没有保存。"))
        return Running()


@pytest.fixture
def place(front: Front) -> Callable[[int], CounterView]:
    """A counter as every screen knows it."""

    def view(number: int) -> CounterView:
        return next(each for each in front.calling.counters() if each.number == number)

    return view


def question(desk: Desk) -> Question:
    """The question that is open."""
    found = [each for each in desk.window.findChildren(Question) if each.isVisible()]
    assert found
    return found[-1]


def test_the_counter_is_opened_at_the_sign_in(desk: Desk, place: Callable[[int], CounterView]) -> None:
    assert place(3).state == "open"
    assert place(2).state == "closed"


def test_the_counter_is_closed_with_its_window(desk: Desk, place: Callable[[int], CounterView], qtbot: QtBot) -> None:
    desk.window.close()
    assert place(3).state == "closed"
    qtbot.waitUntil(desk.window.isHidden)


def test_leaving_by_its_letter_closes_both(desk: Desk, place: Callable[[int], CounterView], qtbot: QtBot) -> None:
    desk.press(Qt.Key.Key_F12)
    desk.press(Qt.Key.Key_L)
    assert place(3).state == "closed"
    qtbot.waitUntil(desk.window.isHidden)


def test_leaving_with_an_open_ticket_is_asked_about(desk: Desk, take_ticket: Callable[..., str], front: Front) -> None:
    code = take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    desk.window.close()
    assert desk.window.isVisible()
    asked = question(desk)
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert desk.window.isVisible()
    desk.window.close()
    question(desk).yes_button.click()
    assert not desk.window.isVisible()
    present = front.calling.present(3)
    assert present is not None
    assert present.code == code


def test_leaving_with_a_held_ticket_says_which(desk: Desk, take_ticket: Callable[..., str]) -> None:
    code = take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_F7)
    desk.press(Qt.Key.Key_1)
    desk.window.close()
    asked = [label.text() for label in question(desk).findChildren(QLabel)]
    assert any(f"本窗口还有挂起的号（{code}）" in text for text in asked)
    assert desk.window.isVisible()


def test_a_window_closes_while_the_database_hangs(open_desk: Callable[[Tasks], Desk]) -> None:
    tasks = SlowWrites()
    desk = open_desk(tasks)
    tasks.slow = True
    desk.window.close()
    assert desk.window.isVisible()
    desk.window.close()
    assert not desk.window.isVisible()


def test_a_pause_covers_the_window_until_the_clerk_is_back(
    desk: Desk, place: Callable[[int], CounterView], clock: FixedClock, take_ticket: Callable[..., str]
) -> None:
    desk.press(Qt.Key.Key_F9)
    desk.press(Qt.Key.Key_4)
    assert (place(3).state, place(3).reason) == ("paused", "就餐轮换")
    assert not desk.window.queue.isVisible()
    clock.instant += timedelta(minutes=9)
    desk.window.pause_page.tick()
    assert "暂停服务 就餐轮换　09:42 起，已 9 分钟" in desk.window.pause_page.words
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    assert place(3).code == ""
    desk.press(Qt.Key.Key_Return)
    assert place(3).state == "open"
    assert desk.window.queue.isVisible()
    assert desk.said == "✓ 已恢复服务。按 F2 叫下一号。"


def test_the_pause_key_also_ends_the_pause(desk: Desk, place: Callable[[int], CounterView]) -> None:
    desk.press(Qt.Key.Key_F9)
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_F9)
    assert place(3).state == "open"
    assert not desk.window.paused


def test_a_restart_finds_the_pause(desk: Desk, open_desk: Callable[..., Desk], front: Front) -> None:
    front.calling.pause(3, "临时离开")
    assert open_desk().window.paused


def test_a_card_is_not_taken_while_the_counter_is_paused(desk: Desk, make_card: Callable[..., Card]) -> None:
    desk.press(Qt.Key.Key_F9)
    desk.press(Qt.Key.Key_1)
    desk.lay(make_card())
    assert not desk.window.intake.applicant.has_card


def test_help_is_asked_for_once_and_seen_at_every_counter(
    desk: Desk, feeds: Feeds, open_desk: Callable[..., Desk], place: Callable[[int], CounterView], qtbot: QtBot
) -> None:
    other = open_desk(counter=2)
    with qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    desk.press(Qt.Key.Key_E, CONTROL | SHIFT)
    assert place(3).emergency_at is None
    question(desk).yes_button.click()
    assert place(3).emergency_at is not None
    assert desk.window.banner.words.startswith("⚠ 本窗口 09:42 起紧急求助")
    feeds.changes.changed.emit(frozenset({("counter", "3")}))
    assert other.window.banner.words == "⚠ 3 号窗口 09:42 起紧急求助，请马上去看看。"
    desk.window.place.toggle_emergency()
    feeds.changes.changed.emit(frozenset({("counter", "3")}))
    assert (desk.window.banner.words, other.window.banner.words) == ("", "")
    assert place(3).emergency_at is None


def test_help_can_be_called_from_a_paused_counter(desk: Desk, place: Callable[[int], CounterView]) -> None:
    desk.press(Qt.Key.Key_F9)
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_E, CONTROL | SHIFT)
    question(desk).yes_button.click()
    assert place(3).emergency_at is not None


def test_two_counters_never_get_the_same_ticket(
    open_desk: Callable[..., Desk],
    store: Store,
    front_of: Callable[[Store, Actor], Front],
    take_ticket: Callable[..., str],
    qtbot: QtBot,
) -> None:
    codes = {take_ticket(), take_ticket()}
    colleague = front_of(store, Actor(8, "赵某某", store.hall_id, frozenset({"clerk"})))
    desks = (open_desk(counter=3), open_desk(counter=2, of=colleague))
    for desk in desks:
        with qtbot.waitActive(desk.window):
            desk.window.activateWindow()
        desk.press(Qt.Key.Key_F2)
    assert {desk.window.queue.code for desk in desks} == codes


def test_a_ticket_released_by_the_manager_leaves_the_counter(
    desk: Desk,
    feeds: Feeds,
    store: Store,
    front_of: Callable[[Store, Actor], Front],
    take_ticket: Callable[..., str],
) -> None:
    code = take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    desk.type("Li")
    present = desk.window.ticket.present
    assert present is not None
    manager = front_of(store, Actor(5, "孙某某", store.hall_id, frozenset({"manager"})))
    manager.calling.release(present.ticket_id, "卡住了")
    feeds.changes.changed.emit(frozenset({("queue", code)}))
    assert desk.window.queue.code == "空闲"
    assert desk.said.startswith(f"{code} 号已不在本窗口")
    assert desk.window.intake.applicant.name.text() == "Li"


def test_a_deed_that_fails_says_why_and_can_be_tried_again(
    open_desk: Callable[[Tasks], Desk], take_ticket: Callable[..., str], front: Front
) -> None:
    take_ticket("XK05")
    tasks = DeadWrites()
    desk = open_desk(tasks)
    desk.press(Qt.Key.Key_F2)
    tasks.dead = True
    desk.press(Qt.Key.Key_F7)
    desk.press(Qt.Key.Key_1)
    assert desk.said == "✕ 连不上数据库，刚才的操作没有保存。"
    assert desk.window.side.panel is desk.window.deeds.hold_panel
    tasks.dead = False
    desk.press(Qt.Key.Key_1)
    assert len(front.calling.held(3)) == 1


def test_an_answer_that_comes_after_its_panel_was_closed_is_shown_all_the_same(
    open_desk: Callable[[Tasks], Desk], take_ticket: Callable[..., str]
) -> None:
    code = take_ticket("XK05")
    tasks = SlowWrites()
    desk = open_desk(tasks)
    desk.press(Qt.Key.Key_F2)
    tasks.slow = True
    desk.press(Qt.Key.Key_F7)
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.queue.code == code
    tasks.answer()
    assert desk.window.queue.code == "空闲"
    assert desk.said.startswith(f"✓ {code} 已挂起")


def test_the_keys_of_the_queue_sleep_while_the_window_is_locked(
    desk: Desk, qapp: QApplication, qtbot: QtBot, take_ticket: Callable[..., str], place: Callable[[int], CounterView]
) -> None:
    take_ticket("XK05")
    desk.window.lock_when_idle(qapp, 60_000, lambda _: None)
    desk.press(Qt.Key.Key_L, CONTROL)
    assert desk.window.locked
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F9, Qt.Key.Key_F12):
        desk.press(key)
    desk.press(Qt.Key.Key_E, CONTROL | SHIFT)
    assert (place(3).state, place(3).code, place(3).emergency_at) == ("open", "", None)
    desk.window.unlock()
    desk.press(Qt.Key.Key_F2)
    assert place(3).code == "B001"
