"""更多: the rare deeds of the counter behind one key, each with its letter, or with the key it has everywhere."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from hall.services.ticket_records import Called
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import DeedPanel
from hall.windows.kit.hotkeys import Hotkey, key_text
from hall.windows.kit.style import set_role

# Deeds for which somebody must stand at the counter, and those for which nobody may.
WITH_TICKET = (hotkeys.GIVE_BACK, hotkeys.CANCEL)
WITHOUT = (hotkeys.CALL_GIVEN, hotkeys.WITHOUT_TICKET, hotkeys.LEAVE)
ANYWHERE = (hotkeys.WHY_FIRST, hotkeys.LOOK_FIRST, hotkeys.EMERGENCY)


class MorePanel(DeedPanel):
    """`chosen` carries the Hotkey of the deed."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(hotkeys.MORE.words, main="", keys="字母 选择　↑↓ 移动　Esc 关闭")
        self.main_button.hide()
        self.say("按字母，或用 ↑↓ 选好按 Enter。")
        self.buttons = {each: self._line(each) for each in hotkeys.COUNTER_MORE}
        set_role(self.say("这几个键随时可用："), "muted")
        self._everywhere = {each: self.say("") for each in ANYWHERE}

    def show_state(self, ticket: Called | None, *, looks_first: bool, calls_help: bool) -> None:
        """Leave on what can be done now; what cannot says why."""
        for hotkey, button in self.buttons.items():
            wrong = ""
            if ticket is None and hotkey in WITH_TICKET:
                wrong = "窗口没有号"
            elif ticket is not None and hotkey in WITHOUT:
                wrong = "窗口有号未办完"
            elif ticket is not None and hotkey == hotkeys.CANCEL and ticket.state == "serving":
                wrong = "已开始办理"
            button.setText(f"{hotkey.keys}  {hotkey.words}{f'（{wrong}）' if wrong else ''}")
            button.setEnabled(not wrong)
        words = {
            hotkeys.WHY_FIRST: hotkeys.WHY_FIRST.words,
            hotkeys.LOOK_FIRST: f"{hotkeys.LOOK_FIRST.words}：现在{'开' if looks_first else '关'}",
            hotkeys.EMERGENCY: "解除求助" if calls_help else hotkeys.EMERGENCY.words,
        }
        for hotkey, label in self._everywhere.items():
            label.setText(f"{key_text(hotkey)}　{words[hotkey]}")

    def begin(self) -> None:
        """At the first deed that can be done."""
        first = next((button for button in self.buttons.values() if button.isEnabled()), None)
        if first is not None:
            first.setFocus()

    def _line(self, hotkey: Hotkey) -> QPushButton:
        return self.add_choice(hotkey.words, hotkey.keys, partial(self.chosen.emit, hotkey))
