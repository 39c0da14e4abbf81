"""The strip above the task: what came with the ticket. Shown once the ticket is called, never before."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from hall.services.ticket_records import Called
from hall.windows.kit.style import set_role
from hall.windows.phrases import errand_words


class ErrandStrip(QLabel):
    """A note of the counter that sent the ticket, where it goes back to, the matters that come after."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, "errand")
        self.hide()

    def show_ticket(self, ticket: Called | None) -> None:
        """Hidden while there is nothing to say."""
        self.setText(errand_words(ticket) if ticket is not None and ticket.state != "chosen" else "")
        self.setVisible(bool(self.text()))
