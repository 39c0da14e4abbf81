"""The keyboard of whoever sits at a window: keys and words go to what has the focus."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QWidget

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
LEAVE, TICK = "", "√"
"""What `fill` is given for a field that stays as it is, and for a box that is ticked."""
MOST_PRESSES = 60
"""After so many a key does not lead there: a test that goes on for ever cannot always be ended from outside."""


def focused() -> QWidget:
    """What has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, *, times: int = 1) -> None:
    """A key, each time wherever the focus is by then."""
    for _ in range(times):
        QTest.keyClick(focused(), key, modifier)


def press_until(key: Qt.Key, there: Callable[[], bool]) -> None:
    """A key until `there`, which may be so from the start."""
    for _ in range(MOST_PRESSES):
        if there():
            return
        press(key)
    raise AssertionError(f"{key.name} leads to {focused().accessibleName()!r}")


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


def fill(*given: str) -> None:
    """Field after field, each left by Enter: text, what `pick` takes of a choice, TICK, or LEAVE as it is."""
    for each in given:
        give(each)
        press(Qt.Key.Key_Return)


def give(text: str) -> None:
    """Into the field that has the focus, which keeps it."""
    field = focused()
    if text == LEAVE:
        return
    if isinstance(field, QComboBox):
        pick(text)
    elif isinstance(field, QCheckBox):
        assert text == TICK
        press(Qt.Key.Key_Space)
    else:
        overwrite(text)


def pick(text: str) -> None:
    """In the choice that has the focus: the one of this code or of these words, else the first that has the words."""
    choice = focused()
    assert isinstance(choice, QComboBox)
    words = [choice.itemText(place) for place in range(choice.count())]
    whole = [place for place in range(choice.count()) if text in (choice.itemData(place), words[place])]
    places = whole or [place for place, each in enumerate(words) if text in each]
    assert places, f"no choice {text}: {words}"
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Down, times=places[0])
