"""The processes of the demo's day: started, told the clock, watched, and all waited for."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Protocol

from hall.demo.day_clock import DayClock
from hall.errors import HallError, Unavailable

READY_SECONDS = 90.0
ENDING_SECONDS = 60.0

Message = tuple[str, object]


class ProcessDied(Unavailable):
    """One of the processes ended before its time."""

    def __init__(self, name: str, status: int | None) -> None:
        super().__init__(f"演示没有走下去：进程“{name}”中途退出（退出码 {status}）。请看上面的报告，或重新运行。")


class ProcessSilent(Unavailable):
    """One of the processes does not answer or does not end."""

    def __init__(self, name: str) -> None:
        super().__init__(f"演示没有走下去：进程“{name}”没有回应。请在不忙的时候重新运行。")


@dataclass(slots=True)
class Lived:
    """What one process did: deeds, and refusals by their kind, counted; and whatever else it has to tell."""

    done: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    told: object = None

    def did(self, deed: str) -> None:
        self.done[deed] = self.done.get(deed, 0) + 1

    def met(self, refusal: HallError) -> None:
        kind = type(refusal).__name__
        self.refused[kind] = self.refused.get(kind, 0) + 1


class Line(Protocol):
    """A process's line to whoever started it."""

    def ready(self) -> DayClock:
        """Say that everything is loaded; gives the day's clock when the day begins."""

    def tell(self, what: str, value: object) -> None:
        """Say something."""

    def asked(self) -> str:
        """What is wanted now, or nothing."""


Life = Callable[[Line], Lived]
"""Must be picklable."""


@dataclass(frozen=True, slots=True)
class _PipeLine:
    connection: Connection

    def ready(self) -> DayClock:
        self.connection.send(("ready", None))
        clock: DayClock = self.connection.recv()
        return clock

    def tell(self, what: str, value: object) -> None:
        self.connection.send((what, value))

    def asked(self) -> str:
        return str(self.connection.recv()) if self.connection.poll() else ""


def _live(life: Life, connection: Connection) -> None:
    """The life, and its end told. Who started this process ends it, too: it ignores Ctrl+C."""
    try:
        connection.send(("lived", life(_PipeLine(connection))))
    except (EOFError, ConnectionError):  # who started this one, or whom it listens to, is gone and says why
        sys.exit(1)


class Crew:
    """Everybody at work. Use as a context: whoever is still there at its end is ended."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._processes: dict[str, BaseProcess] = {}
        self._lines: dict[str, Connection] = {}
        self._killed: set[str] = set()
        self._clock: DayClock | None = None
        self.interrupted = False
        self.lives: dict[str, Lived] = {}

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes.values():
            if process.is_alive():
                process.kill()
        for process in self._processes.values():
            process.join()
        for line in self._lines.values():
            line.close()

    @property
    def size(self) -> int:
        """How many processes there have been."""
        return len(self._processes)

    def start(self, name: str, life: Life) -> None:
        """Start a process. When the day has begun already it is told the clock as soon as it is ready."""
        mine, theirs = self._context.Pipe()
        process = self._context.Process(target=_live, args=(life, theirs), name=name, daemon=True)
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to all processes of a terminal
        try:
            process.start()
        finally:
            signal.signal(signal.SIGINT, before)
        theirs.close()  # else a process that dies would leave its line open
        self._processes[name], self._lines[name] = process, mine
        if self._clock is not None:
            mine.send(self._clock)

    def begin(self, clock_of_day: Callable[[], DayClock]) -> DayClock:
        """Wait until everybody is ready; the day begins."""
        deadline = time.monotonic() + READY_SECONDS
        for name in self._processes:
            self.hear(name, "ready", seconds=deadline - time.monotonic())
        self._clock = clock_of_day()
        for line in self._lines.values():
            line.send(self._clock)
        return self._clock

    def ask(self, name: str, what: str) -> None:
        """Ask a process for something."""
        self._lines[name].send(what)

    def heard(self, name: str) -> Message | None:
        """What a process says, if it says anything. Raises ProcessDied."""
        if not self._lines[name].poll():
            return None
        return self._received(name)

    def hear(self, name: str, what: str, *, seconds: float) -> object:
        """Wait until a process says something of that name, and give it. Raises ProcessDied or ProcessSilent."""
        deadline = time.monotonic() + seconds
        while self._lines[name].poll(max(deadline - time.monotonic(), 0.0)):
            said, value = self._received(name)
            if said == what:
                return value
        raise ProcessSilent(name)

    def look(self) -> None:
        """Raise ProcessDied if anybody has ended in a bad way, KeyboardInterrupt if somebody wants an end."""
        if self.interrupted:
            raise KeyboardInterrupt
        for name, process in self._processes.items():
            if name not in self._killed and process.exitcode not in (None, 0):
                raise ProcessDied(name, process.exitcode)

    def stop_short(self, name: str) -> None:
        """Freeze a process in whatever it does."""
        self._signal(name, signal.SIGSTOP)

    def go_on(self, name: str) -> None:
        """Let a frozen process go on."""
        self._signal(name, signal.SIGCONT)

    def kill(self, name: str) -> None:
        """End a process without a word, as a power cut does."""
        self._killed.add(name)
        self._processes[name].kill()
        self._processes[name].join()

    def finish(self, *, but: str = "") -> None:
        """Wait for everybody's end and keep what they tell."""
        deadline = time.monotonic() + ENDING_SECONDS
        for name, process in self._processes.items():
            if name == but or name in self._killed or name in self.lives:
                continue
            lived = self.hear(name, "lived", seconds=max(deadline - time.monotonic(), 1.0))
            assert isinstance(lived, Lived)
            self.lives[name] = lived
            process.join(ENDING_SECONDS)
        self.look()

    def _received(self, name: str) -> Message:
        try:
            message: Message = self._lines[name].recv()
        except EOFError:
            self._processes[name].join(1.0)
            raise ProcessDied(name, self._processes[name].exitcode) from None
        return message

    def _signal(self, name: str, number: signal.Signals) -> None:
        pid = self._processes[name].pid
        assert pid is not None
        os.kill(pid, number)
