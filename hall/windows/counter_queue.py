"""The left column of the counter: the present ticket, what can be done with it, who waits. It never moves."""

from datetime import timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.clock import Clock
from hall.services.queue_reading import QueueView, WaitingView
from hall.services.ticket_records import Called
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.phrases import person_words, waited_words
from hall.words import PRIORITY_KINDS, TICKET_STATES

WIDTH = 320
CODE_POINTS = 44
REPAINT_MS = 15_000
NOBODY = "空闲"


class QueueColumn(QWidget):
    """Says what the clerk asks for; the counter does it and shows the answer here."""

    call_next = Signal()
    recall = Signal()
    start = Signal()
    skip = Signal()
    finish = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "side")
        self._code, self._matter, self._facts = QLabel(), QLabel(), QLabel()
        self._person, self._reason = QLabel(), QLabel()
        self._counts = QLabel()
        self._clock = clock
        self.call_button = hotkeys.hotkey_button(hotkeys.CALL_NEXT, self.call_next.emit)
        self.recall_button = hotkeys.hotkey_button(hotkeys.RECALL, self.recall.emit)
        self.skip_button = hotkeys.hotkey_button(hotkeys.SKIP, self.skip.emit)
        self.start_button = hotkeys.hotkey_button(hotkeys.START, self.start.emit)
        self.finish_button = hotkeys.hotkey_button(hotkeys.FINISH, self.finish.emit)
        self.waiting = Table[WaitingView](
            [
                Column("号", lambda row: row.code, width=76),
                Column("优先", _priority_words, width=60),
                Column("等候", self._minutes_words, align="right"),
            ],
            lambda row: row.ticket_id,
            empty="没有人等候。有人取号后，按叫号次序列在这里。",
        )
        self._lay_out()
        self.show_ticket(None)
        minutes = QTimer(self)
        minutes.setInterval(REPAINT_MS)
        minutes.timeout.connect(self.waiting.viewport().update)
        minutes.start()

    @property
    def code(self) -> str:
        """The present ticket's code as it is shown."""
        return self._code.text()

    @property
    def facts(self) -> str:
        """State, waiting time and number of calls as they are shown."""
        return self._facts.text()

    def show_ticket(self, ticket: Called | None) -> None:
        """Show the present ticket and leave on only the buttons that its state allows."""
        state = ticket.state if ticket else ""
        self._code.setText(ticket.code if ticket else NOBODY)
        self._matter.setText(ticket.matter_name if ticket else "没有在办的号")
        self._facts.setText(_ticket_words(ticket) if ticket else "按 F2 叫下一号")
        self._person.setText(_taken_by(ticket))
        self._reason.setText(ticket.reason if ticket and ticket.reason else "")
        set_role(self._code, "ticket" if ticket else "ticket-none")
        self.call_button.setEnabled(not ticket)
        for button in (self.recall_button, self.skip_button, self.start_button):
            button.setEnabled(state == "called")
        self.finish_button.setEnabled(state in {"called", "serving"})

    def point_out_finish(self, wanted: bool) -> None:
        """Whether 办结 is what comes next."""
        set_role(self.finish_button, "primary" if wanted else "")

    def show_queue(self, queue: QueueView) -> None:
        """Show who waits: codes, no names."""
        low, high = queue.minutes
        waiting = len(queue.waiting)
        self._counts.setText(f"等候 {waiting} 人　现在取号约等 {low}–{high} 分钟" if waiting else "等候 0 人")
        self.waiting.show_rows(queue.waiting)

    def _minutes_words(self, row: WaitingView) -> str:
        waited = self._clock.now() - row.issued_at
        return f"{max(int(waited / timedelta(minutes=1)), 0)} 分钟"

    def _lay_out(self) -> None:
        self._code.setFont(sized(self.font(), CODE_POINTS, bold=True))
        set_role(self._matter, "lead")
        set_role(self._reason, "small")
        for label in (self._matter, self._facts, self._person, self._reason):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label, lines, points in (
            (self._code, 1, CODE_POINTS),
            (self._matter, 2, tokens.LEAD),
            (self._facts, 1, tokens.BODY),
            (self._person, 1, tokens.BODY),
            (self._reason, 2, tokens.SMALL),
        ):
            spacing = QFontMetrics(sized(self.font(), points)).lineSpacing()
            label.setFixedHeight(lines * spacing + tokens.HAIR)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
        column.setSpacing(tokens.HAIR)
        for label in (self._code, self._matter, self._facts, self._person, self._reason):
            column.addWidget(label)
        column.addSpacing(tokens.HAIR)
        column.addLayout(self._buttons())
        column.addSpacing(tokens.TIGHT)
        set_role(self._counts, "muted")
        column.addWidget(self._counts)
        column.addWidget(self.waiting, 1)

    def _buttons(self) -> QGridLayout:
        set_role(self.call_button, "primary")
        grid = QGridLayout()
        grid.setSpacing(tokens.TIGHT)
        grid.addWidget(self.call_button, 0, 0, 1, 2)
        pairs: tuple[tuple[QPushButton, QPushButton], ...] = (
            (self.recall_button, self.skip_button),
            (self.start_button, self.finish_button),
        )
        for row, pair in enumerate(pairs, 1):
            for place, button in enumerate(pair):
                grid.addWidget(button, row, place)
        for button in (self.call_button, *(each for pair in pairs for each in pair)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.waiting.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return grid


def _ticket_words(ticket: Called) -> str:
    return f"{TICKET_STATES[ticket.state]}　{waited_words(ticket.waited)}　已呼 {ticket.calls} 次"


def _taken_by(ticket: Called | None) -> str:
    return f"取号人 {person_words(ticket.applicant)}" if ticket and ticket.applicant else ""


def _priority_words(row: WaitingView) -> str:
    return "" if row.priority == "ordinary" else f"◆ {PRIORITY_KINDS[row.priority]}"
