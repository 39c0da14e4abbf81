"""取号: a walk-in takes a number in two touches, by hand or with the ID card."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hall.clock import hall_time
from hall.errors import HallError
from hall.rules.cards import Card
from hall.rules.identity import mask_name
from hall.services.catalogue import MatterInForce
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.queue_reading import QueueView
from hall.services.queueing import TicketIssued
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_role
from hall.windows.kit.touch import Tile, TileGrid
from hall.workers.card_reader import CardFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

BACK_SECONDS = 20
WELCOME = "请选择办理类别，或将身份证放在读卡区"


class Kiosk(QWidget):
    """Departments → matters → the number. Goes back to the start by itself after 20 seconds."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, cards: CardFeed) -> None:
        super().__init__()
        self.setWindowTitle("取号")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "ground")
        self._front = front
        self._tasks = tasks
        self._matters: tuple[MatterInForce, ...] = ()
        self._queue: QueueView | None = None
        self._card: Card | None = None
        self._department = ""
        self._build()
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(BACK_SECONDS * 1000)
        self._back.timeout.connect(self.start_over)
        changes.changed.connect(self._changed)
        cards.card.connect(self._card_read)
        self._load()

    @Slot()
    def start_over(self) -> None:
        """The first page, and nobody's card."""
        self._back.stop()
        self._card = None
        self._department = ""
        self._say(WELCOME)
        self._pages.setCurrentWidget(self.departments)
        self._back_button.hide()

    def choose_department(self, name: str) -> None:
        """Show the matters of a department."""
        self._department = name
        self._show_matters()
        self._pages.setCurrentWidget(self.matters)
        self._back_button.show()
        self._back.start()

    def choose_matter(self, code: str) -> None:
        """Take the number; while that is done, no tile answers."""
        self._pages.setEnabled(False)
        self._say("正在取号…")
        card = self._card
        self._tasks.write(
            lambda: self._front.issue(code, channel="card" if card else "kiosk", card=card),
            self._issued,
            on_failed=self._refused,
            owner=self,
        )

    def _build(self) -> None:
        self._title = QLabel("办事取号")
        self._time = QLabel()
        self._words = QLabel(WELCOME)
        self._words.setWordWrap(True)
        self.departments = TileGrid(columns=2)
        self.matters = TileGrid(columns=2)
        self._ticket = _TicketPage(self.start_over)
        self._pages = QStackedWidget()
        for page in (self.departments, self.matters, self._ticket):
            self._pages.addWidget(page)
        self._back_button = QPushButton("返回")
        set_role(self._back_button, "touch")
        self._back_button.clicked.connect(self.start_over)
        self._back_button.hide()
        self.large = QCheckBox("大字版")
        self.large.toggled.connect(self._resize_type)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.start_over)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.BROAD, tokens.WIDE, tokens.BROAD, tokens.WIDE)
        layout.setSpacing(tokens.WIDE)
        layout.addLayout(_row(self._title, self._time))
        layout.addWidget(self._words)
        layout.addWidget(self._pages, 1)
        layout.addLayout(_row(self._back_button, self.large))
        clock = QTimer(self)
        clock.setInterval(1000)
        clock.timeout.connect(self._tick)
        clock.start()
        self._tick()
        self._resize_type(False)

    def _load(self) -> None:
        self._tasks.read(self._front.hall, self._show_hall, on_failed=self._refused, owner=self)
        self._tasks.read(self._front.matters, self._show_catalogue, on_failed=self._refused, owner=self)
        self._reload_queue()

    def _show_hall(self, hall: HallView) -> None:
        self._title.setText(hall.name)

    def _reload_queue(self) -> None:
        self._tasks.read(self._front.queue, self._show_queue, on_failed=self._refused, owner=self)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        topics = {topic for topic, _ in changes}
        if topics & {"catalogue", "*"}:
            self._tasks.read(self._front.matters, self._show_catalogue, on_failed=self._refused, owner=self)
        if topics & {"queue", "*"}:
            self._reload_queue()

    def _show_catalogue(self, matters: tuple[MatterInForce, ...]) -> None:
        self._matters = matters
        self._refresh()

    def _show_queue(self, queue: QueueView) -> None:
        self._queue = queue
        self._refresh()

    def _refresh(self) -> None:
        names = dict.fromkeys(each.matter.department for each in self._matters)
        self.departments.show_tiles(
            [
                Tile(name, name, self._waiting_words(name), partial(self.choose_department, name))
                for name in names
            ]
        )
        if self._department:
            self._show_matters()

    def _show_matters(self) -> None:
        self.matters.show_tiles(
            [
                Tile(
                    each.matter.code,
                    each.matter.name,
                    self._count_words(self._waiting(each.matter.code)),
                    partial(self.choose_matter, each.matter.code),
                )
                for each in self._matters
                if each.matter.department == self._department
            ]
        )

    def _waiting(self, code: str) -> int:
        return self._queue.per_matter.get(code, 0) if self._queue else 0

    def _waiting_words(self, department: str) -> str:
        codes = [each.matter.code for each in self._matters if each.matter.department == department]
        return self._count_words(sum(self._waiting(code) for code in codes))

    def _count_words(self, waiting: int) -> str:
        if self._queue is None:
            return ""
        low, high = self._queue.minutes
        return f"等候 {waiting} 人，约 {low}–{high} 分钟"

    @Slot(object)
    def _card_read(self, card: Card) -> None:
        """A card answers who; the walk-in still says what for."""
        if self._pages.currentWidget() is self._ticket:
            self.start_over()
        self._card = card
        self._say(f"{mask_name(card.name)} 您好，请选择办理事项。")
        self._back.start()

    def _issued(self, ticket: TicketIssued) -> None:
        self._pages.setEnabled(True)
        self._ticket.show_ticket(ticket)
        self._pages.setCurrentWidget(self._ticket)
        self._say("请取走号票，留意屏幕和广播。")
        self._card = None
        self._back_button.show()
        self._back.start()

    def _refused(self, failure: HallError) -> None:
        self._pages.setEnabled(True)
        self._say(failure.sentence)

    def _say(self, words: str) -> None:
        self._words.setText(words)

    @Slot()
    def _tick(self) -> None:
        self._time.setText(f"{hall_time(self._front.clock.now()):%Y-%m-%d  %H:%M}")

    @Slot(bool)
    def _resize_type(self, large: bool) -> None:
        body = tokens.PUBLIC_LARGE if large else tokens.PUBLIC_BODY
        font = self.font()
        self._title.setFont(sized(font, tokens.PUBLIC_TITLE, bold=True))
        self._time.setFont(sized(font, tokens.PUBLIC_BODY))
        self._words.setFont(sized(font, body))
        self.large.setFont(sized(font, tokens.PUBLIC_BODY))
        for grid in (self.departments, self.matters):
            grid.set_points(body)
        self._ticket.set_points(body)


class _TicketPage(QWidget):
    """The number, large, with everything the walk-in needs to know until the call."""

    def __init__(self, on_done: Callable[[], None]) -> None:
        super().__init__()
        self._code = QLabel()
        self._lines = [QLabel() for _ in range(4)]
        done = QPushButton("完成")
        set_role(done, "touch-primary")
        done.clicked.connect(on_done)
        column = QVBoxLayout(self)
        column.setSpacing(tokens.BASE)
        column.addStretch(1)
        for label in (self._code, *self._lines):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_ticket(self, ticket: TicketIssued) -> None:
        """What the slip says, too."""
        low, high = ticket.minutes
        words = (
            ticket.matter_name,
            f"前方 {ticket.waiting_ahead} 人",
            f"约 {low}–{high} 分钟",
            "号票正在打印；没有打出请找导办员。",
        )
        self._code.setText(ticket.code)
        for label, text in zip(self._lines, words, strict=True):
            label.setText(text)

    def set_points(self, points: float) -> None:
        """Type size of the lines; the number is four times as large."""
        self._code.setFont(sized(self.font(), points * 4, bold=True))
        for label in self._lines:
            label.setFont(sized(self.font(), points))


def _row(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row
