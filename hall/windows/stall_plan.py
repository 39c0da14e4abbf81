"""The plan of a stall site to look at: the picture with its stalls by colour, sign and word; arrows walk over them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from hall.services.stall_reading import SitePlan, StallRow
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.words import STALL_MARKS, STALL_STATES

LEGEND, SWATCH, MARGIN = 28, 18, 2
SIDEWAYS = 2.0
"""How much farther a stall seems that lies aside of the way of an arrow."""
NO_SITE = "这里还没有摊位。在“点位”里导入摊位表，摊位就画在平面图上。"


@dataclass(frozen=True, slots=True)
class StallLook:
    """How a state is drawn; the sign of words.STALL_MARKS always stands with it."""

    fill: str
    edge: str
    ink: str
    striped: bool = False


LOOKS = {
    "free": StallLook(tokens.SUCCESS_SOFT, tokens.SUCCESS, tokens.TEXT),
    "drawing": StallLook(tokens.PRIMARY_SOFT, tokens.PRIMARY, tokens.TEXT),
    "offered": StallLook(tokens.SURFACE, tokens.PRIMARY, tokens.TEXT),
    "held": StallLook(tokens.PRIMARY, tokens.PRIMARY_DEEP, tokens.ON_PRIMARY),
    "ending": StallLook(tokens.WARNING_SOFT, tokens.WARNING_EDGE, tokens.TEXT),
    "telling": StallLook(tokens.DANGER, tokens.TEXT, tokens.ON_PRIMARY),
    "closed": StallLook(tokens.DISABLED_GROUND, tokens.DISABLED, tokens.TEXT, striped=True),
}

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PlanView(QWidget):
    """`picked` carries the key of the stall that was walked to or clicked; `wanted`: Enter, or a double click."""

    picked = Signal(int)
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: SitePlan | None = None
        self._picture: QImage | None = None
        self._chosen: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)
        self.setAccessibleName("点位平面图")

    def show_plan(self, plan: SitePlan | None, chosen: int | None) -> None:
        """Another site, other states or another stall chosen; the picture is read once."""
        if plan is None or self._plan is None or plan.picture != self._plan.picture:
            self._picture = QImage.fromData(plan.picture) if plan is not None and plan.picture else None
        self._plan, self._chosen = plan, chosen
        self.setAccessibleDescription("；".join(self.sentences))
        self.update()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The plan in words: the site and its counts, then the chosen stall."""
        if self._plan is None:
            return (NO_SITE,)
        counts = "，".join(f"{STALL_STATES[state]} {self._plan.counts[state]}" for state in self._shown_states())
        stall = self._stall()
        return (f"{self._plan.site.name}：{counts}", *((stall_words(stall),) if stall is not None else ()))

    def where(self, stall_id: int) -> QRectF:
        """Where a stall is drawn."""
        stall = next(each for each in self._stalls if each.stall_id == stall_id)
        area, scale = self._sheet()
        return QRectF(
            area.left() + stall.x * scale, area.top() + stall.y * scale, stall.width * scale, stall.height * scale
        )

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk to the next stall that way, Home and End to the first and last; Enter wants it."""
        key = Qt.Key(event.key())
        if key in _WAYS:
            self._pick(neighbour(self._stalls, self._chosen, _WAYS[key]))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._stalls:
            self._pick(self._stalls[0 if key == Qt.Key.Key_Home else -1].stall_id)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        self.setFocus()
        self._pick(self._at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click wants what was chosen by its first half."""
        if self._at(event.position()) is not None:
            self.wanted.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._plan is None:
            painter.setPen(QColor(tokens.MUTED))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(tokens.WIDE, 0, -tokens.WIDE, 0), flags, NO_SITE)
        else:
            self._paint_legend(painter)
            self._paint_sheet(painter)
        painter.end()

    @property
    def _stalls(self) -> tuple[StallRow, ...]:
        return self._plan.stalls if self._plan is not None else ()

    def _stall(self) -> StallRow | None:
        return next((each for each in self._stalls if each.stall_id == self._chosen), None)

    def _shown_states(self) -> list[str]:
        return [state for state in LOOKS if self._plan is not None and self._plan.counts[state]]

    def _pick(self, stall_id: int | None) -> None:
        if stall_id is not None and stall_id != self._chosen:
            self.picked.emit(stall_id)

    def _at(self, point: QPointF) -> int | None:
        return next((each.stall_id for each in self._stalls if self.where(each.stall_id).contains(point)), None)

    def _sheet(self) -> tuple[QRectF, float]:
        """Where the plan lies, as large as it can with its shape, and how many pixels a unit has."""
        assert self._plan is not None
        room = QRectF(self.rect()).adjusted(MARGIN, LEGEND + MARGIN, -MARGIN, -MARGIN)
        scale = min(room.width() / self._plan.width, room.height() / self._plan.height)
        width, height = self._plan.width * scale, self._plan.height * scale
        left = room.left() + (room.width() - width) / 2
        return QRectF(left, room.top() + (room.height() - height) / 2, width, height), scale

    def _paint_legend(self, painter: QPainter) -> None:
        """Sign, word and count of every state there is, from the left."""
        painter.setFont(sized(self.font(), tokens.BODY))
        metrics, left = QFontMetricsF(painter.font()), float(MARGIN)
        for state in self._shown_states():
            box = QRectF(left, (LEGEND - SWATCH) / 2, SWATCH, SWATCH)
            _paint_box(painter, box, LOOKS[state])
            painter.setPen(QColor(LOOKS[state].ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, STALL_MARKS[state])
            words = f"{STALL_STATES[state]} {self._plan.counts[state] if self._plan else 0}"
            left += SWATCH + tokens.HAIR
            painter.setPen(QColor(tokens.TEXT))
            painter.drawText(QRectF(left, 0, self.width(), LEGEND), Qt.AlignmentFlag.AlignVCenter, words)
            left += metrics.horizontalAdvance(words) + tokens.BASE

    def _paint_sheet(self, painter: QPainter) -> None:
        area, _ = self._sheet()
        painter.setPen(QPen(QColor(tokens.LINE), 1))
        painter.setBrush(QColor(tokens.GROUND))
        painter.drawRect(area)
        if self._picture is not None:
            painter.drawImage(area, self._picture)
        for stall in self._stalls:
            self._paint_stall(painter, stall)
        chosen = self._stall()
        if chosen is not None:
            self._paint_frame(painter, self.where(chosen.stall_id))

    def _paint_stall(self, painter: QPainter, stall: StallRow) -> None:
        box, look = self.where(stall.stall_id).adjusted(1, 1, -1, -1), LOOKS[stall.state]
        _paint_box(painter, box, look)
        painter.setPen(QColor(look.ink))
        size = max(min(box.height() / 3.2, box.width() / 3.2, 22.0), 6.0)
        painter.setFont(sized(self.font(), size, bold=True))
        upper = QRectF(box.left(), box.top(), box.width(), box.height() * 0.52)
        lower = QRectF(box.left(), box.top() + box.height() * 0.48, box.width(), box.height() * 0.52)
        painter.drawText(upper, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, stall.number)
        painter.setFont(sized(self.font(), size * 0.85))
        painter.drawText(lower, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, STALL_MARKS[stall.state])

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        """Around the chosen stall: dark and light, so that it stands out on every picture; thicker with the focus."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        wide = 3 if self.hasFocus() else 2
        painter.setPen(QPen(QColor(tokens.FLASH), wide * 2))
        painter.drawRect(box.adjusted(-wide, -wide, wide, wide))
        painter.setPen(QPen(QColor(tokens.TEXT), 1.5))
        painter.drawRect(box.adjusted(-2 * wide, -2 * wide, 2 * wide, 2 * wide))


def neighbour(stalls: Sequence[StallRow], chosen: int | None, way: tuple[int, int]) -> int | None:
    """The key of the nearest stall that way from the chosen one, the first where none is; None at the edge."""
    here = next((each for each in stalls if each.stall_id == chosen), None)
    if here is None:
        return stalls[0].stall_id if stalls else None
    found: list[tuple[float, int]] = []
    for each in stalls:
        right, down = _middle(each)[0] - _middle(here)[0], _middle(each)[1] - _middle(here)[1]
        along, aside = (right * way[0], abs(down)) if way[0] else (down * way[1], abs(right))
        if along > 0 and aside <= along * SIDEWAYS:
            found.append((along + aside * SIDEWAYS, each.stall_id))
    return min(found)[1] if found else None


def stall_words(stall: StallRow) -> str:
    """A stall in a sentence: A2 在用 张*明."""
    who = stall.holder or stall.offered_to
    return " ".join(part for part in (stall.number, STALL_STATES[stall.state], who.name_masked if who else "") if part)


def _middle(stall: StallRow) -> tuple[float, float]:
    return stall.x + stall.width / 2, stall.y + stall.height / 2


def _paint_box(painter: QPainter, box: QRectF, look: StallLook) -> None:
    painter.setPen(QPen(QColor(look.edge), 2))
    painter.setBrush(QColor(look.fill))
    painter.drawRoundedRect(box, 3, 3)
    if look.striped:
        painter.setBrush(QBrush(QColor(tokens.EDGE), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, 3, 3)
