"""What devices a station may have, which settings belong to each, and which of its ports can be one."""

from dataclasses import dataclass
from typing import Literal

PortKind = Literal["serial", "queue", "file"]


@dataclass(frozen=True, slots=True)
class Role:
    """A place for a device. `device` is its loop's name in `Station.turns`; settings keys are those of README.

    `kinds`: what may be assigned, with `typed` also an address that nothing finds, such as a network printer's.
    """

    code: str
    name: str
    device: str
    port: str
    kinds: tuple[PortKind, ...] = ("serial",)
    typed: bool = True
    baud: str = ""
    paper: bool = False
    """Whether paper width and character set belong to it."""
    trays: bool = False
    """Whether it is said which tray holds which paper."""


SLIP_KINDS: tuple[PortKind, ...] = ("serial", "file", "queue")

ROLES = (
    Role("reader", "读卡器", "reader", "reader.port", baud="reader.baud"),
    Role("slip", "小票打印机", "slip", "slip_printer.port", SLIP_KINDS, baud="slip_printer.baud", paper=True),
    Role("slip_failover", "备用小票打印机", "slip", "slip_printer.failover", SLIP_KINDS),
    Role("page", "打印机", "page", "page_printer.queue", ("queue",), trays=True),
    Role("page_failover", "备用打印机", "page", "page_printer.failover", ("queue",)),
    Role("evaluator", "评价器", "evaluator", "evaluator.port", baud="evaluator.baud"),
    Role("counter_display", "窗口屏", "counter_display", "counter_display.port", baud="counter_display.baud"),
    Role("scanner", "扫码枪", "scanner", "scanner.port", baud="scanner.baud"),
    Role("loudspeaker", "广播", "loudspeaker", "station.loudspeaker", (), typed=False),
)

BAUDS = (9600, 19200, 38400, 57600, 115200)
WIDTHS = (80, 58)
