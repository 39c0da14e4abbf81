"""Hands that reach the penalty window by its keys alone."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QWidget

from hall.windows.counter import Counter
from hall.windows.document_preview import DocumentPreview
from hall.windows.penalty import Penalty
from hall.windows.penalty_page import PositionPage
from tests.windows.keyboard import CONTROL, PLAIN, focused, overwrite

MOST = 60
"""More fields than any panel has."""


@dataclass
class Hands:
    """What somebody does at the position page, in whichever window it stands."""

    window: Penalty | Counter
    page: PositionPage

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, *, times: int = 1) -> None:
        """A key, wherever the focus is."""
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def enter(self, times: int = 1) -> None:
        """Enter, which goes on."""
        self.press(Qt.Key.Key_Return, times=times)

    def type(self, text: str) -> None:
        """Text in place of what stands in the field that has the focus."""
        overwrite(text)

    def find(self, text: str) -> None:
        """The search field, whatever is shown."""
        while self.page.back():
            pass
        assert self.page.line.hasFocus()
        self.type(text)
        self.enter()

    def act(self, name: str) -> None:
        """The act by the arrows, then Enter."""
        acts = self.page.shown.column.acts
        assert acts.hasFocus()
        self.press(Qt.Key.Key_Home, CONTROL)
        names = [row.name for row in acts.rows]
        assert name in names, f"{name} is not offered: {names}"
        self.press(Qt.Key.Key_Down, times=names.index(name))
        self.enter()

    def go_to(self, label: str) -> None:
        """Tab to a field of the open panel."""
        for _ in range(MOST):
            focus = self.focus
            if label in (focus.accessibleName(), focus.text() if isinstance(focus, QCheckBox) else ""):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"no field {label}")

    def write(self, label: str, text: str) -> None:
        """A field by Tab, and its text."""
        self.go_to(label)
        self.type(text)

    def pick(self, label: str, code: str) -> None:
        """A choice by Tab and the arrows."""
        self.go_to(label)
        self.choose(code)

    def choose(self, code: str) -> None:
        """In the choice that has the focus."""
        choice = self.focus
        assert isinstance(choice, QComboBox)
        self.press(Qt.Key.Key_Home)
        for _ in range(choice.count()):
            if choice.currentData() == code:
                return
            self.press(Qt.Key.Key_Down)
        assert choice.currentData() == code

    def send(self) -> None:
        """Enter from field to field until the panel has done it; stops where it is refused."""
        said = self.said
        for _ in range(MOST):
            if self.page.side.panel is None or self.said != said:
                return
            self.enter()

    def draft(self) -> list[str]:
        """Ctrl+P with the panel open: the titles of what it would issue; the preview is closed again."""
        self.press(Qt.Key.Key_P, CONTROL)
        dialog = self.window.papers.dialog
        assert isinstance(dialog, DocumentPreview)
        assert all(view.sheet.paper.draft for view in dialog.views)
        titles = list(dict.fromkeys(view.sheet.paper.title for view in dialog.views))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert self.window.papers.dialog is None
        return titles

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        return focused()

    @property
    def said(self) -> str:
        """The message line."""
        return self.window.message.words

    @property
    def can(self) -> set[str]:
        """The acts that may be done now."""
        return {act.name for act in self.page.shown.column.acts.rows if not act.reasons}

    @property
    def papers(self) -> list[str]:
        """The kinds of the papers that the case has, the newest first."""
        return [row.kind for row in self.page.shown.view.documents.rows]
