"""The panel that gives a device its port, speed, paper and characters."""

from PySide6.QtCore import Slot

from hall.printing.slip import ROMS
from hall.services.station_settings import SettingValue, value_of
from hall.settings import Settings
from hall.windows.kit.deeds import FormDeed
from hall.words import PAPER_STOCKS
from hall.workers.device_desk import RoleView
from hall.workers.device_roles import BAUDS, WIDTHS, Role
from hall.workers.found_ports import FoundPorts

TYPED = "typed"
NONE_OF_THESE = "没有找到可用的端口。请插好设备后按 F5 重新查找，或手工填写。"
HINTS = {
    "serial": "如 /dev/serial/by-id/…、usb:1A86:7523:序列号、COM3",
    "queue": "打印系统里的队列名",
}
SLIP_HINT = "如 tcp://192.168.1.50:9100、/dev/usb/lp0、queue:队列名"


class PortPanel(FormDeed):
    """One device's settings; `changes` are the keys and values to write."""

    first = "port"

    def __init__(self, view: RoleView, found: FoundPorts, settings: Settings) -> None:
        """`settings`: those in force."""
        super().__init__(f"设置{view.role.name}", main="保存")
        self.role = view.role
        self._trays = {port.address: port.trays for port in found.ports}
        if view.role.kinds:
            self._add_ports(view, found)
        else:
            self.form.add_choice("port", view.role.name, {"on": "由本机叫号", "": "（不用）"})
            self.form.set_text("port", "on" if view.address else "")
        if view.role.baud:
            self.form.add_choice("baud", "波特率", {str(baud): str(baud) for baud in BAUDS})
            self.form.set_text("baud", str(value_of(settings, view.role.baud)))
        if view.role.paper:
            self.form.add_choice("width", "纸宽", {str(width): f"{width} 毫米" for width in WIDTHS})
            self.form.add_choice("rom", "字库", {rom: ROM_WORDS.get(rom, rom) for rom in ROMS})
            self.form.set_text("width", str(value_of(settings, "slip_printer.width_mm")))
            self.form.set_text("rom", str(value_of(settings, "slip_printer.rom")))
        if view.role.trays:
            self._add_trays(settings)
        self.add(self.form)
        self._show_fitting()

    @property
    def changes(self) -> dict[str, SettingValue]:
        """Settings keys with their new values."""
        role = self.role
        if not role.kinds:
            return {role.port: self.form.text("port") == "on"}
        changes: dict[str, SettingValue] = {role.port: self.address}
        if role.baud:
            changes[role.baud] = int(self.form.text("baud"))
        if role.paper:
            changes["slip_printer.width_mm"] = int(self.form.text("width"))
            changes["slip_printer.rom"] = self.form.text("rom")
        if role.trays:
            changes |= {_tray_key(stock): self.form.text(stock) for stock in PAPER_STOCKS}
        return changes

    @property
    def address(self) -> str:
        """The port that was chosen or typed; empty for none."""
        chosen = self.form.text("port")
        return self.form.text("typed") if chosen == TYPED else chosen

    def _add_ports(self, view: RoleView, found: FoundPorts) -> None:
        fitting = [port for port in found.ports if port.kind in view.role.kinds]
        queue = "queue:" if len(view.role.kinds) > 1 else ""  # a slip printer's address says what it is
        choices = {f"{queue if port.kind == 'queue' else ''}{port.address}": port for port in fitting}
        words = {address: f"{port.address}　{port.words}" for address, port in choices.items()}
        if view.address and view.address not in words:
            words = {view.address: f"{view.address}　现在的设置", **words}
        if not fitting:
            self.say(NONE_OF_THESE)
        if found.trouble and "queue" in view.role.kinds:
            self.say(found.trouble)
        box = self.form.add_choice("port", "端口", {**words, TYPED: "手工填写…", "": "（不用）"})
        self.form.set_text("port", view.address)
        self.form.add_text("typed", "手工填写", required=True, check=_address_fault, hint=_hint(view.role))
        box.currentIndexChanged.connect(self._show_fitting)

    def _add_trays(self, settings: Settings) -> None:
        """Which tray holds which paper; one that is set stays on offer, whatever the queue says."""
        self._set_trays = {stock: str(value_of(settings, _tray_key(stock))) for stock in PAPER_STOCKS}
        for stock, words in PAPER_STOCKS.items():
            self.form.add_choice(stock, words, self._trays_for(stock))
            self.form.set_text(stock, self._set_trays[stock])

    def _trays_for(self, stock: str) -> dict[str, str]:
        kept = (self._set_trays[stock],) if self._set_trays[stock] else ()
        trays = dict.fromkeys((*kept, *self._trays.get(self.address, ())))
        return {"": "默认纸盒", **{tray: tray for tray in trays}}

    @Slot()
    def _show_fitting(self) -> None:
        """Fields that belong to what was chosen."""
        if "typed" in self.form.keys:
            self.form.show_field("typed", self.form.text("port") == TYPED)
        if self.role.trays:
            for stock in PAPER_STOCKS:
                self.form.set_choices(stock, self._trays_for(stock))


ROM_WORDS = {
    "gb2312": "gb2312（老机型）",
    "gbk": "gbk（常见）",
    "gb18030": "gb18030（双字节部分）",
    "big5": "big5（繁体机型）",
    "utf-8": "utf-8",
    "none": "none（没有中文字库，按图打印）",
}


def _hint(role: Role) -> str:
    return SLIP_HINT if len(role.kinds) > 1 else HINTS[role.kinds[0]]


def _address_fault(text: str) -> str:
    return "端口名里不能有空格。" if any(char.isspace() for char in text) else ""


def _tray_key(stock: str) -> str:
    return f"page_printer.trays.{stock}"
