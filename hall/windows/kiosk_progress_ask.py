"""查进度 at the kiosk: year and serial of a number, the end of a number; by finger or by keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hall.rules.identity import normalise
from hall.rules.progress import LAST
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_look, set_role
from hall.windows.kit.touch import touch_button

YEAR, SERIAL, DIGITS = "year", "serial", "digits"
DIGIT_ROWS = ("123", "456", "789", "X0")
# Letters of a credit code; I, O, S, V and Z do not occur in one.
LETTER_ROWS = ("ABCDEF", "GHJKLM", "NPQRTU", "WXY")
HIGHEST_KEY = 130
FIRST_HINT = "装有扫码器的，也可以直接扫凭证上的二维码。"


@dataclass(frozen=True, slots=True)
class _Blank:
    """A line to fill in: how long, and where to find what goes there."""

    name: str
    title: str
    length: int
    hint: str


BLANKS = (
    _Blank(YEAR, "凭证年份", 4, "凭证编号里，括号中的年份。"),
    _Blank(
        SERIAL, "凭证编号", 6, f"收件凭证“…〔{{year}}〕118号”，就输入 118；诉求、摊位、救助申请的编号一样。{FIRST_HINT}"
    ),
    _Blank(
        DIGITS,
        "证件号后四位",
        LAST,
        "申请人、代理人的身份证号，或者单位信用代码的后四位；诉求、摊位、救助申请也可以输入电话后四位。",
    ),
)


class _Line(QPushButton):
    """What is asked and what was typed; a touch goes there."""

    def __init__(self, title: str, on_touched: Callable[[], None]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCheckable(True)
        set_role(self, "touch-line")
        self.title, self.typed = QLabel(title), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.WIDE, 0, tokens.WIDE, 0)
        for label in (self.title, self.typed):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.typed)
        self.clicked.connect(on_touched)

    def set_points(self, points: float) -> None:
        """Type size."""
        self.title.setFont(sized(self.font(), points))
        self.typed.setFont(sized(self.font(), points * 1.3, bold=True))


class ProgressAsk(QWidget):
    """`asked` carries year, serial and the last four; `touched` tells that somebody is here."""

    asked = Signal(int, int, str)
    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(1, 1)  # no page stretches the screen it is shown on
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._year = 0
        self._typed = dict.fromkeys((YEAR, SERIAL, DIGITS), "")
        self._now = SERIAL
        self._anew = self._waiting = False
        self.keys: dict[str, QPushButton] = {}
        self.lines = {each.name: _Line(each.title, partial(self._touch_line, each.name)) for each in BLANKS}
        self._hint, self.said = QLabel(), QLabel()
        for label in (self._hint, self.said):
            label.setWordWrap(True)
        set_role(self.said, "slip-state")
        set_look(self.said, "fate", "not_out")
        self.letters_button = touch_button("字母", self._turn_keys)
        self.delete_button, delete_letter = touch_button("删除", self._delete), touch_button("删除", self._delete)
        self._delete_buttons = (self.delete_button, delete_letter)
        self.clear_button = touch_button("清空", self._clear)
        self.enter_button = touch_button("下一步", self._enter, role="touch-primary")
        self._lay_out()

    def begin(self, year: int) -> None:
        """This year, and nothing of the last person."""
        self._year = year
        self._typed = {YEAR: str(year), SERIAL: "", DIGITS: ""}
        self._waiting = False
        self.say("")
        self._go_to(SERIAL)

    @property
    def waiting(self) -> bool:
        """Whether there is no answer yet."""
        return self._waiting

    def wait(self) -> None:
        """Asked: no key answers until there is an answer."""
        self._waiting = True
        self.say("")

    def say(self, words: str) -> None:
        """Why there is no answer; it may be asked again."""
        self._waiting = self._waiting and not words
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self._show()

    def set_points(self, points: float) -> None:
        """Type size of lines and words; the keys follow the style sheet."""
        for line in self.lines.values():
            line.set_points(points)
        for label in (self._hint, self.said):
            label.setFont(sized(self.font(), points))

    def showEvent(self, event: QShowEvent) -> None:
        """A keyboard writes here."""
        super().showEvent(event)
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a wide screen the keys stand beside the lines, on a high one below them."""
        super().resizeEvent(event)
        wide = event.size().width() > event.size().height()
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._box.setStretch(0, 1 if wide else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; letters and digits go into the line."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
                self.touched.emit()
            case Qt.Key.Key_Backspace:
                self._delete()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._touch_line(self._beside(-1 if event.key() == Qt.Key.Key_Up else 1))
            case _ if event.text().isprintable() and event.text():
                self._type(normalise(event.text()))
            case _:
                super().keyPressEvent(event)

    @Slot()
    def _enter(self) -> None:
        if self._waiting or not self._filled(self._now):
            return
        unfilled = [each.name for each in BLANKS if not self._filled(each.name)]
        if unfilled:
            self._go_to(unfilled[0])
        elif self._now != DIGITS:
            self._go_to(DIGITS)
        else:
            self.asked.emit(int(self._typed[YEAR]), int(self._typed[SERIAL]), self._typed[DIGITS])
        self.touched.emit()

    def _filled(self, name: str) -> bool:
        typed = self._typed[name]
        return bool(typed) if name == SERIAL else len(typed) == _blank(name).length

    def _go_to(self, name: str) -> None:
        self._now = name
        self._anew = True
        self._stack.setCurrentIndex(0)
        self._show()

    def _touch_line(self, name: str) -> None:
        self._go_to(name)
        self.touched.emit()

    def _beside(self, step: int) -> str:
        names = [each.name for each in BLANKS]
        return names[(names.index(self._now) + step) % len(names)]

    def _type(self, sign: str) -> None:
        """The first sign after a touch on a line replaces what stands there."""
        if self._waiting or not sign.isascii() or not (sign.isdigit() or (self._now == DIGITS and sign.isalpha())):
            return
        typed = sign if self._anew else self._typed[self._now] + sign
        self._anew = False
        self._typed[self._now] = typed[: _blank(self._now).length]
        self.said.hide()
        self._show()
        self.touched.emit()

    @Slot()
    def _delete(self) -> None:
        self._anew = False
        self._typed[self._now] = self._typed[self._now][:-1]
        self._show()
        self.touched.emit()

    @Slot()
    def _clear(self) -> None:
        self.begin(self._year)
        self.touched.emit()

    @Slot()
    def _turn_keys(self) -> None:
        self._stack.setCurrentIndex(1 - self._stack.currentIndex())
        self._show()
        self.touched.emit()

    def _show(self) -> None:
        for name, line in self.lines.items():
            line.setChecked(name == self._now)
            line.typed.setText(self._typed[name])
            line.setAccessibleName(f"{_blank(name).title} {self._typed[name]}")
        self._hint.setText(_blank(self._now).hint.format(year=self._typed[YEAR]))
        at_digits = self._now == DIGITS
        self.letters_button.setEnabled(at_digits)
        self.letters_button.setText("数字" if self._stack.currentIndex() else "字母")
        self.keys["X"].setEnabled(at_digits)
        for button in self._delete_buttons:
            button.setEnabled(bool(self._typed[self._now]))
        self.enter_button.setText("查询" if at_digits else "下一步")
        self.enter_button.setEnabled(self._filled(self._now) and not self._waiting)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for rows, delete in zip((DIGIT_ROWS, LETTER_ROWS), self._delete_buttons, strict=True):
            self._stack.addWidget(self._key_grid(rows, delete))
        self._stack.setMaximumHeight(len(DIGIT_ROWS) * (HIGHEST_KEY + tokens.TIGHT))
        left = QVBoxLayout()
        left.setSpacing(tokens.BASE)
        for line in self.lines.values():
            left.addWidget(line)
        left.addWidget(self._hint)
        left.addWidget(self.said)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(tokens.BASE)
        right.addWidget(self._stack, 1)
        right.addLayout(self._foot())
        right.addStretch(0)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(tokens.BROAD)
        self._box.addLayout(left, 1)
        self._box.addLayout(right, 1)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(tokens.BASE)
        for button, share in ((self.letters_button, 1), (self.clear_button, 1), (self.enter_button, 2)):
            foot.addWidget(button, share)
        return foot

    def _key_grid(self, rows: Sequence[str], delete: QPushButton) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.TIGHT)
        for row, signs in enumerate(rows):
            for column, sign in enumerate(signs):
                key = touch_button(sign, partial(self._type, sign), role="touch-key")
                _fill_cell(key)
                self.keys.setdefault(sign, key)
                grid.addWidget(key, row, column)
        _fill_cell(delete)
        grid.addWidget(delete, len(rows) - 1, len(rows[-1]), 1, len(rows[0]) - len(rows[-1]))
        for column in range(len(rows[0])):
            grid.setColumnStretch(column, 1)
        return page


def _blank(name: str) -> _Blank:
    return next(each for each in BLANKS if each.name == name)


def _fill_cell(key: QPushButton) -> None:
    key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    key.setMaximumHeight(HIGHEST_KEY)
