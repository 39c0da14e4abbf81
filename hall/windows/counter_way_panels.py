"""Panels of the ways an application may go besides 受理: why each is open or not, and what each wants to know."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton

from hall.rules.intake import Limb
from hall.services.accepting import Promise
from hall.services.receiving import Intake
from hall.windows.kit.deeds import DeedPanel
from hall.windows.kit.forms import Form
from hall.windows.kit.style import set_role
from hall.windows.phrases import day_words
from hall.words import REFUSAL_LIMBS

WAYS = {
    "supplement": "补正…（一次告知缺什么、怎么补）",
    "accept_lacking": "容缺受理…（次要材料限期补齐）",
    "accept_informed": "告知承诺…（书面承诺符合条件）",
    "refuse": "不予受理…（不需许可、不归本机关）",
    "correct": "当场更正…（错误当场改、签名）",
    "receive": "收件待定（先收下，五个工作日内答复）",
}


class WaysPanel(DeedPanel):
    """其他办理: every way with its digit; `chosen` carries which. A way that is not open says why."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("其他办理", main="选定", keys="数字 选办法　↑↓ 移动　Esc 关闭")
        self.main_button.hide()
        self.buttons: dict[str, QPushButton] = {}
        self._reasons: dict[str, QLabel] = {}
        for number, (way, words) in enumerate(WAYS.items(), 1):
            self.buttons[way] = self.add_choice(words, str(number), partial(self._choose, way))
            self._reasons[way] = self.say("")
            set_role(self._reasons[way], "small")

    def reason(self, way: str) -> str:
        """Why a way is not open; empty if it is."""
        return self._reasons[way].text()

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Grey what is not open, with the reason below it."""
        for way, label in self._reasons.items():
            fault = faults.get(way, "")
            label.setText(fault)
            label.setVisible(bool(fault))
            self.buttons[way].setEnabled(not fault)

    def _choose(self, way: str) -> None:
        self.chosen.emit(way)

    def begin(self) -> None:
        """At the first way that is open."""
        next(button for button in self.buttons.values() if button.isEnabled()).setFocus()


class LackingPanel(DeedPanel):
    """容缺受理: what may follow, and until when."""

    def __init__(self) -> None:
        super().__init__("容缺受理", main="容缺受理并打印")
        self._what, self._until = self.say(""), self.say("")
        set_role(self._until, "lead")
        self.say("打印容缺受理承诺书，由申请人签名。到期未补齐的，不发证件。")

    @property
    def words(self) -> str:
        """What is said."""
        return f"{self._what.text()} {self._until.text()}"

    def show_intake(self, intake: Intake) -> None:
        """What lacks."""
        self._what.setText(f"先受理，以后补齐：{'、'.join(intake.missing)}。")
        self._until.setText(f"补齐期限　{day_words(intake.supply_by)}" if intake.supply_by else "补齐期限　待定")


class InformedPanel(DeedPanel):
    """告知承诺: the basis and the conditions that the applicant is told and promises to fulfil."""

    def __init__(self) -> None:
        super().__init__("告知承诺", main="受理并打印", keys="Enter 下一项　Shift+Enter 换行　Esc 关闭")
        self.say("写明许可依据和条件，一行一条；打印告知承诺书，由申请人签名后受理。")
        self.form = Form()
        self.form.add_note("basis", "许可依据", required=True)
        self.form.add_note("conditions", "许可条件", required=True, hint="一行一条")
        self.check_by = self.form.add_day("check_by", "核查期限", date(2000, 1, 1))
        self.add(self.form)
        self.form.submitted.connect(self.submitted)

    @property
    def promise(self) -> Promise:
        """What was entered; call after `submitted`."""
        conditions = tuple(line.strip() for line in self.form.text("conditions").splitlines() if line.strip())
        return Promise(self.form.text("basis"), conditions, self.form.day("check_by"))

    def show_intake(self, intake: Intake) -> None:
        """The basis of the matter; what was written for another one is gone."""
        self.form.clear()
        self.form.set_text("basis", intake.matter.basis)
        self.form.set_day("check_by", intake.check_by)

    def begin(self) -> None:
        """At the conditions."""
        self.form.focus("conditions")

    @Slot()
    def submit(self) -> None:
        """The main button."""
        self.form.submit()


class RefusalPanel(DeedPanel):
    """不予受理: the limb, the reason, and who is competent where it is not this authority."""

    def __init__(self) -> None:
        super().__init__("不予受理", main="不予受理并打印", keys="Enter 下一项　Shift+Enter 换行　Esc 关闭")
        self.say("当场出具不予受理决定书，写明理由和救济途径，材料全部退回。")
        self.form = Form()
        self.limb_box = self.form.add_choice("limb", "情形", REFUSAL_LIMBS)
        self.form.add_note("reason", "理由", required=True, hint="事实和理由，不写电话和证件号码")
        self.form.add_text("authority", "有权机关", required=True, hint="告知申请人向哪个机关申请")
        self.add(self.form)
        self.limb_box.currentIndexChanged.connect(self._show_wanted)
        self.form.submitted.connect(self.submitted)
        self._show_wanted()

    @property
    def limb(self) -> Limb:
        """Which of the cases of the law it is."""
        return self.form.text("limb")  # type: ignore[return-value]  # from REFUSAL_LIMBS

    @property
    def authority(self) -> str:
        """Who is competent; empty for another limb."""
        return self.form.text("authority") if self.limb == "not_competent" else ""

    def begin(self) -> None:
        """Empty, at the limb."""
        self.form.clear()
        self.form.focus("limb")

    @Slot()
    def submit(self) -> None:
        """The main button."""
        self.form.submit()

    @Slot()
    def _show_wanted(self) -> None:
        self.form.show_field("authority", self.limb == "not_competent")
