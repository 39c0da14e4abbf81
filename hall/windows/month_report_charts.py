"""Charts of a month: twelve months of timeliness, a line a matter, and the balance as one bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hall.rules.case_balance import Balance
from hall.services.case_report import NamedFigures
from hall.services.case_report_facts import OnTimeMonth
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized

SOLID, STRIPED, DENSE = Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.Dense5Pattern
ALL, HALF = 1.0, 0.5
TITLE_HEIGHT, LINE, AXIS_LEFT, ROOM_ABOVE = 26, 17, 44, 18
WIDEST_BAR, BAR_SHARE = 46, 0.62
ROW, THIN_BAR, NAME_SHARE, NAME_WIDEST = 46, 13, 0.34, 260
BALANCE_BAR, SWATCH, SMALLEST_PART = 24, 12, 4


class ShareChart(QWidget):
    """按时办结率 month by month: a bar a month, its share over it, numerator and denominator under it."""

    def __init__(self) -> None:
        super().__init__()
        self._year: tuple[OnTimeMonth, ...] = ()
        self.setMinimumSize(420, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("近12个月承诺件按时办结率")

    @property
    def sentences(self) -> tuple[str, ...]:
        """The chart in words: 2026-11 97.5%（39/40）."""
        return tuple(f"{each.first:%Y-%m} {_share_words(each)}（{each.in_time}/{each.decided}）" for each in self._year)

    def show_year(self, year: tuple[OnTimeMonth, ...]) -> None:
        """Another year."""
        self._year = year
        self.setAccessibleDescription("；".join(self.sentences))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(520, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = _painter(self, "近 12 个月承诺件按时办结率（按时办结 / 办结）")
        if any(each.decided for each in self._year):
            area = QRectF(self.rect()).adjusted(AXIS_LEFT, TITLE_HEIGHT + ROOM_ABOVE, 0, -3 * LINE)
            self._paint_grid(painter, area)
            room = area.width() / len(self._year)
            for place, each in enumerate(self._year):
                cell = QRectF(area.left() + place * room, area.top(), room, area.height())
                _paint_month(painter, cell, each, last=place == len(self._year) - 1)
        else:
            _paint_empty(painter, self, "近 12 个月没有办结的承诺件。")
        painter.end()

    def _paint_grid(self, painter: QPainter, area: QRectF) -> None:
        for share in (0.0, HALF, ALL):
            height = area.bottom() - share * area.height()
            painter.setPen(QPen(QColor(tokens.LINE if share else tokens.EDGE), 1))
            painter.drawLine(QPointF(area.left(), height), QPointF(area.right(), height))
            painter.setPen(QColor(tokens.MUTED))
            label = QRectF(0, height - 9, AXIS_LEFT - tokens.TIGHT, 18)
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share:.0%}")


def _paint_month(painter: QPainter, cell: QRectF, month: OnTimeMonth, *, last: bool) -> None:
    """The month of the report is full, those before it are striped."""
    width = min(cell.width() * BAR_SHARE, WIDEST_BAR)
    height = cell.height() * (month.in_time / month.decided if month.decided else 0.0)
    bar = QRectF(cell.center().x() - width / 2, cell.bottom() - height, width, height)
    if month.decided:
        painter.fillRect(bar, QBrush(QColor(tokens.PRIMARY), SOLID if last else STRIPED))
        painter.setPen(QPen(QColor(tokens.PRIMARY), 1))
        painter.drawRect(bar)
    painter.setPen(QColor(tokens.TEXT))
    above = QRectF(cell.left(), bar.top() - ROOM_ABOVE, cell.width(), ROOM_ABOVE)
    painter.drawText(above, Qt.AlignmentFlag.AlignCenter, _share_words(month))
    lines = [f"{month.first.month}月", *((f"{month.in_time:,}", f"/{month.decided:,}") if month.decided else ())]
    for number, words in enumerate(lines):
        painter.setPen(QColor(tokens.MUTED if number else tokens.TEXT))
        foot = QRectF(cell.left(), cell.bottom() + 2 + number * LINE, cell.width(), LINE)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, words)


class MatterChart(QWidget):
    """A line a matter: accepted and done as bars, visits and overdue in words; as high as its lines."""

    def __init__(self) -> None:
        super().__init__()
        self._matters: tuple[NamedFigures, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("各事项受理和办结")

    @property
    def sentences(self) -> tuple[str, ...]:
        """The chart in words, a sentence a matter."""
        return tuple(
            f"{each.name}：受理 {each.figures.accepted}、办结 {each.figures.done}、"
            f"现场勘查 {each.figures.visits}、超期 {each.figures.overdue}"
            for each in self._matters
        )

    def show_matters(self, matters: Sequence[NamedFigures]) -> None:
        """Other matters, the busiest first; those without business are left out."""
        busy = (each for each in matters if not each.figures.without_business)
        self._matters = tuple(sorted(busy, key=lambda each: (-each.figures.accepted, -each.figures.done, each.name)))
        self.setFixedHeight(max(len(self._matters) * ROW, ROW * 2))
        self.setAccessibleDescription("；".join(self.sentences))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), tokens.SMALL))
        if not self._matters:
            _paint_empty(painter, self, "这个月还没有办件。窗口收件后，各事项列在这里。")
        most = max((max(each.figures.accepted, each.figures.done) for each in self._matters), default=0)
        for place, each in enumerate(self._matters):
            self._paint_matter(painter, QRectF(0, place * ROW, self.width(), ROW), each, most=max(most, 1))
        painter.end()

    def _paint_matter(self, painter: QPainter, row: QRectF, each: NamedFigures, *, most: int) -> None:
        metrics = QFontMetricsF(painter.font())
        figures = each.figures
        name_width = min(row.width() * NAME_SHARE, NAME_WIDEST)
        notes = (
            (f"勘查 {figures.visits:,}", tokens.MUTED),
            (f"超期 {figures.overdue:,}", _late_colour(figures.overdue)),
        )
        note_width = metrics.horizontalAdvance("勘查 8888") + tokens.TIGHT
        name = QRectF(row.left(), row.top(), name_width - tokens.TIGHT, row.height())
        painter.setPen(QColor(tokens.TEXT))
        shown = metrics.elidedText(each.name, Qt.TextElideMode.ElideMiddle, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        for number, (words, colour) in enumerate(reversed(notes)):
            painter.setPen(QColor(colour))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(row.adjusted(0, 0, -number * note_width, 0), right, words)
        room = row.width() - name_width - len(notes) * note_width - metrics.horizontalAdvance("8,888")
        bars = ((figures.accepted, tokens.PRIMARY, SOLID), (figures.done, tokens.SUCCESS, STRIPED))
        top = row.center().y() - THIN_BAR - 2
        for number, (value, colour, pattern) in enumerate(bars):
            bar = QRectF(name_width, top + number * (THIN_BAR + 4), room * value / most, THIN_BAR)
            _paint_part(painter, bar, colour, pattern)
            label = QRectF(bar.right() + tokens.HAIR, bar.top() - 3, row.width(), THIN_BAR + 6)
            painter.setPen(QColor(tokens.TEXT))
            painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, f"{value:,}")


class MatterLegend(QWidget):
    """What the bars of MatterChart are."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.setFixedHeight(TITLE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = _painter(self, self._title)
        metrics = QFontMetricsF(painter.font())
        right = float(self.width())
        for name, colour, pattern in (("办结", tokens.SUCCESS, STRIPED), ("受理", tokens.PRIMARY, SOLID)):
            right -= metrics.horizontalAdvance(name)
            painter.setPen(QColor(tokens.TEXT))
            painter.drawText(QRectF(right, 0, self.width(), TITLE_HEIGHT), Qt.AlignmentFlag.AlignVCenter, name)
            right -= SWATCH + tokens.HAIR
            _paint_part(painter, QRectF(right, (TITLE_HEIGHT - SWATCH) / 2, SWATCH, SWATCH), colour, pattern)
            right -= tokens.BASE
        painter.end()


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    number: int
    colour: str
    pattern: Qt.BrushStyle


class BalanceBar(QWidget):
    """处理 as one bar: what became of every case, each part with its word and number below it."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[_Part, ...] = ()
        self.setFixedHeight(BALANCE_BAR + TITLE_HEIGHT)
        self.setAccessibleName("处理件去向")

    @property
    def sentence(self) -> str:
        """The bar in words."""
        return "、".join(f"{part.name} {part.number}" for part in self._parts)

    def show_balance(self, balance: Balance) -> None:
        """Another month."""
        looks = tokens.LIGHTS
        self._parts = (
            _Part("办结", balance.done, tokens.PRIMARY, SOLID),
            _Part("不予受理", balance.refused, tokens.MUTED, STRIPED),
            _Part("撤回", balance.withdrawn, tokens.MUTED, DENSE),
            _Part("终止", balance.terminated, tokens.TEXT, STRIPED),
            _Part("在办未到期", balance.in_time, looks["normal"].colour, SOLID),
            _Part("在办已超期", balance.overdue, looks["over_promised"].colour, SOLID),
            _Part("等待补正", balance.supplementing, looks["warning"].colour, STRIPED),
            _Part("暂停", balance.paused, looks["paused"].colour, STRIPED),
        )
        self.setAccessibleDescription(self.sentence)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), tokens.SMALL))
        total = sum(part.number for part in self._parts)
        some = [part for part in self._parts if part.number]
        room = self.width() - 1 - SMALLEST_PART * len(some)
        left = 0.5
        for part in some:
            width = SMALLEST_PART + room * part.number / total
            _paint_part(painter, QRectF(left, 0.5, width, BALANCE_BAR - 1), part.colour, part.pattern)
            left += width
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        """All parts, also those of nothing: a missing word would be asked for."""
        metrics = QFontMetricsF(painter.font())
        left, middle = 0.0, BALANCE_BAR + TITLE_HEIGHT / 2
        for part in self._parts:
            _paint_part(painter, QRectF(left, middle - SWATCH / 2 + 1, SWATCH, SWATCH), part.colour, part.pattern)
            left += SWATCH + tokens.HAIR
            words = f"{part.name} {part.number:,}"
            painter.setPen(QColor(tokens.TEXT))
            area = QRectF(left, BALANCE_BAR + 2, metrics.horizontalAdvance(words) + 2, TITLE_HEIGHT)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
            left += area.width() + tokens.BASE


def _painter(widget: QWidget, title: str) -> QPainter:
    """Paints on the widget; the title stands already."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(sized(widget.font(), tokens.BODY, bold=True))
    painter.setPen(QColor(tokens.TEXT))
    painter.drawText(QRectF(0, 0, widget.width(), TITLE_HEIGHT), Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(sized(widget.font(), tokens.SMALL))
    return painter


def _paint_part(painter: QPainter, area: QRectF, colour: str, pattern: Qt.BrushStyle) -> None:
    painter.fillRect(area, QBrush(QColor(colour), pattern))
    painter.setPen(QPen(QColor(colour), 1))
    painter.drawRect(area)


def _paint_empty(painter: QPainter, widget: QWidget, words: str) -> None:
    painter.setPen(QColor(tokens.MUTED))
    painter.drawText(widget.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)


def _late_colour(overdue: int) -> str:
    return tokens.DANGER if overdue else tokens.MUTED


def _share_words(month: OnTimeMonth) -> str:
    return f"{month.in_time / month.decided:.1%}" if month.decided else "—"
