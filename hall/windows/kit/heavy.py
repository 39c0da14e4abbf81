"""Large bold type: the shipped face has one weight, and Qt does not thicken it at the size of a called number."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel

# The outline's width against the type's size.
STROKE = 0.045


class HeavyLabel(QLabel):
    """A line of text in the middle of its room, drawn as an outline that is filled and stroked."""

    def paintEvent(self, event: QPaintEvent) -> None:
        font = self.font()
        font.setWeight(font.Weight.Normal)
        metrics = QFontMetricsF(font)
        room = self.contentsRect()
        left = room.left() + (room.width() - metrics.horizontalAdvance(self.text())) / 2
        base = room.top() + (room.height() + metrics.capHeight()) / 2
        path = QPainterPath()
        path.addText(left, base, font, self.text())
        colour = self.palette().color(self.foregroundRole())
        pen = QPen(colour, self.fontInfo().pixelSize() * STROKE)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(colour)
        painter.drawPath(path)
        painter.end()
