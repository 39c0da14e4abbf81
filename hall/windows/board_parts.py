"""Parts of the board: the counts by light, and each department's cases as a bar."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from hall.rules.lights import LIGHTS, Light
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.lights import light_pixmap, paint_light
from hall.windows.kit.style import set_role

SHAPE = 18
ROW, BAR, NAME_WIDTH, TOTAL_WIDTH, SMALLEST_PART = 52, 22, 76, 44, 18
DARK_TEXT: frozenset[Light] = frozenset({"warning", "today"})

Counts = Mapping[Light, int]


class BoardCounts(Protocol):
    """What the counts need of the board's view."""

    @property
    def counts(self) -> Counts: ...

    @property
    def total(self) -> int: ...


class CountsBar(QFrame):
    """在办 1,284 and then each light with its shape, its word and its number, most pressing first."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._numbers: dict[Light | str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
        row.setSpacing(tokens.BASE)
        row.addLayout(self._cell("total", QLabel("在办")))
        for code in LIGHTS:
            row.addStretch(1)
            row.addLayout(self._cell(code, *self._lamp(code)))

    def show_counts(self, view: BoardCounts) -> None:
        """Other numbers."""
        for code, label in self._numbers.items():
            number = view.total if code == "total" else view.counts.get(_light(code), 0)
            label.setText(f"{number:,}")

    def number(self, code: str) -> str:
        """The number beside a light's word, or of all (total), as it is shown."""
        return self._numbers[code].text()

    def _lamp(self, code: Light) -> tuple[QLabel, QLabel]:
        shape = QLabel()
        shape.setPixmap(light_pixmap(tokens.LIGHTS[code], SHAPE, self.devicePixelRatio()))
        return shape, QLabel(tokens.LIGHTS[code].word)

    def _cell(self, code: str, *labels: QLabel) -> QVBoxLayout:
        number = self._numbers[code] = QLabel("–")
        set_role(number, "figure")
        words = QHBoxLayout()
        words.setSpacing(tokens.HAIR)
        for label in labels:
            words.addWidget(label)
        words.addStretch(1)
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addLayout(words)
        cell.addWidget(number)
        return cell


class DepartmentChart(QWidget):
    """One bar a department, as long as it has cases; each part is a light, with its number in it."""

    def __init__(self) -> None:
        super().__init__()
        self._departments: Mapping[str, Counts] = {}
        self.setMinimumWidth(300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def show_departments(self, departments: Mapping[str, Counts]) -> None:
        """Other counts; departments with most late cases first."""
        self._departments = dict(sorted(departments.items(), key=lambda item: _pressing(item[1]), reverse=True))
        self.setAccessibleDescription("；".join(self.sentences))
        self.updateGeometry()
        self.update()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The chart in words: 市政科 7 件：超承诺 1、正常 6."""
        return tuple(
            f"{name} {sum(counts.values())} 件：{_parts_words(counts)}" for name, counts in self._departments.items()
        )

    def sizeHint(self) -> QSize:
        return QSize(340, max(len(self._departments), 1) * ROW + tokens.TIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._departments:
            painter.setPen(QColor(tokens.MUTED))
            words = "没有在办件。窗口受理后，这里按科室显示各灯色件数。"
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        for number, department in enumerate(self._departments.items()):
            self._paint_row(painter, number * ROW, department, scale=self._scale())
        painter.end()

    def _scale(self) -> float:
        """Pixels a case, the same in every row."""
        rows = self._departments.values()
        parts = max(len(_parts(counts)) for counts in rows)
        longest = max(sum(counts.values()) for counts in rows)
        return (self.width() - NAME_WIDTH - TOTAL_WIDTH - SMALLEST_PART * parts) / longest

    def _paint_row(self, painter: QPainter, top: int, department: tuple[str, Counts], *, scale: float) -> None:
        name, counts = department
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.TEXT))
        painter.setFont(self.font())
        painter.drawText(QRectF(0, top, NAME_WIDTH, ROW), middle | Qt.AlignmentFlag.AlignLeft, name)
        total = QRectF(self.width() - TOTAL_WIDTH, top, TOTAL_WIDTH, ROW)
        painter.drawText(total, middle | Qt.AlignmentFlag.AlignRight, f"{sum(counts.values()):,}")
        left = float(NAME_WIDTH)
        for code, count in _parts(counts):
            width = SMALLEST_PART + scale * count
            self._paint_part(painter, QRectF(left, top + (ROW - BAR) / 2, width - 1, BAR), (code, count))
            left += width

    def _paint_part(self, painter: QPainter, area: QRectF, part: tuple[Light, int]) -> None:
        """The number stands in the part, the light's shape above it."""
        code, count = part
        painter.fillRect(area, QColor(tokens.LIGHTS[code].colour))
        painter.setFont(sized(self.font(), tokens.SMALL, bold=True))
        painter.setPen(QColor(tokens.TEXT if code in DARK_TEXT else tokens.SURFACE))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"{count:,}")
        shape = QRectF(area.left() + 1, area.top() - 13, 11, 11)
        paint_light(painter, shape, tokens.LIGHTS[code])


def _parts(counts: Counts) -> list[tuple[Light, int]]:
    return [(code, counts[code]) for code in LIGHTS if counts.get(code)]


def _parts_words(counts: Counts) -> str:
    return "、".join(f"{tokens.LIGHTS[code].word} {count}" for code, count in _parts(counts))


def _pressing(counts: Counts) -> tuple[int, ...]:
    return tuple(counts.get(code, 0) for code in LIGHTS)


def _light(code: str) -> Light:
    return next(each for each in LIGHTS if each == code)
