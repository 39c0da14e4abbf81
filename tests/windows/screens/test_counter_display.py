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
    for step in (
        lambda: clerk.calling.call_next(1),
        lambda: clerk.calling.call_next(3),
        lambda: clerk.calling.start(3),
        lambda: clerk.calling.finish(3),
    ):
        clerk.taking.issue("XK05", channel="staff")
        step()
        changed("queue")
        seen.append(display.words)
    assert seen == ["欢迎光临", "欢迎光临", "请 B002 号到本窗口", "正在办理 B002", "欢迎光临"]
    qtbot.waitUntil(lambda: not display.flash_timer.isActive())


def test_a_repeated_call_flashes_again(
    display: CounterDisplay, clerk: Front, changed: Callable[[str], None], qtbot: QtBot
) -> None:
    clerk.taking.issue("XK05", channel="staff")
    clerk.calling.call_next(3)
    changed("queue")
    qtbot.waitUntil(lambda: not display.flash_timer.isActive())
    changed("queue")
    assert not display.flash_timer.isActive()
    clerk.calling.recall(3)
    changed("queue")
    assert display.flash_timer.isActive()


def test_a_counter_of_which_nothing_is_known_invites_nobody(
    display: CounterDisplay, link: Link, clock: FixedClock, changed: Callable[[str], None]
) -> None:
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


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1024, 768), (1080, 1920)])
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
