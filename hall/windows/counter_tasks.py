"""The row above the counter's task: which task it is, and the line to find anything."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.style import set_role


class TaskRow(QWidget):
    """Tabs on the left, finding on the right."""

    def __init__(self, receive: Callable[[], None], search: Callable[[], None], enquire: Callable[[], None]) -> None:
        super().__init__()
        self._receive = _tab(hotkeys.TASK_RECEIVE, receive)
        self._enquire = _tab(hotkeys.TASK_ENQUIRE, enquire)
        self._query = _tab(hotkeys.TASK_QUERY, search)
        find = hotkeys.hotkey_button(hotkeys.FIND, search)
        find.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.TIGHT)
        row.addWidget(self._receive)
        row.addWidget(self._enquire)
        row.addWidget(self._query)
        row.addStretch(1)
        row.addWidget(find)

    def point_out(self, *, receiving: bool, enquiring: bool) -> None:
        """Which of the tasks is shown."""
        self._receive.setChecked(receiving)
        self._enquire.setChecked(enquiring)
        self._query.setChecked(not (receiving or enquiring))


def _tab(hotkey: Hotkey, on_pressed: Callable[[], None]) -> QPushButton:
    button = hotkeys.hotkey_button(hotkey, on_pressed)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    set_role(button, "tab")
    return button
