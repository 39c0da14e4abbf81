"""Parts of the public displays: a call, who waits, how old the data is. All type is a share of the screen's height."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from hall.rules.call_words import priority_word
from hall.services.queue_reading import CallView
from hall.windows.kit import tokens
from hall.windows.kit.chip import Chip
from hall.windows.kit.fonts import sized_to
from hall.windows.kit.heavy import HeavyLabel
from hall.windows.kit.style import set_look, set_role
from hall.workers.bugs import report_bug

OLD_AFTER = timedelta(seconds=15)
DEPARTMENT_COLUMNS = 5
# Heavy type is a little wider than its measure.
_ROOM = 1.06


def free_label(role: str = "", *, heavy: bool = False) -> QLabel:
    """A label that takes the room it is given: large type must not stretch the screen."""
    label = HeavyLabel() if heavy else QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    if role:
        set_role(label, role)
    return label


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Another look in the same type: polishing a widget makes it forget the font it was given."""
    font = widget.font()
    set_look(widget, name, value)
    widget.setFont(font)


def digits_of(font: QFont, height: float) -> QFont:
    """The font in which a digit itself, not its line, has this height in pixels."""
    probe = sized_to(font, 1000)
    return sized_to(font, math.ceil(height * 1000 / QFontMetricsF(probe).capHeight()) + 1)


def fitted(font: QFont, text: str, width: int) -> QFont:
    """The font, or as much smaller as the text needs to fit the width: a long number is never cut."""
    needed = QFontMetricsF(font).horizontalAdvance(text) * _ROOM
    if needed <= width or width <= 0:
        return font
    return sized_to(font, int(font.pixelSize() * width / needed))


class KindChip(Chip):
    """The kind of a priority number, in its own colour and word, on any ground."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "display-kind")

    def show_kind(self, priority: str) -> None:
        """Nothing beside an ordinary number."""
        font = self.font()  # which polishing would forget
        self.show_words(priority_word(priority), kind=priority)
        self.setFont(font)


class CallRow(QFrame):
    """One call: the number, its kind, where to go with it; the newest says why it was its turn."""

    def __init__(self, *, newest: bool) -> None:
        super().__init__()
        set_role(self, "display-newest" if newest else "display-call")
        self.code, self._arrow, self._place = free_label(heavy=True), free_label(), free_label(heavy=newest)
        self.kind, self.why = KindChip(), free_label()
        self.why.setVisible(newest)
        kind = QWidget()  # keeps its room beside an ordinary number, so that the numbers stand in one column
        kind.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        middle = QHBoxLayout(kind)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(0)
        for widget, share in ((self.code, 10), (kind, 3), (self._arrow, 2), (self._place, 8)):
            row.addWidget(widget, share)
        self._code_font = self.font()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.TIGHT, 0, tokens.TIGHT, tokens.HAIR if newest else 0)
        column.setSpacing(0)
        column.addLayout(row, 9)
        column.addWidget(self.why, 2)

    @property
    def words(self) -> str:
        """The call as it reads: A017 → 3号窗口, L012 老年 → 2号窗口; empty for no call."""
        shown = (self.code, self.kind, self._arrow, self._place)
        return " ".join(label.text() for label in shown if label.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The number fits its new room."""
        super().resizeEvent(event)
        self._fit()

    def show_call(self, call: CallView | None) -> None:
        """Show this, or nothing. A call that cannot be shown shows its number: one bad row darkens no display."""
        self._say(call.code if call else "")
        set_look(self, "empty", call is None)
        if call is None:
            return
        try:
            self._show_rest(call)
        except Exception as error:  # noqa: BLE001 - the boundary of one row: the others must be shown
            report_bug(error, "display row")
            self._say(call.code)

    def _show_rest(self, call: CallView) -> None:
        skipped = call.state == "skipped"
        self._arrow.setText("" if skipped else "→")
        self._place.setText("已过号" if skipped else f"{call.counter_number:d}号窗口")
        self.kind.show_kind(call.priority)
        self.why.setText(call.reason and f"为什么先叫：{call.reason}")

    def _say(self, code: str) -> None:
        for label, text in ((self.code, code), (self._arrow, ""), (self._place, ""), (self.why, "")):
            label.setText(text)
        self.kind.show_kind("ordinary")
        self._fit()

    def _fit(self) -> None:
        self.code.setFont(fitted(self._code_font, self.code.text(), self.code.width()))

    def flash(self, *, lit: bool) -> None:
        """The bright or the usual look."""
        for widget in (self, self.code, self._arrow, self._place, self.why):
            restyle(widget, "flash", lit)

    def set_fonts(self, code: QFont, place: QFont, kind: QFont) -> None:
        """The number's type, the place's, and that of the small words."""
        self._code_font = code
        self._fit()
        self._arrow.setFont(place)
        self._place.setFont(place)
        self.kind.setFont(kind)
        self.why.setFont(kind)


class WaitingStrip(QWidget):
    """Each department with who waits for it and how long a number taken now would."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: list[QLabel] = []
        self._fonts: tuple[QFont, QFont] = (self.font(), self.font())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.SNUG)
        self._grid.setVerticalSpacing(0)

    @property
    def words(self) -> tuple[str, ...]:
        """What the cells say."""
        return tuple(label.text() for label in self._labels if label.text())

    def show_counts(self, counts: Iterable[tuple[str, int, tuple[int, int]]]) -> None:
        """Departments in their order: name, people, and the span of minutes."""
        lines = [
            line
            for name, count, (low, high) in counts
            for line in (f"{name}　{count} 人", f"约 {low} 分钟" if low == high else f"约 {low}–{high} 分钟")
        ]
        while len(self._labels) < len(lines):
            self._add_cell()
        for label, line in zip(self._labels, lines + [""] * (len(self._labels) - len(lines)), strict=True):
            label.setText(line)

    def set_fonts(self, name: QFont, minutes: QFont) -> None:
        """Type of the two lines of a cell."""
        self._fonts = (name, minutes)
        for number, label in enumerate(self._labels):
            label.setFont(self._fonts[number % 2])

    def _add_cell(self) -> None:
        number = len(self._labels) // 2
        row, column = divmod(number, DEPARTMENT_COLUMNS)
        for line, role in enumerate(("display-cell-top", "display-cell")):
            label = free_label(role)
            self._grid.addWidget(label, 2 * row + line, column)
            label.setFont(self._fonts[line])  # after it has its place: taking one, a label takes its parent's font
            self._labels.append(label)


def _age_words(age: timedelta) -> str:
    """Seconds while they say something, then minutes."""
    seconds = int(age.total_seconds())
    return f"{seconds} 秒" if seconds < 120 else f"{seconds // 60} 分钟"


class AgeLine(QLabel):
    """数据更新于 n 秒前: says itself when the screen may no longer be trusted."""

    def __init__(self) -> None:
        super().__init__("正在连接数据库…")
        set_role(self, "display-age")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_age(self, as_of: datetime | None, now: datetime) -> timedelta | None:
        """Gives the age shown; None as long as nothing was ever read."""
        if as_of is None:
            return None
        age = max(now - as_of, timedelta())
        self.setText(f"数据更新于 {_age_words(age)}前")
        tone = "old" if age > OLD_AFTER else "fresh"
        if self.property("tone") != tone:
            restyle(self, "tone", tone)
        return age
