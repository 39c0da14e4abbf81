"""Hands that reach the desk by its keys alone."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hall.windows.desk import Desk
from tests.windows.keyboard import PLAIN, overwrite


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
        """Text in place of what stands in the field that has the focus."""
        overwrite(text)

    @property
    def said(self) -> str:
        """The message line."""
        return self.desk.message.words

    def shows(self, case_id: int) -> bool:
        """Whether a case is the one that is shown."""
        return self.desk.page.file is not None and self.desk.page.file.case_id == case_id
