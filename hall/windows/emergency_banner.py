"""The red banner that every staff window shows while a counter calls for help."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from hall.clock import hall_time
from hall.services.counter_reading import CounterView
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.hotkeys import key_text
from hall.windows.kit.style import set_role


class EmergencyBanner(QWidget):
    """Hidden while nobody calls for help."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "help-banner")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._words, "help-words")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; nothing while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def show_words(self, words: str) -> None:
        """Say it, or go away."""
        self._words.setText(words)
        self.setVisible(bool(words))


def emergency_words(counters: Iterable[CounterView], *, own: int | None = None) -> str:
    """Which counters call for help, since when; at the own counter how to end it."""
    parts = []
    for each in sorted(counters, key=lambda counter: counter.number != own):
        if each.emergency_at is None:
            continue
        since = f"{hall_time(each.emergency_at):%H:%M}"
        if each.number == own:
            parts.append(f"本窗口 {since} 起紧急求助，所有窗口都看得到。解除按 {key_text(hotkeys.EMERGENCY)}。")
        else:
            parts.append(f"{each.number} 号窗口 {since} 起紧急求助，请马上去看看。")
    return f"⚠ {' '.join(parts)}" if parts else ""
