"""预约签到 without a card: the appointment's reference, typed on keys for a finger."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_role
from hall.windows.kit.touch import touch_button

ROWS = ("1234567890", "QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM")
NARROW_ROWS = ("1234567", "890-ABC", "DEFGHIJ", "KLMNOPQ", "RSTUVWX", "YZ")
LONGEST = 40
KEY_EDGE = 4
HINT = "请输入预约编号"


class KeypadPage(QWidget):
    """`entered` carries the reference; `touched` tells that somebody is here."""

    entered = Signal(str)
    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(1, 1)  # no page stretches the screen it is shown on
        self._typed = ""
        self._line = QLabel()
        set_role(self._line, "keypad-line")
        self._line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setMinimumHeight(tokens.TOUCH_TARGET + tokens.WIDE)
        self.keys: dict[str, QPushButton] = {}
        self.delete_button = touch_button("删除", self._delete)
        self.clear_button = touch_button("清空", self._clear)
        self.enter_button = touch_button("签到", self._enter, role="touch-primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BASE)
        column.addWidget(self._line)
        for letter in "".join(ROWS):
            self.keys[letter] = touch_button(letter, partial(self._type, letter), role="touch-key")
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.TIGHT)
        self._place(ROWS)
        column.addLayout(self._grid)
        column.addLayout(self._foot())
        column.addStretch(1)
        self._show()

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self._typed

    def begin(self) -> None:
        """Nothing of the last person stays."""
        self._typed = ""
        self._show()

    def set_points(self, points: float) -> None:
        """Type size of the line; the keys follow the style sheet."""
        self._line.setFont(sized(self.font(), points * 1.4, bold=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A screen that is too narrow for a row of ten keys has rows of seven."""
        super().resizeEvent(event)
        widest = len(ROWS[0]) * (tokens.TOUCH_TARGET + tokens.TIGHT + KEY_EDGE)
        self._place(ROWS if event.size().width() >= widest else NARROW_ROWS)

    def _place(self, rows: tuple[str, ...]) -> None:
        for row, letters in enumerate(rows):
            for place, letter in enumerate(letters):
                self._grid.addWidget(self.keys[letter], row, place)
        self._grid.addWidget(self.delete_button, len(rows) - 1, len(rows[-1]), 1, 3)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(tokens.BASE)
        foot.addWidget(self.clear_button, 1)
        foot.addWidget(self.enter_button, 2)
        return foot

    def _type(self, letter: str) -> None:
        self._typed = (self._typed + letter)[:LONGEST]
        self._show()
        self.touched.emit()

    @Slot()
    def _clear(self) -> None:
        self.begin()
        self.touched.emit()

    @Slot()
    def _delete(self) -> None:
        self._typed = self._typed[:-1]
        self._show()
        self.touched.emit()

    @Slot()
    def _enter(self) -> None:
        self.entered.emit(self._typed)

    def _show(self) -> None:
        self._line.setText(self._typed or HINT)
        for button in (self.delete_button, self.clear_button, self.enter_button):
            button.setEnabled(bool(self._typed))
