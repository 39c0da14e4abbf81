"""The way to a serial line by a name that stays the same when the device is plugged in again.

A name is a path (best /dev/serial/by-id/…, on Windows COM3), a pyserial URL, or `usb:VID:PID[:SERIAL]`, which is
looked up among the adapters that are plugged in at every opening.
"""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import serial

from hall.errors import Unavailable

if TYPE_CHECKING:
    from serial.tools.list_ports_common import ListPortInfo

USB = "usb:"

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


def device_of(port: str, *, plugged: "Iterable[ListPortInfo] | None" = None) -> str:
    """Where the line of this name is now. PortUnavailable: no such adapter is plugged in, or several are.

    `plugged`: the lines to look among; without them those of this computer.
    """
    if not port.startswith(USB):
        return port
    wanted = _wanted(port)
    found = [line.device for line in (_plugged() if plugged is None else plugged) if _matches(line, wanted)]
    if not found:
        raise PortUnavailable(port, "没有接上")
    if len(found) > 1:
        raise PortUnavailable(
            port, f"有 {len(found)} 个同样的设备，分不清（请在名称后加上序列号，或改写 /dev/serial/by-id/ 下的名称）"
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


def _plugged() -> "Iterable[ListPortInfo]":
    from serial.tools.list_ports import comports  # only for a name that needs it: importing it takes 20 ms

    return comports()


def _wanted(port: str) -> tuple[int, int, str]:
    vid, _, rest = port.removeprefix(USB).partition(":")
    pid, _, serial_number = rest.partition(":")
    try:
        return int(vid, 16), int(pid, 16), serial_number
    except ValueError:
        raise PortUnavailable(port, "写法不对，应为 usb:厂商号:产品号:序列号，如 usb:1A86:7523") from None


def _matches(line: "ListPortInfo", wanted: tuple[int, int, str]) -> bool:
    vid, pid, serial_number = wanted
    return (line.vid, line.pid) == (vid, pid) and serial_number in ("", line.serial_number)
