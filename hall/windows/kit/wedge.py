"""A code scanner that types like a keyboard: its keystrokes become one scan, and reach no field and no hotkey.

Keys are held back until it is known who types. The limits: a scanner sends a key every 1 to 20 ms (a report on USB
each 1, 8 or 10 ms, one for the press and one for the release), while the fastest typists need 50 ms on average and
only two or three keys rolled under the fingers come closer. So eight keys at most 30 ms apart and then Enter are no
person, and a person's key is late by 40 ms, which nobody sees. A key that repeats while it is held down is a person's,
and so is a password, also where a program that keeps passwords types it.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit

GAP_MS = 30
"""The longest between two keys of a scan, by the events' own times: a busy window does not stretch it."""
SHORTEST_SCAN = 8
HOLD_MS = 40
"""A key that none has followed for so long is a person's. Longer than the gap: the next one may be waiting."""

_SHIFTS = {Qt.Key.Key_Shift, Qt.Key.Key_CapsLock}
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_KEYS = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease}


class Wedge(QObject):
    """Listens before the window that has the keyboard; `scanned` carries what a scanner typed, without its Enter."""

    scanned = Signal(str)

    def __init__(self, application: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[QKeyEvent] = []
        self._last_ms = 0
        self._replaying = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(HOLD_MS)
        self._patience.timeout.connect(self._look_again)
        application.focusWindowChanged.connect(self._follow)
        self._follow(application.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back what may belong to a scan. A shortcut is tried before its key: it must not be found."""
        if event.type() not in _KEYS or self._replaying or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._hold_release(event)
        if event.key() in _SHIFTS:
            return False
        if _in_password() or not (_is_sign(event) or self._is_end(event)):
            self._let_go()
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._take(event)
        event.accept()
        return True

    @property
    def _text(self) -> str:
        return "".join(event.text() for event in self._held if event.type() == QEvent.Type.KeyPress)

    def _is_end(self, event: QKeyEvent) -> bool:
        """Whether this Enter ends a scan."""
        near = event.timestamp() - self._last_ms <= GAP_MS
        return event.key() in _ENTERS and not event.isAutoRepeat() and near and len(self._text) >= SHORTEST_SCAN

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in _ENTERS:
            scan = self._text.strip()
            self._patience.stop()
            self._held.clear()
            self.scanned.emit(scan)
            return
        if event.timestamp() - self._last_ms > GAP_MS:
            self._let_go()
        self._held.append(_copy(event))
        self._last_ms = event.timestamp()
        self._patience.start()

    def _hold_release(self, event: QKeyEvent) -> bool:
        """A key that is held back is not let up before it is pressed."""
        is_held = any(event.key() == held.key() for held in self._held)
        if is_held:
            self._held.append(_copy(event))
        return is_held

    @Slot()
    def _look_again(self) -> None:
        """What waited while the window was busy comes before a timer of zero."""
        QTimer.singleShot(0, self, self._give_up_waiting)

    @Slot()
    def _give_up_waiting(self) -> None:
        if not self._patience.isActive():
            self._let_go()

    def _let_go(self) -> None:
        """A person typed: each key has the effect it would have had."""
        self._patience.stop()
        held, self._held = self._held, []
        self._replaying = True
        try:
            for event in held:
                _press_again(event)
        finally:
            self._replaying = False

    @Slot(QWindow)
    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)


def _in_password() -> bool:
    focus = QApplication.focusWidget()
    return isinstance(focus, QLineEdit) and focus.echoMode() != QLineEdit.EchoMode.Normal


def _is_sign(event: QKeyEvent) -> bool:
    """Printable ASCII, typed with Shift at most; an event without a time comes from no keyboard."""
    text = event.text()
    return (
        len(text) == 1
        and " " <= text <= "~"
        and not event.modifiers() & ~_HARMLESS
        and not event.isAutoRepeat()
        and event.timestamp() > 0
    )


def _copy(event: QKeyEvent) -> QKeyEvent:
    """Qt's own event lives only while it is delivered."""
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())


def _press_again(event: QKeyEvent) -> None:
    """To whoever has the focus now; a press sent to a window finds its hotkeys, too."""
    window: QWindow | None = QGuiApplication.focusWindow()
    if window is not None:
        QCoreApplication.sendEvent(window, event)
