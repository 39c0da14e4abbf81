"""The row above the counter's task: which task it is, and the line to find anything."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hall.windows.kit import hotkeys, tokens


class TaskRow(QWidget):
    """Tabs on the left, finding on the right."""

    def __init__(self, receive: Callable[[], None], search: Callable[[], None], enquire: Callable[[], None]) -> None:
        super().__init__()
        self._receive = hotkeys.tab_button(hotkeys.TASK_RECEIVE, receive)
        self._enquire = hotkeys.tab_button(hotkeys.TASK_ENQUIRE, enquire)
        self._query = hotkeys.tab_button(hotkeys.TASK_QUERY, search)
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
