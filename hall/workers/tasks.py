"""Database work off the GUI thread: one thread for writes, two for reads, answers in the GUI thread."""

import itertools
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject

from hall.errors import HallError
from hall.workers.bugs import report_bug
from hall.workers.mailbox import Mailbox
from hall.workers.threads import join_all

T = TypeVar("T")
OnFailed = Callable[[HallError], None]

READERS = 2


class Pending(Protocol):
    """A task that was asked for and may be withdrawn."""

    def cancel(self) -> bool:
        """True: it will neither run nor answer. False: it is running or over, and its answer still comes."""
        ...


class Tasks(Protocol):
    """What screens see. Callbacks run in the GUI thread, and not at all once `owner` is gone.

    `function` runs elsewhere: it must touch no widget and hold none. `on_failed` gets every failure as
    a value; what is not a HallError arrives as a numbered `Bug`.
    """

    def write(
        self, function: Callable[[], T], on_done: Callable[[T], None], *, on_failed: OnFailed, owner: QObject
    ) -> Pending: ...

    def read(
        self, function: Callable[[], T], on_done: Callable[[T], None], *, on_failed: OnFailed, owner: QObject
    ) -> Pending: ...


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    value: T


class _Work(Protocol):
    number: int

    def withdraw(self) -> bool: ...

    def execute(self) -> bool: ...


class _Job(Generic[T]):
    """The part of a task that a worker thread sees: no callback, so no widget can die in a worker."""

    def __init__(self, function: Callable[[], T], number: int) -> None:
        self.number = number
        self.outcome: _Done[T] | HallError | None = None
        self._function = function
        self._lock = threading.Lock()
        self._state = "waiting"

    def withdraw(self) -> bool:
        with self._lock:
            if self._state == "waiting":
                self._state = "withdrawn"
            return self._state == "withdrawn"

    def execute(self) -> bool:
        """Run unless withdrawn; True if there is an outcome to deliver."""
        with self._lock:
            if self._state == "withdrawn":
                return False
            self._state = "started"
        self.outcome = self._attempt()
        return True

    def _attempt(self) -> _Done[T] | HallError:
        try:
            return _Done(self._function())
        except HallError as error:
            return error
        except Exception as error:  # noqa: BLE001 - the boundary: any other exception is our bug
            return report_bug(error, threading.current_thread().name)


def _reply(job: _Job[T], on_done: Callable[[T], None], *, on_failed: OnFailed, owner: QObject) -> Callable[[], None]:
    """What to do in the GUI thread when the job has its outcome."""

    def reply() -> None:
        if not shiboken6.isValid(owner):
            return
        if isinstance(job.outcome, _Done):
            on_done(job.outcome.value)
        elif job.outcome is not None:
            on_failed(job.outcome)

    return reply


class _Lane:
    """A deque of jobs and the threads that empty it."""

    def __init__(self, names: list[str], finished: Callable[[int], None]) -> None:
        self._finished = finished
        self._waiting: deque[_Work] = deque()
        self._changed = threading.Condition()
        self._stopping = False
        self.threads = [threading.Thread(target=self._work, name=name, daemon=True) for name in names]
        for thread in self.threads:
            thread.start()

    def put(self, job: _Work) -> None:
        with self._changed:
            if self._stopping:
                job.withdraw()
                return
            self._waiting.append(job)
            self._changed.notify()

    def stop(self, *, finish: bool) -> None:
        """Take nothing new; `finish` runs what already waits (a clerk's writes), else it is dropped."""
        with self._changed:
            self._stopping = True
            if not finish:
                self._waiting.clear()
            self._changed.notify_all()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            if job.execute():
                self._finished(job.number)

    def _next(self) -> _Work | None:
        with self._changed:
            while not self._waiting:
                if self._stopping:
                    return None
                self._changed.wait()
            return self._waiting.popleft()


class _Asked:
    """A task in the executor, as its caller holds it."""

    def __init__(self, job: _Work, forget: Callable[[int], None]) -> None:
        self._job = job
        self._forget = forget

    def cancel(self) -> bool:
        if not self._job.withdraw():
            return False
        self._forget(self._job.number)
        return True


class ThreadedTasks:
    """The real executor. Made, used and stopped in the GUI thread only; replies never leave that thread."""

    def __init__(self) -> None:
        self._mailbox = Mailbox()
        self._numbers = itertools.count(1)
        self._replies: dict[int, Callable[[], None]] = {}
        self._writes = _Lane(["write"], self._finished)
        self._reads = _Lane([f"read-{number}" for number in range(1, READERS + 1)], self._finished)

    def write(
        self, function: Callable[[], T], on_done: Callable[[T], None], *, on_failed: OnFailed, owner: QObject
    ) -> Pending:
        """Run after all writes asked for before it, never beside another."""
        job = _Job(function, next(self._numbers))
        return self._put(self._writes, job, _reply(job, on_done, on_failed=on_failed, owner=owner))

    def read(
        self, function: Callable[[], T], on_done: Callable[[T], None], *, on_failed: OnFailed, owner: QObject
    ) -> Pending:
        """Run beside the writes and one other read."""
        job = _Job(function, next(self._numbers))
        return self._put(self._reads, job, _reply(job, on_done, on_failed=on_failed, owner=owner))

    def stop(self) -> tuple[str, ...]:
        """Finish the waiting writes, drop the reads, join; names threads that hang for over 10 seconds."""
        self._mailbox.close()
        self._reads.stop(finish=False)
        self._writes.stop(finish=True)
        alive = join_all(self._writes.threads + self._reads.threads)
        self._replies.clear()
        return alive

    def _put(self, lane: _Lane, job: _Job[T], reply: Callable[[], None]) -> Pending:
        self._replies[job.number] = reply
        lane.put(job)
        return _Asked(job, self._forget)

    def _finished(self, number: int) -> None:
        self._mailbox.post(partial(self._deliver, number))

    def _deliver(self, number: int) -> None:
        reply = self._replies.pop(number, None)
        if reply is not None:
            reply()

    def _forget(self, number: int) -> None:
        self._replies.pop(number, None)


class _Over:
    """An inline task is over before anybody could withdraw it."""

    def cancel(self) -> bool:
        return False


class InlineTasks:
    """Runs at once in the calling thread: for tests of screens and for scripted runs."""

    def write(
        self, function: Callable[[], T], on_done: Callable[[T], None], *, on_failed: OnFailed, owner: QObject
    ) -> Pending:
        """Run now; the callback has been called when this returns."""
        job = _Job(function, 0)
        job.execute()
        _reply(job, on_done, on_failed=on_failed, owner=owner)()
        return _Over()

    def read(
        self, function: Callable[[], T], on_done: Callable[[T], None], *, on_failed: OnFailed, owner: QObject
    ) -> Pending:
        """Run now; the callback has been called when this returns."""
        return self.write(function, on_done, on_failed=on_failed, owner=owner)
