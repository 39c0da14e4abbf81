"""How windows answer to keys: buttons that say theirs, keys without a button, fields that leave them alone.

Which keys there are stands in `kit.keys`, which a window has in `kit.window_keys`; windows take both from here.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from hall.windows.kit.keys import *
from hall.windows.kit.keys import Hotkey
from hall.windows.kit.style import set_role
from hall.windows.kit.window_keys import *


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
    """The key as it is printed on the keyboard: Ctrl+Enter, Alt+←, F2."""
    return hotkey.keys.replace("Return", "Enter").replace("Left", "←").replace("Right", "→")


def hotkey_button(hotkey: Hotkey, on_pressed: Callable[[], None], parent: QWidget | None = None) -> QPushButton:
    """A button that says its key; a disabled or hidden button does not answer to it. A key held down acts once.

    The shortcut is not the button's own: that one would wait 100 ms to show the button pressed.
    """
    button = QPushButton(f"{hotkey.words}  {key_text(hotkey)}", parent)
    shortcut = QShortcut(QKeySequence(hotkey.keys), button)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(button.click)
    button.setToolTip(f"{hotkey.words}（{key_text(hotkey)}）")
    button.setStatusTip(f"{key_text(hotkey)} {hotkey.words}")
    button.clicked.connect(on_pressed)
    return button


def tab_button(hotkey: Hotkey, on_pressed: Callable[[], None]) -> QPushButton:
    """A button that stays pressed while its page is shown; the keyboard goes to the page, not to the button."""
    button = hotkey_button(hotkey, on_pressed)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setAccessibleName(hotkey.words)
    set_role(button, "tab")
    return button


def rename(button: QPushButton, hotkey: Hotkey, words: str) -> None:
    """Other words on a hotkey's button while they say better what it does now."""
    button.setText(f"{words}  {key_text(hotkey)}")


def bind(hotkey: Hotkey, on_pressed: Callable[[], None], owner: QWidget) -> QAction:
    """A key without a button; it answers while `owner` is shown and enabled."""
    action = QAction(hotkey.words, owner)
    action.setShortcut(QKeySequence(hotkey.keys))
    action.setAutoRepeat(False)
    action.setToolTip(f"{hotkey.words}（{key_text(hotkey)}）")
    action.setStatusTip(f"{key_text(hotkey)} {hotkey.words}")
    action.triggered.connect(on_pressed)
    owner.addAction(action)
    return action
