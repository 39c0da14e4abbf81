"""Tasks whose answers a test holds back: what a window does between a question and its answer."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from hall.errors import HallError
from hall.workers.tasks import InlineTasks, Pending

T = TypeVar("T")


class Running:
    """A task that can no longer be withdrawn."""

    def cancel(self) -> bool:
        return False


class SlowTasks(InlineTasks):
    """While `slow`, nothing is done until it is told to; `waiting` are the tasks in their order."""

    def __init__(self) -> None:
        self.slow = False
        self.waiting: list[Callable[[], Pending]] = []

    def answer(self) -> None:
        """Everything that was asked, in order; from now on at once."""
        self.slow = False
        while self.waiting:
            self.waiting.pop(0)()

    def hold(self, task: Callable[[], Pending]) -> Pending:
        """Do it now, or later."""
        if not self.slow:
            return task()
        self.waiting.append(task)
        return Running()


class SlowReads(SlowTasks):
    """Writes at once."""

    def read(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        on_failed: Callable[[HallError], None],
        owner: QObject,
    ) -> Pending:
        return self.hold(lambda: self.write(function, on_done, on_failed=on_failed, owner=owner))


class SlowWrites(SlowTasks):
    """Reads at once."""

    def write(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        on_failed: Callable[[HallError], None],
        owner: QObject,
    ) -> Pending:
        return self.hold(lambda: InlineTasks.write(self, function, on_done, on_failed=on_failed, owner=owner))

    def read(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        on_failed: Callable[[HallError], None],
        owner: QObject,
    ) -> Pending:
        return InlineTasks.write(self, function, on_done, on_failed=on_failed, owner=owner)
