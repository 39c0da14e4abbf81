"""The print queues of this station: whether they take jobs, what holds them up, whether they have the trays."""

from pathlib import Path

from hall.app.doctor.finding import Check, Finding, absent, failed, fine, warning
from hall.errors import HallError, Unavailable
from hall.printing.declarations import read_declarations
from hall.printing.queues import QueueView, print_system
from hall.resources import template
from hall.settings import PagePrinterSettings
from hall.words import PAPER_STOCKS


def page_printer_checks(settings: PagePrinterSettings, home: Path) -> list[Check]:
    """The page printer, and the spare one where there is one."""
    checks: list[Check] = [lambda: check_page_printer("打印机", settings.queue, settings, home)]
    if settings.queue and settings.failover:
        checks.append(lambda: check_page_printer("备用打印机", settings.failover, settings, home))
    return checks


def check_page_printer(device: str, queue: str, settings: PagePrinterSettings, home: Path) -> Finding:
    """A queue with the trays that the settings name; without one the PDFs are kept in a folder."""
    if not queue:
        folder = settings.folder or str(home / "printed")
        return absent(device, f"没有配置打印队列，PDF 存入 {folder}。", "有打印机时，在配置里写 page_printer.queue。")
    try:
        view = _working(queue)
        return _trays(device, view, settings, _stocks(home))
    except HallError as error:
        return failed(device, error)


def check_queue(device: str, name: str) -> Finding:
    """Whether the print system knows the queue, and what holds it up."""
    try:
        _working(name)
    except HallError as error:
        return failed(device, error)
    return fine(device, f"打印队列 {name} 接收任务。")


def _working(name: str) -> QueueView:
    """A queue without trouble; raises Unavailable with what it is, and what the print system raises."""
    view = print_system().queue(name)
    if view.fault:
        raise Unavailable(view.fault)
    return view


def _trays(device: str, view: QueueView, settings: PagePrinterSettings, stocks: frozenset[str]) -> Finding:
    """The printer takes an unknown tray for its usual one and says nothing."""
    own = settings.trays
    wanted = {"plain": own.plain, "certificate": own.certificate, "form": own.form}
    unknown = "、".join(f"“{tray}”（{PAPER_STOCKS[stock]}）" for stock, tray in wanted.items() if _lacks(view, tray))
    has = f"它的纸盒是：{'、'.join(view.trays)}" if view.trays else "它没有可选的纸盒"
    if unknown:
        words = f"打印队列 {view.name} 没有纸盒{unknown}，会打在默认纸盒的纸上。"
        return warning(device, words, f"{has}，请改配置里的 page_printer.trays。")
    left = "、".join(PAPER_STOCKS[stock] for stock, tray in wanted.items() if stock in stocks and not tray)
    usual = f"；{left}用默认纸盒" if left and len(view.trays) > 1 else ""
    return fine(device, f"打印队列 {view.name} 接收任务，{has}{usual}。")


def _lacks(view: QueueView, tray: str) -> bool:
    return bool(tray) and tray not in view.trays


def _stocks(home: Path) -> frozenset[str]:
    """What documents are printed on."""
    return frozenset(declared.tray for declared in read_declarations(template("fields.toml", home)).values())
