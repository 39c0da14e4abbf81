"""当场处罚: measured by the tier, told and heard, decided and handed over at once; and its report to the bureau."""

from datetime import date
from functools import partial
from typing import cast

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.errors import HallError
from hall.rules.cash import CashGround, NewCash
from hall.services.on_spot import OnSpot
from hall.services.penalty_choices import ProposalChoices
from hall.services.penalty_file import PenaltyFile
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_tier_fields import TierFields
from hall.windows.penalty_tools import PenaltyForm
from hall.windows.phrases import day_words, moment_fault, typed_moment
from hall.words import CASH_GROUNDS

_AT_BANK = "到银行或者通过电子支付缴纳"


class OnSpotPanel(PenaltyForm):
    """A warning or a small fine; cash is taken only for a reason of 行政处罚法 68, 69."""

    first = "tier"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "on_spot", main="当场处罚并打印")
        self.told = self.say("")
        self.tiers = TierFields(tools, self.form, result=lambda: "ordinary")
        self.form.add_text("done_at", "违法时间", required=True, check=moment_fault, hint="2026-11-23 09:20")
        self.form.add_tick("told", "已告知并听取陈述申辩")
        self.form.add_text("said", "当事人意见", hint="没有不填")
        self.form.add_text("recipient", "签收人", hint="空着是本人；单位写签收的人")
        self.form.add_text("refused", "拒签情况", hint="拒绝签收的写明")
        ways = self.form.add_choice("cash", "缴款", {"": _AT_BANK, **CASH_GROUNDS})
        self.form.add_text("receipt", "票据号码", required=True, hint="财政部门统一制发的专用票据")
        self.form.add_tick("asked", "当事人提出当场缴纳")
        ways.currentIndexChanged.connect(self._way_changed)
        self.add(self.tiers.span)
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """The tiers that govern."""
        super().show_case(file)
        self.form.set_text("done_at", f"{file.acted_on.isoformat()} ")
        self._way_changed()
        self.told.setText("正在查裁量基准…")
        read = partial(self._tools.front.penalty_decisions.choices, file.case_id)
        show = partial(self._show_choices, file.case_id)
        self._tools.work.read(read, show, words="正在查裁量基准…", on_failed=self._refuse)

    def ready(self) -> bool:
        """A fine or a warning, and the party was told and heard."""
        if not self.tiers.fine_fen and not self.tiers.other:
            self.form.refuse("fine", "请填写罚款，或者勾选警告。")
            return False
        if not self.form.ticked("told"):
            self.form.refuse("told", "当场处罚前应当出示执法证，告知并听取陈述申辩，请办完后勾选。")
            return False
        return True

    def deed(self) -> Deed:
        """The penalty as it stands."""
        text = self.form.text
        penalty = OnSpot(
            fine_fen=self.tiers.fine_fen,
            warning=bool(self.tiers.other),
            tier_id=self.tiers.chosen.tier_id,
            quantity=self.tiers.chosen.quantity,
            told=self.form.ticked("told"),
            done_at=typed_moment(text("done_at")),
            said=text("said"),
            recipient=text("recipient"),
            refused_to_sign=text("refused"),
            cash=self._cash(),
        )
        return partial(_impose, self._tools, self._case_id, penalty)

    def _cash(self) -> NewCash | None:
        ground = self.form.text("cash")
        if not ground:
            return None
        return NewCash(
            ground=cast(CashGround, ground),
            receipt_number=self.form.text("receipt"),
            fen=self.tiers.fine_fen,
            collected_on=business_date(self._tools.front.clock.now()),
            asked_by_party=self.form.ticked("asked"),
        )

    def _show_choices(self, case_id: int, choices: ProposalChoices) -> None:
        if case_id != self._case_id:
            return
        limits = (
            "公民二百元以下、法人或者其他组织三千元以下的罚款或者警告，可以当场处罚（行政处罚法第五十一条）。"
            "先出示执法证，告知事实、理由、依据和权利，听取陈述申辩。"
        )
        self.told.setText("\n".join(filter(None, (limits, choices.why, choices.unusable))))
        self.tiers.show(case_id, choices)

    def _refuse(self, failure: HallError) -> None:
        self.told.setText(failure.sentence)

    @Slot()
    def _way_changed(self) -> None:
        ground = self.form.text("cash")
        self.form.show_field("receipt", bool(ground))
        self.form.show_field("asked", ground == "remote")


class FilePanel(PenaltyForm):
    """当场处罚备案: the decision is reported to the bureau in time (行政处罚法 52(3))."""

    first = "reference"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "file_on_spot", main="登记备案")
        self.told = self.say("")
        self.form.add_text("reference", "备案编号", required=True, hint="或者接收备案的人")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """By when it is due."""
        super().show_case(file)
        read = partial(self._tools.front.penalty_decisions.filing_day, file.case_id)
        self._tools.work.read(read, self._show_due, words="正在查备案期限…")

    def deed(self) -> Deed:
        """The report."""
        return partial(_file, self._tools, self._case_id, self.form.text("reference"))

    def _show_due(self, due: date | None) -> None:
        told = f"{day_words(due)} 前" if due is not None else "及时"
        self.told.setText(f"当场处罚决定应当{told}报所属行政机关备案（行政处罚法第五十二条第三款）。")


def _impose(tools: PageTools, case_id: int, penalty: OnSpot) -> str:
    issued = tools.front.penalty_decisions.impose_on_spot(case_id, penalty)
    return f"当场处罚决定书 {issued.number} 正在打印，请当场交付当事人签收，并在期限内备案。"


def _file(tools: PageTools, case_id: int, reference: str) -> str:
    tools.front.penalty_decisions.file_on_spot(case_id, reference)
    return "当场处罚决定已登记备案。"
