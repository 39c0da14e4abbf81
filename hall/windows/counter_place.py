"""The counter itself: opened at the sign-in, paused, left; and who in the hall calls for help."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QObject, Signal, Slot

from hall.errors import HallError
from hall.services.counter_reading import CounterView
from hall.services.front import Front
from hall.windows.counter_queue import QueueColumn
from hall.windows.emergency_banner import emergency_words
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import ReasonPanel
from hall.windows.kit.dialogs import ask
from hall.windows.kit.frame import Frame
from hall.windows.kit.newest import Newest
from hall.windows.kit.work import Work


class CounterPlace(QObject):
    """`changed` carries the CounterView of this counter, `alarmed` the words of the red banner, `left` nothing."""

    changed = Signal(object)
    alarmed = Signal(str)
    left = Signal()

    def __init__(self, front: Front, frame: Frame, column: QueueColumn, *, counter: int, work: Work) -> None:
        super().__init__(frame)
        self._calling = front.calling
        self._name = front.actor.name
        self._reasons = front.policy.pause_reasons
        self._frame = frame
        self._column = column
        self._counter = counter
        self._work = work
        self.view: CounterView | None = None
        self._views = Newest[tuple[CounterView, ...]](self._show)

    @property
    def calls_help(self) -> bool:
        """Whether this counter calls for help."""
        return self.view is not None and self.view.emergency_at is not None

    @cached_property
    def pause_panel(self) -> ReasonPanel:
        """暂停: one of the hall's reasons, by its digit."""
        words = "按数字选原因，窗口马上暂停：窗口屏显示暂停服务，不再叫到这里。"
        panel = ReasonPanel("暂停服务", main="", words=words, usual=self._reasons, free=False)
        panel.submitted.connect(self._pause)
        return panel

    def begin(self) -> None:
        """The clerk has signed in: open the counter, unless a restart finds it open or paused."""
        self._read(self._begin)

    @Slot()
    def reload(self) -> None:
        """Read the counters again."""
        self._read(self._views.ask())

    @Slot()
    def unpause(self) -> None:
        """恢复服务."""

        def done(_: None) -> None:
            self.reload()
            self._frame.message.say("已恢复服务。按 F2 叫下一号。", "success")

        self._write(self._calling.unpause, done, words="正在恢复…")

    def leave(self, on_failed: Callable[[HallError], None]) -> None:
        """离开窗口: nobody is called here any more."""
        self._work.write(
            partial(self._calling.close_counter, self._counter),
            lambda _: self.left.emit(),
            words="正在关闭窗口…",
            on_failed=on_failed,
        )

    @Slot()
    def toggle_emergency(self) -> None:
        """Ask once, then call for help; the same key ends it."""
        if self.calls_help:
            self._write(self._calling.calm, self._calmed, words="正在解除…")
            return
        sentence = "所有窗口、导办台、看板和监控马上显示本窗口的红色求助条，直到解除。"
        ask(self._frame, sentence, title=hotkeys.EMERGENCY.words, yes="求助", on_yes=self._call_help)

    def _call_help(self) -> None:
        self._write(self._calling.emergency, lambda _: self.reload(), words="正在求助…")

    def _calmed(self, _: None) -> None:
        self.reload()
        self._frame.message.say("紧急求助已解除。", "success")

    def _pause(self) -> None:
        deed = partial(self._calling.pause, self._counter, self.pause_panel.reason)
        self._work.write(deed, lambda _: self.reload(), words="正在暂停…", button=self._column.pause_button)

    def _begin(self, counters: tuple[CounterView, ...]) -> None:
        self._show(counters)
        own = self.view
        if own is not None and (own.state == "closed" or own.clerk_name not in ("", self._name)):
            self._write(self._calling.open_counter, lambda _: self.reload(), words="正在开放窗口…")

    def _show(self, counters: tuple[CounterView, ...]) -> None:
        self.view = next((each for each in counters if each.number == self._counter), None)
        self.alarmed.emit(emergency_words(counters, own=self._counter))
        if self.view is not None:
            self.changed.emit(self.view)

    def _read(self, on_done: Callable[[tuple[CounterView, ...]], None]) -> None:
        self._work.read(self._calling.counters, on_done, words="正在载入窗口…")

    def _write(self, deed: Callable[[int], None], on_done: Callable[[None], None], *, words: str) -> None:
        self._work.write(partial(deed, self._counter), on_done, words=words)
