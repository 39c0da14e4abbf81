"""Panels of the certificates screen: how a licence ends, and what asking for renewal means today."""

from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from hall.clock import business_date
from hall.rules.certificates import EndingHow, Limb, Renewal
from hall.services.certificate_endings import Ending
from hall.services.certificate_front import CertificateFront
from hall.services.certificate_reading import CertificateView
from hall.windows.deed_list import RowPanel
from hall.windows.kit.deeds import DeedPanel
from hall.windows.kit.style import set_role
from hall.windows.pages import Deed, PageTools
from hall.words import LICENCE_ENDINGS

FACTS_HINT = "查明的事实和理由，写进决定书；不写电话和证件号码"
LIMB_LETTERS = 16


class EndingPanel(RowPanel[CertificateView]):
    """撤回, 撤销 or 注销: the limb of law, the facts, when it takes effect, what is compensated."""

    first = "limb"

    def __init__(self, tools: PageTools, how: EndingHow) -> None:
        super().__init__(LICENCE_ENDINGS[how], main=f"决定{LICENCE_ENDINGS[how]}")
        self._tools = tools
        self.how = how
        self._limbs: dict[str, Limb] = {}
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

    def ask(self, row: CertificateView) -> None:
        """About this certificate, with the limbs that its state allows."""
        super().ask(row)
        today = business_date(self._tools.front.clock.now())
        self.form.set_day("effective_on", today)
        self.form.set_day("return_by", today)
        self._show_limbs(())
        self._tools.work.read(self._tools.front.certificates.limbs, self._show_limbs, words="正在查法定情形…")

    def about_of(self, row: CertificateView) -> str:
        """Which, whose, until when."""
        return f"{row.name} {row.number}\n持证人 {row.holder.name_masked}，{validity_words(row)}"

    def deed(self) -> Deed:
        """The decision, with its paper."""
        return partial(_end, self._tools.front.certificates, self.row, self.how, self.ending)

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

    def _show_limbs(self, limbs: tuple[Limb, ...]) -> None:
        self._limbs = {limb.code: limb for limb in limbs if limb.how == self.how and self.row.state in limb.sources}
        self.form.set_choices("limb", {code: limb.words for code, limb in self._limbs.items()})
        self._show_limb()

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
        self.number = ""
        self.about = self.say("")
        self.say("延续申请在窗口受理：读持证人的身份证，申请情况选“延续”，再选这张证件。")

    def tell(self, row: CertificateView, renewal: Renewal) -> None:
        """About this certificate."""
        self.number = row.number
        under_way = f"\n正在办理的延续：{row.renewal_case}" if row.renewal_case else ""
        self.about.setText(f"{row.name} {row.number}\n{renewal.words}{under_way}")


def validity_words(row: CertificateView) -> str:
    """2026-11-23 至 2027-11-23, or without end."""
    return f"{row.valid_from} 至 {row.valid_to}" if row.valid_to else f"{row.valid_from} 起长期有效"


def _end(front: CertificateFront, row: CertificateView, how: EndingHow, ending: Ending) -> str:
    ended = front.end(row.certificate_id, ending)
    barred = f"持证人在 {ended.barred_until} 以前不得再次申请。" if ended.barred_until else ""
    return f"{row.number} 已{LICENCE_ENDINGS[how]}，决定书 {ended.document_number} 正在打印，请送达。{barred}"
