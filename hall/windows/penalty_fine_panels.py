"""Panels of the acts on a fine: paying later or in parts, execution agreements; with them remedies and corrections."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.rules.money import fen, yuan
from hall.rules.money_words import money_figures
from hall.services.agreements import NewAgreement
from hall.services.deferrals import DeferralKind, NewDeferral
from hall.services.fine_reading import FineSheet
from hall.services.penalty_file import PenaltyFile, PlanPart
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_plan_fields import PlanFields
from hall.windows.penalty_remedy_panels import PANELS as REMEDIES
from hall.windows.penalty_tools import PanelMaker, PenaltyForm, fen_fault
from hall.windows.phrases import day_words
from hall.words import DEFERRALS

GRANT, REFUSE = "grant", "refuse"
_ANSWERS = {GRANT: "批准", REFUSE: "不予批准"}
_READING = "正在查应缴的数额…"


class DeferPanel(PenaltyForm):
    """收暂缓分期申请: hardship, proof, and a plan that adds up to what is left of the fine."""

    first = "kind"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "defer", main="收下申请")
        self.about = self.say("")
        kind = self.form.add_choice("kind", "申请", {key: DEFERRALS[key] for key in ("instalments", "deferral")})
        self.form.add_note("hardship", "经济困难", required=True, hint="怎样困难，为什么现在缴不出")
        self.form.add_text("proof", "困难证明", required=True, hint="哪里出具的什么证明")
        self.total: int | None = None
        told = self.say("")
        self.plan = PlanFields(self.form, told, lambda: self.total, today=_today(tools))
        self.add(self.form)
        self.add(told)
        kind.currentIndexChanged.connect(self._kind_changed)

    def show_case(self, file: PenaltyFile) -> None:
        """Ask what the plan has to add up to."""
        self._case_id, self.total = file.case_id, None
        self.form.clear()
        self.about.setText("")
        read = partial(self._tools.front.fines.sheet, file.case_id)
        self._tools.work.read(read, partial(self._show, file.case_id), words=_READING)

    def ready(self) -> bool:
        """The parts add up."""
        return self.plan.ready()

    def deed(self) -> Deed:
        """The application as it stands."""
        text = self.form.text
        kind: DeferralKind = "deferral" if text("kind") == "deferral" else "instalments"
        new = NewDeferral(kind, text("hardship"), text("proof"), self.plan.parts())
        front, case_id = self._tools.front.fines, self._case_id

        def apply() -> str:
            front.defer(case_id, new)
            return f"已收下{DEFERRALS[kind]}申请，等待审批。"

        return apply

    def _show(self, case_id: int, sheet: FineSheet) -> None:
        if case_id != self._case_id or sheet.position is None:
            return
        self.total = sheet.plan_fen
        late = sheet.position.overdue
        count = "已经逾期，审批期间照常加处。" if late else "从今天到答复之日不加处罚款。"
        self.about.setText(f"未缴的罚款 {_money(sheet.plan_fen)}。{count}")
        self.plan.begin(sheet.on, count=self._count())

    @Slot()
    def _kind_changed(self) -> None:
        self.form.set_text("count", str(self._count()))

    def _count(self) -> int:
        return 1 if self.form.text("kind") == "deferral" else 3


class DeferDecidePanel(PenaltyForm):
    """审批暂缓分期: the application as it was made, granted as it stands or refused with reasons."""

    first = "answer"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "defer_decide", main="决定并打印")
        self.request = self.say("")
        answer = self.form.add_choice("answer", "答复", _ANSWERS)
        self.form.add_note("reasons", "理由", required=True, hint="为什么不予批准，会写进文书")
        self.add(self.form)
        self.say("批准后按计划的期限缴纳，期限内不加处罚款；罚款本金不变。申请法院强制执行的期限自计划结束之日起算。")
        answer.currentIndexChanged.connect(self._answer_changed)

    def show_case(self, file: PenaltyFile) -> None:
        """The application that waits."""
        super().show_case(file)
        waiting = file.deferral
        self.request.setText(
            f"{day_words(waiting.applied_on)}申请{DEFERRALS[waiting.kind]}\n困难：{waiting.hardship}\n"
            f"证明：{waiting.proof}\n{plan_words(waiting.parts)}"
            if waiting
            else ""
        )
        self._answer_changed()

    def deed(self) -> Deed:
        """The answer as it stands."""
        front, case_id, reasons = self._tools.front.fines, self._case_id, self.form.text("reasons")
        granted = self.form.text("answer") == GRANT

        def answer() -> str:
            issued = front.grant_deferral(case_id) if granted else front.refuse_deferral(case_id, reasons)
            return f"已{_ANSWERS[GRANT if granted else REFUSE]}，{issued.number} 正在打印，请送达当事人。"

        return answer

    @Slot()
    def _answer_changed(self) -> None:
        self.form.show_field("reasons", self.form.text("answer") == REFUSE)


class AgreePanel(PenaltyForm):
    """拟定执行协议: remedial steps, how much of the addition is waived, how the rest is paid."""

    first = "remedies"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "agree", main="拟定协议")
        self.about = self.say("")
        self.form.add_note("remedies", "补救措施", required=True, hint="当事人已经采取了哪些补救措施")
        waived = self.form.add_text("waived", "减免数额", required=True, check=fen_fault, hint="元，从加处罚款里减")
        self._sheet: FineSheet | None = None
        told = self.say("")
        self.plan = PlanFields(self.form, told, self._total, today=_today(tools))
        self.add(self.form)
        self.add(told)
        waived.textChanged.connect(self.plan.propose)

    def show_case(self, file: PenaltyFile) -> None:
        """Ask what was added until yesterday."""
        self._case_id, self._sheet = file.case_id, None
        self.form.clear()
        self.about.setText("")
        read = partial(self._tools.front.fines.sheet, file.case_id)
        self._tools.work.read(read, partial(self._show, file.case_id), words=_READING)

    def ready(self) -> bool:
        """Nothing but what was added is waived, and the parts add up to the rest."""
        sheet = self._sheet
        if sheet is None:
            return False
        if not 0 < fen(self.form.text("waived")) <= sheet.waivable_fen:
            most = _money(sheet.waivable_fen)
            self.form.refuse("waived", f"最多减免 {most}，本金不减。")
            return False
        return self.plan.ready()

    def deed(self) -> Deed:
        """The agreement as it stands."""
        text = self.form.text
        new = NewAgreement(text("remedies"), fen(text("waived")), self.plan.parts())
        front, case_id = self._tools.front.fines, self._case_id

        def agree() -> str:
            front.agree(case_id, new)
            return "执行协议已拟定，等待审批。"

        return agree

    def _total(self) -> int | None:
        waived = self.form.text("waived")
        if self._sheet is None or not waived or fen_fault(waived):
            return None
        return max(self._sheet.agreed_fen - fen(waived), 0)

    def _show(self, case_id: int, sheet: FineSheet) -> None:
        if case_id != self._case_id:
            return
        self._sheet = sheet
        principal = _money(sheet.agreed_fen - sheet.waivable_fen)
        self.about.setText(
            f"未缴罚款本金 {principal}，不减免。到昨天为止加处 {_money(sheet.waivable_fen)}，"
            "当事人采取补救措施的可以减免（行政强制法第四十二条）。"
        )
        self.plan.begin(sheet.on, count=2)


class AgreeDecidePanel(PenaltyForm):
    """审批执行协议: approved as it was drawn up, or refused with reasons."""

    first = "answer"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "agree_decide", main="决定")
        self.drawn = self.say("")
        answer = self.form.add_choice("answer", "答复", _ANSWERS)
        self.form.add_note("reasons", "理由", required=True, hint="为什么不予批准")
        self.add(self.form)
        self.say("协议经双方签名盖章生效；按期履行的不再加处罚款，违约的恢复强制执行。")
        answer.currentIndexChanged.connect(self._answer_changed)

    def show_case(self, file: PenaltyFile) -> None:
        """The agreement that waits."""
        super().show_case(file)
        drawn = next((each for each in reversed(file.agreements) if each.state == "proposed"), None)
        self.drawn.setText(
            f"{day_words(drawn.proposed_on)}拟定\n本金 {_money(drawn.principal_fen)}（不减免），"
            f"加处 {_money(drawn.added_fen)}，减免 {_money(drawn.waived_fen)}\n"
            f"补救措施：{drawn.remedies}\n{plan_words(drawn.parts)}"
            if drawn
            else ""
        )
        self._answer_changed()

    def deed(self) -> Deed:
        """The answer as it stands."""
        front, case_id, reasons = self._tools.front.fines, self._case_id, self.form.text("reasons")
        if self.form.text("answer") == REFUSE:

            def refuse() -> str:
                front.refuse_agreement(case_id, reasons)
                return "协议没有批准，加处罚款照常计算。"

            return refuse

        def approve() -> str:
            issued = front.approve_agreement(case_id)
            return f"已批准，执行协议 {issued.number} 正在打印，请双方签名盖章。"

        return approve

    @Slot()
    def _answer_changed(self) -> None:
        self.form.show_field("reasons", self.form.text("answer") == REFUSE)


class BreachPanel(PenaltyForm):
    """登记违约: from today on what is left of the fine grows again."""

    first = "note"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "breach", main="登记违约")
        self.say("登记当天起，未缴的罚款恢复按日加处（行政强制法第四十二条第二款）。")
        self.form.add_text("note", "违约情况", required=True, hint="哪一期没有履行")
        self.add(self.form)

    def deed(self) -> Deed:
        """The breach as it stands."""
        front, case_id, note = self._tools.front.fines, self._case_id, self.form.text("note")

        def breach() -> str:
            front.breach(case_id, note)
            return "已登记违约，恢复计算加处罚款。"

        return breach


def plan_words(parts: Iterable[PlanPart]) -> str:
    """第 1 期 2026-12-31 周四 ¥1,500.00, a line each."""
    lines = (f"第 {part.position} 期　{day_words(part.due_on)}　{_money(part.fen)}" for part in parts)
    return "\n".join(lines)


def _today(tools: PageTools) -> date:
    return business_date(tools.front.clock.now())


def _money(amount: int) -> str:
    return money_figures(yuan(amount))


PANELS: Mapping[str, PanelMaker] = {
    "defer": DeferPanel,
    "defer_decide": DeferDecidePanel,
    "agree": AgreePanel,
    "agree_decide": AgreeDecidePanel,
    "breach": BreachPanel,
    **REMEDIES,
}
