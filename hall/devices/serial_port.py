"""One serial line: opened by path or pyserial URL, read in short slices, every failure a clear sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

import serial

from hall.errors import Unavailable
from hall.rules.line_log import Tap

SLICE_SECONDS = 0.05
WRITE_SECONDS = 2.0

_FAILURES: tuple[type[Exception], ...] = (serial.SerialException, OSError, ValueError)
if sys.platform != "win32":
    import termios

    # Flushing an unplugged line raises this one, which is no OSError.
    _FAILURES += (termios.error,)


class PortUnavailable(Unavailable):
    """The line cannot be opened, or went away while in use."""

    def __init__(self, port: str, what: str) -> None:
        self.port = port
        super().__init__(f"串口 {port} {what}。请检查设备是否接好、端口名是否正确、是否被其他程序占用。")


class SerialPort:
    """An open line, 8N1, held exclusively where the system can. Every failure is a PortUnavailable."""

    def __init__(self, port: str, *, baud: int, tap: Tap | None = None) -> None:
        """`tap` hears what is sent and received."""
        self.port = port
        self._tap = tap
        with self._failures("打不开"):
            self._serial = serial.serial_for_url(
                port, baudrate=baud, timeout=SLICE_SECONDS, write_timeout=WRITE_SECONDS, exclusive=True
            )

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
        return received

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
        """Give the line back; closing twice, or after an unplug, does no harm."""
        with self._failures("关不上"):
            self._serial.close()

    @contextmanager
    def _failures(self, what: str) -> Iterator[None]:
        try:
            yield
        except _FAILURES as error:
            raise PortUnavailable(self.port, what) from error
