"""Parts of the board: the counts by light, each a button, and the lights of departments or matters as bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from hall.rules.light_counts import Counts
from hall.rules.lights import LIGHTS, Light
from hall.services.board import OnTime
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.lights import light_pixmap, paint_light
from hall.windows.kit.style import set_role

SHAPE = 18
ROW, BAR, NAME_WIDTH, TOTAL_WIDTH, SMALLEST_PART = 44, 20, 84, 44, 18
DARK_TEXT: frozenset[Light] = frozenset({"warning", "today"})
# The order of the counts: first what is in order, then the worse the further right, as in the lists of the law.
SHOWN: tuple[Light, ...] = ("normal", "warning", "today", "over_promised", "over_statutory", "paused", "pending")


class CountsBar(QFrame):
    """在办 1,284 and then each light with its shape, its word and its number; `chosen` carries a light, or nothing."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._numbers: dict[str, QLabel] = {}
        self._rate, self._rate_of = QLabel("–"), QLabel("按时办结率")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.TIGHT, tokens.HAIR, tokens.BASE, tokens.HAIR)
        row.setSpacing(0)
        row.addWidget(self._cell("", QLabel("在办")))
        for code in SHOWN:
            row.addStretch(1)
            row.addWidget(self._cell(code, *self._lamp(code)))
        row.addStretch(2)
        row.addLayout(self._rate_cell())

    def show_counts(self, counts: Counts, total: int) -> None:
        """Other numbers."""
        for code, label in self._numbers.items():
            number = total if not code else next((count for light, count in counts.items() if light == code), 0)
            label.setText(f"{number:,}")

    def show_on_time(self, on_time: OnTime) -> None:
        """98.6%（706/716，本月办结承诺件）; without any case no figure."""
        share = f"{on_time.in_time / on_time.done:.1%}" if on_time.done else "–"
        self._rate.setText(share)
        self._rate_of.setText(f"按时办结率　{on_time.in_time:,}/{on_time.done:,}　{on_time.month.month}月办结承诺件")

    @property
    def rate(self) -> str:
        """The rate with its numerator and denominator, as it is shown."""
        return f"{self._rate_of.text()}　{self._rate.text()}"

    def number(self, code: str) -> str:
        """The number beside a light's word, or of all (empty code), as it is shown."""
        return self._numbers[code].text()

    def _lamp(self, code: Light) -> tuple[QLabel, QLabel]:
        shape = QLabel()
        shape.setPixmap(light_pixmap(tokens.LIGHTS[code], SHAPE, self.devicePixelRatio()))
        return shape, QLabel(tokens.LIGHTS[code].word)

    def _cell(self, code: str, *labels: QLabel) -> QPushButton:
        number = self._numbers[code] = QLabel("–")
        set_role(number, "figure")
        words = QHBoxLayout()
        words.setSpacing(tokens.HAIR)
        button = QPushButton()
        set_role(button, "count")
        for label in labels:
            words.addWidget(label)
        words.addStretch(1)
        cell = QVBoxLayout(button)
        cell.setContentsMargins(tokens.TIGHT, tokens.HAIR, tokens.TIGHT, tokens.HAIR)
        cell.setSpacing(0)
        cell.addLayout(words)
        cell.addWidget(number)
        for label in (*labels, number):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        name = tokens.LIGHTS[code].word if code in tokens.LIGHTS else "在办"
        button.setAccessibleName(name)
        button.setToolTip(f"列出{name}的办件")
        button.setMinimumWidth(96)
        button.clicked.connect(partial(self.chosen.emit, code))
        return button

    def _rate_cell(self) -> QVBoxLayout:
        set_role(self._rate, "figure")
        cell = QVBoxLayout()
        cell.setContentsMargins(0, tokens.HAIR, 0, tokens.HAIR)
        cell.setSpacing(0)
        for label in (self._rate_of, self._rate):
            cell.addWidget(label, 0, Qt.AlignmentFlag.AlignRight)
        return cell


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the bars: a department or a matter with its counts."""

    key: int
    name: str
    counts: Counts

    @property
    def total(self) -> int:
        """All cases in it."""
        return sum(self.counts.values())


def bars_of(counts: Mapping[int, Counts], names: Mapping[int, str]) -> tuple[Bar, ...]:
    """Bars, those with most late cases first."""
    bars = [Bar(key, names.get(key, ""), of_key) for key, of_key in counts.items()]
    return tuple(sorted(bars, key=lambda bar: (tuple(-bar.counts.get(code, 0) for code in LIGHTS), bar.name)))


class LightBars(QWidget):
    """One bar a line, as long as it has cases; each part is a light, with its number in it. `chosen` carries a key."""

    chosen = Signal(int)

    def __init__(self, empty: str) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._empty = empty
        self._current = 0
        self.setMinimumWidth(220)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown, from the top."""
        return self._bars

    @property
    def sentences(self) -> tuple[str, ...]:
        """The bars in words: 市政科 7 件：超承诺 1、正常 6."""
        return tuple(f"{bar.name} {bar.total} 件：{_parts_words(bar.counts)}" for bar in self._bars)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Other bars; the current one stays current while it is there."""
        keys = [bar.key for bar in bars]
        before = self._bars[self._current].key if self._current < len(self._bars) else None
        self._bars = tuple(bars)
        self._current = keys.index(before) if before in keys else 0
        self.setAccessibleDescription("；".join(self.sentences))
        self.setMinimumHeight(len(self._bars) * ROW + tokens.TIGHT)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, max(len(self._bars), 1) * ROW + tokens.TIGHT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the line under it."""
        self._choose(int(event.position().y()) // ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move, Enter opens."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self._bars:
            self._current = min(max(self._current + step, 0), len(self._bars) - 1)
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self._current)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._bars:
            painter.setPen(QColor(tokens.MUTED))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
        for number, bar in enumerate(self._bars):
            self._paint_bar(painter, number * ROW, bar, scale=self._scale())
        if self._bars and self.hasFocus():
            painter.setPen(QPen(QColor(tokens.PRIMARY), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(1, self._current * ROW + 1, self.width() - 2, ROW - 2)
            painter.drawRoundedRect(frame, tokens.CORNER, tokens.CORNER)
        painter.end()

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._bars):
            self._current = number
            self.update()
            self.chosen.emit(self._bars[number].key)

    def _scale(self) -> float:
        """Pixels a case, the same in every line."""
        parts = max(len(_parts(bar.counts)) for bar in self._bars)
        longest = max(bar.total for bar in self._bars)
        return max(0.0, (self.width() - NAME_WIDTH - TOTAL_WIDTH - SMALLEST_PART * parts) / longest)

    def _paint_bar(self, painter: QPainter, top: int, bar: Bar, *, scale: float) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.TEXT))
        painter.setFont(self.font())
        room = QRectF(tokens.HAIR, top, NAME_WIDTH - tokens.TIGHT, ROW)
        name = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, name)
        total = QRectF(self.width() - TOTAL_WIDTH, top, TOTAL_WIDTH - tokens.HAIR, ROW)
        painter.drawText(total, middle | Qt.AlignmentFlag.AlignRight, f"{bar.total:,}")
        left = float(NAME_WIDTH)
        for code, count in _parts(bar.counts):
            width = max(SMALLEST_PART + scale * count, painter.fontMetrics().horizontalAdvance(f"{count:,}"))
            self._paint_part(painter, QRectF(left, top + 6 + (ROW - BAR) / 2, width - 1, BAR), (code, count))
            left += width

    def _paint_part(self, painter: QPainter, area: QRectF, part: tuple[Light, int]) -> None:
        """The number stands in the part, the light's shape above it."""
        code, count = part
        painter.fillRect(area, QColor(tokens.LIGHTS[code].colour))
        painter.setFont(sized(self.font(), tokens.SMALL, bold=True))
        painter.setPen(QColor(tokens.TEXT if code in DARK_TEXT else tokens.SURFACE))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"{count:,}")
        paint_light(painter, QRectF(area.left() + 1, area.top() - 12, 10, 10), tokens.LIGHTS[code])


def _parts(counts: Counts) -> list[tuple[Light, int]]:
    return [(code, counts[code]) for code in LIGHTS if counts.get(code)]


def _parts_words(counts: Counts) -> str:
    return "、".join(f"{tokens.LIGHTS[code].word} {count}" for code, count in _parts(counts))
