"""A screen's way to its use cases: button off, late progress, the answer, or the failure in its words."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from hall.errors import HallError
from hall.windows.kit.frame import Frame
from hall.workers.tasks import Pending, Tasks

T = TypeVar("T")
OnFailed = Callable[[HallError], None]


class Work:
    """Runs a screen's tasks; while one runs its button is off, so that nothing is done twice.

    `words` say what is being done (正在受理…). A failure goes to the frame unless `on_failed` takes it.
    """

    def __init__(self, tasks: Tasks, frame: Frame) -> None:
        self._tasks = tasks
        self._frame = frame
        self._rehearsing: Callable[[Callable[[], object]], None] | None = None

    def rehearse(self, submit: Callable[[], object], show: Callable[[Callable[[], object]], None]) -> None:
        """Do what a button does (`submit`); the change that it asks for at once is given to `show`, and not made."""
        self._rehearsing = show
        try:
            submit()
        finally:
            self._rehearsing = None

    def quietly(self, function: Callable[[], T], on_done: Callable[[T], None], *, owner: QObject) -> None:
        """Make something for the screen itself, such as a picture, for as long as `owner` is there to show it."""
        self._tasks.read(function, on_done, on_failed=self._frame.show_failure, owner=owner)

    def write(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        words: str,
        button: QPushButton | None = None,
        on_failed: OnFailed | None = None,
    ) -> None:
        """Change something; in a rehearsal, give it to whoever shows what would become of it."""
        if self._rehearsing is not None:
            self._rehearsing(function)
            return
        run = _Run(self._frame, words, button)
        failed = run.ending(on_failed or self._frame.show_failure)
        run.pending = self._tasks.write(function, run.ending(on_done), on_failed=failed, owner=self._frame)

    def read(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        words: str,
        button: QPushButton | None = None,
        on_failed: OnFailed | None = None,
    ) -> None:
        """Look something up."""
        run = _Run(self._frame, words, button)
        failed = run.ending(on_failed or self._frame.show_failure)
        run.pending = self._tasks.read(function, run.ending(on_done), on_failed=failed, owner=self._frame)

    def tell(self, failure: HallError) -> None:
        """Say a failure that somebody else has taken, in the message line."""
        self._frame.show_failure(failure)

    def one_of_many(self, function: Callable[[], T], on_done: Callable[[T], None], *, on_failed: OnFailed) -> None:
        """Change something as a part of a run that shows its own progress."""
        self._tasks.write(function, on_done, on_failed=on_failed, owner=self._frame)


class _Run:
    """One task as the frame shows it."""

    def __init__(self, frame: Frame, words: str, button: QPushButton | None) -> None:
        self.pending: Pending | None = None
        self._frame = frame
        self._words = words
        self._button = button
        self._had_focus = button is not None and button.hasFocus()
        if button is not None:
            button.setEnabled(False)
        self._number = frame.progress.begin(words, self._cancel)

    def ending(self, callback: Callable[[T], None]) -> Callable[[T], None]:
        """The callback, after the button and the progress are as they were."""

        def end_and_call(value: T) -> None:
            self._end()
            callback(value)

        return end_and_call

    def _cancel(self) -> None:
        if self.pending is not None and self.pending.cancel():
            self._end()
            self._frame.message.say(f"已取消：{self._words}")
        else:
            self._frame.message.say("这一步已经开始，不能取消，请等结果。")

    def _end(self) -> None:
        self._frame.progress.end(self._number)
        if self._button is not None:
            self._button.setEnabled(True)
            if self._had_focus:
                self._button.setFocus()
