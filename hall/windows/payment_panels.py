"""Panels of the reconciling page: whose a payment is, why it is not ours or was credited wrongly, faults of a file."""

from hall.rules.imports import BadRows
from hall.services.payment_front import PaymentFront
from hall.services.payment_reading import LineView
from hall.windows.kit.deeds import DeedPanel, FormDeed
from hall.windows.pages import Deed
from hall.windows.payment_lists import money
from hall.words import PAYMENT_OUTCOMES


class LinePanel(FormDeed):
    """One deed on one line of the bank."""

    first = "why"

    def __init__(self, title: str, *, main: str) -> None:
        super().__init__(title, main=main)
        self.about = self.say("")
        self.line_id = 0

    def show_line(self, row: LineView) -> None:
        """Which line it is about."""
        self.line_id = row.line_id
        self.form.clear()
        named = f"\n文号 {row.decision_number}" if row.decision_number else ""
        self.about.setText(f"{row.reference}　{row.paid_on}　{money(row.fen)}{named}\n{row.note}".strip())

    def deed(self, front: PaymentFront) -> Deed:
        """The use case with what was entered."""
        raise NotImplementedError


class SettlePanel(LinePanel):
    """指认案件: the case by its number or that of its decision, and how the cashier knows."""

    first = "number"

    def __init__(self) -> None:
        super().__init__("指认案件", main="入账")
        self.form.add_text("number", "案件", required=True, hint="案号或者决定书文号")
        self.form.add_text("why", "依据", required=True, hint="例如：缴款人持银行回单核对")
        self.add(self.form)

    def show_line(self, row: LineView) -> None:
        """Its case is proposed where it is known and only owed nothing yet."""
        super().show_line(row)
        self.form.set_text("number", row.case_number)

    def deed(self, front: PaymentFront) -> Deed:
        """Credited to that case."""
        line_id, number, why = self.line_id, self.form.text("number"), self.form.text("why")

        def settle() -> str:
            return f"已入账：{PAYMENT_OUTCOMES[front.settle_line(line_id, number, why)]}。"

        return settle


class SetAsidePanel(LinePanel):
    """不入账: it goes back to the bank."""

    def __init__(self) -> None:
        super().__init__("不入账", main="登记不入账")
        self.form.add_text("why", "原因", required=True, hint="例如：系外区罚款，已退代收银行")
        self.add(self.form)

    def deed(self, front: PaymentFront) -> Deed:
        """Done with, without an entry."""
        line_id, why = self.line_id, self.form.text("why")

        def set_aside() -> str:
            front.set_aside(line_id, why)
            return "已登记不入账。"

        return set_aside


class FaultsPanel(DeedPanel):
    """Why a file was not taken in: every bad line with its reason."""

    def __init__(self) -> None:
        super().__init__("没有导入", main="知道了")
        self.about = self.say("")

    def show_faults(self, refusal: BadRows) -> None:
        """All of them; nothing of the file was kept."""
        lines = [f"第{row.line}行：{row.reason}" for row in refusal.rows]
        self.about.setText("\n".join([f"{refusal.file_title}有{len(lines)}处错误，没有导入任何内容：", *lines]))


class TakeBackPanel(LinePanel):
    """冲正: it waits again, the ledger keeps both entries."""

    def __init__(self) -> None:
        super().__init__("冲正缴款", main="冲正")
        self.form.add_text("why", "原因", required=True, hint="例如：银行更正缴款人")
        self.add(self.form)

    def deed(self, front: PaymentFront) -> Deed:
        """Reversed."""
        line_id, why = self.line_id, self.form.text("why")

        def take_back() -> str:
            front.take_back(line_id, why)
            return "已冲正，这笔流水重新等待处理。"

        return take_back
