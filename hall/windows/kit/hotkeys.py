"""Every hotkey of every window, in one file: two actions with one key would silently disable both."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget


@dataclass(frozen=True, slots=True)
class Hotkey:
    """A key and what it does, in the words of its button."""

    keys: str
    words: str


# Everywhere staff work.
LOCK = Hotkey("Ctrl+L", "锁屏")

# Counter: the queue.
CALL_NEXT = Hotkey("F2", "叫下一号")
RECALL = Hotkey("F3", "重呼")
SKIP = Hotkey("F4", "过号")
READ_CARD = Hotkey("F6", "读卡")
FINISH = Hotkey("F8", "办结")
START = Hotkey("F10", "开始办理")

# Counter: the task.
FIND = Hotkey("Ctrl+K", "找人、找件、找号")
TASK_RECEIVE = Hotkey("Alt+1", "受理")
TASK_QUERY = Hotkey("Alt+5", "查询")
ACCEPT = Hotkey("Ctrl+Return", "受理并打印")
GUIDE = Hotkey("Ctrl+G", "办事指南")
WHY = Hotkey("Ctrl+Y", "为什么")
PREVIEW = Hotkey("Ctrl+P", "预览")
REPRINT = Hotkey("Ctrl+R", "补打")

# Board.
RELOAD = Hotkey("F5", "重新载入")
SHOW_ALL = Hotkey("1", "全部")
SHOW_TODAY = Hotkey("2", "今日到期")
SHOW_WARNING = Hotkey("3", "预警")
SHOW_OVER = Hotkey("4", "超期")

WINDOWS: dict[str, tuple[Hotkey, ...]] = {
    "counter": (
        FIND,
        LOCK,
        CALL_NEXT,
        RECALL,
        SKIP,
        READ_CARD,
        FINISH,
        START,
        TASK_RECEIVE,
        TASK_QUERY,
        ACCEPT,
        GUIDE,
        WHY,
        PREVIEW,
        REPRINT,
    ),
    "board": (
        LOCK,
        WHY,
        RELOAD,
        SHOW_ALL,
        SHOW_TODAY,
        SHOW_WARNING,
        SHOW_OVER,
        PREVIEW,
        REPRINT,
    ),
}


class HotkeysFirst(QObject):
    """Keeps the text fields of a window from taking its hotkeys for themselves: in a field Ctrl+Y is redo."""

    def __init__(self, window: QWidget, hotkeys: Iterable[Hotkey]) -> None:
        super().__init__(window)
        self._keys = {QKeySequence(hotkey.keys).toString() for hotkey in hotkeys}
        for field in (*window.findChildren(QLineEdit), *window.findChildren(QComboBox)):
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse a field the keys it would override."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        is_ours = QKeySequence(event.keyCombination()).toString() in self._keys
        if is_ours:
            event.ignore()
        return is_ours


def key_text(hotkey: Hotkey) -> str:
    """The key as it is printed on the keyboard: Ctrl+Enter, F2."""
    return hotkey.keys.replace("Return", "Enter")


def hotkey_button(hotkey: Hotkey, on_pressed: Callable[[], None], parent: QWidget | None = None) -> QPushButton:
    """A button that says its key; a disabled or hidden button does not answer to it.

    The shortcut is not the button's own: that one would wait 100 ms to show the button pressed.
    """
    button = QPushButton(f"{hotkey.words}  {key_text(hotkey)}", parent)
    QShortcut(QKeySequence(hotkey.keys), button).activated.connect(button.click)
    button.setToolTip(f"{hotkey.words}（{key_text(hotkey)}）")
    button.setStatusTip(f"{key_text(hotkey)} {hotkey.words}")
    button.clicked.connect(on_pressed)
    return button


def bind(hotkey: Hotkey, on_pressed: Callable[[], None], owner: QWidget) -> QAction:
    """A key without a button; it answers while `owner` is shown and enabled."""
    action = QAction(hotkey.words, owner)
    action.setShortcut(QKeySequence(hotkey.keys))
    action.setToolTip(f"{hotkey.words}（{key_text(hotkey)}）")
    action.setStatusTip(f"{key_text(hotkey)} {hotkey.words}")
    action.triggered.connect(on_pressed)
    owner.addAction(action)
    return action
