"""What a clerk does with the ticket at the counter: call, recall, skip, start, finish; and what others did to it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton

from hall.services.front import Front
from hall.services.ticket_records import Called
from hall.windows.counter_queue import QueueColumn
from hall.windows.kit import hotkeys
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.shown import Shown
from hall.windows.kit.work import Work

Leave = Callable[[Hotkey, Callable[[], None]], None]


class CounterTicket(QObject):
    """The present ticket and the left column that shows it.

    `called` carries the Called of a new person, `changed` the same ticket in another state, `left` nothing:
    the counter is free. `leave` is asked before a person is left, for something may be half entered.
    """

    called = Signal(object)
    changed = Signal(object)
    left = Signal()

    def __init__(
        self, front: Front, frame: Frame, column: QueueColumn, *, counter: int, leave: Leave, work: Work
    ) -> None:
        super().__init__(frame)
        self._front = front
        self._frame = frame
        self._column = column
        self._counter = counter
        self._leave = leave
        self._work = work
        self._steps = 0
        self._shown = Shown("counter")
        self.present: Called | None = None
        column.call_next.connect(self.call_next)
        column.recall.connect(self._recall)
        column.start.connect(self._start)
        column.skip.connect(self._skip)
        column.finish.connect(self._finish)

    @Slot()
    def call_next(self) -> None:
        """叫下一号."""
        self._leave(hotkeys.CALL_NEXT, self._call_next)

    def came(self) -> None:
        """The person's card was laid down: whoever was only called is here now."""
        if self.present is not None and self.present.state == "called":
            self._step(self._front.calling.start, self._column.start_button, lambda _: self.reload())

    def reload(self) -> None:
        """Read the queue and the present ticket again."""
        self._reload_queue()
        self._work.read(
            partial(self._front.calling.present, self._counter),
            partial(self._show_present, self._steps),
            words="正在载入在办的号…",
        )

    def _reload_queue(self) -> None:
        self._work.read(self._front.queue, self._column.show_queue, words="正在载入排队…")

    def _call_next(self) -> None:
        self._work.write(
            partial(self._front.calling.call_next, self._counter),
            self._called,
            words="正在叫号…",
            button=self._column.call_button,
        )

    def _called(self, ticket: Called) -> None:
        self._show(ticket)
        self.called.emit(ticket)
        self._frame.message.say(f"请 {ticket.code} 号到 {self._counter} 号窗口。人到后请放证件。", "success")

    @Slot()
    def _recall(self) -> None:
        self._work.write(
            partial(self._front.calling.recall, self._counter),
            self._recalled,
            words="正在重呼…",
            button=self._column.recall_button,
        )

    def _recalled(self, ticket: Called) -> None:
        self._show(ticket)
        self.changed.emit(ticket)
        self._frame.message.say(f"已重呼 {ticket.code} 号，共呼 {ticket.calls} 次。", "success")

    @Slot()
    def _start(self) -> None:
        self._step(self._front.calling.start, self._column.start_button, self._started)

    def _started(self, _: None) -> None:
        self.reload()
        self._frame.message.say("开始办理。", "success")

    @Slot()
    def _skip(self) -> None:
        done = partial(self._gone, "已过号。")
        self._leave(hotkeys.SKIP, partial(self._step, self._front.calling.skip, self._column.skip_button, done))

    @Slot()
    def _finish(self) -> None:
        done = partial(self._gone, "已办结。")
        self._leave(hotkeys.FINISH, partial(self._step, self._front.calling.finish, self._column.finish_button, done))

    def _step(self, step: Callable[[int], None], button: QPushButton, on_done: Callable[[None], None]) -> None:
        self._work.write(partial(step, self._counter), on_done, words="正在登记…", button=button)

    def _gone(self, words: str, _: None) -> None:
        code = self.present.code if self.present else ""
        self._show(None)
        self.left.emit()
        self._frame.message.say(f"{code} {words}按 F2 叫下一号。", "success")

    def _show(self, ticket: Called | None) -> None:
        self._steps += 1
        self.present = ticket
        self._show_in_column(ticket)
        self._reload_queue()

    def _show_present(self, steps: int, ticket: Called | None) -> None:
        """Unless the clerk has gone on since it was asked for. After a restart the ticket left open is a new one."""
        if steps != self._steps:
            return
        before = self.present
        self.present = _with_reason(ticket, before)
        self._show_in_column(self.present)
        if self.present is not None:
            self.changed.emit(self.present)

    def _show_in_column(self, ticket: Called | None) -> None:
        self._column.show_ticket(ticket)
        self._shown.tell(counter=self._counter, ticket=ticket and ticket.code, state=ticket and ticket.state)


def _with_reason(ticket: Called | None, before: Called | None) -> Called | None:
    """The reason of the call is told once; it stays while the ticket does."""
    if ticket is None or before is None or ticket.ticket_id != before.ticket_id:
        return ticket
    return replace(ticket, reason=ticket.reason or before.reason)
