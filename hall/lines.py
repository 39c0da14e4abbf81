"""The way to a serial line by a name that stays the same when the device is plugged in again.

A name is a path (best /dev/serial/by-id/…, on Windows COM3), a pyserial URL, or `usb:VID:PID[:SERIAL]`, which is
looked up among the adapters that are plugged in at every opening.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import serial

from hall.errors import Unavailable

USB = "usb:"
BY_ID = Path("/dev/serial/by-id")

LINE_FAILURES: tuple[type[Exception], ...] = (serial.SerialException, OSError, ValueError)
"""Everything an open line may raise, also when it was unplugged."""
if sys.platform != "win32":
    import termios

    # Flushing an unplugged line raises this one, which is no OSError.
    LINE_FAILURES += (termios.error,)


class PortUnavailable(Unavailable):
    """The line cannot be opened, or went away while in use; `what` completes 串口 … in words."""

    def __init__(self, port: str, what: str) -> None:
        self.port = port
        self.what = what
        super().__init__(f"串口 {port} {what}。请检查设备是否接好、端口名是否正确、是否被其他程序占用。")


@dataclass(frozen=True, slots=True)
class PluggedLine:
    """A serial line of this computer: where it is now, and of a USB adapter what it is known by."""

    device: str
    words: str = ""
    vid: int | None = None
    pid: int | None = None
    serial_number: str = ""

    @property
    def usb_name(self) -> str:
        """`usb:VID:PID[:SERIAL]`; empty for a line that is no USB adapter."""
        if self.vid is None or self.pid is None:
            return ""
        name = f"{USB}{self.vid:04X}:{self.pid:04X}"
        return f"{name}:{self.serial_number}" if self.serial_number else name


Listing = Callable[[], Iterable[PluggedLine]]


def plugged_lines() -> tuple[PluggedLine, ...]:
    """The lines of this computer, by device."""
    from serial.tools import list_ports  # only for a name that needs it: importing it takes 20 ms

    return tuple(
        PluggedLine(each.device, each.description or "", each.vid, each.pid, each.serial_number or "")
        for each in sorted(list_ports.comports())
    )


def stable_name(line: PluggedLine, *, by_id: Path = BY_ID) -> str:
    """The name to write into the settings: by id where the system keeps such names, else `usb:`, else where it is."""
    names = sorted(by_id.iterdir()) if by_id.is_dir() else []
    here = Path(line.device).resolve()
    kept = next((str(name) for name in names if name.resolve() == here), "")
    return kept or line.usb_name or line.device


def device_of(port: str, *, listing: Listing = plugged_lines) -> str:
    """Where the line of this name is now. PortUnavailable: no such adapter is plugged in, or several are."""
    if not port.startswith(USB):
        return port
    wanted = _wanted(port)
    found = [line.device for line in listing() if _matches(line, wanted)]
    if not found:
        raise PortUnavailable(port, "没有接上")
    if len(found) > 1:
        raise PortUnavailable(
            port, f"有 {len(found)} 个同样的设备，分不清（请在名称后加上序列号，或改写 {BY_ID}/ 下的名称）"
        )
    return found[0]


def open_line(port: str, *, baud: int, read_seconds: float, write_seconds: float) -> serial.Serial:
    """Open a line, 8N1, held exclusively where the system can. Raises PortUnavailable.

    Reading waits at most `read_seconds` for what is asked, writing at most `write_seconds`.
    """
    device = device_of(port)
    try:
        return serial.serial_for_url(
            device, baudrate=baud, timeout=read_seconds, write_timeout=write_seconds, exclusive=True
        )
    except LINE_FAILURES as error:
        raise PortUnavailable(port, "打不开") from error


def _wanted(port: str) -> tuple[int, int, str]:
    vid, _, rest = port.removeprefix(USB).partition(":")
    pid, _, serial_number = rest.partition(":")
    try:
        return int(vid, 16), int(pid, 16), serial_number
    except ValueError:
        raise PortUnavailable(port, "写法不对，应为 usb:厂商号:产品号:序列号，如 usb:1A86:7523") from None


def _matches(line: PluggedLine, wanted: tuple[int, int, str]) -> bool:
    vid, pid, serial_number = wanted
    return (line.vid, line.pid) == (vid, pid) and serial_number in ("", line.serial_number)
