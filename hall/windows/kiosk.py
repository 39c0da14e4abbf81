"""取号: a walk-in takes a number in two touches, or lays down the ID card and takes it in one."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.errors import HallError
from hall.rules.cards import Card
from hall.rules.identity import mask_name
from hall.services.catalogue import MatterInForce
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.queue_reading import QueueView
from hall.services.taking import TicketIssued
from hall.windows.kiosk_pages import CardPanel, TicketPage
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_look, set_role
from hall.windows.kit.touch import Tile, TileGrid, touch_button
from hall.words import PRINTER_STATES
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

BACK_SECONDS = 20
REFRESH_MS = 30_000
PRINTER, READER = "小票打印机", "读卡器"
# What a slip printer says of itself when it cannot print; all else may still give a slip.
STOPPED = tuple(PRINTER_STATES[state] for state in ("paper_out", "cover_open", "offline", "cutter_error"))


class Kiosk(QWidget):
    """Departments → matters → the number. Goes back to the start by itself after 20 seconds."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> None:
        super().__init__()
        self.setWindowTitle("取号")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "ground")
        self._front = front
        self._tasks = tasks
        self._hall: HallView | None = None
        self._matters: tuple[MatterInForce, ...] = ()
        self._queue: QueueView | None = None
        self._card: Card | None = None
        self._shown_department: str | None = None
        self._stopped = ""
        self._failure = ""
        self._issuing = False
        self.back_timer = self._timer(BACK_SECONDS * 1000, self._time_is_up)
        self.back_timer.setSingleShot(True)
        self._build()
        self._timer(1000, self._tick).start()
        self._timer(REFRESH_MS, self._load).start()
        changes.changed.connect(self._changed)
        cards.card.connect(self._card_read)
        lamps.lamp.connect(self._lamp)
        for device, (state, words) in lamps.last.items():
            self._lamp(device, state, words)
        self._tick()
        self._load()

    @Slot()
    def start_over(self) -> None:
        """The first page, and nobody's card."""
        self.back_timer.stop()
        self._card = None
        self._failure = ""
        self.card_panel.invite()
        self.ticket.clear()
        self._show_start()
        if self.large_button.isChecked():
            self._stay()

    def choose_department(self, name: str) -> None:
        """Show the matters of a department; of all departments for an empty name."""
        self._shown_department = name
        self._show_matters()
        self.matters.show_top()
        self._pages.setCurrentWidget(self.matters)
        self._heading.setText(f"{name}　请选择办理事项" if name else "请选择办理事项")
        self.back_button.show()
        self._stay()

    def choose_matter(self, code: str) -> None:
        """Take the number; while that is done, no tile answers."""
        if self._stopped or self._issuing:
            return
        self.back_timer.stop()
        self._set_issuing(True)
        self._heading.setText("正在取号…")
        card = self._card
        self._tasks.write(
            lambda: self._front.taking.issue(code, channel="card" if card else "kiosk", card=card),
            self._issued,
            on_failed=self._not_issued,
            owner=self,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a wide screen the card panel stands beside the tiles, on a high one above them."""
        super().resizeEvent(event)
        wide = self.width() > self.height()
        directions = QBoxLayout.Direction
        self._body.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._body.setStretch(0, 1 if wide else 0)
        self._body.setStretch(1, 3)
        self.departments.set_columns(2 if wide else 1)
        self.card_panel.stand(upright=wide)

    def _build(self) -> None:
        self.departments = TileGrid(columns=1, roomy=True)
        self.matters = TileGrid(columns=2)
        self.ticket = TicketPage(self.start_over)
        self._pages = QStackedWidget()
        for page in (self.departments, self.matters, self.ticket):
            self._pages.addWidget(page)
        for grid in (self.departments, self.matters):
            grid.turned.connect(self._stay)
        self.card_panel = CardPanel()
        self.card_panel.hide()
        self.notice, self._heading, self._countdown = QLabel(), QLabel(), QLabel()
        set_role(self.notice, "public-notice")
        self.notice.setWordWrap(True)
        self.notice.hide()
        self._countdown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back_button = touch_button("返回", self.start_over)
        self.large_button = touch_button("大字版", self._large_touched)
        self.large_button.setCheckable(True)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.start_over)
        self._lay_out()
        self._resize_type()
        self._show_start()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(tokens.WIDE)
        right.addWidget(self._heading)
        right.addWidget(self._pages, 1)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setContentsMargins(tokens.BROAD, tokens.WIDE, tokens.BROAD, 0)
        self._body.setSpacing(tokens.WIDE)
        self._body.addWidget(self.card_panel)
        self._body.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(tokens.BROAD, tokens.BASE, tokens.BROAD, tokens.BASE)
        foot.addWidget(self.back_button)
        foot.addWidget(self._countdown, 1)
        foot.addWidget(self.large_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.notice)
        layout.addLayout(self._body, 1)
        layout.addLayout(foot)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(head, "public-head")
        self._title, self._time = QLabel("自助取号"), QLabel()
        self._title.setWordWrap(True)
        row = QHBoxLayout(head)
        row.setContentsMargins(tokens.BROAD, tokens.BASE, tokens.BROAD, tokens.BASE)
        row.addWidget(self._title, 1)
        row.addWidget(self._time)
        return head

    def _timer(self, interval: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    def _show_start(self) -> None:
        self._shown_department = None
        self._heading.setText("请选择办理类别")
        self._heading.show()
        self.departments.show_top()
        self._pages.setCurrentWidget(self.departments)
        self.back_button.hide()
        self._show_notice()
        self._tick()

    @Slot()
    def _stay(self) -> None:
        """Somebody is here: the seconds count anew."""
        self.back_timer.start()
        self._tick()

    @Slot()
    def _time_is_up(self) -> None:
        """Whoever was here has gone: the next person finds the screen as it always is."""
        self.large_button.setChecked(False)
        self._resize_type()
        self.start_over()

    @Slot()
    def _load(self) -> None:
        self._tasks.read(self._front.hall, self._show_hall, on_failed=self._failed, owner=self)
        self._load_catalogue()
        self._load_queue()

    def _load_catalogue(self) -> None:
        self._tasks.read(self._front.matters, self._show_catalogue, on_failed=self._failed, owner=self)

    def _load_queue(self) -> None:
        self._tasks.read(self._front.queue, self._show_queue, on_failed=self._failed, owner=self)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        topics = {topic for topic, _ in changes}
        if topics & {"catalogue", "*"}:
            self._load_catalogue()
        if topics & {"queue", "*"}:
            self._load_queue()

    def _show_hall(self, hall: HallView) -> None:
        self._hall = hall
        self._title.setText(hall.name)

    def _show_catalogue(self, matters: tuple[MatterInForce, ...]) -> None:
        self._matters = matters
        self._refresh()

    def _show_queue(self, queue: QueueView) -> None:
        """The database answers: a failure that was shown is over."""
        self._queue = queue
        self._failure = ""
        self._refresh()
        self._show_notice()

    def _refresh(self) -> None:
        by_department: dict[str, list[MatterInForce]] = {}
        for each in self._matters:
            by_department.setdefault(each.matter.department, []).append(each)
        self.departments.show_tiles(
            [
                Tile(
                    name,
                    _letters(each),
                    name,
                    "\n".join((_example(each), self._waiting_words(each))),
                    partial(self.choose_department, name),
                )
                for name, each in by_department.items()
            ]
        )
        if self._shown_department is not None:
            self._show_matters()

    def _show_matters(self) -> None:
        self.matters.show_tiles(
            [
                Tile(
                    each.matter.code,
                    each.matter.prefix,
                    each.matter.name,
                    self._waiting_words([each]),
                    partial(self.choose_matter, each.matter.code),
                )
                for each in self._matters
                if self._shown_department in {"", each.matter.department}
            ]
        )

    def _waiting_words(self, matters: list[MatterInForce]) -> str:
        """Who waits for these; the minutes are those of the one queue that all counters serve."""
        if self._queue is None:
            return ""
        waiting = sum(self._queue.per_matter.get(each.matter.code, 0) for each in matters)
        low, high = self._queue.minutes
        between = "\n" if self.large_button.isChecked() else "　"
        return f"等候 {waiting} 人{between}约 {low}–{high} 分钟"

    @Slot(object)
    def _card_read(self, card: Card) -> None:
        """A card answers who; the walk-in still says what for, of all matters at once."""
        if self._issuing or self._stopped:
            return
        if self._pages.currentWidget() is self.ticket:
            self.start_over()
        self._card = card
        self.card_panel.show()
        self.card_panel.say(f"{mask_name(card.name)}，您好", "请收好身份证，选择要办理的事项", greeting=True)
        if self._shown_department is None:
            self.choose_department("")
        self._stay()

    @Slot(str, str, str)
    def _lamp(self, device: str, state: str, words: str) -> None:
        if device == PRINTER:
            self._stopped = next((word for word in STOPPED if state != "ok" and word in words), "")
            self._set_issuing(self._issuing)
            self._show_notice()
        elif device == READER:
            self.card_panel.setVisible(state in {"ok", "trouble"})
            if self._card is None and state == "trouble":
                self.card_panel.say(words, "或直接在屏幕上选择")
            elif self._card is None:
                self.card_panel.invite()

    def _issued(self, ticket: TicketIssued) -> None:
        self._set_issuing(False)
        self._card = None
        self.card_panel.invite()
        counters = self._hall.counters if self._hall else ()
        self.ticket.show_ticket(ticket, counters, slip=self._front.slip)
        self._heading.hide()
        self._pages.setCurrentWidget(self.ticket)
        self.back_button.hide()
        self._stay()

    def _not_issued(self, failure: HallError) -> None:
        self._set_issuing(False)
        self._heading.setText("没有取到号")
        self._stay()
        self._failed(failure)

    def _failed(self, failure: HallError) -> None:
        self._failure = failure.sentence
        self._show_notice()

    def _show_notice(self) -> None:
        """A printer that cannot print stands above all else: whoever comes must not wait in vain."""
        words = f"{PRINTER}{self._stopped}，请到导办台取号。" if self._stopped else self._failure
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def _set_issuing(self, issuing: bool) -> None:
        self._issuing = issuing
        for grid in (self.departments, self.matters):
            grid.setEnabled(not issuing and not self._stopped)

    @Slot()
    def _tick(self) -> None:
        self._time.setText(f"{hall_time(self._front.clock.now()):%Y-%m-%d  %H:%M}")
        left = round(self.back_timer.remainingTime() / 1000)
        self._countdown.setText(f"{left} 秒后返回" if self.back_timer.isActive() else "")

    @Slot()
    def _large_touched(self) -> None:
        self._resize_type()
        self._stay()

    def _resize_type(self) -> None:
        large = self.large_button.isChecked()
        body = tokens.PUBLIC_LARGE if large else tokens.PUBLIC_BODY
        font = self.font()
        self.large_button.setText("普通字" if large else "大字版")
        self._title.setFont(sized(font, tokens.PUBLIC_TITLE, bold=True))
        self._heading.setFont(sized(font, body * 1.3, bold=True))
        for label in (self._time, self._countdown, self.notice):
            label.setFont(sized(font, body))
        for sheet in (self.departments, self.matters, self.ticket, self.card_panel):
            sheet.set_points(body)
        for button in self.findChildren(QPushButton):
            set_look(button, "large", large)
        self._refresh()


def _letters(matters: Iterable[MatterInForce]) -> str:
    """The first letters of a department's numbers."""
    return "".join(dict.fromkeys(each.matter.prefix for each in matters))


def _example(matters: Sequence[MatterInForce]) -> str:
    """What a department does, by its shortest matter: few people know it by its own name."""
    name = min((each.matter.name for each in matters), key=len)
    return f"{name}等\u00a0{len(matters)}\u00a0项" if len(matters) > 1 else name
