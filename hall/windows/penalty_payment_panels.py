"""Panels of the acts about paying: notices to pay, cash on the spot and its way to the bank, refunds."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import cast

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.errors import HallError
from hall.rules.cash import CashGround, NewCash, receipt_number
from hall.rules.fines import FinePosition
from hall.rules.money import fen, yuan
from hall.rules.money_words import money_figures
from hall.rules.pay_codes import pay_code
from hall.rules.payments import Payable, payables
from hall.services.payment_notices import NewNotice
from hall.services.penalty_file import CashView, PenaltyFile
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_tools import PanelMaker, PenaltyForm, fen_fault
from hall.windows.phrases import day_words
from hall.words import CASH_GROUNDS

_VOID_HINT = "例如：平台重新生成了缴款单"
_LATE_HINT = "超过两个工作日的，写明原因"
_PAYABLES = {"part": "本期", "rest": "全部"}


class NoticePanel(PenaltyForm):
    """开缴款通知: the amount is what is owed, the code what the treasury's platform gave."""

    first = "pay_code"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "notice", main="开具并打印")
        self.owed = self.say("")
        self.form.add_choice("amount", "金额", {})
        self.form.add_text("pay_code", "缴款识别码", required=True, check=pay_code_fault, hint="财政平台生成的20位编码")
        self.say("照财政非税平台生成的缴款单录入识别码，程序不编造。窗口不收款。")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """What may be asked today."""
        super().show_case(file)
        offered = payables(file.fine) if file.fine else ()
        self.form.set_choices("amount", {str(each.fen): _payable_words(each, file.on) for each in offered})
        if offered:
            self.form.set_text("amount", str(offered[0].fen))
        self.owed.setText(owed_words(file.fine))

    def deed(self) -> Deed:
        """The notice as it stands."""
        notice = NewNotice(pay_code(self.form.text("pay_code")), int(self.form.text("amount") or 0))
        return partial(_issue, self._tools, self._case_id, notice)


class VoidNoticePanel(PenaltyForm):
    """作废缴款通知."""

    first = "notice"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "notice_void")
        self.form.add_choice("notice", "哪一份", {})
        self.form.add_text("why", "原因", required=True, hint=_VOID_HINT)
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """The notices that are not void, the newest first."""
        self.form.clear()
        standing = [each for each in reversed(file.notices) if each.voided_on is None]
        self.form.set_choices(
            "notice",
            {
                str(each.notice_id): f"{each.issued_on:%m-%d} 开　{_money(each.amount_fen)}　…{each.pay_code[-4:]}"
                for each in standing
            },
        )

    def deed(self) -> Deed:
        """The notice that is chosen."""
        front, notice_id, why = self._tools.front.payments, int(self.form.text("notice") or 0), self.form.text("why")

        def void() -> str:
            front.void_notice(notice_id, why)
            return "缴款通知已作废，可以另开一份。"

        return void


class CashPanel(PenaltyForm):
    """当场收缴: only on a ground of law, with the number of the treasury's receipt."""

    first = "ground"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "cash", main="登记收缴")
        self.owed = self.say("")
        ground = self.form.add_choice("ground", "理由", CASH_GROUNDS)
        self.about = self.say("")
        self.form.add_tick("asked", "当事人已提出到银行缴款确有困难")
        self.form.add_text("amount", "金额", required=True, check=fen_fault, hint="元，例如 100 或 100.50")
        self.form.add_text("receipt", "专用票据", required=True, check=receipt_fault, hint="财政统一制发票据的号码")
        self.form.add_day("on", "收缴日期", business_date(tools.front.clock.now()))
        self.add(self.form)
        ground.currentIndexChanged.connect(self._ground_changed)

    def show_case(self, file: PenaltyFile) -> None:
        """Which grounds the procedure leaves open, and what is owed."""
        self._case_id = file.case_id
        simple = file.procedure == "simple"
        self.form.clear()
        open_ones = {code: words for code, words in CASH_GROUNDS.items() if simple or code == "remote"}
        self.form.set_choices("ground", open_ones)
        self.form.set_text("ground", next(iter(open_ones)))
        self.form.set_text("amount", str(yuan(file.fine.balance_fen)) if file.fine else "")
        decided_on = file.decision.decided_on if simple and file.decision else file.on
        self.form.set_day("on", decided_on)
        self.owed.setText(owed_words(file.fine))
        self._ground_changed()

    def deed(self) -> Deed:
        """The cash as it was taken."""
        text = self.form.text
        cash = NewCash(
            ground=cast(CashGround, text("ground")),
            receipt_number=text("receipt"),
            fen=fen(text("amount")),
            collected_on=self.form.day("on"),
            asked_by_party=text("ground") == "remote" and self.form.ticked("asked"),
        )
        return partial(_collect, self._tools, self._case_id, cash)

    @Slot()
    def _ground_changed(self) -> None:
        ground = self.form.text("ground")
        self.form.show_field("asked", ground == "remote")
        self.about.setText(CASH_GROUNDS.get(ground, ""))


class MovePanel(PenaltyForm):
    """Cash goes on: which, when, and why it is late if it is."""

    first = "cash"

    def __init__(self, tools: PageTools, act: str) -> None:
        super().__init__(tools, act)
        self.form.add_choice("cash", "哪一笔", {})

    def end_form(self) -> None:
        """The fields that both ways share, below their own."""
        self.form.add_day("on", "日期", business_date(self._tools.front.clock.now()))
        self.form.add_text("why", "迟延原因", hint=_LATE_HINT)
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """What waits for this step."""
        self.form.clear()
        self.form.set_day("on", file.on)
        waiting = [each for each in file.cash if self.waits(each)]
        self.form.set_choices(
            "cash",
            {
                str(each.collection_id): f"{each.collected_on:%m-%d} 收　{_money(each.fen)}　{each.receipt_number}"
                for each in waiting
            },
        )

    def waits(self, cash: CashView) -> bool:
        """Whether this step is the next one."""
        raise NotImplementedError

    @property
    def collection_id(self) -> int:
        """The cash that is chosen."""
        return int(self.form.text("cash") or 0)


class HandInPanel(MovePanel):
    """交回机关: the officer says which cashier has it now."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "cash_hand_in")
        self.form.add_choice("to", "交给", {})
        self.end_form()

    def show_case(self, file: PenaltyFile) -> None:
        """What was not handed in, and the cashiers."""
        super().show_case(file)
        work, front = self._tools.work, self._tools.front.payments
        work.read(front.cashiers, self._show_cashiers, words="正在载入财务人员…")

    def waits(self, cash: CashView) -> bool:
        """Not handed in yet."""
        return cash.handed_in_on is None

    def deed(self) -> Deed:
        """Given to whoever is chosen."""
        front, on, why = self._tools.front.payments, self.form.day("on"), self.form.text("why")
        collection_id, to = self.collection_id, int(self.form.text("to") or 0)

        def hand_in() -> str:
            front.hand_in(collection_id, to, on, why)
            return "已登记交回机关，机关应在两个工作日内交存银行。"

        return hand_in

    def _show_cashiers(self, cashiers: tuple[tuple[int, str], ...]) -> None:
        self.form.set_choices("to", {str(key): name for key, name in cashiers})


class BankPanel(MovePanel):
    """交存银行."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "cash_bank")
        self.form.add_text("reference", "银行回单", required=True, hint="回单号")
        self.end_form()

    def waits(self, cash: CashView) -> bool:
        """Handed in, not banked."""
        return cash.handed_in_on is not None and cash.banked_on is None

    def deed(self) -> Deed:
        """Paid in."""
        front, on, why = self._tools.front.payments, self.form.day("on"), self.form.text("why")
        collection_id, reference = self.collection_id, self.form.text("reference")

        def bank() -> str:
            front.bank(collection_id, on, bank_reference=reference, why_late=why)
            return "已登记交存银行。"

        return bank


class RefundPanel(PenaltyForm):
    """退款: what was paid beyond what is owed."""

    first = "amount"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "refund", main="登记退款")
        self.over = self.say("")
        self.form.add_text("amount", "金额", required=True, check=fen_fault)
        self.form.add_text("reference", "凭证号", required=True, hint="财政或者银行的退付回单号")
        self.form.add_day("on", "退款日期", business_date(tools.front.clock.now()))
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """What can go back."""
        super().show_case(file)
        over = file.fine.over_fen if file.fine else 0
        self.over.setText(f"多缴 {_money(over)}，退给缴款人。")
        self.form.set_text("amount", str(yuan(over)))
        self.form.set_day("on", file.on)

    def deed(self) -> Deed:
        """Given back."""
        front, case_id, amount = self._tools.front.payments, self._case_id, fen(self.form.text("amount"))
        day, reference = self.form.day("on"), self.form.text("reference")

        def refund() -> str:
            front.refund(case_id, amount, day=day, reference=reference)
            return f"已登记退款 {_money(amount)}。"

        return refund


PANELS: Mapping[str, PanelMaker] = {
    "notice": NoticePanel,
    "notice_void": VoidNoticePanel,
    "cash": CashPanel,
    "cash_hand_in": HandInPanel,
    "cash_bank": BankPanel,
    "refund": RefundPanel,
}


def pay_code_fault(text: str) -> str:
    """What is wrong with a payment code that was typed."""
    try:
        pay_code(text)
    except HallError as fault:
        return fault.sentence
    return ""


def receipt_fault(text: str) -> str:
    """What is wrong with the number of a receipt that was typed."""
    try:
        receipt_number(text)
    except HallError as fault:
        return fault.sentence
    return ""


def owed_words(fine: FinePosition | None) -> str:
    """尚欠 ¥3,180.00，其中加处罚款 ¥180.00."""
    if fine is None:
        return "罚款还没有起算。"
    added = f"，其中加处罚款 {_money(fine.added_left_fen)}" if fine.added_left_fen else ""
    return f"{day_words(fine.on)} 尚欠 {_money(fine.balance_fen)}{added}。"


def _payable_words(each: Payable, on: date) -> str:
    due = "已逾期" if each.due_on < on else f"{each.due_on:%m-%d} 到期"
    return f"{_PAYABLES[each.kind]} {_money(each.fen)}（{due}）"


def _money(amount: int) -> str:
    return money_figures(yuan(amount))


def _issue(tools: PageTools, case_id: int, notice: NewNotice) -> str:
    issued = tools.front.payments.issue_notice(case_id, notice)
    return f"缴款通知 {issued.number} 正在打印。"


def _collect(tools: PageTools, case_id: int, cash: NewCash) -> str:
    tools.front.payments.collect(case_id, cash)
    return f"已登记当场收缴 {_money(cash.fen)}，两个工作日内交回机关。"
