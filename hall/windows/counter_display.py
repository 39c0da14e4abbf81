"""窗口屏: the display of one counter, above the clerk's head: its number, whom it serves, who serves."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from hall.services.front import Front
from hall.services.queue_reading import CallView
from hall.windows.counter_watch import CounterWatch
from hall.windows.display_parts import AgeLine, KindChip, digits_of, fitted, free_label
from hall.windows.evaluation import Evaluation
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized_to
from hall.windows.kit.style import set_look, set_role
from hall.windows.rating_panel import RatingPanel
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

FLASHES, FLASH_MS = 3, 450


class CounterDisplay(QWidget):
    """One counter: 欢迎光临, 请 A017 号到 3 号窗口, 正在办理 A017, 暂停服务, 未登录; asks for a rating if it may."""

    def __init__(
        self,
        front: Front,
        tasks: Tasks,
        *,
        counter: int,
        changes: ChangeFeed,
        evaluation: Evaluation | None = None,
    ) -> None:
        """`evaluation`: given where the screen can be touched and asks for ratings."""
        super().__init__()
        self.setWindowTitle(f"{counter}号窗口屏")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "display")
        self._clock = front.clock
        self._counter = counter
        self._call: CallView | None = None
        self._flashes = 0
        self._build()
        self.flash_timer = QTimer(self)
        self.flash_timer.setInterval(FLASH_MS)
        self.flash_timer.timeout.connect(self._flash)
        self._watch = CounterWatch(front, tasks, counter=counter, changes=changes, owner=self)
        self._watch.told.connect(self._follow)
        self.rating = RatingPanel()
        self._pages.addWidget(self.rating)
        if evaluation is not None:
            self._ask_with(evaluation)
        self._watch.begin()

    @property
    def words(self) -> str:
        """What it says now."""
        shown = (self._before, self.number, self.kind, self._after)
        return " ".join(label.text() for label in shown if label.text())

    @property
    def asks(self) -> bool:
        """Whether the rating is asked for now."""
        return self._pages.currentWidget() is self.rating

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All type follows the screen's height."""
        super().resizeEvent(event)
        self._resize_type()

    def _resize_type(self) -> None:
        """The number is as large as the screen allows, never under an eighth of its height."""
        font, height = self.font(), self.height()
        size = max(height / 8, min(height / 4.2, self.width() / 6))
        line = min(height, self.width() * 3 // 4)
        self._counter_label.setFont(sized_to(font, line // 9))
        self._clerk.setFont(sized_to(font, line // 20))
        number = digits_of(font, size)
        self.number.setFont(fitted(number, self.number.text(), self.width() - 2 * (tokens.BROAD + tokens.BASE)))
        self.kind.setFont(sized_to(font, line // 16))
        self._before.setFont(sized_to(font, line // (11 if self.number.text() else 5)))
        self._after.setFont(sized_to(font, line // 11))
        self.age.setFont(sized_to(font, line // 30))
        self.rating.set_type(self.width(), line)

    def _build(self) -> None:
        self._counter_label, self._clerk = free_label(heavy=True), free_label()
        self._counter_label.setText(f"{self._counter}号窗口")
        self._before, self.number, self._after = (free_label(heavy=True) for _ in range(3))
        self.kind = KindChip()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_sheet())
        self.age = AgeLine()
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._counter_label, 3)
        head.addWidget(self._clerk, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.BROAD, tokens.BASE, tokens.BROAD, tokens.BROAD)
        inside.setSpacing(tokens.BASE)
        inside.addLayout(head, 2)
        inside.addWidget(self._pages, 7)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(self.age)

    def _build_sheet(self) -> QWidget:
        self._sheet = QWidget()
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self._sheet, "display-newest")
        self._grid = QGridLayout(self._sheet)
        self._grid.setContentsMargins(tokens.BASE, tokens.BASE, tokens.BASE, tokens.BASE)
        for row, label in enumerate((self._before, self.number, self._after)):
            self._grid.addWidget(label, row, 0)
        self._grid.addWidget(self.kind, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        return self._sheet

    def _ask_with(self, evaluation: Evaluation) -> None:
        self.rating.chosen.connect(evaluation.answer)
        evaluation.kept.connect(self.rating.thank)
        evaluation.shown.connect(self._ask)
        self.rating.over.connect(self._show_sheet)
        evaluation.reload()

    @Slot()
    def _follow(self) -> None:
        call = self._watch.call
        calls = (call.ticket_id, call.calls) if call else None
        before = (self._call.ticket_id, self._call.calls) if self._call else None
        self._call = call
        if calls is not None and calls != before:
            self._flashes = 2 * FLASHES
            self.flash_timer.start()
            self._show_sheet()
        self.age.show_age(self._watch.as_of, self._clock.now())
        self.age.setToolTip(self._watch.trouble)
        sentence = self._watch.sentence
        self._say(sentence.before, sentence.number, sentence.after)

    def _say(self, before: str, number: str, after: str) -> None:
        parts = ((self._before, before, 2), (self.number, number, 5), (self._after, after, 2))
        for row, (label, text, share) in enumerate(parts):
            label.setText(text)
            label.setVisible(bool(text))
            self._grid.setRowStretch(row, share if text else 0)
        self.kind.show_kind(self._call.priority if self._call and number else "ordinary")
        counter = self._watch.counter
        badge = counter.clerk_badge if counter else ""
        self._clerk.setText(badge and f"工号 {badge}")
        self._clerk.setVisible(bool(badge))
        self._resize_type()

    @Slot(str)
    def _ask(self, show: str) -> None:
        """Ask, unless somebody is called here; what was answered is thanked for a moment longer."""
        called = self._call is not None and self._call.state == "called"
        if show == "rate" and not called:
            self.rating.begin()
            self._pages.setCurrentWidget(self.rating)
        elif not self.rating.thanks:
            self._show_sheet()

    @Slot()
    def _show_sheet(self) -> None:
        self._pages.setCurrentWidget(self._sheet)

    @Slot()
    def _flash(self) -> None:
        self._flashes -= 1
        set_look(self._sheet, "flash", self._flashes % 2 == 1)
        if self._flashes <= 0:
            self.flash_timer.stop()
