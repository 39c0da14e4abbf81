"""暂停服务: the page that covers the counter while it is paused or closed, with one way back."""

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.clock import Clock, hall_time
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.style import muted, set_role

KEYS = "Enter 或 F9 恢复服务　Ctrl+L 锁屏　Ctrl+Shift+E 紧急求助"
TICK_MS = 15_000
BUTTON_WIDTH = 260


class PausePage(QWidget):
    """Since when, why, how many wait; `resumed` when the clerk is back."""

    resumed = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._since: datetime | None = None
        self._words = QLabel("暂停服务")
        set_role(self._words, "pause")
        self._facts = QLabel()
        set_role(self._facts, "heading")
        self._waiting = muted("")
        set_role(self._waiting, "lead")
        self._reason = ""
        self.resume_button = hotkeys.hotkey_button(hotkeys.UNPAUSE, self.resumed.emit)
        set_role(self.resume_button, "primary")
        self.resume_button.setMinimumWidth(BUTTON_WIDTH)
        self.resume_button.installEventFilter(self)
        self._lay_out()
        timer = QTimer(self)
        timer.setInterval(TICK_MS)
        timer.timeout.connect(self.tick)
        timer.start()

    @property
    def words(self) -> str:
        """What the page says."""
        return f"{self._words.text()} {self._facts.text()} {self._waiting.text()}".strip()

    def show_pause(self, since: datetime, reason: str) -> None:
        """Paused since then, for this reason."""
        self._since = since
        self._reason = reason
        self.tick()

    def show_waiting(self, people: int) -> None:
        """How many wait while nobody calls here."""
        self._waiting.setText(f"现在有 {people} 人等候。" if people else "现在没有人等候。")

    def begin(self) -> None:
        """To the main action."""
        self.resume_button.setFocus()

    @Slot()
    def tick(self) -> None:
        """The minutes grow."""
        if self._since is not None:
            minutes = max(int((self._clock.now() - self._since) / timedelta(minutes=1)), 0)
            self._facts.setText(f"{self._reason}　{hall_time(self._since):%H:%M} 起，已 {minutes} 分钟")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter is the way back."""
        if watched is self.resume_button and is_plain_enter(event):
            self.resume_button.click()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(tokens.SNUG)
        column.addStretch(2)
        for label in (self._words, self._facts, self._waiting):
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(tokens.BASE)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.resume_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
