"""The parts of a case's page at the desk: a section with a title, lines of facts, clocks as bars."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.rules.clocks import Countdown, Reading
from hall.services.desk_records import DeskClock
from hall.windows.kit import tokens
from hall.windows.kit.style import muted, set_role
from hall.words import CASE_PROCEDURES, CASE_STATES, CLOCK_KINDS, CLOCK_STATES, LIMIT_UNITS

BAR_HEIGHT = 8
NAME_WIDTH = 108


def words_label(text: str, role: str = "") -> QLabel:
    """Plain words that break into lines."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        set_role(label, role)
    return label


class Section(QFrame):
    """A card with a title; what is put into it stands below. Hidden while there is nothing to tell."""

    def __init__(self, title: str) -> None:
        super().__init__()
        set_role(self, "card")
        heading = QLabel(title)
        set_role(heading, "lead")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
        self._column.setSpacing(tokens.TIGHT)
        self._column.addWidget(heading)
        self._inside: list[QWidget] = []

    def show_widgets(self, widgets: Iterable[QWidget]) -> None:
        """Other contents."""
        for old in self._inside:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._inside = list(widgets)
        for widget in self._inside:
            self._column.addWidget(widget)
        self.setVisible(bool(self._inside))

    def show_facts(self, facts: Iterable[tuple[str, str]], *, columns: int = 1) -> None:
        """Name and words side by side; those without words are left out."""
        told = [(name, words) for name, words in facts if words]
        self.show_widgets([facts_grid(told, columns=columns)] if told else [])

    def show_words(self, words: Iterable[str]) -> None:
        """Short words, two side by side."""
        labels = [words_label(each) for each in words]
        if not labels:
            self.show_widgets([])
            return
        box = QWidget()
        set_role(box, "plain")
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SNUG)
        grid.setVerticalSpacing(tokens.HAIR)
        for place, label in enumerate(labels):
            grid.addWidget(label, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self.show_widgets([box])


def facts_grid(facts: Iterable[tuple[str, str]], *, columns: int = 1) -> QWidget:
    """Names muted on the left, words on the right."""
    box = QWidget()
    set_role(box, "plain")
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(tokens.SNUG)
    grid.setVerticalSpacing(tokens.HAIR)
    for column in range(columns):
        grid.setColumnMinimumWidth(2 * column, NAME_WIDTH)
        grid.setColumnStretch(2 * column + 1, 1)
    for place, (name, words) in enumerate(facts):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(muted(name), place // columns, place % columns * 2, top)
        grid.addWidget(words_label(words), place // columns, place % columns * 2 + 1, top)
    return box


class ClockBar(QWidget):
    """How much of a clock is used, as a bar; past its end the whole bar is red."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.setFixedHeight(BAR_HEIGHT)
        total = reading.budget + reading.extended
        self._share = min(reading.consumed / total, 1.0) if total else 1.0
        self._colour = _colour(reading)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(QColor(tokens.LINE))
        painter.drawRoundedRect(whole, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
        if self._share > 0:
            used = QRectF(whole.left(), whole.top(), max(whole.width() * self._share, BAR_HEIGHT), whole.height())
            painter.setBrush(QColor(self._colour))
            painter.drawRoundedRect(used, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
        painter.end()


def clock_lines(clocks: Iterable[DeskClock]) -> list[QWidget]:
    """A line for each clock; the second clock of a procedure stands below the first one that waits for it."""
    told: set[str] = set()
    lines = []
    for clock in clocks:
        countdowns = [each for each in clock.reading.countdowns if each.procedure not in told]
        told.update(each.procedure for each in countdowns)
        lines.append(clock_line(clock, countdowns))
    return lines


def clock_line(clock: DeskClock, countdowns: Iterable[Countdown]) -> QWidget:
    """Name, bar, and in words what is used, what is left and until when."""
    box = QWidget()
    set_role(box, "plain")
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    row = QHBoxLayout()
    row.setSpacing(tokens.SNUG)
    name = QLabel(clock_name(clock))
    name.setMinimumWidth(NAME_WIDTH)
    row.addWidget(name)
    row.addWidget(words_label(clock_words(clock)), 1)
    column.addLayout(row)
    if not clock.how:
        column.addWidget(ClockBar(clock.reading))
    for countdown in countdowns:
        column.addWidget(words_label(countdown_words(countdown), "small"))
    return box


def clock_name(clock: DeskClock) -> str:
    """法定时限; a step, a procedure or a part with its own name."""
    name = CLOCK_KINDS[clock.reading.kind]
    own = CASE_STATES.get(clock.subject) or CASE_PROCEDURES.get(clock.subject) or clock.subject
    return f"{name}（{own}）" if own else name


def clock_words(clock: DeskClock) -> str:
    """用 3 / 20 工作日，剩 17，12月21日到期."""
    reading = clock.reading
    unit = LIMIT_UNITS[reading.limit.unit]
    total = reading.budget + reading.extended
    parts = [f"已用 {reading.consumed} / {total} {unit}" if total else "即办"]
    if reading.extended:
        parts.append(f"含延期 {reading.extended}")
    if reading.paused_days:
        parts.append(f"另暂停 {reading.paused_days}")
    if clock.how and clock.stopped_on:
        return "　".join([*parts, f"{clock.stopped_on.isoformat()} 停止"])
    return "　".join([*parts, _end_words(reading)])


def _end_words(reading: Reading) -> str:
    if reading.standing == "paused":
        until = f"，{reading.due_on.isoformat()} 到期" if reading.due_on else "，到期日待恢复计时后确定"
        return f"{CLOCK_STATES['paused']}{until}"
    if reading.due_on is None:
        return f"待定（{reading.pending}）"
    if reading.remaining < 0:
        return f"{reading.due_on.isoformat()} 到期，已超 {-reading.remaining}"
    return f"{reading.due_on.isoformat()} 到期，" + (f"剩 {reading.remaining}" if reading.remaining else "今日到期")


def countdown_words(countdown: Countdown) -> str:
    """专家评审：给定 15 工作日，已用 4，剩 11，2026-12-11 后恢复计时."""
    name = CASE_PROCEDURES.get(countdown.procedure, countdown.procedure)
    if countdown.granted is None or countdown.left is None:
        return f"Ⅱ {name}进行中，已 {countdown.used} 日，没有期限"
    left = f"剩 {countdown.left}" if countdown.left >= 0 else f"已超 {-countdown.left}"
    ends = f"，{countdown.ends_on.isoformat()} 后恢复计时" if countdown.ends_on else ""
    return f"Ⅱ {name}：给定 {countdown.granted}，已用 {countdown.used}，{left}{ends}"


def _colour(reading: Reading) -> str:
    if reading.standing == "paused":
        return tokens.LIGHTS["paused"].colour
    if reading.remaining < 0:
        return tokens.LIGHTS[
            "over_statutory" if reading.kind in {"statutory", "acceptance"} else "over_promised"
        ].colour
    return tokens.LIGHTS["today" if reading.remaining == 0 else "normal"].colour
