"""The row above the counter's task: which task it is, and the line to find anything."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hall.windows.counter_penalty import CounterPenalty
from hall.windows.kit import hotkeys, tokens

TASKS = {
    "receive": hotkeys.TASK_RECEIVE,
    "leniency": hotkeys.TASK_LENIENCY,
    "pay": hotkeys.TASK_PAY,
    "request": hotkeys.TASK_REQUEST,
    "query": hotkeys.TASK_QUERY,
}


class TaskRow(QWidget):
    """Tabs on the left, finding on the right."""

    def __init__(
        self,
        receive: Callable[[], None],
        search: Callable[[], None],
        request: Callable[[], None],
        penalty: CounterPenalty,
    ) -> None:
        super().__init__()
        show: dict[str, Callable[[], None]] = {
            "receive": receive,
            "leniency": penalty.show_leniency,
            "pay": penalty.show_paying,
            "request": request,
            "query": search,
        }
        self._tabs = {task: hotkeys.tab_button(hotkey, show[task]) for task, hotkey in TASKS.items()}
        find = hotkeys.hotkey_button(hotkeys.FIND, search)
        hotkeys.rename(find, hotkeys.FIND, "查找")  # five tabs leave no room for all it finds at 1180 pixels
        find.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.TIGHT)
        for tab in self._tabs.values():
            row.addWidget(tab)
        row.addStretch(1)
        row.addWidget(find)

    def point_out(self, task: str) -> None:
        """Which of the tasks is shown."""
        for each, tab in self._tabs.items():
            tab.setChecked(each == task)
