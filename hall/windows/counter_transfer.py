"""What needs a matter or a number: transfer, a call of a given number, service without a ticket, why one was first."""

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox

from hall.rules.catalogue import Matter
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import DeedPanel
from hall.windows.kit.forms import Form, is_plain_enter
from hall.windows.kit.style import muted
from hall.windows.matter_picker import MatterPicker, popup_is_open


def counter_fault(text: str) -> str:
    """What is wrong with a counter's number."""
    return "" if text.isascii() and text.isdigit() and int(text) else "窗口号是数字，如 2。"


class TransferPanel(DeedPanel):
    """转移: to a matter, to a counter, or both; a ticket that was sent here may also go back (`sent_back`)."""

    sent_back = Signal()

    def __init__(self) -> None:
        super().__init__(hotkeys.TRANSFER.words, main="转移")
        self.say("号码不变。转到事项，由能办的窗口叫；写窗口号，只由那个窗口叫。")
        self.matter = MatterPicker()
        self.form = Form()
        self.counter = self.form.add_text("counter", "转到窗口", check=counter_fault, hint="窗口号，可不填")
        self.note = self.form.add_text("note", "留言", hint="接手的窗口会看到，可不填")
        self.comes_back = QCheckBox("办完回来（回本窗口接着办）")
        self.add(muted("转到事项"))
        self.add(self.matter)
        self.add(self.form)
        self.add(self.comes_back)
        self.back_button = hotkeys.hotkey_button(hotkeys.SEND_BACK, self.sent_back.emit)
        self.back_button.installEventFilter(self)
        self.add(self.back_button)
        self.offer_way_back(None)
        self.matter.installEventFilter(self)
        self.comes_back.installEventFilter(self)
        self.form.submitted.connect(self.submitted)

    @property
    def to_counter(self) -> int | None:
        """The counter's number, if one was given."""
        text = self.form.text("counter")
        return int(text) if text else None

    def show_matters(self, matters: tuple[Matter, ...]) -> None:
        """The catalogue in force."""
        self.matter.show_matters(matters)

    def offer_way_back(self, sender: int | None) -> None:
        """The counter that sent the ticket, if one did: it goes back there and not here as well."""
        self.back_button.setVisible(sender is not None)
        self.comes_back.setVisible(sender is None)
        hotkeys.rename(self.back_button, hotkeys.SEND_BACK, f"送回 {sender} 号窗口")

    def begin(self) -> None:
        """Empty, at the matter."""
        self.matter.pick("")
        self.form.clear()
        self.comes_back.setChecked(False)
        self.matter.setFocus()

    @Slot()
    def submit(self) -> None:
        """The main button."""
        self.matter.settle()
        self.form.submit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on from the matter and the tick."""
        if is_plain_enter(event) and watched is self.matter and not popup_is_open(self.matter):
            self.matter.settle()
            self.form.focus("counter")
            return True
        if is_plain_enter(event) and watched is self.comes_back:
            self.submit()
            return True
        return super().eventFilter(watched, event)


class CallGivenPanel(DeedPanel):
    """点呼: a number out of turn, with the reason."""

    def __init__(self) -> None:
        super().__init__("点呼指定的号", main="呼叫")
        self.say("不按次序叫号要写原因。点呼的次数计入统计。")
        self.form = Form()
        self.form.add_text("code", "号", required=True, hint="如 A017")
        self.form.add_text("reason", "原因", required=True, hint="如：行动不便，先办")
        self.form.submitted.connect(self.submitted)
        self.add(self.form)

    @property
    def code(self) -> str:
        """The number, as it is printed."""
        return self.form.text("code").upper()

    @property
    def reason(self) -> str:
        """Why out of turn."""
        return self.form.text("reason")

    def begin(self) -> None:
        """Empty, at the number."""
        self.form.clear()
        self.form.focus("code")

    @Slot()
    def submit(self) -> None:
        """The main button."""
        self.form.submit()


class WithoutTicketPanel(DeedPanel):
    """无号办理: the matter of a person who took no number."""

    def __init__(self) -> None:
        super().__init__("无号办理", main="开始办理")
        self.say("没有取号的人直接办：选事项，程序补一个号，马上开始办理。")
        self.matter = MatterPicker()
        self.add(self.matter)
        self.matter.installEventFilter(self)

    def show_matters(self, matters: tuple[Matter, ...]) -> None:
        """The catalogue in force."""
        self.matter.show_matters(matters)

    def begin(self) -> None:
        """Empty, at the matter."""
        self.matter.pick("")
        self.matter.setFocus()

    @Slot()
    def submit(self) -> None:
        """The main button."""
        self.matter.settle()
        self.submitted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on the matter starts."""
        if is_plain_enter(event) and watched is self.matter and not popup_is_open(self.matter):
            self.submit()
            return True
        return super().eventFilter(watched, event)


class WhyFirstPanel(DeedPanel):
    """为什么先叫: one sentence for any number of today."""

    def __init__(self) -> None:
        super().__init__(hotkeys.WHY_FIRST.words, main="查")
        self.say("任何一个今天叫过的号：为什么先叫它。可以念给等候的人听。")
        self.form = Form()
        self.form.add_text("code", "号", required=True, hint="如 B012")
        self.form.submitted.connect(self.submitted)
        self.add(self.form)
        self.answer = self.say("")

    @property
    def code(self) -> str:
        """The number asked about."""
        return self.form.text("code").upper()

    def ask_about(self, code: str) -> None:
        """Begin with this number."""
        self.form.set_text("code", code)

    def begin(self) -> None:
        """Empty, at the number."""
        self.form.clear()
        self.answer.clear()
        self.form.focus("code")

    @Slot()
    def submit(self) -> None:
        """The main button."""
        self.form.submit()
