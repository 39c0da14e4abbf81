"""The wallboard: the counts and the twelve most urgent cases, readable at five metres, turning pages by itself.

Nothing personal is on it: no applicant, no officer's name. All type is a share of the screen's height.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from hall.clock import Clock, hall_time
from hall.rules.lights import LIGHTS, Light
from hall.services.board import BoardView
from hall.services.board_choices import Choices
from hall.windows.board_lines import Line, in_hand_words, lines_of, remaining_words
from hall.windows.board_parts import SHOWN, Bar, bars_of
from hall.windows.display_parts import AgeLine, fitted
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.fonts import sized_to
from hall.windows.kit.lights import light_pixmap, paint_light
from hall.windows.kit.style import set_role

MOST, ON_PAGE, DEPARTMENTS = 12, 6, 12
TURN_MS, READ_MS, TICK_MS = 10_000, 10_000, 1000
PRESSING: tuple[Light, ...] = LIGHTS[:4]


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line: a light's shape, if any, before words; so much of the width."""

    words: str
    share: float
    light: Light | None = None
    right: bool = False


Cells = tuple[Cell, ...]


class WallLines(QWidget):
    """Six lines of large type; what is too long ends with …"""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Cells, ...] = ()
        self._empty = ""
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "wall-lines")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The lines in words."""
        return tuple("　".join(cell.words for cell in cells if cell.words) for cells in self._lines)

    def show_lines(self, lines: Sequence[Cells], empty: str = "") -> None:
        """Other lines."""
        self._lines, self._empty = tuple(lines), empty
        self.setAccessibleDescription("；".join(self.sentences))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height() / ON_PAGE
        painter.setFont(sized_to(self.font(), int(height * 0.42)))
        painter.setPen(QColor(tokens.TEXT))
        if not self._lines:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._empty)
        for number, cells in enumerate(self._lines):
            row = QRectF(1, number * height + 1, self.width() - 2, height - 2)
            if number % 2:
                painter.fillRect(row, QColor(tokens.GROUND))
            self._paint_line(painter, row, cells)
        painter.end()

    def _paint_line(self, painter: QPainter, row: QRectF, cells: Cells) -> None:
        left = row.left()
        for cell in cells:
            room = QRectF(left, row.top(), row.width() * cell.share, row.height())
            room = room.adjusted(row.height() * 0.15, 0, -row.height() * 0.15, 0)
            if cell.light is not None:
                side = row.height() * 0.42
                shape = QRectF(room.left(), row.center().y() - side / 2, side, side)
                paint_light(painter, shape, tokens.LIGHTS[cell.light])
                room.setLeft(room.left() + side * 1.35)
            words = QFontMetricsF(painter.font()).elidedText(cell.words, Qt.TextElideMode.ElideRight, room.width())
            side_of = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, side_of | Qt.AlignmentFlag.AlignVCenter, words)
            left += row.width() * cell.share


class BoardWall(QWidget):
    """Counts on top, below them pages in turn; F11 or Esc closes it. `wanted` asks for news: its age must be true."""

    closed = Signal()
    wanted = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setWindowTitle("时限看板 大屏")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "wall")
        self._clock = clock
        self._view: BoardView | None = None
        self._names = Choices({}, {}, {})
        self._pages: tuple[tuple[str, tuple[Cells, ...]], ...] = ()
        self._page = 0
        self._title, self._time, self._heading, self.age = QLabel("时限看板"), QLabel(), QLabel(), AgeLine()
        self._words: dict[str, QLabel] = {}
        self._shapes: dict[Light, QLabel] = {}
        self._numbers: dict[str, QLabel] = {}
        self._number_font = self.font()
        self.lines = WallLines()
        self._lay_out()
        for keys in (hotkeys.WALL, hotkeys.CLOSE_WALL):
            hotkeys.bind(keys, self._close, self)
        self.turn_timer = self._timer(TURN_MS, self.turn)
        self._timer(READ_MS, self.wanted.emit)
        self._timer(TICK_MS, self.tick)
        self.tick()

    @property
    def heading(self) -> str:
        """What the page shows, and which of the pages it is."""
        return self._heading.text()

    def number(self, code: str) -> str:
        """The number of a light, or of all (empty code), as it is shown."""
        return self._numbers[code].text()

    def show_names(self, names: Choices) -> None:
        """How departments are called."""
        self._names = names

    def show_view(self, view: BoardView, day: date) -> None:
        """Other figures, on the page that is shown."""
        self._view = view
        counts = view.counts_on(day)
        for code, label in self._numbers.items():
            number = counts.total if not code else sum(n for light, n in counts.lights.items() if light == code)
            label.setText(f"{number:,}")
        self._fit_numbers()
        lines = lines_of(view.urgent[:MOST], day, view.day_on(day).today, view.calendar)
        urgent = [("最紧迫", page) for page in _pages([_case_cells(line) for line in lines])]
        bars = bars_of(counts.departments, self._names.departments)[:DEPARTMENTS]
        self._pages = (*urgent, *(("各科室", page) for page in _pages([_bar_cells(bar) for bar in bars])))
        self._page = min(self._page, max(len(self._pages) - 1, 0))
        self._show_page()
        self.tick()

    @Slot()
    def turn(self) -> None:
        """The next page."""
        if self._pages:
            self._page = (self._page + 1) % len(self._pages)
        self._show_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Numbers are a tenth of the screen's height."""
        super().resizeEvent(event)
        font, height = self.font(), min(self.height(), self.width() * 9 // 16)
        self._title.setFont(sized_to(font, height // 22, bold=True))
        self._time.setFont(sized_to(font, height // 22))
        self._heading.setFont(sized_to(font, height // 26, bold=True))
        self.age.setFont(sized_to(font, height // 38))
        self._number_font = sized_to(font, height // 12, bold=True)
        for label in self._words.values():
            label.setFont(sized_to(font, height // 30))
        for light, shape in self._shapes.items():
            shape.setPixmap(light_pixmap(tokens.LIGHTS[light], height // 28, self.devicePixelRatio()))
        self._fit_numbers()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _fit_numbers(self) -> None:
        """All in one size, in which the longest, 50,000, keeps to its card."""
        room = (self.width() - 2 * tokens.BROAD) // len(self._numbers) - tokens.WIDE
        longest = max((label.text() for label in self._numbers.values()), key=len)
        for label in self._numbers.values():
            label.setFont(fitted(self._number_font, longest, room))

    @Slot()
    def _close(self) -> None:
        self.close()

    def _show_page(self) -> None:
        name, lines = self._pages[self._page] if self._pages else ("最紧迫", ())
        place = f"　{self._page + 1}/{len(self._pages)}" if len(self._pages) > 1 else ""
        self._heading.setText(f"{name}{place}")
        self.lines.show_lines(lines, empty="没有在办件")

    @Slot()
    def tick(self) -> None:
        """The time, and how old the figures are."""
        now = self._clock.now()
        self._time.setText(f"{hall_time(now):%Y-%m-%d  %H:%M}")
        self.age.show_age(self._view.as_of if self._view else None, now)

    def _timer(self, milliseconds: int, do: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(do)
        timer.start()
        return timer

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._time)
        counts = QHBoxLayout()
        counts.setSpacing(tokens.SNUG)
        for code in ("", *SHOWN):
            counts.addWidget(self._count(code), 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.BROAD, tokens.BASE, tokens.BROAD, tokens.BASE)
        inside.setSpacing(tokens.SNUG)
        inside.addLayout(head)
        inside.addLayout(counts)
        inside.addWidget(self._heading)
        inside.addWidget(self.lines, 1)
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the type follows the screen, not it the type
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(self.age)

    def _count(self, code: str) -> QFrame:
        card = QFrame()
        set_role(card, "card")
        self._words[code] = QLabel(tokens.LIGHTS[code].word if code else "在办")
        self._numbers[code] = QLabel("–")
        line = QHBoxLayout()
        line.setSpacing(tokens.TIGHT)
        line.addStretch(1)
        for light in (each for each in LIGHTS if each == code):
            self._shapes[light] = QLabel()
            line.addWidget(self._shapes[light])
        line.addWidget(self._words[code])
        line.addStretch(1)
        column = QVBoxLayout(card)
        column.setContentsMargins(tokens.HAIR, tokens.HAIR, tokens.HAIR, tokens.HAIR)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._numbers[code], 0, Qt.AlignmentFlag.AlignHCenter)
        return card


def _pages(lines: Sequence[Cells]) -> list[tuple[Cells, ...]]:
    return [tuple(lines[first : first + ON_PAGE]) for first in range(0, len(lines), ON_PAGE)]


def _case_cells(line: Line) -> Cells:
    row = line.row
    return (
        Cell(tokens.LIGHTS[line.light].word, 0.135, light=line.light),
        Cell(remaining_words(line), 0.10, right=True),
        Cell(row.number, 0.32),
        Cell(row.matter_name, 0.165),
        Cell(row.department, 0.13),
        Cell(f"在手 {in_hand_words(line)}", 0.15, right=True),
    )


def _bar_cells(bar: Bar) -> Cells:
    counts = tuple(Cell(f"{bar.counts.get(code, 0):,}", 0.14, light=code) for code in PRESSING)
    return Cell(bar.name, 0.26), Cell(f"在办 {bar.total:,}", 0.18), *counts


class WallHolder(QObject):
    """The wallboard of a board while there is one: it gets the same news, and closes with the board's window."""

    wanted = Signal()

    def __init__(self, board: QWidget, clock: Clock) -> None:
        super().__init__(board)
        self._clock = clock
        self._names = Choices({}, {}, {})
        self._news: tuple[BoardView, date] | None = None
        self.wall: BoardWall | None = None
        board.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The board is closed."""
        if event.type() == QEvent.Type.Close and self.wall is not None:
            self.wall.close()
        return super().eventFilter(watched, event)

    def show_names(self, names: Choices) -> None:
        """How departments are called."""
        self._names = names
        if self.wall is not None:
            self.wall.show_names(names)

    def show_view(self, view: BoardView, day: date) -> None:
        """Other figures, or another day."""
        self._news = view, day
        if self.wall is not None:
            self.wall.show_view(view, day)

    @Slot()
    def open(self) -> None:
        """Full screen, until it is closed."""
        if self.wall is not None:
            self.wall.activateWindow()
            return
        self.wall = BoardWall(self._clock)
        self.wall.closed.connect(self._closed)
        self.wall.wanted.connect(self.wanted)
        self.wall.show_names(self._names)
        if self._news is not None:
            self.wall.show_view(*self._news)
        self.wall.showFullScreen()

    @Slot()
    def _closed(self) -> None:
        if self.wall is not None:
            self.wall.deleteLater()
            self.wall = None
