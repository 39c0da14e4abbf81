"""窗口屏: one counter, its number, whom it serves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import pytest
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from hall.clock import FixedClock
from hall.services.front import Front
from hall.store.schema.people import Account
from hall.store.schema.queueing import Ticket
from hall.windows.counter_display import CounterDisplay
from hall.windows.kit import tokens
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
    calling = clerk.calling
    steps: tuple[Callable[[int], None], ...] = (
        calling.open_counter,
        lambda counter: calling.pause(counter, "就餐轮换"),
        calling.unpause,
        calling.close_counter,
    )
    for step in steps:
        step(3)
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
    clock: FixedClock,
    shown_words: Callable[[QWidget], list[str]],
) -> None:
    account = {
        "id": clerk.actor.account_id,
        "login": "zhangsan",
        "display_name": "张三明",
        "badge_number": "0102",
        "password_hash": "",
        "created_at": clock.instant,
        "password_changed_at": clock.instant,
    }
    with clerk.store.engine.begin() as connection:
        connection.execute(insert(Account).values(account))
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
