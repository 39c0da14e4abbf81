"""Workers are tested with a real event loop and without a screen."""

import os
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from hall.workers.tasks import ThreadedTasks

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in set(threading.enumerate()) - before]
    assert not left, f"threads left running: {left}"


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[ThreadedTasks]:
    executor = ThreadedTasks()
    yield executor
    executor.stop()


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()
