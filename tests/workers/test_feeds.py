"""Device and watch loops: bursts reach the GUI in two tellings, loops end at stop, a bug does not end a device."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from hall.devices.counter_frames import DeviceState
from hall.devices.evaluator_frames import COMMANDS, Wish
from hall.rules.cards import Card
from hall.workers import threads as threads_module
from hall.workers.card_reader import CardFeed
from hall.workers.evaluator import EvaluatorFeed
from hall.workers.threads import Threads
from hall.workers.watcher import ChangeFeed, OnChanges, OnState


@dataclass(frozen=True)
class OneChange:
    topic: str
    key: str


class BurstingWatcher:
    """Tells thirty changes at once and then waits for the stop."""

    def run(self, on_changes: OnChanges, on_state: OnState, stop: threading.Event) -> None:
        on_state("正常")
        for number in range(30):
            on_changes([OneChange("queue", str(number % 3))])
        stop.wait()


CARD = Card(
    kind="resident",
    name="张三",
    sex="男",
    birth=date(1990, 1, 1),
    id_number="999999199001010018",
    valid_from=date(2020, 1, 1),
    valid_to=None,
)


def find_one_card(*, on_card: Callable[[Card], None], on_state: Callable[[str], None], stop: threading.Event) -> None:
    """A reader that finds one card and then waits for the stop."""
    on_state("ready")
    on_card(CARD)
    stop.wait()


def test_a_burst_reaches_the_screen_at_once_and_its_rest_together(qtbot: QtBot) -> None:
    feed, loops = ChangeFeed(), Threads()
    told: list[frozenset[tuple[str, str]]] = []
    states: list[str] = []
    feed.changed.connect(told.append)
    feed.state.connect(states.append)
    loops.start("watcher", lambda stop: feed.listen(BurstingWatcher(), stop))
    everything = frozenset({("queue", "0"), ("queue", "1"), ("queue", "2")})
    qtbot.waitUntil(lambda: frozenset().union(*told) == everything)
    assert loops.stop() == ()
    feed.close()
    assert len(told) <= 2, "the first, and all others together"
    assert states == ["正常"]


def test_a_card_reaches_the_gui_thread(qtbot: QtBot) -> None:
    feed, loops = CardFeed(), Threads()
    heard: list[tuple[object, str]] = []
    feed.card.connect(lambda card: heard.append((card, threading.current_thread().name)))
    loops.start("card reader", lambda stop: feed.listen(find_one_card, stop))
    qtbot.waitUntil(lambda: bool(heard))
    loops.stop()
    feed.close()
    assert heard == [(CARD, threading.main_thread().name)]


def test_a_loop_with_a_bug_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads_module, "RESTART_SECONDS", 0.0)
    runs: list[int] = []
    recovered = threading.Event()

    def loop(stop: threading.Event) -> None:
        runs.append(1)
        if len(runs) < 3:
            raise ZeroDivisionError
        recovered.set()
        stop.wait()

    loops = Threads()
    loops.start("evaluator", loop)
    assert recovered.wait(timeout=10)
    assert loops.stop() == ()
    assert len(runs) == 3


def press_three(
    *,
    wish: Wish,
    on_level: Callable[[int], None],
    on_state: Callable[[DeviceState], None],
    stop: threading.Event,
) -> None:
    """An evaluator on which 3 is pressed whenever it invites."""
    on_state("ready")
    while not stop.wait(0.005):
        if wish.frame.command == COMMANDS["rate"]:
            wish.show("idle")
            on_level(3)


def test_a_level_that_is_pressed_reaches_the_screen_in_its_thread(qtbot: QtBot) -> None:
    feed, loops = EvaluatorFeed(), Threads()
    heard: list[tuple[int, bool]] = []
    feed.level.connect(lambda level: heard.append((level, threading.current_thread() is threading.main_thread())))
    loops.start("evaluator", lambda stop: feed.listen(press_three, stop))
    with qtbot.waitSignal(feed.level):
        feed.show("rate")
    assert heard == [(3, True)]
    feed.close()
    loops.stop()
