"""The serial lines of this station as the system sees them: names that change, missing rights, who else uses them."""

from hall.app.doctor.finding import Finding, absent, fine, warning
from hall.devices.found_lines import serial_lines
from hall.devices.line_hints import line_hints
from hall.settings import Settings


def check_lines(settings: Settings) -> Finding:
    """What is known about each configured line without asking its device; the lines that are plugged in."""
    lines = configured_lines(settings)
    plugged = "、".join(line.name for line in serial_lines())
    there = f"本机的串口有：{plugged}。" if plugged else "本机现在没有串口。"
    if not lines:
        return absent("串口", f"没有配置。{there}", "接好设备后，在“后台”的“设备”页里选端口。")
    hints = [(device, hint) for device, port in lines.items() for hint in line_hints(port)]
    if hints:
        words = "".join(f"{device}：{hint.words}" for device, hint in hints)
        return warning("串口", words, "".join(dict.fromkeys(hint.advice for _, hint in hints)) + there)
    return fine("串口", f"{'、'.join(lines)}的端口名、权限和占用没有问题。{there}")


def configured_lines(settings: Settings) -> dict[str, str]:
    """The serial ports by what is attached to them; addresses that are no lines are left out."""
    ports = {
        "读卡器": settings.reader.port,
        "小票打印机": settings.slip_printer.port,
        "备用小票打印机": settings.slip_printer.failover,
        "评价器": settings.evaluator.port,
        "窗口屏": settings.counter_display.port,
        "扫码枪": settings.scanner.port,
    }
    others = ("tcp://", "file:", "queue:", "/dev/usb/lp", "/dev/lp")
    return {device: port for device, port in ports.items() if port and not port.startswith(others)}
