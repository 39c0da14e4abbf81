"""How a window of pages is put together: a row of their keys and of tools, below it what is shown."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey

SMALLEST, FIRST = (1180, 680), (1366, 768)


class KeyRow(QHBoxLayout):
    """Buttons that have keys: the keyboard stays with the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(tokens.TIGHT)
        self._group = QButtonGroup(self)

    def add_tabs(self, keys: Sequence[Hotkey], show: Callable[[int], None]) -> list[QPushButton]:
        """A tab for each page, of which one is pressed; `show` gets its number."""
        tabs = [hotkeys.tab_button(hotkey, partial(show, number)) for number, hotkey in enumerate(keys)]
        for tab in tabs:
            self._group.addButton(tab)
            self.addWidget(tab)
        return tabs

    def add_tools(self, *buttons: QPushButton) -> None:
        """At the end of the row."""
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.addWidget(button)


def put_together(frame: Frame, row: KeyRow, *parts: QWidget, back: Callable[[], object] | None = None) -> QWidget:
    """The frame's body: the row, then the parts, of which the last has the room; `back` is what Esc does."""
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
    column.setSpacing(tokens.TIGHT)
    column.addLayout(row)
    for part in parts:
        column.addWidget(part)
    column.setStretchFactor(parts[-1], 1)
    if back is not None:
        QShortcut(QKeySequence("Esc"), body).activated.connect(back)
    hotkeys.bind(hotkeys.LOCK, frame.lock, body)
    frame.set_body(body)
    frame.setMinimumSize(*SMALLEST)
    frame.resize(*FIRST)
    return body
