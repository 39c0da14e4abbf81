"""What a device could be attached to: serial lines, print queues, device files of printers."""

from dataclasses import dataclass
from pathlib import Path

from hall.devices.found_lines import FoundLine, serial_lines
from hall.errors import Unavailable
from hall.printing.queues import print_system
from hall.workers.device_roles import PortKind

PRINTER_FILES = ("/dev/usb", "lp*")


@dataclass(frozen=True, slots=True)
class FoundPort:
    """`address` is what belongs in the settings; `words` say what it is, or what holds it up; `trays` of a queue."""

    kind: PortKind
    address: str
    words: str
    trays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPorts:
    """Everything that was found; `trouble` says why there may be more."""

    ports: tuple[FoundPort, ...]
    trouble: str = ""


def find_ports() -> FoundPorts:
    """Look at the whole computer; takes a print system's time."""
    found = [FoundPort("serial", line.name, _words(line)) for line in serial_lines()]
    folder, pattern = PRINTER_FILES
    found += [FoundPort("file", str(path), "USB 打印机") for path in sorted(Path(folder).glob(pattern))]
    try:
        queues = print_system().queues()
    except Unavailable as error:
        return FoundPorts(tuple(found), error.sentence)
    found += [FoundPort("queue", queue.name, queue.fault or queue.model, queue.trays) for queue in queues]
    return FoundPorts(tuple(found))


def _words(line: FoundLine) -> str:
    """What the system says of a line, and where it is now."""
    return line.words if line.name == line.device else f"{line.words}，现在是 {line.device}"
