"""Lights: a colour, a word and a drawn shape, in lists and in the header."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.tokens import DEVICE_LIGHTS, LIGHTS, LightLook

SHAPE_SIZE = 14
LONGEST_WORDS = 28
PLAIN_WORDS = frozenset({"正常", "就绪", DEVICE_LIGHTS["ok"].word})
"""That all is well is said by the light: the words would leave no room for place and person."""


def paint_light(painter: QPainter, area: QRectF, look: LightLook) -> None:
    """Draw the light's shape into `area`, edged so that amber is seen on white."""
    colour = QColor(look.colour)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour.darker(135), 1))
    painter.setBrush(colour)
    SHAPES[look.shape](painter, area.adjusted(1, 1, -1, -1))
    painter.restore()


def light_pixmap(look: LightLook, size: int, ratio: float) -> QPixmap:
    """The shape alone, for a screen with this many device pixels to a pixel."""
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_light(painter, QRectF(0, 0, size, size), look)
    painter.end()
    return pixmap


def light_icon(code: str) -> QIcon:
    """The shape of a case's light (normal, …) or a device's (ok, …) as a list shows it before the word."""
    icon = QIcon()
    look = LIGHTS.get(code) or DEVICE_LIGHTS[code]
    for ratio in (1.0, 2.0):
        pixmap = light_pixmap(look, SHAPE_SIZE, ratio)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(pixmap, mode)
    return icon


class Light(QWidget):
    """A shape with its words beside it."""

    def __init__(self, look: LightLook, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = _Shape(look)
        self._words = QLabel(words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.HAIR)
        layout.addWidget(self._shape)
        layout.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_light(self, look: LightLook, words: str) -> None:
        """Change both at once."""
        self._shape.look = look
        self._shape.update()
        self._words.setText(words)
        self.setAccessibleName(words)

    @property
    def words(self) -> str:
        """What stands beside the shape."""
        return self._words.text()


class DeviceLight(Light):
    """One device in the header: ● 数据库, ▲ 打印机 缺纸."""

    def __init__(self, device: str, parent: QWidget | None = None) -> None:
        super().__init__(DEVICE_LIGHTS["absent"], device, parent)
        self._device = device
        self.show_state("absent", DEVICE_LIGHTS["absent"].word)

    def show_state(self, state: str, detail: str = "") -> None:
        """`state` is ok, trouble, away or absent; `detail` says what is wrong: 缺纸."""
        look = DEVICE_LIGHTS[state]
        said = detail or look.word
        beside = "" if state == "ok" and said in PLAIN_WORDS else _short(said)
        self.show_light(look, f"{self._device} {beside}".strip())
        self.setToolTip(f"{self._device}：{said}")


def _short(words: str) -> str:
    """The beginning of a sentence: the whole one is in the tooltip and on the device page."""
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"


class _Shape(QWidget):
    def __init__(self, look: LightLook) -> None:
        super().__init__()
        self.look = look
        self.setFixedSize(SHAPE_SIZE, SHAPE_SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_light(painter, QRectF(self.rect()), self.look)
        painter.end()


def _disc(painter: QPainter, area: QRectF) -> None:
    painter.drawEllipse(area)


def _ring(painter: QPainter, area: QRectF) -> None:
    painter.setPen(QPen(painter.brush().color(), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(area.adjusted(1, 1, -1, -1))


def _triangle(painter: QPainter, area: QRectF) -> None:
    top = QPointF(area.center().x(), area.top())
    painter.drawPolygon(QPolygonF([top, area.bottomRight(), area.bottomLeft()]))


def _diamond(painter: QPainter, area: QRectF) -> None:
    middle = area.center()
    corners = [
        QPointF(middle.x(), area.top()),
        QPointF(area.right(), middle.y()),
        QPointF(middle.x(), area.bottom()),
        QPointF(area.left(), middle.y()),
    ]
    painter.drawPolygon(QPolygonF(corners))


def _square(painter: QPainter, area: QRectF) -> None:
    painter.drawRect(area.adjusted(1, 1, -1, -1))


def _block(painter: QPainter, area: QRectF) -> None:
    painter.drawRect(area)
    painter.setPen(QPen(QColor(tokens.SURFACE), 2))
    painter.drawLine(area.topLeft() + QPointF(3, 3), area.bottomRight() - QPointF(3, 3))
    painter.drawLine(area.topRight() + QPointF(-3, 3), area.bottomLeft() + QPointF(3, -3))


def _bars(painter: QPainter, area: QRectF) -> None:
    """Ⅱ, as on a player's pause key."""
    bar = area.width() / 3
    painter.drawRect(QRectF(area.left(), area.top(), bar, area.height()))
    painter.drawRect(QRectF(area.right() - bar, area.top(), bar, area.height()))


SHAPES: dict[str, Callable[[QPainter, QRectF], None]] = {
    "disc": _disc,
    "ring": _ring,
    "triangle": _triangle,
    "diamond": _diamond,
    "square": _square,
    "block": _block,
    "bars": _bars,
}
