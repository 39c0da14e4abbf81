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
            now = self._clock.now()
            self._heard += 1
            for place in (-1, -2):
                if len(lines) >= -place and lines[place].said == said:
                    lines[place] = replace(lines[place], at=now, times=lines[place].times + 1)
                    return
            self._number += 1
            lines.append(LogLine(self._number, now, said))
