"""The plan of a stall site to look at: the picture with its stalls by colour, sign and word; arrows walk over them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from hall.services.stall_reading import DrawnPlan, DrawnStall, StallRow
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.words import STALL_MARKS, STALL_PUBLIC_STATES, STALL_STATES

MARGIN = 2
SMALLEST = 6.0
"""Points of what stands on the smallest stall."""
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

PUBLIC_LOOKS = {
    "free": StallLook(tokens.PUBLIC_SUCCESS, tokens.PUBLIC_SUCCESS, tokens.ON_PRIMARY),
    "drawing": StallLook(tokens.PRIMARY_SOFT, tokens.PRIMARY, tokens.TEXT),
    "held": StallLook(tokens.SURFACE, tokens.EDGE, tokens.TEXT),
    "closed": StallLook(tokens.DISABLED_GROUND, tokens.DISABLED, tokens.TEXT, striped=True),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a plan is drawn for who looks at it: its states, the legend's type and the largest on a stall in points.

    `spelled`: the word of a state stands on the stall where there is room, not its sign; `reach`: by how many pixels a
    finger may miss.
    """

    words: Mapping[str, str]
    looks: Mapping[str, StallLook]
    points: float
    largest: float
    spelled: bool = False
    reach: int = 0


STAFF = Manner(STALL_STATES, LOOKS, tokens.BODY, 22.0)
PUBLIC = Manner(STALL_PUBLIC_STATES, PUBLIC_LOOKS, tokens.PUBLIC_BODY, 34.0, spelled=True, reach=tokens.TOUCH_TARGET)

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

    def __init__(self, manner: Manner = STAFF) -> None:
        super().__init__()
        self._manner, self._points = manner, manner.points
        self._plan: DrawnPlan | None = None
        self._picture: QImage | None = None
        self._chosen: int | None = None
        self._enlarged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)
        self.setAccessibleName("点位平面图")

    def show_plan(self, plan: DrawnPlan | None, chosen: int | None) -> None:
        """Another site, other states or another stall chosen; the picture is read once."""
        if plan is None or self._plan is None or plan.picture != self._plan.picture:
            self._picture = QImage.fromData(plan.picture) if plan is not None and plan.picture else None
        self._plan, self._chosen = plan, chosen
        self.setAccessibleDescription("；".join(self.sentences))
        self.update()

    def set_points(self, points: float) -> None:
        """Type size of the legend."""
        self._points = points
        self.update()

    def enlarge(self, wanted: bool) -> None:
        """So large that a finger meets the smallest stall, around the chosen one; or the whole plan again."""
        self._enlarged = wanted
        self.update()

    @property
    def is_small(self) -> bool:
        """Whether a stall is too small for a finger while the whole plan is shown."""
        return self._plan is not None and self._enlargement() > 1

    def height_for(self, width: int) -> int:
        """The height that the plan fills in a width, with its legend above."""
        if self._plan is None:
            return self.minimumHeight()
        return math.ceil(self._legend_height(width) + 2 * MARGIN + width * self._plan.height / self._plan.width)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The plan in words: the site and its counts, then the chosen stall."""
        if self._plan is None:
            return (NO_SITE,)
        counts = "，".join(self._counted())
        stall = self._stall()
        chosen = (stall_words(stall, self._manner.words),) if stall is not None else ()
        return (f"{self._plan.site.name}：{counts}", *chosen)

    def where(self, stall_id: int) -> QRectF:
        """Where a stall is drawn."""
        stall = next(each for each in self._stalls if each.stall_id == stall_id)
        return self._place(stall, *self._sheet())

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
    def _stalls(self) -> tuple[DrawnStall, ...]:
        return self._plan.stalls if self._plan is not None else ()

    def _stall(self) -> DrawnStall | None:
        return next((each for each in self._stalls if each.stall_id == self._chosen), None)

    def _shown_states(self) -> list[str]:
        return [state for state in self._manner.looks if self._plan is not None and self._plan.counts[state]]

    def _counted(self) -> list[str]:
        """空闲 3, of every state there is."""
        counts = self._plan.counts if self._plan is not None else {}
        return [f"{self._manner.words[state]} {counts[state]}" for state in self._shown_states()]

    def _pick(self, stall_id: int | None) -> None:
        if stall_id is not None and stall_id != self._chosen:
            self.picked.emit(stall_id)

    def _at(self, point: QPointF) -> int | None:
        """The stall under a point, or the nearest that a finger may have meant."""
        sheet, reach = self._sheet(), self._manner.reach
        away = [(_distance(self._place(each, *sheet), point), each.stall_id) for each in self._stalls]
        nearest = min(away, default=None)
        return nearest[1] if nearest is not None and nearest[0] <= reach else None

    def _room(self) -> QRectF:
        """What the legend leaves."""
        return QRectF(self.rect()).adjusted(MARGIN, self._legend_height(self.width()) + MARGIN, -MARGIN, -MARGIN)

    def _whole_scale(self) -> float:
        assert self._plan is not None
        room = self._room()
        return min(room.width() / self._plan.width, room.height() / self._plan.height)

    def _enlargement(self) -> float:
        smallest = min((min(each.width, each.height) for each in self._stalls), default=1)
        return max(tokens.TOUCH_TARGET / max(smallest * self._whole_scale(), 1.0), 1.0)

    def _sheet(self) -> tuple[QRectF, float]:
        """Where the plan lies and how many pixels a unit has: as large as it can with its shape, or enlarged."""
        assert self._plan is not None
        room, scale = self._room(), self._whole_scale() * (self._enlargement() if self._enlarged else 1)
        width, height = self._plan.width * scale, self._plan.height * scale
        middle = _middle(self._stall() or self._stalls[0]) if self._stalls else (0.0, 0.0)
        left = _start(room.left(), room.width(), width, middle[0] * scale)
        return QRectF(left, _start(room.top(), room.height(), height, middle[1] * scale), width, height), scale

    def _place(self, stall: DrawnStall, area: QRectF, scale: float) -> QRectF:
        left, top = area.left() + stall.x * scale, area.top() + stall.y * scale
        return QRectF(left, top, stall.width * scale, stall.height * scale)

    def _legend_height(self, width: int) -> float:
        return max((box.bottom() for _, _, box in self._legend(width)), default=0.0) + tokens.HAIR

    def _legend(self, whole: int) -> Iterator[tuple[str, str, QRectF]]:
        """State, its word with the count, and where both stand: from the left, in as many rows as they need."""
        metrics = QFontMetricsF(sized(self.font(), self._points))
        line = metrics.height() + tokens.HAIR
        left, top = float(MARGIN), float(MARGIN)
        for state, words in zip(self._shown_states(), self._counted(), strict=True):
            width = line + tokens.TIGHT + metrics.horizontalAdvance(words)
            if left > MARGIN and left + width > whole:
                left, top = float(MARGIN), top + line + tokens.HAIR
            yield state, words, QRectF(left, top, width, line)
            left += width + tokens.WIDE

    def _paint_legend(self, painter: QPainter) -> None:
        """Sign, word and count of every state there is."""
        looks = self._manner.looks
        painter.setFont(sized(self.font(), self._points))
        for state, words, place in self._legend(self.width()):
            box = QRectF(place.left(), place.top(), place.height(), place.height()).adjusted(1, 1, -1, -1)
            _paint_box(painter, box, looks[state])
            painter.setPen(QColor(looks[state].ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, STALL_MARKS[state])
            painter.setPen(QColor(tokens.TEXT))
            beside = place.adjusted(place.height() + tokens.TIGHT, 0, tokens.WIDE, 0)
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_sheet(self, painter: QPainter) -> None:
        area, scale = self._sheet()
        painter.setClipRect(self._room().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
        painter.setPen(QPen(QColor(tokens.LINE), 1))
        painter.setBrush(QColor(tokens.GROUND))
        painter.drawRect(area)
        if self._picture is not None:
            painter.drawImage(area, self._picture)
        for stall in self._stalls:
            self._paint_stall(painter, stall, self._place(stall, area, scale).adjusted(1, 1, -1, -1))
        chosen = self._stall()
        if chosen is not None:
            self._paint_frame(painter, self._place(chosen, area, scale))

    def _paint_stall(self, painter: QPainter, stall: DrawnStall, box: QRectF) -> None:
        """Its number above the state."""
        look = self._manner.looks[stall.state]
        _paint_box(painter, box, look)
        painter.setPen(QColor(look.ink))
        size = max(min(box.height() / 3.5, self._manner.largest), SMALLEST)
        upper = QRectF(box.left(), box.top(), box.width(), box.height() * 0.52)
        lower = QRectF(box.left(), box.top() + box.height() * 0.48, box.width(), box.height() * 0.52)
        _write(painter, upper, stall.number, self._fitting(stall.number, box.width(), size, bold=True), down=True)
        state, font = self._state_on(stall.state, box.width(), size * 0.85)
        _write(painter, lower, state, font, down=False)

    def _state_on(self, state: str, width: float, size: float) -> tuple[str, QFont]:
        """The word where it is spelled and has room without shrinking much, else the sign."""
        if self._manner.spelled:
            font = self._fitting(self._manner.words[state], width, size)
            if font.pointSizeF() * 1.6 >= size:
                return self._manner.words[state], font
        return STALL_MARKS[state], self._fitting(STALL_MARKS[state], width, size)

    def _fitting(self, words: str, width: float, size: float, *, bold: bool = False) -> QFont:
        """So large that the words have room in the width, not smaller than can be read at all."""
        font = sized(self.font(), size, bold=bold)
        wide = QFontMetricsF(font).horizontalAdvance(words)
        room = max(width - tokens.HAIR, 1.0)
        return font if wide <= room else sized(self.font(), max(size * room / wide, SMALLEST), bold=bold)

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        """Around the chosen stall: dark and light, so that it stands out on every picture; thicker with the focus."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        wide = 3 if self.hasFocus() else 2
        painter.setPen(QPen(QColor(tokens.FLASH), wide * 2))
        painter.drawRect(box.adjusted(-wide, -wide, wide, wide))
        painter.setPen(QPen(QColor(tokens.TEXT), 1.5))
        painter.drawRect(box.adjusted(-2 * wide, -2 * wide, 2 * wide, 2 * wide))


def neighbour(stalls: Sequence[DrawnStall], chosen: int | None, way: tuple[int, int]) -> int | None:
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


def stall_words(stall: DrawnStall, words: Mapping[str, str] = STALL_STATES) -> str:
    """A stall in a sentence: A2 在用 张*明. Without a name where nobody may know it."""
    who = (stall.holder or stall.offered_to) if isinstance(stall, StallRow) else None
    return " ".join(part for part in (stall.number, words[stall.state], who.name_masked if who else "") if part)


def _middle(stall: DrawnStall) -> tuple[float, float]:
    return stall.x + stall.width / 2, stall.y + stall.height / 2


def _start(edge: float, room: float, length: float, wanted: float) -> float:
    """Where what is `length` long begins: in the middle of the room, or, if longer, so that `wanted` is in the middle.

    It never leaves a gap at an end.
    """
    if length <= room:
        return edge + (room - length) / 2
    return edge + min(max(room / 2 - wanted, room - length), 0.0)


def _distance(box: QRectF, point: QPointF) -> float:
    """Pixels from a point to a box, 0 within."""
    aside = max(box.left() - point.x(), 0.0, point.x() - box.right())
    return math.hypot(aside, max(box.top() - point.y(), 0.0, point.y() - box.bottom()))


def _write(painter: QPainter, box: QRectF, words: str, font: QFont, *, down: bool) -> None:
    """In the middle of the line, at the lower or the upper edge of a box; what has no room loses its middle."""
    painter.setFont(font)
    edge = Qt.AlignmentFlag.AlignBottom if down else Qt.AlignmentFlag.AlignTop
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideMiddle, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | edge, shown)


def _paint_box(painter: QPainter, box: QRectF, look: StallLook) -> None:
    painter.setPen(QPen(QColor(look.edge), 2))
    painter.setBrush(QColor(look.fill))
    painter.drawRoundedRect(box, 3, 3)
    if look.striped:
        painter.setBrush(QBrush(QColor(tokens.EDGE), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, 3, 3)
