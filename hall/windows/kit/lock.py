"""The lock: after idle minutes the window shows nothing but a request for the password."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from hall.windows.kit.card import card, centre
from hall.windows.kit.style import set_role

AWAKE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleWatch(QObject):
    """Says `idle` when nobody has touched keyboard or mouse for so many milliseconds."""

    idle = Signal()

    def __init__(self, application: QApplication, idle_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(idle_ms)
        self._timer.timeout.connect(self.idle)
        application.installEventFilter(self)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in AWAKE:
            self._timer.start()
        return False


class LockPage(QWidget):
    """Takes the window's whole frame; `on_unlock` gets the password and answers by `refuse` or by leaving."""

    def __init__(self, on_unlock: Callable[[str], None]) -> None:
        super().__init__()
        self._on_unlock = on_unlock
        self._person = QLabel()
        set_role(self._person, "heading")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText("密码")
        self.password.returnPressed.connect(self._unlock)
        self._refusal = QLabel()
        self._refusal.setWordWrap(True)
        set_role(self._refusal, "wrong")
        self.button = QPushButton("解锁  Enter")
        set_role(self.button, "primary")
        self.button.clicked.connect(self._unlock)
        self._lay_out()

    @property
    def refusal(self) -> str:
        """Why the last password did not open the lock."""
        return self._refusal.text()

    def begin(self, person: str) -> None:
        """Ask this person for the password."""
        self._person.setText(f"{person} 已锁屏")
        self._refusal.clear()
        self.password.clear()
        self.password.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why not, and ask again."""
        self._refusal.setText(sentence)
        self.password.clear()
        self.button.setEnabled(True)
        self.password.setFocus()

    @Slot()
    def _unlock(self) -> None:
        if not self.password.text():
            self.refuse("请输入密码。")
            return
        self._on_unlock(self.password.text())

    def _lay_out(self) -> None:
        widget, column = card(width=360)
        for part in (self._person, self.password, self._refusal, self.button):
            column.addWidget(part)
        centre(self, widget)
