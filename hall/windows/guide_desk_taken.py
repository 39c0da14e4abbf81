"""The number that the guide has just taken, and what became of its slip."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from hall.rules.queue_policy import ORDINARY
from hall.services.taking import TicketIssued
from hall.windows.kit import tokens
from hall.windows.kit.chip import Chip
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_role
from hall.words import PRIORITY_KINDS

CODE_POINTS = 26
SLIP_WORDS = {
    "printing": "正在打印号票…",
    "out": "号票已打出，请交给办事人。",
    "not_out": "号票没有打出，见 Alt+3 未打印。",
    "sheet": "号单在文书打印机上打印，请交给办事人。",
    "none": "本机不打印号票，请告知号码。",
}
SLIP_ROLES = {"printing": "muted", "out": "good", "not_out": "lacking", "sheet": "good", "none": "good"}


class TakenStrip(QFrame):
    """One strip above the lists; hidden until the first number."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self.code, self.kind = QLabel(), Chip()
        self._facts, self.slip = QLabel(), QLabel()
        set_role(self.code, "ticket")
        self.code.setFont(sized(self.font(), CODE_POINTS, bold=True))
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._facts, self.slip):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(tokens.HAIR)
        words.addWidget(self._facts)
        words.addWidget(self.slip)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        row.setSpacing(tokens.BASE)
        row.addWidget(self.code)
        row.addWidget(self.kind)
        row.addLayout(words, 1)
        self.hide()

    def show_ticket(self, ticket: TicketIssued) -> None:
        """The number that was taken."""
        low, high = ticket.minutes
        ordinary = ticket.priority == ORDINARY
        self.code.setText(ticket.code)
        self.kind.show_words("" if ordinary else f"{PRIORITY_KINDS[ticket.priority]}优先", kind=ticket.priority)
        facts = (ticket.matter_name, f"前方 {ticket.waiting_ahead} 人，约 {low}–{high} 分钟", ticket.notice)
        self._facts.setText("　".join(filter(None, facts)))
        self.show_slip("printing" if ticket.state == "reserved" else "sheet" if ticket.sheet else "none")
        self.show()

    def show_slip(self, fate: str) -> None:
        """printing, out, not_out; sheet where a page printer prints the number, none where nothing does."""
        self.slip.setText(SLIP_WORDS[fate])
        set_role(self.slip, SLIP_ROLES[fate])
