"""One serial line: opened by path or pyserial URL, read in short slices, every failure a clear sentence."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from hall.lines import LINE_FAILURES, PortUnavailable, open_line
from hall.rules.line_log import Tap

S = TypeVar("S", bound=str)

log = logging.getLogger(__name__)

SLICE_SECONDS = 0.05
WRITE_SECONDS = 2.0
REOPEN_SECONDS = 1.0
MOST_IN_SLICE = 4096
"""Bytes: seven times what 115200 baud bring in a slice, three times a whole card. Who sends more is heard slice by
slice, for threads that are always busy keep the window waiting for the interpreter."""


class Stop(Protocol):
    """What a loop asks whether it shall end, and sleeps on (threading.Event)."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float | None = None) -> bool: ...


class Line(Protocol):
    """What a driver needs of a line; every failure is a PortUnavailable."""

    def read(self) -> bytes:
        """Everything received so far, or nothing after a short silence."""

    def write(self, message: bytes) -> None:
        """Send all bytes."""

    def flush_input(self) -> None:
        """Forget what was received and not yet read."""


class SerialPort:
    """An open line, 8N1, held exclusively where the system can. Every failure is a PortUnavailable."""

    def __init__(self, port: str, *, baud: int, tap: Tap | None = None) -> None:
        """`tap` hears what is sent and received."""
        self.port = port
        self._tap = tap
        self._slice_began = 0.0
        self._in_slice = 0
        self._serial = open_line(port, baud=baud, read_seconds=SLICE_SECONDS, write_seconds=WRITE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self) -> bytes:
        """Everything received so far, or nothing after SLICE_SECONDS of silence."""
        with self._failures("连接中断"):
            first: bytes = self._serial.read(1)
            received: bytes = first + self._serial.read(self._serial.in_waiting) if first else b""
        if self._tap and received:
            self._tap("in", received)
        self._take_time(len(received))
        return received

    def _take_time(self, count: int) -> None:
        now = time.monotonic()
        if now - self._slice_began >= SLICE_SECONDS:
            self._slice_began, self._in_slice = now, 0
        self._in_slice += count
        if self._in_slice > MOST_IN_SLICE:
            time.sleep(SLICE_SECONDS)

    def write(self, message: bytes) -> None:
        """Send all bytes, or fail after WRITE_SECONDS."""
        with self._failures("写不进去"):
            self._serial.write(message)
        if self._tap:
            self._tap("out", message)

    def flush_input(self) -> None:
        """Forget what was received and not yet read."""
        with self._failures("连接中断"):
            self._serial.reset_input_buffer()

    def close(self) -> None:
        """Give the line back; closing twice, or after an unplug, does no harm.

        What was not sent yet is dropped: closing would wait for a device that takes nothing, up to 30 s.
        """
        with suppress(*LINE_FAILURES):
            self._serial.reset_output_buffer()
        with self._failures("关不上"):
            self._serial.close()

    @contextmanager
    def _failures(self, what: str) -> Iterator[None]:
        try:
            yield
        except LINE_FAILURES as error:
            raise PortUnavailable(self.port, what) from error


def keep_open(
    port: str,
    baud: int,
    follow: Callable[[SerialPort], None],
    *,
    on_absent: Callable[[], None],
    stop: Stop,
    tap: Tap | None = None,
) -> None:
    """Open the line and follow it until `stop`; a second after it went, or could not be opened, once more."""
    while not stop.is_set():
        try:
            with SerialPort(port, baud=baud, tap=tap) as line:
                follow(line)
        except PortUnavailable:
            on_absent()
        stop.wait(REOPEN_SECONDS)


class Told(Generic[S]):
    """The state of a device that was told last: each change is told once, and nothing while the loop is stopped."""

    def __init__(self, on_state: Callable[[S], None], stop: Stop) -> None:
        self._on_state = on_state
        self._stop = stop
        self.state: S | None = None

    def tell(self, state: S) -> None:
        """Tell it if it is another one."""
        if state != self.state and not self._stop.is_set():
            log.info("device state: %s", state)
            self.state = state
            self._on_state(state)
