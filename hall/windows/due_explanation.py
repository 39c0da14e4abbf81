"""为什么: a due date on its calendar, day by day, with the rule it is counted by."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from hall.rules.calendar import WEEKDAY_NAMES
from hall.rules.clocks import Reading
from hall.rules.day_count import CountedDay
from hall.services.explaining import Explanation
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.side_panel import SidePanel
from hall.windows.kit.style import set_role
from hall.windows.phrases import day_words
from hall.words import CLOCK_KINDS, LIMIT_UNITS

HEAD, CELL = 24, 46


class DueExplanation(SidePanel):
    """The clocks of a case, one below the other."""

    def __init__(self) -> None:
        super().__init__("到期日怎么算")
        self.calendars: tuple[DayCounts, ...] = ()

    def show_explanations(self, explanations: tuple[Explanation, ...]) -> None:
        """Open with these clocks."""
        self.clear()
        calendars = []
        for each in explanations:
            clock = each.clock
            self.add(_label(CLOCK_KINDS[clock.kind], "lead"))
            self.add(_label(_standing_words(clock)))
            self.add(_label(each.law, "small"))
            if each.days:
                calendars.append(DayCounts(each.days))
                self.add(calendars[-1])
                if remarks := _remarks(each.days):
                    self.add(_label(remarks, "small"))
            else:
                self.add(_label("录入该年放假安排后自动重算，到期日不猜。"))
        self.calendars = tuple(calendars)
        self.show()


class DayCounts(QWidget):
    """Weeks from Monday to Sunday: the date small, the day's number large, rest days by name."""

    def __init__(self, days: tuple[CountedDay, ...]) -> None:
        super().__init__()
        self.days = days
        self._offset = days[0].day.weekday()
        weeks = (self._offset + len(days) + 6) // 7
        self.setFixedHeight(HEAD + weeks * CELL)
        self.setAccessibleName("；".join(f"{each.day} {_said(each)}" for each in days))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = self.width() // 7
        painter.setPen(QColor(tokens.MUTED))
        painter.setFont(sized(self.font(), tokens.SMALL))
        for column, name in enumerate(WEEKDAY_NAMES):
            painter.drawText(QRect(column * width, 0, width, HEAD), Qt.AlignmentFlag.AlignCenter, name)
        for place, each in enumerate(self.days, self._offset):
            area = QRect(place % 7 * width, HEAD + place // 7 * CELL, width, CELL).adjusted(1, 1, -1, -1)
            self._paint_day(painter, area, each)
        painter.end()

    def _paint_day(self, painter: QPainter, area: QRect, each: CountedDay) -> None:
        rests = each.count is None
        is_due = each is self.days[-1] and not rests
        soft = tokens.WARNING_SOFT if each.mark == "paused" else tokens.GROUND if rests else tokens.PRIMARY_SOFT
        ground = tokens.PRIMARY if is_due else soft
        painter.fillRect(area, QColor(ground))
        painter.setPen(QColor(tokens.ON_PRIMARY if is_due else tokens.MUTED))
        painter.setFont(sized(self.font(), tokens.SMALL - 1))
        is_first = each is self.days[0] or each.day.day == 1
        date_words = f"{each.day.month}/{each.day.day}" if is_first else str(each.day.day)
        if each.mark == "work":
            date_words += " 班"
        upper, lower = area.adjusted(0, 2, 0, -CELL // 2), area.adjusted(0, CELL // 2 - 5, 0, -2)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, date_words)
        painter.setPen(QColor(tokens.ON_PRIMARY if is_due else tokens.MUTED if rests else tokens.TEXT))
        if each.count:
            painter.setFont(sized(self.font(), tokens.LEAD, bold=True))
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, str(each.count))
            return
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, "起" if each.count == 0 else _rest_words(each))


def _said(each: CountedDay) -> str:
    return "，".join(word for word in (each.note or f"第{each.count}日", each.remark) if word)


def _rest_words(each: CountedDay) -> str:
    if each.mark == "paused":
        return each.note.partition("第")[0][:3]
    return "休" if each.note.startswith("周") else each.note[:3]


def _remarks(days: tuple[CountedDay, ...]) -> str:
    """What changed on the way, a line each."""
    return "\n".join(f"{each.day.month}月{each.day.day}日 {each.remark}" for each in days if each.remark)


def _standing_words(clock: Reading) -> str:
    """20工作日 → 2026-12-21 周一，已用8，剩12; or that it stands still, and what is left."""
    unit = LIMIT_UNITS[clock.limit.unit]
    length = f"{clock.limit}＋延期{clock.extended}{unit}" if clock.extended else str(clock.limit)
    left = f"剩{clock.remaining}" if clock.remaining >= 0 else f"超{-clock.remaining}"
    used = f"已用{clock.consumed}{unit}，{left}{unit}"
    if clock.due_on is None:
        return f"{length} → 待定（{clock.pending}）" if clock.pending else f"{length} → 暂停，等程序结果；{used}"
    return f"{length} → {day_words(clock.due_on)}；{used}"


def _label(words: str, role: str = "") -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    if role:
        set_role(label, role)
    return label
