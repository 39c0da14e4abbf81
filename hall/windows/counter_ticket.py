"""What a clerk does with the ticket at the counter, from the call to the end; and what others did to it."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton

from hall.errors import HallError, Missing, Refused, Stale
from hall.services.front import Front
from hall.services.queue_reading import QueueView
from hall.services.ticket_records import Called
from hall.windows.counter_queue import QueueColumn
from hall.windows.kit import hotkeys
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.newest import Newest
from hall.windows.kit.shown import Shown
from hall.windows.kit.work import Work

Answer = TypeVar("Answer")
Leave = Callable[[Hotkey, Callable[[], None]], None]
FREE = "按 F2 叫下一号。"


class CounterTicket(QObject):
    """The present ticket and the left column that shows it.

    `called` carries the Called of a new person, `chosen` one that is looked at before it is announced, `changed`
    the same ticket in another state, `left` nothing: the counter is free. `leave` is asked before a person is
    left, for something may be half entered.
    """

    called = Signal(object)
    chosen = Signal(object)
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
        self._queues = Newest[QueueView](column.show_queue)
        self._presents = Newest[tuple[int, Called | None]](self._show_present)
        self._shown = Shown("counter")
        self.present: Called | None = None
        self.looks_first = False
        column.call_next.connect(self.call_next)
        column.recall.connect(self._recall)
        column.arrive.connect(self._arrive)
        column.start.connect(self._start)
        column.skip.connect(self._skip)
        column.finish.connect(self._finish)

    def served(self) -> int | None:
        """The key of the ticket at the counter: what is registered now belongs to it."""
        return self.present.ticket_id if self.present is not None else None

    @Slot()
    def call_next(self) -> None:
        """F2: announce the ticket that was looked at; else look at the next one, or call it at once."""
        button, calling = self._column.call_button, self._front.calling
        if self.present is not None and self.present.state == "chosen":
            self.bring(hotkeys.CALL_NEXT, partial(calling.announce, self._counter), button=button, words="正在叫号…")
        elif self.looks_first:
            self._write(partial(calling.choose_next, self._counter), self._look, button=button, words="正在看下一号…")
        else:
            self.bring(hotkeys.CALL_NEXT, partial(calling.call_next, self._counter), button=button, words="正在叫号…")

    def look_first(self, wanted: bool) -> None:
        """Whether F2 shows the next ticket before it is announced."""
        self.looks_first = wanted
        self._column.look_first(wanted)

    def bring(self, hotkey: Hotkey, deed: Callable[[], Called], *, button: QPushButton, words: str) -> None:
        """A deed that brings a ticket to the counter."""
        self._leave(hotkey, partial(self._write, deed, self._came_here, button=button, words=words))

    def send(self, hotkey: Hotkey, deed: Callable[[], object], *, button: QPushButton, done: str) -> None:
        """A deed after which the ticket has left the counter; `done` says so: 已挂起."""
        gone = partial(self._gone, done)
        self._leave(hotkey, partial(self._write, deed, lambda _: gone(), button=button, words="正在登记…"))

    def put_back(self, button: QPushButton) -> None:
        """The ticket that was looked at is not announced: back to where it was."""
        deed = partial(self._front.calling.give_back, self._counter, "先看后呼，未呼叫")
        gone = partial(self._gone, "已放回排队。")
        self._write(deed, lambda _: gone(), button=button, words="正在登记…")

    def came(self) -> None:
        """The person's card was laid down: whoever was only called is here now."""
        if self.present is not None and self.present.state in {"called", "arrived"}:
            self._step(self._front.calling.start, self._column.start_button, "")

    def reload(self) -> None:
        """Read the queue and the present ticket again."""
        self._reload_queue()
        steps, counter, calling = self._steps, self._counter, self._front.calling
        self._work.read(lambda: (steps, calling.present(counter)), self._presents.ask(), words="正在载入在办的号…")

    def _reload_queue(self) -> None:
        self._work.read(self._front.queue, self._queues.ask(), words="正在载入排队…")

    def _look(self, ticket: Called) -> None:
        self._show(ticket)
        self.chosen.emit(ticket)
        self._frame.message.say(f"{ticket.code} 号还没有呼叫。按 Enter 或 F2 呼叫，Esc 放回。")

    def _came_here(self, ticket: Called) -> None:
        self._show(ticket)
        self.called.emit(ticket)
        if ticket.state == "called":
            self._frame.message.say(f"请 {ticket.code} 号到 {self._counter} 号窗口。人到后请放证件。", "success")
        else:
            self._frame.message.say(f"{ticket.code} 号开始办理。", "success")

    @Slot()
    def _recall(self) -> None:
        deed = partial(self._front.calling.recall, self._counter)
        self._write(deed, self._recalled, button=self._column.recall_button, words="正在重呼…")

    def _recalled(self, ticket: Called) -> None:
        self._show(ticket)
        self.changed.emit(ticket)
        self._frame.message.say(f"已重呼 {ticket.code} 号，共呼 {ticket.calls} 次。", "success")

    @Slot()
    def _arrive(self) -> None:
        self._step(self._front.calling.arrive, self._column.arrive_button, "已登记到窗口。办理时按 F10。")

    @Slot()
    def _start(self) -> None:
        self._step(self._front.calling.start, self._column.start_button, "开始办理。")

    def _step(self, step: Callable[[int], None], button: QPushButton, said: str) -> None:
        def done(_: None) -> None:
            self.reload()
            if said:
                self._frame.message.say(said, "success")

        self._write(partial(step, self._counter), done, button=button, words="正在登记…")

    @Slot()
    def _skip(self) -> None:
        deed = partial(self._front.calling.skip, self._counter)
        done = "已过号。人来了按 F12 再按 H 重排。"
        self.send(hotkeys.SKIP, deed, button=self._column.skip_button, done=done)

    @Slot()
    def _finish(self) -> None:
        deed = partial(self._front.calling.finish, self._counter)
        button = self._column.finish_button
        self._leave(hotkeys.FINISH, partial(self._write, deed, self._finished, button=button, words="正在登记…"))

    def _finished(self, stays: Called | None) -> None:
        if stays is not None:
            self._show(stays)
            self.called.emit(stays)
            self._frame.message.say(f"已办结。{stays.code} 号接着办：{stays.matter_name}。", "success")
        else:
            self._gone(_end_words(self.present))

    def _gone(self, words: str) -> None:
        code = self.present.code if self.present else ""
        self._show(None)
        self.left.emit()
        self._frame.message.say(f"{code} {words}{FREE}", "success")

    def _write(
        self, deed: Callable[[], Answer], on_done: Callable[[Answer], None], *, button: QPushButton, words: str
    ) -> None:
        self._work.write(deed, on_done, words=words, button=button, on_failed=self.failed)

    def failed(self, failure: HallError) -> None:
        """A deed was refused: say why; the buttons are as the ticket allows, and what others did is read."""
        self._column.enable_buttons()
        self._frame.show_failure(failure)
        if isinstance(failure, Refused | Missing | Stale):
            self.reload()

    def _show(self, ticket: Called | None) -> None:
        self._steps += 1
        self.present = ticket
        self._show_in_column(ticket)
        self._reload_queue()

    def _show_present(self, answer: tuple[int, Called | None]) -> None:
        """Unless the clerk has gone on since it was asked for. After a restart the ticket left open is a new one."""
        steps, ticket = answer
        if steps != self._steps:
            return
        before, self.present = self.present, ticket
        self._show_in_column(ticket)
        if ticket is None:
            self._say_gone(before)
        elif ticket.state == "chosen":
            self.chosen.emit(ticket)
        else:
            self.changed.emit(ticket)

    def _say_gone(self, before: Called | None) -> None:
        """What was entered stays; the service decides whether it may still be accepted."""
        if before is not None:
            self._frame.message.say(f"{before.code} 号已不在本窗口：在别处办完了，或由大厅主任释放了。{FREE}")

    def _show_in_column(self, ticket: Called | None) -> None:
        self._column.show_ticket(ticket)
        self._shown.tell(counter=self._counter, ticket=ticket and ticket.code, state=ticket and ticket.state)


def _end_words(ticket: Called | None) -> str:
    if ticket is not None and ticket.sender is not None:
        return f"已办结，转回 {ticket.sender} 号窗口。"
    if ticket is not None and ticket.further:
        return f"已办结，排队去办：{ticket.further[0]}。"
    return "已办结。"
