"""Serial lines of this computer, each under the name that survives a replug."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from serial.tools.list_ports_common import ListPortInfo

from hall.lines import USB

BY_ID = Path("/dev/serial/by-id")


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A serial line: `name` is what belongs in the settings, `device` what the system calls it now."""

    name: str
    device: str
    words: str


def serial_lines(plugged: Iterable[ListPortInfo] | None = None, *, by_id: Path = BY_ID) -> tuple[FoundLine, ...]:
    """Every line by a stable name: its link in /dev/serial/by-id, else usb:VID:PID:SERIAL, else its device."""
    links = {str(link.resolve()): str(link) for link in sorted(by_id.glob("*"))}
    found = [_line(port, links) for port in (_plugged() if plugged is None else plugged)]
    return tuple(sorted(found, key=lambda line: line.name))


def _plugged() -> Iterable[ListPortInfo]:
    from serial.tools.list_ports import comports  # importing it takes 20 ms

    return comports()


def _line(port: ListPortInfo, links: dict[str, str]) -> FoundLine:
    name = links.get(port.device) or _usb_name(port) or port.device
    what = port.product or (port.description if port.description not in (None, "n/a") else "") or "串口"
    return FoundLine(name, port.device, what)


def _usb_name(port: ListPortInfo) -> str:
    if port.vid is None or port.pid is None or not port.serial_number:
        return ""
    return f"{USB}{port.vid:04X}:{port.pid:04X}:{port.serial_number}"
