"""综合屏: the last calls and who still waits, readable at five metres, with the age of what it shows."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.errors import HallError
from hall.services.catalogue import MatterInForce
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.notices import public_notices
from hall.services.queue_reading import CallView, QueueView
from hall.windows.display_parts import AgeLine, CallRow, WaitingStrip, digits_of, free_label
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized_to
from hall.windows.kit.shown import Shown
from hall.windows.kit.style import set_role
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

CALLS = 6
REFRESH_MS, SLOW_REFRESH_MS = 5000, 60_000
FLASHES, FLASH_MS = 3, 450
WELCOME = "欢迎光临，请先取号"


class Display(QWidget):
    """Left two thirds the calls, newest on top and flashing three times, and who waits; right the notices."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed) -> None:
        super().__init__()
        self.setWindowTitle("综合屏")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "display")
        self._front = front
        self._tasks = tasks
        self.shown_queue: QueueView | None = None
        self._shown = Shown("display")
        self._departments: dict[str, str] = {}
        self._seen: dict[int, int] | None = None
        self._flashing: set[int] = set()
        self._flashes = 0
        self._reading = self._again = False
        self._build()
        self.flash_timer = self._timer(FLASH_MS, self._flash)
        for interval, slot in (
            (REFRESH_MS, self._reload),
            (SLOW_REFRESH_MS, self._load_surroundings),
            (1000, self._tick),
        ):
            self._timer(interval, slot).start()
        changes.changed.connect(self._changed)
        self._load_surroundings()
        self._reload()
        self._tick()

    @property
    def called(self) -> tuple[str, ...]:
        """The calls as they are shown, newest first: A017 → 3号窗口."""
        return tuple(row.words for row in self.rows if row.words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A called number is at least an eighth of the screen's height; all other type follows."""
        super().resizeEvent(event)
        font, height = self.font(), min(self.height(), self.width() * 10 // 16)
        self._title.setFont(sized_to(font, height // 21, bold=True))
        self._time.setFont(sized_to(font, height // 21))
        self._welcome.setFont(sized_to(font, height // 10))
        for number, row in enumerate(self.rows):
            if number == 0:
                row.set_fonts(digits_of(font, height / 8), sized_to(font, height // 12), sized_to(font, height // 36))
            else:
                row.set_fonts(sized_to(font, height // 14), sized_to(font, height // 16), sized_to(font, height // 36))
        self.waiting.set_fonts(sized_to(font, height // 34, bold=True), sized_to(font, height // 38))
        self._notices_title.setFont(sized_to(font, height // 26, bold=True))
        self._set_paddings(height)
        self._fit_notices()
        self._phones.setFont(sized_to(font, height // 34))
        self.age.setFont(sized_to(font, height // 38))

    def _set_paddings(self, height: int) -> None:
        """Space is a share of the height, too: on a small screen it must not take the numbers' room."""
        self._inside.setContentsMargins(height // 34, height // 68, height // 34, height // 68)
        self._inside.setSpacing(height // 68)
        self._left.setSpacing(height // 135)
        self._body.setSpacing(height // 45)
        self._side.setContentsMargins(*(height // 45,) * 4)

    def _fit_notices(self) -> None:
        """As large as usual, or as much smaller as all of the notices need."""
        height = min(self.height(), self.width() * 10 // 16)
        room = self._notices.size()
        for share in range(30, 46):
            font = sized_to(self.font(), height // share)
            flags = Qt.TextFlag.TextWordWrap.value
            needed = QFontMetrics(font).boundingRect(0, 0, room.width(), 0, flags, self._notices.text()).height()
            if needed <= room.height():
                break
        self._notices.setFont(font)

    def _build(self) -> None:
        self._title, self._time, self.age = QLabel(), QLabel(), AgeLine()
        self.rows = [CallRow(newest=row == 0) for row in range(CALLS)]
        self._welcome = free_label(heavy=True)
        self._welcome.setText(WELCOME)
        self.waiting = WaitingStrip()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._time)
        self._left, self._body, self._inside = QVBoxLayout(), QHBoxLayout(), QVBoxLayout()
        self._left.addWidget(self._welcome, 30)
        for number, row in enumerate(self.rows):
            self._left.addWidget(row, 10 if number else 30)
        self._left.addStretch(2)
        self._left.addWidget(self.waiting, 12)
        self._body.addLayout(self._left, 2)
        self._body.addWidget(self._notice_board(), 1)
        self._inside.addLayout(head)
        self._inside.addLayout(self._body, 1)
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the type follows the screen, not it the type
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._inside, 1)
        layout.addWidget(self.age)

    def _notice_board(self) -> QFrame:
        board = QFrame()
        set_role(board, "display-side")
        board.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._notices_title, self._notices, self._phones = QLabel("公告"), QLabel(), QLabel()
        for label in (self._notices, self._phones):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._notices.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._notices.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._side = QVBoxLayout(board)
        self._side.setSpacing(tokens.BASE)
        self._side.addWidget(self._notices_title)
        self._side.addWidget(self._notices, 1)
        self._side.addWidget(self._phones)
        return board

    def _timer(self, interval: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        topics = {topic for topic, _ in changes}
        if topics & {"catalogue", "*"}:
            self._load_surroundings()
        if topics & {"queue", "*"}:
            self._reload()

    @Slot()
    def _load_surroundings(self) -> None:
        """What changes seldom: the hall, its catalogue, its notices."""
        read, home = partial(self._tasks.read, on_failed=self._away, owner=self), self._front.home
        read(self._front.hall, self._show_hall)
        read(self._front.matters, self._show_catalogue)
        read(partial(public_notices, home), self._show_notices)

    @Slot()
    def _reload(self) -> None:
        """One question at a time: a database that hangs must not be asked ever more.

        What changes meanwhile is asked for once more, for the answer under way may be older.
        """
        self._again = self._reading
        if not self._reading:
            self._reading = True
            self._tasks.read(self._front.queue, self.show_queue, on_failed=self._away_queue, owner=self)

    def _answered(self) -> None:
        self._reading = False
        if self._again:
            self._reload()

    def _show_hall(self, hall: HallView) -> None:
        self._title.setText(hall.name)
        phones = (("咨询", hall.phone), ("监督投诉", hall.complaint_phone))
        self._phones.setText("\n".join(f"{name}　{number}" for name, number in phones if number))

    def _show_catalogue(self, matters: tuple[MatterInForce, ...]) -> None:
        self._departments = {each.matter.code: each.matter.department for each in matters}
        if self.shown_queue is not None:
            self._show_waiting(self.shown_queue)

    def _show_notices(self, notices: tuple[str, ...]) -> None:
        self._notices.setText("\n\n".join(notices))
        self._fit_notices()

    def show_queue(self, queue: QueueView) -> None:
        """Show this state of the queue."""
        self.shown_queue = queue
        for row, call in zip(self.rows, (*queue.calls, *[None] * CALLS), strict=False):
            row.show_call(call)
        self._welcome.setVisible(not queue.calls)
        for row in self.rows:
            row.setVisible(bool(queue.calls))
        self._show_waiting(queue)
        self._notice_new_calls(queue.calls)
        self._tick()
        self._shown.tell(calls=self.called)
        self._answered()

    def _show_waiting(self, queue: QueueView) -> None:
        """Each department: who waits, and the span over its matters, as the kiosk shows it on the button."""
        cells = []
        for name in dict.fromkeys(self._departments.values()):
            codes = [code for code, department in self._departments.items() if department == name]
            lows, highs = zip(*(queue.minutes_of(code) for code in codes), strict=True)
            cells.append((name, sum(queue.per_matter.get(code, 0) for code in codes), (min(lows), max(highs))))
        self.waiting.show_counts(cells)

    def _notice_new_calls(self, calls: tuple[CallView, ...]) -> None:
        """A call, and a call repeated, flash three times wherever they stand."""
        before, begun = self._seen or {}, self._seen is not None
        fresh = {call.ticket_id for call in calls if begun and before.get(call.ticket_id, 0) < call.calls}
        self._seen = {call.ticket_id: call.calls for call in calls}
        if fresh:
            self._flashing = fresh
            self._flashes = 2 * FLASHES
            self.flash_timer.start()

    @Slot()
    def _flash(self) -> None:
        self._flashes -= 1
        shown = self.shown_queue.calls if self.shown_queue else ()
        for row, call in zip(self.rows, shown, strict=False):
            row.flash(lit=call.ticket_id in self._flashing and self._flashes % 2 == 1)
        if self._flashes <= 0:
            self.flash_timer.stop()

    @Slot()
    def _tick(self) -> None:
        now = self._front.clock.now()
        self._time.setText(f"{hall_time(now):%Y-%m-%d  %H:%M}")
        self.age.show_age(self.shown_queue.as_of if self.shown_queue else None, now)

    def _away_queue(self, failure: HallError) -> None:
        self._away(failure)
        self._answered()

    def _away(self, failure: HallError) -> None:
        """Keep showing the last state; its age says the rest."""
        self.age.setToolTip(failure.sentence)
        self._tick()
