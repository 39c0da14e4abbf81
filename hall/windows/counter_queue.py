"""The left column of the counter: the present ticket, what can be done with it, who waits. It never moves."""

import math
from datetime import timedelta

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.clock import Clock
from hall.rules.queue_policy import ORDINARY, CallingPolicy
from hall.services.queue_reading import QueueView, WaitingView
from hall.services.ticket_records import Called
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.chip import Chip
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.phrases import call_words, person_words, priority_words, waited_words
from hall.words import PRIORITY_KINDS, TICKET_STATES

WIDTH = 320
CODE_POINTS = 40
REPAINT_MS = 15_000
COUNTDOWN_MS = 250
NOBODY = "空闲"


class QueueColumn(QWidget):
    """Says what the clerk asks for; the counter does it and shows the answer here.

    `queue_shown` carries how many wait.
    """

    call_next = Signal()
    recall = Signal()
    skip = Signal()
    arrive = Signal()
    start = Signal()
    transfer = Signal()
    hold = Signal()
    finish = Signal()
    pause = Signal()
    more = Signal()
    queue_shown = Signal(int)

    def __init__(self, clock: Clock, policy: CallingPolicy) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "side")
        self._clock = clock
        self._policy = policy
        self._ticket: Called | None = None
        self._looks_first = False
        self._code, self._priority, self._matter = QLabel(), Chip(), QLabel()
        self._facts, self._calls, self._person, self._reason = QLabel(), QLabel(), QLabel(), QLabel()
        self._counts = QLabel()
        self.call_button = hotkeys.hotkey_button(hotkeys.CALL_NEXT, self.call_next.emit)
        self.more_button = hotkeys.hotkey_button(hotkeys.MORE, self.more.emit)
        self.recall_button = hotkeys.hotkey_button(hotkeys.RECALL, self.recall.emit)
        self.skip_button = hotkeys.hotkey_button(hotkeys.SKIP, self.skip.emit)
        self.arrive_button = hotkeys.hotkey_button(hotkeys.ARRIVE, self.arrive.emit)
        self.start_button = hotkeys.hotkey_button(hotkeys.START, self.start.emit)
        self.transfer_button = hotkeys.hotkey_button(hotkeys.TRANSFER, self.transfer.emit)
        self.hold_button = hotkeys.hotkey_button(hotkeys.HOLD, self.hold.emit)
        self.finish_button = hotkeys.hotkey_button(hotkeys.FINISH, self.finish.emit)
        self.pause_button = hotkeys.hotkey_button(hotkeys.PAUSE, self.pause.emit)
        self.waiting = Table[WaitingView](
            [
                Column("号", lambda row: row.code, width=76),
                Column("优先", lambda row: priority_words(row.priority), width=84),
                Column("等候", self._minutes_words, align="right"),
            ],
            lambda row: row.ticket_id,
            empty="有人取号后，按次序列在这里。",
        )
        self._lay_out()
        self._countdown = self._timer(COUNTDOWN_MS)
        self._countdown.timeout.connect(self._count_down)
        self.show_ticket(None)
        minutes = self._timer(REPAINT_MS)
        minutes.timeout.connect(self.waiting.viewport().update)
        minutes.start()

    @property
    def code(self) -> str:
        """The present ticket's code as it is shown."""
        return self._code.text()

    @property
    def facts(self) -> str:
        """State, waiting time and number of calls as they are shown."""
        return f"{self._facts.text()}　{self._calls.text()}"

    @property
    def reason(self) -> str:
        """Why this ticket was the next, as it is shown."""
        return self._reason.text()

    def show_ticket(self, ticket: Called | None) -> None:
        """Show the present ticket and leave on only the buttons that its state allows."""
        self._ticket = ticket
        self._code.setText(ticket.code if ticket else NOBODY)
        priority = ticket.priority if ticket else ORDINARY
        self._priority.show_words("" if priority == ORDINARY else f"{PRIORITY_KINDS[priority]}号", kind=priority)
        self._matter.setText(ticket.matter_name if ticket else "没有在办的号")
        self._facts.setText(f"{TICKET_STATES[ticket.state]}　{waited_words(ticket.waited)}" if ticket else "")
        self._calls.setText(call_words(ticket, self._policy.calls_before_skip) if ticket else "按 F2 叫下一号")
        self._person.setText(_taken_by(ticket))
        self._reason.setText(ticket.reason if ticket else "")
        set_role(self._code, "ticket" if ticket else "ticket-none")
        self.enable_buttons()

    def look_first(self, wanted: bool) -> None:
        """Whether F2 shows the next ticket before it is announced."""
        self._looks_first = wanted
        self._name_call_button()

    def enable_buttons(self) -> None:
        """Leave on what the ticket's state allows; to be asked again after a deed that failed."""
        state = self._ticket.state if self._ticket else ""
        present = state in {"called", "arrived", "serving"}
        self.call_button.setEnabled(state in {"", "chosen"})
        self.skip_button.setEnabled(state == "called" and self._calls_left == 0)
        self.arrive_button.setEnabled(state == "called")
        self.start_button.setEnabled(state in {"called", "arrived"})
        for button in (self.transfer_button, self.hold_button, self.finish_button):
            button.setEnabled(present)
        self.pause_button.setEnabled(not state)
        set_role(self.start_button, "primary" if self.start_button.isEnabled() else "")
        self._name_call_button()
        self._count_down()

    def point_out_finish(self, wanted: bool) -> None:
        """Whether 办结 is what comes next."""
        set_role(self.finish_button, "primary" if wanted else "")

    def show_queue(self, queue: QueueView) -> None:
        """Show who waits: codes, no names."""
        low, high = queue.minutes
        waiting = len(queue.waiting)
        self._counts.setText(f"等候 {waiting} 人　现在取号约等 {low}–{high} 分钟" if waiting else "等候 0 人")
        self.waiting.show_rows(queue.waiting)
        self.queue_shown.emit(waiting)

    @property
    def _calls_left(self) -> int:
        """How many calls more before the ticket may be skipped."""
        return max(self._policy.calls_before_skip - self._ticket.calls, 0) if self._ticket else 0

    def _name_call_button(self) -> None:
        chosen = self._ticket is not None and self._ticket.state == "chosen"
        words = "呼叫这个号" if chosen else ("看下一号" if self._looks_first else hotkeys.CALL_NEXT.words)
        hotkeys.rename(self.call_button, hotkeys.CALL_NEXT, words)

    @Slot()
    def _count_down(self) -> None:
        """The seconds until the ticket may be called again stand on the button."""
        ticket = self._ticket
        called = ticket is not None and ticket.state == "called"
        seconds = 0
        if ticket is not None and called and ticket.called_at is not None:
            left = ticket.called_at + self._policy.recall_after - self._clock.now()
            seconds = max(math.ceil(left / timedelta(seconds=1)), 0)
        self.recall_button.setEnabled(called and not seconds)
        words = f"{seconds} 秒后重呼" if seconds else hotkeys.RECALL.words
        hotkeys.rename(self.recall_button, hotkeys.RECALL, words)
        if not seconds:
            self._countdown.stop()
        elif not self._countdown.isActive():
            self._countdown.start()

    def _minutes_words(self, row: WaitingView) -> str:
        waited = self._clock.now() - row.issued_at
        return f"{max(int(waited / timedelta(minutes=1)), 0)} 分钟"

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        return timer

    def _lay_out(self) -> None:
        self._code.setFont(sized(self.font(), CODE_POINTS, bold=True))
        set_role(self._matter, "lead")
        set_role(self._reason, "small")
        for label, lines, points in (
            (self._code, 1, CODE_POINTS),
            (self._matter, 2, tokens.LEAD),
            (self._facts, 1, tokens.BODY),
            (self._calls, 1, tokens.BODY),
            (self._person, 1, tokens.BODY),
            (self._reason, 2, tokens.SMALL),
        ):
            label.setWordWrap(lines > 1)
            label.setTextFormat(Qt.TextFormat.PlainText)
            spacing = QFontMetrics(sized(self.font(), points)).lineSpacing()
            label.setFixedHeight(lines * spacing + 2)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BASE, tokens.HAIR, tokens.BASE, tokens.SNUG)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(self._code, 1)
        head.addWidget(self._priority)
        column.addLayout(head)
        for label in (self._matter, self._facts, self._calls, self._person, self._reason):
            column.addWidget(label)
        column.addSpacing(tokens.HAIR)
        column.addLayout(self._buttons())
        column.addSpacing(tokens.TIGHT)
        set_role(self._counts, "muted")
        column.addWidget(self._counts)
        column.addSpacing(tokens.HAIR)
        column.addWidget(self.waiting, 1)

    def _buttons(self) -> QGridLayout:
        set_role(self.call_button, "primary")
        rows = (
            (self.call_button, self.more_button),
            (self.recall_button, self.skip_button),
            (self.arrive_button, self.start_button),
            (self.transfer_button, self.hold_button),
            (self.finish_button, self.pause_button),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.TIGHT)
        grid.setVerticalSpacing(2)
        for row, pair in enumerate(rows):
            for place, button in enumerate(pair):
                grid.addWidget(button, row, place)
                grid.setColumnStretch(place, 1)
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.waiting.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return grid


def _taken_by(ticket: Called | None) -> str:
    return f"取号人 {person_words(ticket.applicant)}" if ticket and ticket.applicant else ""
