"""The log of the devices' lines: written by their loops, read by the device page, bounded, never on disk."""

import threading
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime

from hall.clock import Clock
from hall.rules.line_log import Direction, Listener, Said, Tap

LONGEST = 500
"""Lines that are kept of each device."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log, its `number` growing from line to line; `times`: how often in a row, the last time `at`."""

    number: int
    at: datetime
    said: Said
    times: int = 1


class LineLog:
    """What the lines of this station's devices carried, the last 500 lines of each; any thread may write and read.

    A reader that finds no card says so three times a second: such an exchange is one line that counts.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._lines: dict[str, deque[LogLine]] = {}
        self._number = 0
        self._heard = 0

    @property
    def heard(self) -> int:
        """How much was written so far: who shows the log looks at it first."""
        return self._heard

    def tap(self, device: str, listener: Listener) -> Tap:
        """What a loop gives to its port; `listener` makes out what the bytes mean."""

        def hear(direction: Direction, portion: bytes) -> None:
            for said in listener.hear(direction, portion):
                self._write(device, said)

        return hear

    def lines(self, device: str) -> tuple[LogLine, ...]:
        """The lines of a device, oldest first."""
        with self._lock:
            return tuple(self._lines.get(device, ()))

    def _write(self, device: str, said: Said) -> None:
        with self._lock:
            lines = self._lines.setdefault(device, deque(maxlen=LONGEST))
            self._heard += 1
            self._number += 1
            lines.append(LogLine(self._number, self._clock.now(), said))
            for length in (1, 2):
                _fold(lines, length)


def _fold(lines: deque[LogLine], length: int) -> None:
    """Where the last lines, so many, say what those before them said: those count instead."""
    recent = [lines[place] for place in range(-min(2 * length, len(lines)), 0)]
    former, last = recent[:length], recent[length:]
    if len(recent) < 2 * length or [line.said for line in former] != [line.said for line in last]:
        return
    for _ in recent:
        lines.pop()
    lines.extend(replace(old, at=new.at, times=old.times + new.times) for old, new in zip(former, last, strict=True))
