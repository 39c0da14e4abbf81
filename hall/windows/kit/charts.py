"""A chart of a day: bars and lines by hour, with axis, legend and an optional limit, drawn with Qt alone.

A library of charts would bring an array library with it and cost every start of the program more than the chart.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized

Look = Literal["full", "striped", "line"]

LEGEND, AXIS_LEFT, AXIS_FOOT, SWATCH = 26, 40, 22, 14
STEPS = (1, 2, 5)
# As many lines of the grid as are read at a glance.
MOST_STEPS = 4
WIDEST_BAR, ROOM_FOR_NUMBER = 30, 18


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of figure by hour; a look never differs by colour alone. An hour without a value has no mark."""

    name: str
    values: Mapping[int, float]
    look: Look
    colour: str = tokens.PRIMARY


class HourChart(QWidget):
    """Bars side by side and lines over them, hour by hour; `limit` is a dashed line with its words."""

    def __init__(self, title: str, *, empty: str) -> None:
        super().__init__()
        self._title, self._empty = title, empty
        self._series: tuple[Series, ...] = ()
        self._limit: tuple[float, str] | None = None
        self.setMinimumSize(320, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)

    def show_series(self, *series: Series, limit: tuple[float, str] | None = None) -> None:
        """Other figures."""
        if (series, limit) != (self._series, self._limit):
            self._series, self._limit = series, limit
            self.setAccessibleDescription("；".join(self.sentences))
            self.update()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The chart in words: 取号：9时 12、10时 8."""
        return tuple(
            f"{each.name}：" + "、".join(f"{hour}时 {_number(value)}" for hour, value in sorted(each.values.items()))
            for each in self._series
            if each.values
        )

    @property
    def hours(self) -> tuple[int, ...]:
        """The hours on the axis: from the first to the last that has a value."""
        with_value = [hour for each in self._series for hour, value in each.values.items() if value]
        return tuple(range(min(with_value), max(with_value) + 1)) if with_value else ()

    def sizeHint(self) -> QSize:
        return QSize(480, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), tokens.BODY, bold=True))
        painter.setPen(QColor(tokens.TEXT))
        painter.drawText(QRectF(0, 0, self.width(), LEGEND), Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setFont(sized(self.font(), tokens.SMALL))
        if self.hours:
            self._paint_legend(painter)
            self._paint_chart(painter, QRectF(self.rect()).adjusted(AXIS_LEFT, LEGEND + 10, -4, -AXIS_FOOT))
        else:
            painter.setPen(QColor(tokens.MUTED))
            area = self.rect().adjusted(tokens.BASE, LEGEND, -tokens.BASE, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
        painter.end()

    def _paint_legend(self, painter: QPainter) -> None:
        """From the right, so that it ends where the chart ends."""
        metrics = QFontMetricsF(painter.font())
        right = float(self.width() - 4)
        for each in reversed(self._series):
            right -= metrics.horizontalAdvance(each.name)
            words = QRectF(right, 0, self.width(), LEGEND)
            painter.setPen(QColor(tokens.TEXT))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, each.name)
            right -= SWATCH + tokens.HAIR
            _paint_swatch(painter, QRectF(right, (LEGEND - SWATCH) / 2, SWATCH, SWATCH), each)
            right -= tokens.BASE

    def _paint_chart(self, painter: QPainter, area: QRectF) -> None:
        top = self._top()
        self._paint_grid(painter, area, top)
        room = area.width() / len(self.hours)
        for place, hour in enumerate(self.hours):
            foot = QRectF(area.left() + place * room, area.bottom(), room, AXIS_FOOT)
            painter.setPen(QColor(tokens.MUTED))
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, f"{hour}时")
        for each in sorted(self._series, key=lambda series: series.look == "line"):
            paint = self._paint_line if each.look == "line" else self._paint_bars
            paint(painter, area, each, top=top)
        if self._limit is not None and self._limit[0] <= top:
            self._paint_limit(painter, area, self._limit, top=top)
        for each in self._series:
            if each.look != "line":
                self._paint_numbers(painter, area, each, top=top)

    def _top(self) -> float:
        """The upper end of the axis: a round number of steps."""
        highest = max(value for each in self._series for value in each.values.values())
        step = _step(highest)
        return max(math.ceil(highest / step), 1) * step

    def _paint_grid(self, painter: QPainter, area: QRectF, top: float) -> None:
        step = _step(top)
        for number in range(round(top / step) + 1):
            height = area.bottom() - number * step / top * area.height()
            painter.setPen(QPen(QColor(tokens.EDGE if number == 0 else tokens.LINE), 1))
            painter.drawLine(QPointF(area.left(), height), QPointF(area.right(), height))
            painter.setPen(QColor(tokens.MUTED))
            label = QRectF(0, height - 9, AXIS_LEFT - tokens.TIGHT, 18)
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{number * step:g}")

    def _bars(self, area: QRectF, series: Series, top: float) -> list[tuple[QRectF, float]]:
        """Where the bars of a series stand, beside those of the others, and their values."""
        kinds = [each for each in self._series if each.look != "line"]
        room = area.width() / len(self.hours)
        width = min((room - tokens.TIGHT) / len(kinds), WIDEST_BAR)
        bars = []
        for place, hour in enumerate(self.hours):
            if value := series.values.get(hour):
                left = area.left() + (place + 0.5) * room + (kinds.index(series) - len(kinds) / 2) * width
                height = value / top * area.height()
                bars.append((QRectF(left + 1, area.bottom() - height, width - 2, height), value))
        return bars

    def _paint_bars(self, painter: QPainter, area: QRectF, series: Series, *, top: float) -> None:
        for bar, _ in self._bars(area, series, top):
            painter.fillRect(bar, _brush(series))
            painter.setPen(QPen(QColor(series.colour), 1))
            painter.drawRect(bar)

    def _paint_numbers(self, painter: QPainter, area: QRectF, series: Series, *, top: float) -> None:
        """In a full bar that is high enough, else over it; on a ground of its own, so that no line runs through."""
        height = QFontMetricsF(painter.font()).height()
        for bar, value in self._bars(area, series, top):
            if bar.width() < ROOM_FOR_NUMBER:
                continue
            inside = series.look == "full" and bar.height() > height + tokens.HAIR
            words, width = _number(value), QFontMetricsF(painter.font()).horizontalAdvance(_number(value))
            room = QRectF(bar.center().x() - width / 2 - 1, bar.top() + (2 if inside else -height), width + 2, height)
            painter.fillRect(room, QColor(series.colour if inside else tokens.SURFACE))
            painter.setPen(QColor(tokens.ON_PRIMARY if inside else tokens.TEXT))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_line(self, painter: QPainter, area: QRectF, series: Series, *, top: float) -> None:
        room = area.width() / len(self.hours)
        points = [
            QPointF(area.left() + (place + 0.5) * room, area.bottom() - series.values[hour] / top * area.height())
            for place, hour in enumerate(self.hours)
            if hour in series.values
        ]
        painter.setPen(QPen(QColor(series.colour), 2))
        painter.drawPolyline(QPolygonF(points))
        for point in points:
            _paint_diamond(painter, point, series)

    def _paint_limit(self, painter: QPainter, area: QRectF, limit: tuple[float, str], *, top: float) -> None:
        value, words = limit
        height = area.bottom() - value / top * area.height()
        painter.setPen(QPen(QColor(tokens.DANGER), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), height), QPointF(area.right(), height))
        painter.setPen(QColor(tokens.DANGER))
        room = QRectF(area.left() + tokens.HAIR, height - 18, area.width(), 16)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def by_hour(values: Sequence[tuple[int, float | None]]) -> dict[int, float]:
    """Only the hours that have a value."""
    return {hour: value for hour, value in values if value is not None}


def _step(highest: float) -> float:
    """The smallest of 1, 2, 5, 10, 20 … that needs few lines."""
    size = 1
    while True:
        for step in STEPS:
            if highest <= step * size * MOST_STEPS:
                return step * size
        size *= 10


def _number(value: float) -> str:
    """A tenth matters below ten."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")


def _brush(series: Series) -> QBrush:
    colour = QColor(series.colour)
    return QBrush(colour, Qt.BrushStyle.BDiagPattern if series.look == "striped" else Qt.BrushStyle.SolidPattern)


def _paint_swatch(painter: QPainter, area: QRectF, series: Series) -> None:
    painter.setPen(QPen(QColor(series.colour), 2 if series.look == "line" else 1))
    if series.look == "line":
        painter.drawLine(QPointF(area.left(), area.center().y()), QPointF(area.right(), area.center().y()))
        _paint_diamond(painter, area.center(), series)
    else:
        painter.fillRect(area, _brush(series))
        painter.drawRect(area)


def _paint_diamond(painter: QPainter, centre: QPointF, series: Series) -> None:
    painter.setBrush(QColor(series.colour))
    painter.setPen(QPen(QColor(tokens.SURFACE), 1))
    corners = [QPointF(0, -5), QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0)]
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
