"""Whether the slip of the number that the kiosk shows has come out: looked at again at every change."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from hall.services.front import Front
from hall.windows.kiosk_pages import TicketPage
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed


class SlipWatch(QObject):
    """Tells the ticket's page; `failed` carries the HallError."""

    failed = Signal(object)

    def __init__(self, front: Front, tasks: Tasks, changes: ChangeFeed, page: TicketPage) -> None:
        super().__init__(page)
        self._front = front
        self._tasks = tasks
        self._page = page
        self._ticket: int | None = None
        changes.changed.connect(self._changed)

    def watch(self, ticket_id: int | None) -> None:
        """Another ticket; None: nobody waits for a slip here."""
        self._ticket = ticket_id
        if ticket_id is not None:
            read = partial(self._front.slips.fate, ticket_id)
            self._tasks.read(read, partial(self._show, ticket_id), on_failed=self.failed.emit, owner=self)

    def _show(self, ticket_id: int, fate: str) -> None:
        if ticket_id == self._ticket:
            self._page.show_slip(fate)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & {"queue", "spool", "*"}:
            self.watch(self._ticket)
