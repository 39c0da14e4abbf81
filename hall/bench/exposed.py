"""Runs Qt's loop until something is so."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication


def wait_until(application: QApplication, ready: Callable[[], bool]) -> None:
    """Return as soon as an event has made it so; sleeps in between, as the program's own loop does."""
    while not ready():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
