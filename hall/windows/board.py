"""时限看板: which case is late or about to be, whose turn it is, and how the departments stand."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hall.clock import hall_time
from hall.errors import HallError
from hall.rules.lights import Pressing
from hall.services.board import BoardRow, BoardView
from hall.services.case_reading import CaseView
from hall.services.counter_reading import CounterView
from hall.services.front import Front
from hall.services.halls import HallView
from hall.windows.board_parts import CountsBar, DepartmentChart
from hall.windows.case_view import CasePage
from hall.windows.emergency_banner import EmergencyBanner, emergency_words
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.shown import Shown
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.kit.work import Work
from hall.windows.papers import Papers
from hall.windows.phrases import actor_words
from hall.windows.print_questions import PrintQuestions
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

SMALLEST, FIRST = (1180, 680), (1366, 768)
# Lights change by themselves at midnight.
RELOAD_MS = 60_000
FILTERS: dict[Hotkey, Pressing | None] = {
    hotkeys.SHOW_ALL: None,
    hotkeys.SHOW_TODAY: "today",
    hotkeys.SHOW_WARNING: "warning",
    hotkeys.SHOW_OVER: "over",
}
KEYS = "Enter 打开办件　1–4 筛选　F5 重新载入"
CASE_KEYS = "Ctrl+P 预览　Ctrl+R 补打　Ctrl+Y 为什么　Esc 返回看板"
# With the sign of typesetters: a hyphen is too short to be seen from afar.
MINUS = "−"


class Board(Frame):
    """The most urgent cases in a list, counts above, departments beside; `case_chosen` carries a case id."""

    case_chosen = Signal(int)

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, lamps: LampFeed) -> None:
        super().__init__("时限看板", front.clock)
        self._front = front
        self._tasks = tasks
        self._pressing: Pressing | None = None
        self._reading = False
        self._stale = False
        self._failed_before = False
        self._told = Shown("board")
        self._work = Work(tasks, self)
        self.counts, self.chart = CountsBar(), DepartmentChart()
        self.warnings, self._shown, self._as_of = QLabel(), QLabel(), QLabel()
        self.table = _table()
        self.case_page = CasePage(front, self._work)
        self.banner = EmergencyBanner()
        self._questions = PrintQuestions()
        self._papers = Papers(front, self, self._work, self._questions)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect(changes, lamps)
        self.reload_timer = QTimer(self)
        self.reload_timer.setInterval(RELOAD_MS)
        self.reload_timer.timeout.connect(self.reload)
        self.reload_timer.start()
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        self.reload()
        self._look_for_help()
        self._show_board()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The acceptance numbers in the list, as it is sorted."""
        return tuple(row.acceptance_number for row in self.table.rows)

    @Slot()
    def reload(self) -> None:
        """Read the board; what happens while it is read is read once more after it."""
        self._stale = self._reading
        if not self._reading:
            self._reading = True
            read = partial(self._front.board, self._pressing)
            self._tasks.read(read, partial(self._show_view, self._pressing), on_failed=self._failed, owner=self)

    def _show_view(self, pressing: Pressing | None, view: BoardView) -> None:
        self._reading = False
        if self._failed_before:
            self._failed_before = False
            self.message.say("")
        if pressing == self._pressing:
            self.table.show_rows(view.rows)
            self._told.tell(cases=self.numbers)
        self.counts.show_counts(view)
        self.chart.show_departments(view.departments)
        self.warnings.setText("　".join(f"⚠ {each}" for each in view.warnings))
        self.warnings.setVisible(bool(view.warnings))
        self._shown.setText(f"列出最紧迫的 {len(view.rows)} 件" if view.rows else "")
        self._as_of.setText(f"数据更新于 {hall_time(view.as_of):%H:%M:%S}")
        if self.table.current_row is None and view.rows:
            self.table.select(view.rows[0].case_id)
        if self._stale:
            self.reload()

    def _failed(self, failure: HallError) -> None:
        self._reading = False
        self._stale = False
        self._failed_before = True
        self.show_failure(failure)

    def _filter(self, pressing: Pressing | None) -> None:
        self._pressing = pressing
        self.reload()

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        topics = {topic for topic, _ in changes}
        if topics & {"counter", "*"}:
            self._look_for_help()
        if topics & {"case", "calendar", "*"}:
            self.reload()
            case = self.case_page.case
            if case is not None and self._stack.currentWidget() is self.case_page:
                read = partial(self._front.case, case.case_id)
                self._work.read(read, self.case_page.show_case, words="正在载入办件…")

    def _look_for_help(self) -> None:
        """Which counters call for help."""

        def show(counters: tuple[CounterView, ...]) -> None:
            self.banner.show_words(emergency_words(counters))

        self._tasks.read(self._front.calling.counters, show, on_failed=self.show_failure, owner=self)

    @Slot(object)
    def _choose(self, row: BoardRow) -> None:
        self.case_chosen.emit(row.case_id)
        self._work.read(partial(self._front.case, row.case_id), self._show_case, words="正在载入办件…")

    def _show_case(self, case: CaseView) -> None:
        self.case_page.show_case(case)
        self._stack.setCurrentWidget(self.case_page)
        self.message.show_keys(CASE_KEYS)
        self.case_page.begin()

    @Slot()
    def _back(self) -> None:
        """Esc: close what stands beside the case, then the case."""
        if self._stack.currentWidget() is self.case_page and not self.case_page.close_side():
            self._show_board()

    def _show_board(self) -> None:
        self._stack.setCurrentIndex(0)
        self.message.show_keys(KEYS)
        self.table.setFocus()

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="时限看板", person=actor_words(self._front.actor))

    def _connect(self, changes: ChangeFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        lamps.lamp.connect(self.header.show_device)
        for device, (state, words) in lamps.last.items():
            self.header.show_device(device, state, words)
        self.table.chosen.connect(self._choose)
        self.case_page.preview.connect(self._papers.preview)
        self.case_page.reprint.connect(self._papers.reprint)

    def _lay_out(self) -> None:
        board = QWidget()
        column = QVBoxLayout(board)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SNUG)
        column.addWidget(self.counts)
        set_role(self.warnings, "warning")
        self.warnings.setWordWrap(True)
        self.warnings.hide()
        column.addWidget(self.warnings)
        column.addLayout(self._filter_row())
        lower = QHBoxLayout()
        lower.setSpacing(tokens.SNUG)
        lower.addWidget(self.table, 3)
        lower.addWidget(self._chart_card(), 1)
        column.addLayout(lower, 1)
        for page in (board, self.case_page):
            self._stack.addWidget(page)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
        whole.setSpacing(tokens.TIGHT)
        whole.addWidget(self._questions)
        whole.addWidget(self._stack, 1)
        body = QWidget()
        below = QVBoxLayout(body)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.banner)
        below.addWidget(inside, 1)
        QShortcut(QKeySequence("Esc"), body).activated.connect(self._back)
        hotkeys.bind(hotkeys.LOCK, self.lock, body)
        self.set_body(body)
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)

    def _filter_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        self._group = QButtonGroup(self)
        self.filters: dict[Pressing | None, QPushButton] = {}
        for hotkey, pressing in FILTERS.items():
            button = hotkeys.hotkey_button(hotkey, partial(self._filter, pressing))
            button.setText(hotkey.words)  # its key, a digit, would be read as a number of cases
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_role(button, "tab")
            self._group.addButton(button)
            self.filters[pressing] = button
            row.addWidget(button)
        self.filters[None].setChecked(True)
        for label in (self._shown, self._as_of):
            set_role(label, "muted")
        row.addWidget(self._shown)
        row.addStretch(1)
        row.addWidget(self._as_of)
        reload_button = hotkeys.hotkey_button(hotkeys.RELOAD, self.reload)
        reload_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(reload_button)
        return row

    def _chart_card(self) -> QFrame:
        card = QFrame()
        set_role(card, "card")
        title = QLabel("各科室在办件")
        set_role(title, "lead")
        column = QVBoxLayout(card)
        column.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
        column.addWidget(title)
        column.addWidget(self.chart, 1)
        return card


def _table() -> Table[BoardRow]:
    return Table[BoardRow](
        [
            Column("灯", lambda row: tokens.LIGHTS[row.light].word, width=112, light=lambda row: row.light),
            Column("剩余", _remaining_words, align="right", width=72, order=_remaining_order),
            Column("受理编号", lambda row: row.acceptance_number, width=196),
            Column("事项", lambda row: row.matter_name),
            Column("科室", lambda row: row.department, width=76),
            Column("经办", lambda row: row.clerk_name, width=76),
            Column("承诺到期", lambda row: _day(row.promised_due), width=106),
            Column("法定到期", lambda row: _day(row.statutory_due), width=106),
        ],
        lambda row: row.case_id,
        empty="没有这样的办件。窗口受理后，在办件按紧迫程度列在这里。",
    )


def _remaining_words(row: BoardRow) -> str:
    """Workdays left: +3 日, 今日, −2 日; on the rest days after the due day 已过; without any due day no guess."""
    if row.remaining is None:
        return "待定"
    if row.remaining == 0:
        return "今日" if row.light == "today" else "已过"
    return f"+{row.remaining} 日" if row.remaining > 0 else f"{MINUS}{-row.remaining} 日"


def _remaining_order(row: BoardRow) -> tuple[bool, int]:
    return row.remaining is None, row.remaining or 0


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"
