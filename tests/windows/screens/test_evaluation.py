"""Rating after a visit: on the device at the counter, or on the counter's display. Silence leaves nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from hall.clock import FixedClock
from hall.devices.evaluator_frames import COMMANDS
from hall.errors import Unavailable
from hall.services.front import Front
from hall.services.rating_front import RatingFront
from hall.store.schema.ratings import Rating
from hall.windows.counter_display import CounterDisplay
from hall.windows.evaluation import Evaluation, serve_evaluator
from hall.workers.evaluator import EvaluatorFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed


class Link(Tasks, Protocol):
    away: bool


@pytest.fixture
def visit(clerk: Front, changed: Callable[[str], None]) -> Callable[[], None]:
    """A visit at counter 3 that ends now."""

    def call_and_finish() -> None:
        clerk.taking.issue("XK05", channel="staff")
        clerk.calling.call_next(3)
        clerk.calling.finish(3)
        changed("queue")

    return call_and_finish


def asks(display: CounterDisplay) -> bool:
    return display.asks


def rated(front: Front) -> list[int]:
    with front.store.read() as session:
        return list(session.scalars(select(Rating.level).order_by(Rating.id)))


@pytest.fixture
def touch_display(
    front_as: Callable[[str], Front], link: Link, changes: ChangeFeed, qtbot: QtBot, qapp: QApplication
) -> CounterDisplay:
    front = front_as("display")
    evaluation = Evaluation(front.ratings, link, counter=3, channel="counter", changes=changes, owner=qapp)
    window = CounterDisplay(front, link, counter=3, changes=changes, evaluation=evaluation)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_after_a_visit_it_asks_and_one_touch_is_the_answer(
    touch_display: CounterDisplay, visit: Callable[[], None], clerk: Front, qtbot: QtBot
) -> None:
    assert not asks(touch_display)
    visit()
    assert asks(touch_display)
    assert not any(button.isChecked() or button.hasFocus() for button in touch_display.rating.buttons.values())
    touch_display.rating.buttons[4].click()
    assert rated(clerk) == [4]
    assert touch_display.rating.question.text() == "谢谢您的评价"
    qtbot.waitUntil(lambda: not asks(touch_display))


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
    assert not asks(touch_display)
    assert rated(clerk) == []


def test_a_call_is_shown_whoever_was_asked(
    touch_display: CounterDisplay, visit: Callable[[], None], clerk: Front, changed: Callable[[str], None]
) -> None:
    visit()
    clerk.taking.issue("XK05", channel="staff")
    clerk.calling.call_next(3)
    changed("queue")
    assert not asks(touch_display)
    assert touch_display.words == "请 B002 号到 3 号窗口"


def test_nobody_is_asked_while_an_answer_could_not_be_kept(
    touch_display: CounterDisplay, visit: Callable[[], None], link: Link, changed: Callable[[str], None], clerk: Front
) -> None:
    visit()
    link.away = True
    changed("queue")
    assert not asks(touch_display)
    link.away = False
    changed("*")
    assert asks(touch_display)
    assert rated(clerk) == []


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject(qapp)


@pytest.fixture
def evaluator(front_as: Callable[[str], Front], link: Link, changes: ChangeFeed, owner: QObject) -> EvaluatorFeed:
    """The device's feed at counter 3, without a device."""
    ratings = front_as("display").ratings
    evaluation = Evaluation(ratings, link, counter=3, channel="evaluator", changes=changes, owner=owner)
    feed = EvaluatorFeed()
    serve_evaluator(evaluation, feed)
    return feed


def test_the_device_follows_the_counter(
    evaluator: EvaluatorFeed, clerk: Front, clock: FixedClock, changed: Callable[[str], None]
) -> None:
    seen = [evaluator.wish.frame.command]
    clerk.taking.issue("XK05", channel="staff")
    for step in (clerk.calling.call_next, clerk.calling.start, clerk.calling.finish):
        step(3)
        changed("queue")
        seen.append(evaluator.wish.frame.command)
    clock.instant += timedelta(seconds=20)
    changed("queue")
    seen.append(evaluator.wish.frame.command)
    clerk.calling.pause(3, "就餐轮换")
    changed("counter")
    seen.append(evaluator.wish.frame.command)
    assert seen == [COMMANDS[show] for show in ("pause", "welcome", "busy", "rate", "idle", "pause")]


def test_one_press_counts_and_the_next_visit_is_a_new_invitation(
    evaluator: EvaluatorFeed, visit: Callable[[], None], clerk: Front
) -> None:
    visit()
    first = evaluator.wish.frame
    evaluator.level.emit(2)
    evaluator.level.emit(5)
    assert evaluator.wish.frame.command == COMMANDS["idle"]
    visit()
    assert evaluator.wish.frame.command == COMMANDS["rate"]
    assert evaluator.wish.frame != first
    evaluator.level.emit(5)
    assert rated(clerk) == [2, 5]


def test_a_press_without_an_invitation_is_nothing(evaluator: EvaluatorFeed, clerk: Front) -> None:
    evaluator.level.emit(5)
    assert rated(clerk) == []


def test_an_answer_that_could_not_be_kept_is_asked_for_anew(
    evaluator: EvaluatorFeed, visit: Callable[[], None], clerk: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit()
    first = evaluator.wish.frame

    def away(*_: object, **__: object) -> int:
        raise Unavailable("连不上数据库。")

    with monkeypatch.context() as patched:
        patched.setattr(RatingFront, "rate", away)
        evaluator.level.emit(4)
    assert rated(clerk) == []
    assert evaluator.wish.frame.command == COMMANDS["rate"]
    assert evaluator.wish.frame != first
    evaluator.level.emit(4)
    assert rated(clerk) == [4]


def test_what_another_screen_has_kept_is_not_asked_for_twice(
    evaluator: EvaluatorFeed, touch_display: CounterDisplay, visit: Callable[[], None], clerk: Front
) -> None:
    visit()
    assert asks(touch_display)
    evaluator.level.emit(1)
    touch_display.rating.chosen.emit(5)
    assert rated(clerk) == [1]
