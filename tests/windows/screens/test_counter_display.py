"""窗口屏: one counter, its number, whom it serves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.services.front import Front
from hall.windows.counter_display import CounterDisplay
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed


class Link(Tasks, Protocol):
    away: bool


@pytest.fixture
def display(front_as: Callable[[str], Front], link: Link, changes: ChangeFeed, qtbot: QtBot) -> CounterDisplay:
    """Of counter 3."""
    window = CounterDisplay(front_as("display"), link, counter=3, changes=changes)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.flash_timer.setInterval(5)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_it_follows_its_own_counter(
    display: CounterDisplay, clerk: Front, changed: Callable[[str], None], qtbot: QtBot
) -> None:
    seen = [display.words]
    steps: tuple[Callable[[], object], ...] = (
        lambda: clerk.calling.call_next(1),
        lambda: clerk.calling.call_next(3),
        lambda: clerk.calling.start(3),
        lambda: clerk.calling.finish(3),
    )
    for step in steps:
        clerk.taking.issue("XK05", channel="staff")
        step()
        changed("queue")
        seen.append(display.words)
    assert seen == ["未登录", "未登录", "请 B002 号到 3 号窗口", "正在办理 B002", "欢迎光临"]
    qtbot.waitUntil(lambda: not display.flash_timer.isActive())


def test_a_repeated_call_flashes_again(
    display: CounterDisplay, clerk: Front, clock: FixedClock, changed: Callable[[str], None], qtbot: QtBot
) -> None:
    clerk.taking.issue("XK05", channel="staff")
    clerk.calling.call_next(3)
    changed("queue")
    qtbot.waitUntil(lambda: not display.flash_timer.isActive())
    changed("queue")
    assert not display.flash_timer.isActive()
    clock.instant += clerk.policy.calling.recall_after
    clock.instant += timedelta(seconds=30)
    clerk.calling.recall(3)
    changed("queue")
    assert display.flash_timer.isActive()


def test_a_counter_of_which_nothing_is_known_invites_nobody(
    display: CounterDisplay, clerk: Front, link: Link, clock: FixedClock, changed: Callable[[str], None]
) -> None:
    clerk.calling.open_counter(3)
    changed("counter")
    link.away = True
    clock.instant += timedelta(seconds=60)
    changed("queue")
    assert (display.words, display.age.property("tone")) == ("欢迎光临", "old")
    clock.instant += timedelta(seconds=1)
    changed("queue")
    assert display.words == "暂停服务"
    link.away = False
    changed("*")
    assert display.words == "欢迎光临"


def test_a_paused_counter_says_so_and_keeps_its_reason(
    display: CounterDisplay, clerk: Front, changed: Callable[[str], None], shown_words: Callable[[QWidget], list[str]]
) -> None:
    seen = [display.words]
    for step in (
        lambda: clerk.calling.open_counter(3),
        lambda: clerk.calling.pause(3, "就餐轮换"),
        lambda: clerk.calling.unpause(3),
        lambda: clerk.calling.close_counter(3),
    ):
        step()
        changed("counter")
        seen.append(display.words)
        assert not any("就餐" in words for words in shown_words(display))
    assert seen == ["未登录", "欢迎光临", "暂停服务", "欢迎光临", "未登录"]


def test_an_emergency_is_not_shown_to_the_public(
    display: CounterDisplay, clerk: Front, changed: Callable[[str], None], shown_words: Callable[[QWidget], list[str]]
) -> None:
    clerk.calling.open_counter(3)
    changed("counter")
    before = shown_words(display)
    clerk.calling.emergency(3)
    changed("counter")
    assert shown_words(display) == before


def test_the_clerk_is_named_by_badge_number_only(
    display: CounterDisplay,
    clerk: Front,
    changed: Callable[[str], None],
    enter_clerk: Callable[[Front], None],
    shown_words: Callable[[QWidget], list[str]],
) -> None:
    enter_clerk(clerk)
    clerk.calling.open_counter(3)
    changed("counter")
    assert "工号 0102" in shown_words(display)
    assert not any("张三明" in words for words in shown_words(display))


def test_a_priority_number_has_its_word_and_its_colour(
    display: CounterDisplay, clerk: Front, changed: Callable[[str], None]
) -> None:
    clerk.taking.issue("XK05", channel="staff", priority="elder")
    clerk.calling.call_next(3)
    changed("queue")
    assert display.words == "请 L001 老年 号到 3 号窗口"
    assert display.kind.grab().toImage().pixelColor(8, 4) == QColor(tokens.KIND_ELDER)


@pytest.fixture
def touch_display(
    front_as: Callable[[str], Front], link: Link, changes: ChangeFeed, qtbot: QtBot, qapp: QApplication
) -> CounterDisplay:
    front = front_as("display")
    evaluation = Evaluation(front.ratings, link, counter=3, channel="counter", changes=changes, owner=qapp)
    window = CounterDisplay(front, link, counter=3, changes=changes, evaluation=evaluation)
    qtbot.addWidget(window)
    qtbot.addWidget(window.rating)
    window.resize(1920, 1080)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def visit(clerk: Front, changed: Callable[[str], None]) -> Callable[[], None]:
    """A visit at counter 3 that ends now."""

    def call_and_finish() -> None:
        clerk.taking.issue("XK05", channel="staff")
        clerk.calling.call_next(3)
        clerk.calling.finish(3)
        changed("queue")

    return call_and_finish


def rated(front: Front) -> list[int]:
    with front.store.read() as session:
        return list(session.scalars(select(Rating.level).order_by(Rating.id)))


def test_after_a_visit_it_asks_and_one_touch_is_the_answer(
    touch_display: CounterDisplay, visit: Callable[[], None], clerk: Front, qtbot: QtBot
) -> None:
    assert not touch_display.asks
    visit()
    assert touch_display.asks
    assert not any(button.isChecked() or button.hasFocus() for button in touch_display.rating.buttons.values())
    qtbot.mouseClick(touch_display.rating.buttons[4], Qt.MouseButton.LeftButton)
    assert rated(clerk) == [4]
    assert touch_display.rating.question.text() == "谢谢您的评价"
    qtbot.waitUntil(lambda: not touch_display.asks)


def test_whoever_says_nothing_is_asked_no_longer_and_nothing_is_kept(
    touch_display: CounterDisplay,
    visit: Callable[[], None],
    clerk: Front,
    clock: FixedClock,
    changed: Callable[[str], None],
) -> None:
    visit()
    clock.instant += timedelta(seconds=20)
    changed("queue")
    assert not touch_display.asks
    assert rated(clerk) == []


def test_a_call_is_shown_whoever_was_asked(
    touch_display: CounterDisplay, visit: Callable[[], None], clerk: Front, changed: Callable[[str], None]
) -> None:
    visit()
    clerk.taking.issue("XK05", channel="staff")
    clerk.calling.call_next(3)
    changed("queue")
    assert not touch_display.asks
    assert touch_display.words == "请 B002 号到 3 号窗口"


def test_nobody_is_asked_while_an_answer_could_not_be_kept(
    touch_display: CounterDisplay, visit: Callable[[], None], link: Link, changed: Callable[[str], None], clerk: Front
) -> None:
    visit()
    link.away = True
    changed("queue")
    assert not touch_display.asks
    link.away = False
    changed("*")
    assert touch_display.asks
    assert rated(clerk) == []


def test_a_display_that_is_not_touched_never_asks(display: CounterDisplay, visit: Callable[[], None]) -> None:
    visit()
    assert not display.asks


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1024, 768), (1080, 1920), (800, 480)])
def test_the_number_is_an_eighth_of_the_screen_high_and_fits(
    display: CounterDisplay, clerk: Front, changed: Callable[[str], None], size: tuple[int, int], qtbot: QtBot
) -> None:
    clerk.taking.issue("XK05", channel="staff")
    clerk.calling.call_next(3)
    changed("queue")
    display.resize(*size)
    qtbot.waitUntil(lambda: display.size().toTuple() == size)
    drawn = QFontMetricsF(display.number.font()).tightBoundingRect(display.number.text())
    assert drawn.height() >= size[1] / 8
    assert drawn.width() <= display.number.width()
    assert drawn.height() <= display.number.height()


def test_a_long_number_fits(
    display: CounterDisplay, clerk: Front, changed: Callable[[str], None], qtbot: QtBot
) -> None:
    clerk.taking.issue("XK05", channel="staff")
    with clerk.store.engine.begin() as connection:
        connection.execute(update(Ticket).values(code="XYZ1234"))
    clerk.calling.call_next(3)
    changed("queue")
    display.resize(800, 480)
    qtbot.waitUntil(lambda: display.size().toTuple() == (800, 480))
    drawn = QFontMetricsF(display.number.font()).tightBoundingRect("XYZ1234")
    assert drawn.width() <= display.number.width()
