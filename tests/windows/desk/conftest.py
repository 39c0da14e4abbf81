"""The desk of somebody in a bureau, and hands that reach it by its keys alone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.windows.desk import Desk
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.after.aftermath import Aftermath

CONTROL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@dataclass
class Hands:
    """What somebody does at the desk."""

    desk: Desk

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, *, times: int = 1) -> None:
        """A key, wherever the focus is."""
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget() or self.desk, key, modifier)

    def enter(self, times: int = 1) -> None:
        """Enter, which goes on."""
        self.press(Qt.Key.Key_Return, times=times)

    def confirm(self) -> None:
        """Enter until the panel has sent what was entered, or refuses to."""
        said = self.desk.message.words
        for _ in range(12):
            if self.desk.side.panel is None or self.desk.message.words != said:
                return
            self.enter()

    def type(self, text: str) -> None:
        """Text in place of what stands in the field that has the focus; Chinese comes from an input method."""
        self.press(Qt.Key.Key_A, CONTROL)
        if text.isascii():
            QTest.keyClicks(QApplication.focusWidget(), text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    @property
    def said(self) -> str:
        """The message line."""
        return self.desk.message.words

    def shows(self, case_id: int) -> bool:
        """Whether a case is the one that is shown."""
        return self.desk.page.file is not None and self.desk.page.file.case_id == case_id


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Aftermath:
    """A bureau with its people and no cases."""
    found = Aftermath(store, clock, home)
    found.employ()
    return found


@pytest.fixture
def at_desk(
    bureau: Aftermath, store: Store, front_of: Callable[[Store, Actor], Front], qtbot: QtBot
) -> Callable[[str], Hands]:
    """Somebody at the desk, the window in front."""

    def sit_down(login: str) -> Hands:
        desk = Desk(front_of(store, bureau.people[login]), InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
        qtbot.addWidget(desk)
        with qtbot.waitActive(desk):
            desk.show()
        return Hands(desk)

    return sit_down
