"""The devices of this station. Every question has a time limit, and nothing is printed, read or played."""

import os
import threading
from pathlib import Path

from hall.app.doctor.finding import Check, Finding, absent, failed, fault, fine, warning
from hall.app.doctor.lines import check_lines
from hall.app.doctor.print_queues import check_queue, page_printer_checks
from hall.devices import counter_display, evaluator
from hall.devices.idcard import CardReader
from hall.devices.loudspeaker import system_loudspeaker
from hall.devices.serial_port import SerialPort
from hall.devices.voice import load_clips
from hall.errors import HallError
from hall.printing.ports import open_port
from hall.printing.printer import PrinterStatus, query_status
from hall.resources import resource
from hall.rules.quiet_hours import parse_quiet_hours
from hall.settings import (
    CounterDisplaySettings,
    EvaluatorSettings,
    ReaderSettings,
    ScannerSettings,
    Settings,
    SlipPrinterSettings,
    StationSettings,
)

NONE_SET = "没有配置。"


def device_checks(settings: Settings) -> list[Check]:
    """Those that the settings name; the others are absent."""
    return [
        lambda: check_lines(settings),
        lambda: check_reader(settings.reader),
        *slip_printer_checks(settings.slip_printer),
        *page_printer_checks(settings.page_printer, settings.home),
        lambda: check_evaluator(settings.evaluator),
        lambda: check_counter_display(settings.counter_display),
        lambda: check_scanner(settings.scanner),
        lambda: check_loudspeaker(settings.station),
    ]


def check_reader(settings: ReaderSettings) -> Finding:
    """Ask the card reader for its status: one second, and one more after a silence."""
    if not settings.port:
        return absent("读卡器", NONE_SET, "有读卡器时，在配置里写 reader.port。")
    try:
        with SerialPort(settings.port, baud=settings.baud) as line:
            CardReader(line, stop=threading.Event()).check()
    except HallError as error:
        return failed("读卡器", error)
    return fine("读卡器", f"{settings.port} 应答正常。")


def check_evaluator(settings: EvaluatorSettings) -> Finding:
    """Say idle to the evaluator: one second."""
    if not settings.port:
        return absent("评价器", NONE_SET, "有评价器时，在配置里写 evaluator.port。")
    try:
        evaluator.check(settings.port, settings.baud)
    except HallError as error:
        return failed("评价器", error)
    return fine("评价器", f"{settings.port} 应答正常。")


def check_counter_display(settings: CounterDisplaySettings) -> Finding:
    """Say 暂停服务 to the counter display: one second."""
    if not settings.port:
        return absent("窗口屏", NONE_SET, "有一行字的窗口屏时，在配置里写 counter_display.port。")
    try:
        counter_display.check(settings.port, settings.baud)
    except HallError as error:
        return failed("窗口屏", error)
    return fine("窗口屏", f"{settings.port} 应答正常。")


def check_scanner(settings: ScannerSettings) -> Finding:
    """A scanner answers nothing: whether its line can be opened."""
    if not settings.port:
        return absent("扫码枪", NONE_SET, "有串口扫码枪时，在配置里写 scanner.port；键盘口的不用写。")
    try:
        SerialPort(settings.port, baud=settings.baud).close()
    except HallError as error:
        return failed("扫码枪", error)
    return fine("扫码枪", f"{settings.port} 打得开；扫一个码可以试它。")


def slip_printer_checks(settings: SlipPrinterSettings) -> list[Check]:
    """The slip printer, and the spare one where there is one."""
    checks: list[Check] = [lambda: check_slip_printer("小票打印机", settings.port, settings)]
    if settings.failover:
        checks.append(lambda: check_slip_printer("备用小票打印机", settings.failover, settings))
    return checks


def check_slip_printer(device: str, address: str, settings: SlipPrinterSettings) -> Finding:
    """Ask a slip printer for its state; a file is not opened, for that would empty it."""
    if not address:
        return absent(device, NONE_SET, "有小票打印机时，在配置里写 slip_printer.port。")
    if address.startswith("file:"):
        return _check_file(device, Path(address.removeprefix("file:")))
    if address.startswith("queue:"):
        return check_queue(device, address.removeprefix("queue:"))
    try:
        with open_port(address, baud=settings.baud) as port:
            return _printer_finding(device, address, query_status(port))
    except HallError as error:
        return failed(device, error)


def _printer_finding(device: str, address: str, status: PrinterStatus) -> Finding:
    words = f"{address} {status.word}。"
    if status.stopped:
        return fault(device, words, "请检查纸张、上盖和联机键。")
    if status.state == "unknown":
        return warning(device, words, "打印机不报告状态：每次打印后请看小票是否打出。")
    if status.state == "paper_near_end":
        return warning(device, words, "请准备换纸。")
    return fine(device, words)


def _check_file(device: str, path: Path) -> Finding:
    if os.access(path if path.exists() else path.parent, os.W_OK):
        return fine(device, f"小票写入文件 {path}。")
    return fault(device, f"文件 {path} 不能写入。", "请检查文件夹是否存在和权限。")


def check_loudspeaker(own: StationSettings) -> Finding:
    """A player, the recorded clips and quiet hours, where this station calls out numbers. Nothing is played."""
    if not own.loudspeaker:
        return absent("广播", "本机不叫号。", "要由本机叫号时，在配置里写 station.loudspeaker = true。")
    try:
        system_loudspeaker()
        load_clips(resource("voice"))
        parse_quiet_hours(own.quiet_hours)
    except HallError as error:
        return failed("广播", error)
    return fine("广播", "播放程序和语音齐全。")
