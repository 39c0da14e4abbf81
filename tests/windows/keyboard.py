"""The keyboard of whoever sits at a window: keys and words go to what has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def focused() -> QWidget:
    """What has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, *, times: int = 1) -> None:
    """A key, each time wherever the focus is by then."""
    for _ in range(times):
        QTest.keyClick(focused(), key, modifier)


def commit(words: str) -> None:
    """Words as an input method writes them: at the cursor, in place of what is selected."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(focused(), event)


def write(text: str) -> None:
    """Text at the cursor; Chinese comes from an input method."""
    if text.isascii():
        QTest.keyClicks(focused(), text)
    else:
        commit(text)


def overwrite(text: str) -> None:
    """Text in place of all that stands in the field."""
    press(Qt.Key.Key_A, CONTROL)
    write(text)
