"""Progress that appears late: what is over in 600 ms never flickers, what is not says what it is doing."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from hall.windows.kit import tokens

LATE_MS = 600


class LateProgress(QWidget):
    """A strip with words, a moving bar and 取消; hidden while nothing has run for long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running: dict[int, tuple[str, Callable[[], None] | None]] = {}
        self._last = 0
        self._words = QLabel()
        self._cancel = QPushButton("取消")
        self._cancel.clicked.connect(self._cancel_shown)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.BASE, tokens.HAIR, tokens.BASE, tokens.HAIR)
        layout.setSpacing(tokens.SNUG)
        layout.addWidget(self._words)
        layout.addWidget(bar, 1)
        layout.addWidget(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATE_MS)
        self._timer.timeout.connect(self._appear)
        self.hide()

    @property
    def words(self) -> str:
        """What is said to be running."""
        return self._words.text()

    @property
    def cancel_button(self) -> QPushButton:
        """Shown where the oldest running work can be cancelled."""
        return self._cancel

    def begin(self, words: str, on_cancel: Callable[[], None] | None = None) -> int:
        """Something started; the number ends it again."""
        self._last += 1
        self._running[self._last] = (words, on_cancel)
        if not self._timer.isActive() and self.isHidden():
            self._timer.start()
        return self._last

    def say(self, number: int, words: str) -> None:
        """It has got further."""
        _, on_cancel = self._running[number]
        self._running[number] = words, on_cancel
        if not self.isHidden():
            self._appear()

    def end(self, number: int) -> None:
        """It is over; the strip goes when nothing else runs."""
        self._running.pop(number, None)
        if not self._running:
            self._timer.stop()
            self.hide()
        elif not self.isHidden():
            self._appear()

    @Slot()
    def _appear(self) -> None:
        words, on_cancel = next(iter(self._running.values()))
        self._words.setText(words)
        self._cancel.setVisible(on_cancel is not None)
        self.show()

    @Slot()
    def _cancel_shown(self) -> None:
        _, on_cancel = next(iter(self._running.values()))
        if on_cancel is not None:
            on_cancel()
