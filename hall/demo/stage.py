"""Plays on real windows: waits for facts while the event loop runs, presses keys, takes pictures, keeps the record."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hall.errors import Unavailable

PATIENCE_SECONDS = 30.0
SLICE_MS = 20
PLAIN = Qt.KeyboardModifier.NoModifier


class DemoStuck(Unavailable):
    """A fact that the script waits for did not come about."""

    def __init__(self, fact: str) -> None:
        super().__init__(f"演示没有走下去：等不到“{fact}”。请查看日志，或重新运行。")


class Stage:
    """`folder` takes pictures and the record; without one nothing is written."""

    def __init__(self, application: QApplication, folder: Path | None) -> None:
        self._application = application
        self._folder = folder
        self._began = time.monotonic()
        self.facts: list[dict[str, object]] = []

    def until(self, fact: str, holds: Callable[[], bool], *, kept: bool = True) -> float:
        """Run the event loop until the fact holds; gives the seconds it took, raises DemoStuck after 30.

        A fact that is `kept` goes into the record.
        """
        began = time.monotonic()
        while not holds():
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise DemoStuck(fact)
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, SLICE_MS)
            QTest.qWait(1)
        seconds = time.monotonic() - began
        if kept:
            at = round(time.monotonic() - self._began, 3)
            self.facts.append({"fact": fact, "took_s": round(seconds, 3), "at_s": at})
        return seconds

    def press(self, window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the focus is, as a clerk does."""
        window.activateWindow()
        self.until("窗口在前", window.isActiveWindow, kept=False)
        QTest.keyClick(_focused(window), key, modifier)

    def type(self, window: QWidget, text: str) -> None:
        """Type text where the focus is."""
        QTest.keyClicks(_focused(window), text)

    def picture(self, window: QWidget, name: str) -> None:
        """Keep what the window shows."""
        if self._folder is None:
            return
        self._application.processEvents()
        self._folder.mkdir(parents=True, exist_ok=True)
        if not window.grab().save(str(self._folder / f"{name}.png")):
            raise Unavailable(f"写不进文件夹 {self._folder}，请检查磁盘空间和权限。")


def _focused(window: QWidget) -> QWidget:
    """Where a key would go; Qt's stubs do not say that there may be no such widget."""
    focused: QWidget | None = window.focusWidget()
    return window if focused is None else focused


def write_summary(path: Path, summary: dict[str, object]) -> None:
    """The record as JSON."""
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
