"""The numbers that wait aside: those parked at this counter, and those whose people did not come when called."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal, Slot

from hall.clock import hall_time
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import DeedPanel
from hall.windows.kit.hotkeys import key_text
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table

HEIGHT = 300


@dataclass(frozen=True, slots=True)
class AsideTicket:
    """One of them, as the list shows it: since when, and why or how often."""

    ticket_id: int
    code: str
    matter_name: str
    since: datetime
    words: str


class AsidePanel(DeedPanel):
    """Enter takes the chosen one back (`taken`), Delete asks to cancel it (`cancelled`). Both carry the ticket."""

    taken = Signal(object)
    cancelled = Signal(object)

    def __init__(self, title: str, *, main: str, words: str, last: str, empty: str) -> None:
        """`last` names the last column; `empty` says what would be listed."""
        super().__init__(title, main=main)
        self.say(words)
        self.table = Table[AsideTicket](
            [
                Column("号", lambda row: row.code, width=72),
                Column("时间", lambda row: f"{hall_time(row.since):%H:%M}", width=64),
                Column(last, lambda row: row.words),
            ],
            lambda row: row.ticket_id,
            empty=empty,
        )
        self.table.setMinimumHeight(HEIGHT)
        self.table.chosen.connect(self.taken)
        self.table.current.connect(self._show_matter)
        self.add(self.table)
        self._matter = self.say("")
        set_role(self.say(f"{key_text(hotkeys.CANCEL_LISTED)} {hotkeys.CANCEL_LISTED.words}"), "muted")
        self.add_letter(hotkeys.CANCEL_LISTED.keys, self._cancel)

    def show_tickets(self, tickets: tuple[AsideTicket, ...]) -> None:
        """List these; the first is chosen unless another is."""
        self.table.show_rows(tickets)
        if self.table.current_row is None and tickets:
            self.table.select(tickets[0].ticket_id)
        self.main_button.setEnabled(bool(tickets))
        self._show_matter()

    def begin(self) -> None:
        """At the list."""
        self.table.setFocus()

    @Slot()
    def submit(self) -> None:
        """The main button."""
        if self.table.current_row is not None:
            self.taken.emit(self.table.current_row)

    @Slot()
    def _show_matter(self) -> None:
        row = self.table.current_row
        self._matter.setText(row.matter_name if row else "")

    def _cancel(self) -> None:
        if self.table.current_row is not None:
            self.cancelled.emit(self.table.current_row)
