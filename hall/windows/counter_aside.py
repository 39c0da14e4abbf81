"""Held and skipped tickets: their lists, and how they come back."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QObject, Slot

from hall.errors import HallError
from hall.services.front import Front
from hall.services.holding import HeldTicket
from hall.services.skipping import SkippedTicket
from hall.windows.counter_lists import AsidePanel, AsideTicket
from hall.windows.counter_ticket import CounterTicket
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.newest import Newest
from hall.windows.kit.work import Work


class AsideTickets(QObject):
    """`cancel` asks why a listed ticket is cancelled."""

    def __init__(
        self,
        front: Front,
        frame: Frame,
        side: Side,
        ticket: CounterTicket,
        *,
        counter: int,
        work: Work,
        cancel: Callable[[int, str], None],
    ) -> None:
        super().__init__(frame)
        self._calling = front.calling
        self._frame = frame
        self._side = side
        self._ticket = ticket
        self._counter = counter
        self._work = work
        self._cancel = cancel
        self._held = Newest[tuple[HeldTicket, ...]](self._show_held)
        self._skipped = Newest[tuple[SkippedTicket, ...]](self._show_skipped)

    @cached_property
    def held_panel(self) -> AsidePanel:
        """挂起的号."""
        panel = AsidePanel(
            hotkeys.HELD.words,
            main=hotkeys.RESUME.words,
            words="在本窗口挂起的号。人回来了，窗口空着就可以恢复。",
            last="原因",
            empty="没有挂起的号。按 F7 挂起的号列在这里。",
        )
        panel.taken.connect(self._resume)
        panel.cancelled.connect(self._cancel_row)
        return panel

    @cached_property
    def skipped_panel(self) -> AsidePanel:
        """过号的号."""
        panel = AsidePanel(
            hotkeys.SKIPPED.words,
            main="重排",
            words="今天过号的号。人来了就重排，排到后面几个号之后，由窗口按次序再叫。",
            last="过号",
            empty="没有过号的号。按 F4 过号的号列在这里。",
        )
        panel.taken.connect(self._requeue)
        panel.cancelled.connect(self._cancel_row)
        return panel

    @Slot()
    def reload(self) -> None:
        """Read the list that is open."""
        if self._side.panel is vars(self).get("held_panel"):
            self._work.read(partial(self._calling.held, self._counter), self._held.ask(), words="正在载入挂起的号…")
        elif self._side.panel is vars(self).get("skipped_panel"):
            self._work.read(self._calling.skipped, self._skipped.ask(), words="正在载入过号的号…")

    def _show_held(self, found: tuple[HeldTicket, ...]) -> None:
        rows = tuple(
            AsideTicket(each.ticket_id, each.code, each.matter_name, each.since, each.reason) for each in found
        )
        self.held_panel.show_tickets(rows)

    def _show_skipped(self, found: tuple[SkippedTicket, ...]) -> None:
        rows = tuple(
            AsideTicket(each.ticket_id, each.code, each.matter_name, each.skipped_at, _skip_words(each))
            for each in found
        )
        self.skipped_panel.show_tickets(rows)

    @Slot(object)
    def _resume(self, row: AsideTicket) -> None:
        deed = partial(self._calling.resume, self._counter, row.ticket_id)
        self._ticket.bring(hotkeys.RESUME, deed, button=self.held_panel.main_button, words="正在恢复…")

    @Slot(object)
    def _requeue(self, row: AsideTicket) -> None:
        def done(_: None) -> None:
            self.reload()
            self._ticket.reload()
            self._frame.message.say(f"{row.code} 已重新排队，由窗口按次序再叫。", "success")

        deed = partial(self._calling.requeue, row.ticket_id)
        button = self.skipped_panel.main_button
        self._work.write(deed, done, words="正在重排…", button=button, on_failed=self._failed)

    def _failed(self, failure: HallError) -> None:
        """Another counter may have been faster: list again what is still there."""
        self._frame.show_failure(failure)
        self.reload()

    @Slot(object)
    def _cancel_row(self, row: AsideTicket) -> None:
        self._cancel(row.ticket_id, row.code)


def _skip_words(ticket: SkippedTicket) -> str:
    where = f"{ticket.counter_number} 号窗口" if ticket.counter_number is not None else ""
    return f"{where}　{ticket.skips} 次".strip()
