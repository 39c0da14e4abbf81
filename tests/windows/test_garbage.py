"""Garbage is collected by the thread of the windows, and nowhere else."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.app.garbage import Garbage, collect_due


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[None]:
    """With it running in this process; afterwards all is as before."""
    enabled, thresholds = gc.isenabled(), gc.get_threshold()
    parent = QObject()
    Garbage(parent)
    gc.set_threshold(50, 10, 10)
    yield
    parent.deleteLater()
    gc.set_threshold(*thresholds)
    gc.unfreeze()
    if enabled:
        gc.enable()


@pytest.mark.usefixtures("collector")
def test_a_worker_that_makes_a_lot_collects_nothing_and_the_windows_thread_does(qtbot: QtBot) -> None:
    knot = Knot()
    gone = weakref.ref(knot)
    del knot
    made: list[list[int]] = []
    worker = threading.Thread(target=lambda: made.extend([number] for number in range(10_000)))
    worker.start()
    worker.join(20)
    assert gone() is not None
    qtbot.waitUntil(lambda: gone() is None, timeout=20_000)


@pytest.mark.usefixtures("collector")
def test_older_garbage_is_collected_when_its_turn_comes() -> None:
    knot = Knot()
    gone = weakref.ref(knot)
    gc.collect(1)  # it is among the oldest now
    del knot
    kept: list[list[int]] = []
    for _ in range(500):
        kept.extend([number] for number in range(60))
        collect_due()
    assert gone() is None


@pytest.mark.usefixtures("collector")
def test_few_things_are_not_worth_a_look() -> None:
    gc.collect()
    knot = Knot()
    gone = weakref.ref(knot)
    del knot
    collect_due()
    assert gone() is not None
