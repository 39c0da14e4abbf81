"""综合屏: the last calls and who still waits, readable at five metres, with the age of what it shows."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.errors import HallError
from hall.services.catalogue import MatterInForce
from hall.services.front import Front
from hall.services.queue_reading import CallView, QueueView
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized_to
from hall.windows.kit.style import set_look, set_role
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

CALLS = 6
REFRESH_MS = 5000
OLD_AFTER = timedelta(seconds=15)
FLASHES, FLASH_MS = 3, 450


class Display(QWidget):
    """Left two thirds the calls, newest on top and flashing three times; right who waits for what."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed) -> None:
        super().__init__()
        self.setWindowTitle("综合屏")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "display")
        self._front = front
        self._tasks = tasks
        self._queue: QueueView | None = None
        self._departments: dict[str, str] = {}
        self._seen: tuple[int, int] | None = None
        self._flashes = 0
        self._build()
        self._refresh_timer = self._timer(REFRESH_MS, self._reload)
        self._clock_timer = self._timer(1000, self._tick)
        self._flash_timer = self._timer(FLASH_MS, self._flash, running=False)
        changes.changed.connect(self._changed)
        tasks.read(front.hall, lambda hall: self._title.setText(hall.name), on_failed=self._away, owner=self)
        tasks.read(front.matters, self._show_catalogue, on_failed=self._away, owner=self)
        self._tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All type follows the screen's height: a called number is at least an eighth of it."""
        super().resizeEvent(event)
        height = self.height()
        self._title.setFont(sized_to(self.font(), height // 22, bold=True))
        self._time.setFont(sized_to(self.font(), height // 26))
        for row, label in enumerate(self._calls):
            label.setFont(sized_to(self.font(), height // (8 if row == 0 else 12), bold=row == 0))
        for label in self._waiting:
            label.setFont(sized_to(self.font(), height // 30))
        self._waiting_title.setFont(sized_to(self.font(), height // 26, bold=True))
        self._age.setFont(sized_to(self.font(), height // 40))

    @property
    def called(self) -> tuple[str, ...]:
        """The calls as they are shown, newest first."""
        return tuple(label.text() for label in self._calls if label.text())

    def _build(self) -> None:
        self._title, self._time, self._age = QLabel(), QLabel(), QLabel()
        self._waiting_title = QLabel("正在等候")
        self._calls = [QLabel() for _ in range(CALLS)]
        self._waiting = [QLabel() for _ in range(10)]
        set_role(self._calls[0], "display-newest")
        for label in (*self._calls, *self._waiting, self._age):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in self._calls:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._time)
        calls = QVBoxLayout()
        for row, label in enumerate(self._calls):
            calls.addWidget(label, 3 if row == 0 else 2)
        side = QWidget()
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(side, "display-side")
        waiting = QVBoxLayout(side)
        waiting.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.WIDE)
        waiting.addWidget(self._waiting_title)
        for label in self._waiting:
            waiting.addWidget(label)
        waiting.addStretch(1)
        body = QGridLayout()
        body.setSpacing(tokens.WIDE)
        body.addLayout(calls, 0, 0)
        body.addWidget(side, 0, 1)
        body.setColumnStretch(0, 2)
        body.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.BROAD, tokens.WIDE, tokens.BROAD, tokens.BASE)
        layout.setSpacing(tokens.WIDE)
        layout.addLayout(head)
        layout.addLayout(body, 1)
        layout.addWidget(self._age)

    def _timer(self, interval: int, slot: Callable[[], None], *, running: bool = True) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        if running:
            timer.start()
        return timer

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & {"queue", "*"}:
            self._reload()

    @Slot()
    def _reload(self) -> None:
        self._tasks.read(self._front.queue, self._show_queue, on_failed=self._away, owner=self)

    def _show_catalogue(self, matters: tuple[MatterInForce, ...]) -> None:
        self._departments = {each.matter.code: each.matter.department for each in matters}
        self._reload()

    def _show_queue(self, queue: QueueView) -> None:
        self._queue = queue
        for label, call in zip(self._calls, (*queue.calls, *[None] * CALLS), strict=False):
            label.setText(_call_words(call) if call else "")
        if not queue.calls:
            self._calls[0].setText("欢迎光临，请先取号")
        self._show_waiting(queue)
        self._notice_new_call(queue.calls)
        self._tick()

    def _show_waiting(self, queue: QueueView) -> None:
        counts = dict.fromkeys(self._departments.values(), 0)
        for code, count in queue.per_matter.items():
            department = self._departments.get(code, "")
            counts[department] = counts.get(department, 0) + count
        lines = [f"{department}　{count} 人" for department, count in counts.items()]
        low, high = queue.minutes
        lines += ["", f"现在取号约等 {low}–{high} 分钟"]
        for label, line in zip(self._waiting, (*lines, *[""] * len(self._waiting)), strict=False):
            label.setText(line)

    def _notice_new_call(self, calls: tuple[CallView, ...]) -> None:
        newest = (calls[0].ticket_id, calls[0].calls) if calls else None
        if newest is not None and newest != self._seen:
            self._flashes = 2 * FLASHES
            self._flash_timer.start()
        self._seen = newest

    @Slot()
    def _flash(self) -> None:
        self._flashes -= 1
        set_look(self._calls[0], "flash", self._flashes % 2 == 1)
        if self._flashes <= 0:
            self._flash_timer.stop()

    @Slot()
    def _tick(self) -> None:
        now = self._front.clock.now()
        self._time.setText(f"{hall_time(now):%Y-%m-%d  %H:%M}")
        self._show_age(now)

    def _show_age(self, now: datetime) -> None:
        if self._queue is None:
            self._age.setText("正在连接数据库…")
            return
        age = max(now - self._queue.as_of, timedelta())
        self._age.setText(f"数据更新于 {int(age.total_seconds())} 秒前")
        set_look(self._age, "tone", "old" if age > OLD_AFTER else "fresh")

    def _away(self, failure: HallError) -> None:
        """Keep showing the last state; its age says the rest."""
        self._age.setToolTip(failure.sentence)
        self._tick()


def _call_words(call: CallView) -> str:
    return f"{call.code}  →  {call.counter_number}号窗口"
