"""Panels of the certificates screen: how a licence ends, and what asking for renewal means today."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from hall.rules.certificates import EndingHow, Limb, Renewal
from hall.services.certificate_endings import Ending
from hall.services.certificate_reading import CertificateView
from hall.windows.kit.deeds import DeedPanel, FormDeed
from hall.windows.kit.style import set_role
from hall.words import LICENCE_ENDINGS

FACTS_HINT = "查明的事实和理由，写进决定书；不写电话和证件号码"
LIMB_LETTERS = 16


class EndingPanel(FormDeed):
    """撤回, 撤销 or 注销: the limb of law, the facts, when it takes effect, what is compensated."""

    first = "limb"

    def __init__(self, how: EndingHow) -> None:
        super().__init__(LICENCE_ENDINGS[how], main=f"决定{LICENCE_ENDINGS[how]}")
        self.how = how
        self._limbs: dict[str, Limb] = {}
        self.about = self.say("")
        self.limb_words = self.say("")
        set_role(self.limb_words, "muted")
        choice = self.form.add_choice("limb", "法定情形", {})
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(LIMB_LETTERS)
        choice.currentIndexChanged.connect(self._show_limb)
        self.form.add_note("facts", "事实和理由", required=True, hint=FACTS_HINT)
        self.form.add_note("compensation", "补偿", required=True, hint="补偿什么、多少、何时；没有损失的也写明")
        self.form.add_tick("public_harm", "撤销会对公共利益造成重大损害")
        self.form.add_day("effective_on", "生效日期", date(2000, 1, 1))
        returns = self.form.add_tick("returns", "要求交回证件")
        self.form.add_day("return_by", "交回期限", date(2000, 1, 1))
        returns.toggled.connect(self._show_return)
        self._show_return(False)
        self.add(self.form)
        self.form.show_field("public_harm", how == "revoke")

    def ask(self, row: CertificateView, limbs: Sequence[Limb], *, today: date) -> None:
        """About this certificate, with the limbs that its state allows."""
        self._limbs = {limb.code: limb for limb in limbs if limb.how == self.how and row.state in limb.sources}
        self.about.setText(f"{row.name} {row.number}\n持证人 {row.holder.name_masked}，{validity_words(row)}")
        self.form.clear()
        self.form.set_choices("limb", {code: limb.words for code, limb in self._limbs.items()})
        self.form.set_day("effective_on", today)
        self.form.set_day("return_by", today)
        self._show_limb()

    @property
    def ending(self) -> Ending:
        """What was decided."""
        return Ending(
            limb=self.form.text("limb"),
            facts=self.form.text("facts"),
            effective_on=self.form.day("effective_on"),
            return_by=self.form.day("return_by") if self.form.ticked("returns") else None,
            compensation=self.form.text("compensation"),
            public_harm=self.form.ticked("public_harm"),
        )

    @Slot(bool)
    def _show_return(self, wanted: bool) -> None:
        self.form.show_field("return_by", wanted)

    @Slot()
    def _show_limb(self) -> None:
        limb = self._limbs.get(self.form.text("limb"))
        self.form.show_field("compensation", limb is not None and limb.compensates)
        self.limb_words.setText(
            f"依据《行政许可法》{limb.article}：{limb.words}。" if limb else "这张证件没有可用的情形。"
        )
        self.main_button.setEnabled(limb is not None)


class RenewalPanel(DeedPanel):
    """延续: until when it can be asked for, and that the application is taken in at a counter."""

    def __init__(self) -> None:
        super().__init__("延续", main="复制证件编号")
        self.about = self.say("")
        self.say("延续申请在窗口受理：读持证人的身份证，申请情况选“延续”，再选这张证件。")

    def tell(self, row: CertificateView, renewal: Renewal) -> None:
        """About this certificate."""
        under_way = f"\n正在办理的延续：{row.renewal_case}" if row.renewal_case else ""
        self.about.setText(f"{row.name} {row.number}\n{renewal.words}{under_way}")


def validity_words(row: CertificateView) -> str:
    """2026-11-23 至 2027-11-23, or without end."""
    return f"{row.valid_from} 至 {row.valid_to}" if row.valid_to else f"{row.valid_from} 起长期有效"
