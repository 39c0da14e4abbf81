"""Several matters on one ticket: the list to look over before the number is taken."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from hall.rules.taking import MOST_MATTERS
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_role
from hall.windows.kit.touch import touch_button

NARROW = 800


class _Row(QFrame):
    """One chosen matter and the button that takes it out."""

    def __init__(self, number: int, on_removed: Callable[[], None]) -> None:
        super().__init__()
        set_role(self, "card")
        badge, self.name = QLabel(str(number)), QLabel()
        set_role(badge, "badge")
        badge.setFixedSize(tokens.BADGE, tokens.BADGE)
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.name.setWordWrap(True)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.remove_button = touch_button("删除", on_removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.WIDE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        row.setSpacing(tokens.BASE)
        row.addWidget(badge)
        row.addWidget(self.name, 1)
        row.addWidget(self.remove_button)


class ChoicePage(QWidget):
    """`removed` carries a code; `more` asks for another matter; `taken` for the number."""

    removed = Signal(str)
    more = Signal()
    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(1)  # no page stretches the screen it is shown on
        self._codes: tuple[str, ...] = ()
        self._points = tokens.PUBLIC_BODY
        self._rows = [_Row(place + 1, partial(self._remove, place)) for place in range(MOST_MATTERS)]
        self._words = QLabel("一个号依次办这几件，不用重新取号。")
        self._words.setWordWrap(True)
        self.more_button = touch_button("再办一件", self.more.emit)
        self.take_button = touch_button("取号", self.taken.emit, role="touch-primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SNUG)
        for row in self._rows:
            column.addWidget(row)
        column.addWidget(self._words)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(tokens.BASE)
        foot.addWidget(self.more_button, 1)
        foot.addWidget(self.take_button, 2)
        column.addLayout(foot)

    @property
    def codes(self) -> tuple[str, ...]:
        """The matters in the list."""
        return self._codes

    def show_matters(self, matters: Sequence[tuple[str, str]]) -> None:
        """Codes and names, in the order they will be done."""
        self._codes = tuple(code for code, _ in matters)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(matters))
            if place < len(matters):
                row.name.setText(matters[place][1])
                row.remove_button.setAccessibleName(f"删除 {matters[place][1]}")
        full = len(matters) >= MOST_MATTERS
        self.more_button.setEnabled(not full)
        self.more_button.setText(f"最多 {MOST_MATTERS} 件" if full else "再办一件")
        self.take_button.setEnabled(bool(matters))

    def remove_button(self, code: str) -> QPushButton:
        """The button that takes a matter out."""
        return self._rows[self._codes.index(code)].remove_button

    def set_points(self, points: float) -> None:
        """Type size; on a narrow screen five long names have room in the smaller one only."""
        self._points = points
        names = min(points, tokens.PUBLIC_BODY) if self.width() < NARROW else points
        for row in self._rows:
            row.name.setFont(sized(self.font(), names, bold=True))
        self._words.setFont(sized(self.font(), points))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names follow the room."""
        super().resizeEvent(event)
        self.set_points(self._points)

    def _remove(self, place: int) -> None:
        self.removed.emit(self._codes[place])
