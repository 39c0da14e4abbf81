"""The lists of the guide desk: who waits, who has booked, which slips are missing, who was skipped, how much paper."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.services.appointments import AppointmentView
from hall.services.paper_levels import PaperView
from hall.services.skipping import SkippedTicket
from hall.services.unprinted import UnprintedTicket
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.style import muted, set_role
from hall.windows.kit.tables import Column, Table
from hall.words import APPOINTMENT_STATES

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class MatterQueue:
    """A matter as the guide tells it: who waits, how long, what is left today."""

    code: str
    name: str
    waiting: int
    minutes: tuple[int, int]
    left: str


class DeskLists(QWidget):
    """One list at a time, each with what can be done with its chosen row; the signals carry the row.

    `opened` carries the hotkey of a list; `picked` is a matter chosen from the list of those who wait.
    """

    opened = Signal(object)
    picked = Signal(object)
    check_in = Signal(object)
    reprint = Signal(object)
    came_out = Signal(object)
    void = Signal(object)
    requeue = Signal(object)
    cancel = Signal(object)
    refill = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.waiting, self.booked = _waiting_table(), _booked_table()
        self.unprinted, self.skipped, self.paper = _unprinted_table(), _skipped_table(), _paper_table()
        self.check_in_button = _row_button(hotkeys.CHECK_IN, self.booked, self.check_in.emit)
        self.reprint_button = _row_button(hotkeys.REPRINT, self.unprinted, self.reprint.emit)
        self.came_out_button = _row_button(hotkeys.CAME_OUT, self.unprinted, self.came_out.emit)
        self.void_button = _row_button(hotkeys.VOID, self.unprinted, self.void.emit)
        self.requeue_button = _row_button(hotkeys.REQUEUE, self.skipped, self.requeue.emit)
        self.cancel_button = _row_button(hotkeys.VOID, self.skipped, self.cancel.emit)
        self.refill_button = hotkeys.hotkey_button(hotkeys.REFILL, self._refill)
        self.refill_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.waiting.chosen.connect(self.picked)
        self.booked.chosen.connect(self.check_in)
        self.stack = QStackedWidget()
        self.tabs: dict[Hotkey, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._pages()

    def show_waiting(self, rows: tuple[MatterQueue, ...]) -> None:
        """Who waits, matter by matter."""
        self.waiting.show_rows(rows)
        _choose_first(self.waiting, [row.code for row in rows])
        self._count(hotkeys.LIST_WAITING, sum(row.waiting for row in rows))

    def show_booked(self, rows: tuple[AppointmentView, ...]) -> None:
        """Today's appointments."""
        self.booked.show_rows(rows)
        self._count(hotkeys.LIST_BOOKED, sum(row.ticket_code is None and row.state == "booked" for row in rows))
        _choose_first(self.booked, [row.reference for row in rows])

    def show_unprinted(self, rows: tuple[UnprintedTicket, ...]) -> None:
        """Numbers without their slips."""
        self.unprinted.show_rows(rows)
        self._count(hotkeys.LIST_UNPRINTED, len(rows))
        _choose_first(self.unprinted, [row.ticket_id for row in rows])

    def show_skipped(self, rows: tuple[SkippedTicket, ...]) -> None:
        """Those who did not come when called."""
        self.skipped.show_rows(rows)
        self._count(hotkeys.LIST_SKIPPED, len(rows))
        _choose_first(self.skipped, [row.ticket_id for row in rows])

    def show_paper(self, rows: tuple[PaperView, ...]) -> None:
        """The paper of every station that counts it."""
        self.paper.show_rows(rows)
        self._count(hotkeys.LIST_PAPER, sum(row.low for row in rows))
        _choose_first(self.paper, [row.station for row in rows])

    def open_list(self, hotkey: Hotkey) -> None:
        """Show a list and go to it."""
        self.tabs[hotkey].setChecked(True)
        page = list(self.tabs).index(hotkey)
        self.stack.setCurrentIndex(page)
        self._tables[page].setFocus()
        self.opened.emit(hotkey)

    def _pages(self) -> None:
        self.tab_row = tabs = QHBoxLayout()
        tabs.setSpacing(tokens.HAIR)
        pages: tuple[tuple[Hotkey, QWidget, tuple[QPushButton, ...], str], ...] = (
            (hotkeys.LIST_WAITING, self.waiting, (), "Enter 把事项填到左边"),
            (hotkeys.LIST_BOOKED, self.booked, (self.check_in_button,), "到时间前后可签到，迟到的按普通号排队"),
            (
                hotkeys.LIST_UNPRINTED,
                self.unprinted,
                (self.reprint_button, self.came_out_button, self.void_button),
                "号票打出才进入排队",
            ),
            (
                hotkeys.LIST_SKIPPED,
                self.skipped,
                (self.requeue_button, self.cancel_button),
                "重排的排到前面几个号之后",
            ),
            (hotkeys.LIST_PAPER, self.paper, (self.refill_button,), "换上新纸卷后登记张数"),
        )
        for hotkey, table, buttons, hint in pages:
            tab = hotkeys.hotkey_button(hotkey, partial(self.open_list, hotkey))
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_role(tab, "tab")
            self._group.addButton(tab)
            self.tabs[hotkey] = tab
            tabs.addWidget(tab, 1)
            self.stack.addWidget(_page(table, buttons, hint))
        self._tables = tuple(table for _, table, _, _ in pages)
        self.tabs[hotkeys.LIST_WAITING].setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(tabs)
        column.addWidget(self.stack, 1)

    def _refill(self) -> None:
        """Of the chosen station; of this one where none is listed yet."""
        self.refill.emit(self.paper.current_row)

    def _count(self, hotkey: Hotkey, count: int) -> None:
        hotkeys.rename(self.tabs[hotkey], hotkey, f"{hotkey.words} {count}" if count else hotkey.words)


def _row_button(hotkey: Hotkey, table: Table[R], tell: Callable[[R], None]) -> QPushButton:
    """Does something with the chosen row, if there is one."""

    def pressed() -> None:
        row = table.current_row
        if row is not None:
            tell(row)

    button = hotkeys.hotkey_button(hotkey, pressed)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def _choose_first(table: Table[R], keys: Sequence[Hashable]) -> None:
    """A list whose chosen row has gone begins anew."""
    if table.current_row is None and keys:
        table.select(keys[0])


def _page(table: QWidget, buttons: tuple[QPushButton, ...], hint: str) -> QWidget:
    page = QWidget()
    foot = QHBoxLayout()
    foot.setSpacing(tokens.TIGHT)
    for button in buttons:
        foot.addWidget(button)
    foot.addWidget(muted(hint))
    foot.addStretch(1)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(tokens.TIGHT)
    column.addWidget(table, 1)
    column.addLayout(foot)
    return page


def _waiting_table() -> Table[MatterQueue]:
    return Table[MatterQueue](
        [
            Column("编码", lambda row: row.code, width=84),
            Column("事项", lambda row: row.name),
            Column("等候", lambda row: f"{row.waiting} 人", align="right", width=76, order=lambda row: row.waiting),
            Column("约", lambda row: _span(row.minutes), align="right", width=116, order=lambda row: row.minutes),
            Column("今日余号", lambda row: row.left, align="right", width=92),
        ],
        lambda row: row.code,
        empty="还没有事项。由系统管理员导入事项目录后，每个事项的等候人数列在这里。",
    )


def _booked_table() -> Table[AppointmentView]:
    return Table[AppointmentView](
        [
            Column("时间", lambda row: f"{hall_time(row.starts_at):%H:%M}", width=68, order=lambda row: row.starts_at),
            Column("姓名", lambda row: row.name_masked, width=76),
            Column("手机", lambda row: row.phone_masked or "—", width=116),
            Column("事项", lambda row: row.matter_name),
            Column("预约编号", lambda row: row.reference, width=132),
            Column("状态", _booked_state, width=132),
        ],
        lambda row: row.reference,
        empty="今天没有预约。预约名单导入后，当天的预约按时间列在这里。",
    )


def _unprinted_table() -> Table[UnprintedTicket]:
    return Table[UnprintedTicket](
        [
            Column("号", lambda row: row.code, width=76),
            Column("事项", lambda row: row.matter_name),
            Column("取号", lambda row: f"{hall_time(row.since):%H:%M}", width=68, order=lambda row: row.since),
            Column("取号机", lambda row: row.station, width=104),
            Column("为什么", lambda row: f"{row.why}（正在打）" if row.printing else row.why, width=260),
        ],
        lambda row: row.ticket_id,
        empty="没有未打印的号。小票没打出来的号列在这里，打出以前不进入排队。",
    )


def _skipped_table() -> Table[SkippedTicket]:
    return Table[SkippedTicket](
        [
            Column("号", lambda row: row.code, width=76),
            Column("事项", lambda row: row.matter_name),
            Column("窗口", _counter_words, width=84),
            Column(
                "过号", lambda row: f"{hall_time(row.skipped_at):%H:%M}", width=68, order=lambda row: row.skipped_at
            ),
            Column("次数", lambda row: str(row.skips), align="right", width=68, order=lambda row: row.skips),
        ],
        lambda row: row.ticket_id,
        empty="没有过号的号。窗口按过号的号列在这里，人来了可以重排。",
    )


def _paper_table() -> Table[PaperView]:
    return Table[PaperView](
        [
            Column("取号机", lambda row: row.station),
            Column("剩余", lambda row: f"{row.left} 张", align="right", width=104, order=lambda row: row.left),
            Column("少于此数告警", lambda row: f"{row.alarm_at} 张", align="right", width=132),
            Column("上次换纸", lambda row: f"{hall_time(row.refilled_at):%m-%d %H:%M}", width=132),
            Column("状态", _paper_state, width=132, light=_paper_light),
        ],
        lambda row: row.station,
        empty="没有登记过号纸。换上新纸卷后按 F12 登记本机的张数，剩余张数列在这里。",
    )


def _span(minutes: tuple[int, int]) -> str:
    low, high = minutes
    return f"{low}–{high} 分钟"


def _booked_state(row: AppointmentView) -> str:
    state = APPOINTMENT_STATES[row.state]
    return f"{state} {row.ticket_code}" if row.ticket_code else state


def _counter_words(row: SkippedTicket) -> str:
    return f"{row.counter_number} 号" if row.counter_number is not None else "—"


def _paper_state(row: PaperView) -> str:
    if row.out:
        return "用完，已停取"
    return "快用完" if row.low else "够用"


def _paper_light(row: PaperView) -> str:
    return "over_promised" if row.out else "warning" if row.low else "normal"
