"""窗口屏: the display of one counter, above the clerk's head: its number, and whom it serves."""

from datetime import timedelta

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hall.errors import HallError
from hall.services.front import Front
from hall.services.queue_reading import CallView, QueueView
from hall.windows.display_parts import AgeLine, digits_of, free_label
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized_to
from hall.windows.kit.style import set_look, set_role
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

REFRESH_MS = 5000
FLASHES, FLASH_MS = 3, 450
# A counter of which nothing was heard for so long invites nobody.
CLOSED_AFTER = timedelta(minutes=1)


class CounterDisplay(QWidget):
    """One counter: 欢迎光临, 请 A017 号, A017 号办理中, or 暂停服务 while nothing is known of it."""

    def __init__(self, front: Front, tasks: Tasks, *, counter: int, changes: ChangeFeed) -> None:
        super().__init__()
        self.setWindowTitle(f"{counter}号窗口屏")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "display")
        self._front = front
        self._tasks = tasks
        self._counter = counter
        self._queue: QueueView | None = None
        self._call: CallView | None = None
        self._reading = False
        self._flashes = 0
        self._build()
        self.flash_timer = self._timer(FLASH_MS)
        self.flash_timer.timeout.connect(self._flash)
        refresh, tick = self._timer(REFRESH_MS), self._timer(1000)
        refresh.timeout.connect(self._reload)
        tick.timeout.connect(self._tick)
        refresh.start()
        tick.start()
        changes.changed.connect(self._changed)
        self._tick()
        self._reload()

    @property
    def words(self) -> str:
        """What it says now."""
        return " ".join(label.text() for label in (self._before, self.number, self._after) if label.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All type follows the screen's height."""
        super().resizeEvent(event)
        self._resize_type()

    def _resize_type(self) -> None:
        """The number is as large as the screen allows, never under an eighth of its height."""
        font, height = self.font(), self.height()
        size = max(height / 8, min(height / 4, self.width() / 6))
        self._counter_label.setFont(sized_to(font, height // 9))
        self.number.setFont(digits_of(font, size))
        self._before.setFont(sized_to(font, height // (10 if self.number.text() else 6)))
        self._after.setFont(sized_to(font, height // 10))
        self.age.setFont(sized_to(font, height // 30))

    def _build(self) -> None:
        self._counter_label = free_label(heavy=True)
        self._counter_label.setText(f"{self._counter}号窗口")
        self._before, self.number, self._after = (free_label(heavy=True) for _ in range(3))
        self._sheet = QWidget()
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self._sheet, "display-newest")
        sheet = QVBoxLayout(self._sheet)
        sheet.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.WIDE)
        for label, share in ((self._before, 2), (self.number, 5), (self._after, 2)):
            sheet.addWidget(label, share)
        self.age = AgeLine()
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.BROAD, tokens.BASE, tokens.BROAD, tokens.BROAD)
        inside.setSpacing(tokens.BASE)
        inside.addWidget(self._counter_label, 2)
        inside.addWidget(self._sheet, 7)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(self.age)

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        return timer

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & {"queue", "*"}:
            self._reload()

    @Slot()
    def _reload(self) -> None:
        """One question at a time: a database that hangs must not be asked ever more."""
        if not self._reading:
            self._reading = True
            self._tasks.read(self._front.queue, self._show_queue, on_failed=self._away, owner=self)

    def _show_queue(self, queue: QueueView) -> None:
        self._reading = False
        self._queue = queue
        call = queue.at_counters.get(self._counter)
        calls = (call.ticket_id, call.calls) if call else None
        seen = (self._call.ticket_id, self._call.calls) if self._call else None
        self._call = call
        if calls is not None and calls != seen:
            self._flashes = 2 * FLASHES
            self.flash_timer.start()
        self._tick()

    @Slot()
    def _tick(self) -> None:
        age = self.age.show_age(self._queue.as_of if self._queue else None, self._front.clock.now())
        self._say(*self._sentence(known=age is not None and age <= CLOSED_AFTER))

    def _sentence(self, *, known: bool) -> tuple[str, str, str]:
        """Before the number, the number, after it."""
        if not known:
            return "暂停服务", "", ""
        if self._call is None:
            return "欢迎光临", "", ""
        if self._call.state == "called":
            return "请", self._call.code, "号到本窗口"
        return "正在办理", self._call.code, ""

    def _say(self, before: str, number: str, after: str) -> None:
        for label, text in ((self._before, before), (self.number, number), (self._after, after)):
            label.setText(text)
        self.number.setVisible(bool(number))
        self._after.setVisible(bool(after))
        self._resize_type()

    @Slot()
    def _flash(self) -> None:
        self._flashes -= 1
        set_look(self._sheet, "flash", self._flashes % 2 == 1)
        if self._flashes <= 0:
            self.flash_timer.stop()

    def _away(self, failure: HallError) -> None:
        """Keep the last state until it is too old."""
        self._reading = False
        self.age.setToolTip(failure.sentence)
        self._tick()
