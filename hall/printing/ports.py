"""Ways to a slip printer: serial line, device file, network socket or print queue, behind one protocol."""

import os
import re
import select
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import serial

from hall.errors import Refused, Unavailable
from hall.lines import LINE_FAILURES, PortUnavailable, open_line
from hall.printing.queues import print_system
from hall.rules.line_log import Tap

PIECE = 4096
WRITE_SECONDS = 2.0
SLICE_SECONDS = 0.02
RAW_PORT = 9100
QUEUE, FILE = "queue:", "file:"


class BadPrinterAddress(Refused):
    """The configured printer address has no known form."""

    def __init__(self, address: str) -> None:
        super().__init__(f"小票打印机端口“{address}”写法不对，应为串口名、tcp://主机:端口、file:路径 或 queue:队列名。")
        self.address = address


class PrinterUnavailable(Unavailable):
    """The printer cannot be reached or does not take bytes.

    `bytes_sent` counts what may have left the computer: only with 0 may the job be sent again unasked.
    """

    def __init__(self, address: str, what: str, *, bytes_sent: int = 0) -> None:
        advice = (
            "请检查打印机电源、连线和纸张，稍后会再试。"
            if bytes_sent == 0
            else "部分内容可能已打出，请查看小票后再决定是否补打。"
        )
        super().__init__(f"小票打印机 {address} {what}。{advice}")
        self.address = address
        self.bytes_sent = bytes_sent


class SlipPort(Protocol):
    """An open way to one printer. `answers` is False where nothing can ever come back."""

    address: str
    answers: bool

    def send(self, payload: bytes) -> None:
        """Send everything or raise PrinterUnavailable with the bytes that may have left."""

    def receive(self, seconds: float) -> bytes:
        """What has come back, waiting at most so long for the first byte; empty for silence."""

    def close(self) -> None:
        """Give the port back; never raises, never waits for the printer."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_DEVICE_FILE = re.compile(r"/dev/(usb/)?lp\d+")


def reports(address: str) -> bool:
    """Whether this printer can answer at all; a file or a queue never does, and opening a file empties it."""
    if address.startswith(FILE):
        return Path(address.removeprefix(FILE)).is_char_device()
    return not address.startswith(QUEUE)


def open_port(address: str, *, baud: int, tap: Tap | None = None) -> SlipPort:
    """The port that a settings text names; `tap` hears what goes over it.

    `tcp://host[:9100]`, `queue:NAME` (raw), `file:PATH` (a regular file, which is replaced, or a device file),
    `/dev/usb/lp0`; anything else is a serial line's name (hall.lines).
    Raises BadPrinterAddress, PrinterUnavailable.
    """
    port = _open(address, baud)
    return port if tap is None else _TappedPort(port, tap)


def _open(address: str, baud: int) -> SlipPort:
    if address.startswith("tcp://"):
        return _SocketPort(address)
    if address.startswith(QUEUE):
        return _QueuePort(address)
    if address.startswith(FILE) or _DEVICE_FILE.fullmatch(address):
        path = Path(address.removeprefix(FILE))
        device = path.is_char_device() or path.is_fifo() or not address.startswith(FILE)
        return _DevicePort(address, path) if device else _FilePort(address, path)
    if not address or address != address.strip():
        raise BadPrinterAddress(address)
    return _SerialPort(address, baud=baud)


class _TappedPort(SlipPort):
    """A port with somebody who listens."""

    def __init__(self, port: SlipPort, tap: Tap) -> None:
        self.address, self.answers = port.address, port.answers
        self._port, self._tap = port, tap

    def send(self, payload: bytes) -> None:
        self._port.send(payload)
        self._tap("out", payload)

    def receive(self, seconds: float) -> bytes:
        received = self._port.receive(seconds)
        if received:
            self._tap("in", received)
        return received

    def close(self) -> None:
        self._port.close()


def _pieces(payload: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """(bytes before it, piece): small enough that each goes out well within the write time-out."""
    for start in range(0, len(payload), size):
        yield start, payload[start : start + size]


class _OneWay(SlipPort):
    """The silent half of ports that bring nothing back."""

    answers = False

    def receive(self, seconds: float) -> bytes:
        return b""


class _SerialPort(SlipPort):
    """A serial line by one of its names (hall.lines), held exclusively."""

    answers = True

    def __init__(self, address: str, *, baud: int) -> None:
        self.address = address
        self._piece = max(64, min(PIECE, baud // 10))
        try:
            self._line = open_line(address, baud=baud, read_seconds=SLICE_SECONDS, write_seconds=WRITE_SECONDS)
        except PortUnavailable as error:
            raise PrinterUnavailable(address, f"{error.what}，可能未接好、端口名不对或被其他程序占用") from error

    def send(self, payload: bytes) -> None:
        for before, piece in _pieces(payload, self._piece):
            try:
                self._line.write(piece)
            except LINE_FAILURES as error:
                self._drop_output()
                what = "停止接收数据" if isinstance(error, serial.SerialTimeoutException) else "连接中断"
                sent = before + len(piece)  # how much of the piece went out is not known
                raise PrinterUnavailable(self.address, what, bytes_sent=sent) from error

    def receive(self, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        try:
            while not (waiting := self._line.in_waiting):
                if time.monotonic() >= deadline:
                    return b""
                if first := self._line.read(1):  # waits a slice, so that no line is set up anew for each wait
                    return bytes(first + self._line.read(self._line.in_waiting))
            return bytes(self._line.read(waiting))
        except LINE_FAILURES as error:
            raise PrinterUnavailable(self.address, "连接中断") from error

    def close(self) -> None:
        try:
            self._line.close()
        except LINE_FAILURES:
            return  # an unplugged line is closed already

    def _drop_output(self) -> None:
        """Without this, closing a real line waits up to 30 s for a printer that takes nothing."""
        try:
            self._line.reset_output_buffer()
        except LINE_FAILURES:
            return


class _SocketPort(SlipPort):
    """A network printer's raw port."""

    answers = True

    def __init__(self, address: str) -> None:
        self.address = address
        match = re.fullmatch(r"tcp://(\[[0-9a-fA-F:]+\]|[^/:\s]+)(?::(\d{1,5}))?", address)
        if match is None:
            raise BadPrinterAddress(address)
        target = (match[1].strip("[]"), int(match[2] or RAW_PORT))
        try:
            self._socket = socket.create_connection(target, timeout=WRITE_SECONDS)
            # A question behind a slip leaves at once, not when the slip has been acknowledged (40 ms later).
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except (OSError, OverflowError) as error:
            raise PrinterUnavailable(address, "网络连接不上") from error

    def send(self, payload: bytes) -> None:
        self._socket.settimeout(WRITE_SECONDS)
        for before, piece in _pieces(payload, PIECE):
            try:
                self._socket.sendall(piece)
            except OSError as error:
                what = "停止接收数据" if isinstance(error, TimeoutError) else "连接中断"
                raise PrinterUnavailable(self.address, what, bytes_sent=before + len(piece)) from error

    def receive(self, seconds: float) -> bytes:
        self._socket.settimeout(seconds)
        try:
            received = self._socket.recv(PIECE)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise PrinterUnavailable(self.address, "连接中断") from error
        if not received:
            raise PrinterUnavailable(self.address, "断开了连接")
        return received

    def close(self) -> None:
        self._socket.close()


class _FilePort(_OneWay):
    """A regular file, replaced by each opening."""

    def __init__(self, address: str, path: Path) -> None:
        self.address = address
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        if not path.exists() and path.is_relative_to("/dev") and not path.is_relative_to("/dev/shm"):
            raise PrinterUnavailable(address, "不存在")
        try:
            self._file = os.open(path, flags, 0o600)
        except OSError as error:
            raise PrinterUnavailable(address, "打不开") from error

    def send(self, payload: bytes) -> None:
        for before, piece in _pieces(payload, PIECE):
            try:
                os.write(self._file, piece)
            except OSError as error:
                raise PrinterUnavailable(self.address, "写不进", bytes_sent=before) from error

    def close(self) -> None:
        os.close(self._file)


class _DevicePort(SlipPort):
    """A device file such as /dev/usb/lp0, or a named pipe; a device is listened to where its driver lets it answer."""

    def __init__(self, address: str, path: Path) -> None:
        self.address = address
        self.answers = path.is_char_device()
        if not path.exists():
            raise PrinterUnavailable(address, "不存在")
        try:
            self._file = os.open(path, self._flags(os.O_RDWR if self.answers else os.O_WRONLY))
        except OSError:
            self._file = self._open_to_write(path)

    def send(self, payload: bytes) -> None:
        sent = 0
        deadline = time.monotonic() + WRITE_SECONDS
        while sent < len(payload):
            if not select.select([], [self._file], [], max(0.0, deadline - time.monotonic()))[1]:
                raise PrinterUnavailable(self.address, "停止接收数据", bytes_sent=sent)
            try:
                written = os.write(self._file, payload[sent : sent + PIECE])
            except BlockingIOError:
                continue
            except OSError as error:
                raise PrinterUnavailable(self.address, "连接中断", bytes_sent=sent) from error
            sent += written
            deadline = time.monotonic() + WRITE_SECONDS

    def receive(self, seconds: float) -> bytes:
        if not select.select([self._file], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self._file, PIECE)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise PrinterUnavailable(self.address, "连接中断") from error

    def close(self) -> None:
        os.close(self._file)

    def _open_to_write(self, path: Path) -> int:
        """A driver that lets nothing be read."""
        self.answers = False
        try:
            return os.open(path, self._flags(os.O_WRONLY))
        except OSError as error:
            raise PrinterUnavailable(self.address, "打不开") from error

    def _flags(self, direction: int) -> int:
        return direction | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_NONBLOCK", 0)


class _QueuePort(_OneWay):
    """A print queue that passes the bytes on unchanged."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._queue = queue_of(address)

    def send(self, payload: bytes) -> None:
        try:
            print_system().submit_raw(self._queue, payload, title="小票")
        except Unavailable as error:
            raise PrinterUnavailable(self.address, "没有接受任务：打印队列不存在、停用，或打印系统没有运行") from error

    def close(self) -> None:
        return


def queue_of(address: str) -> str:
    """The print queue of an address that begins with `queue:`; raises BadPrinterAddress."""
    name = address.removeprefix(QUEUE)
    if not re.fullmatch(r"[^\s/#-][^\s/#]*", name):
        raise BadPrinterAddress(address)
    return name
