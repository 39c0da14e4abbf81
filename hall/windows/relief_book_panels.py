"""Panels of the fund's books: a donation, a purchase, what comes back, a posting that is taken back."""

from datetime import date
from typing import cast

from hall.clock import business_date
from hall.rules.money import fen
from hall.services.relief_books import Gift, Wish
from hall.services.relief_reading import PostingRow
from hall.windows.deed_list import NewPanel, RowPanel
from hall.windows.pages import Deed, PageTools
from hall.windows.relief_words import amount, amount_fault, moved, posting_words
from hall.words import RELIEF_POSTINGS, RELIEF_WISHES


class DonatePanel(NewPanel):
    """登记捐赠: from whom, how it wants to be named, what it gives and wants it used for."""

    first = "donor"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记捐赠", main="记账")
        self._tools, self._front = tools, tools.front.relief
        form = self.form
        form.add_text("donor", "捐赠人", hint="不愿留名的可以不填")
        form.add_choice("kind", "个人或单位", {"person": "个人", "organisation": "单位"})
        form.add_choice("wish", "公开称呼", RELIEF_WISHES)
        form.add_choice("what", "捐赠", {"money": "资金", "goods": "物资"})
        form.add_text("amount", "金额（元）", required=True, check=amount_fault, hint="物资按价值")
        form.add_text("purpose", "捐赠意愿", hint="希望用于什么；物资写名称和数量")
        form.add_text("reference", "捐赠票据号", required=True, hint="慈善组织开具的票据")
        form.add_day("day", "收到日期", self._today)
        self.add(form)

    def ask_new(self) -> None:
        """Empty, of today."""
        super().ask_new()
        self.form.set_day("day", self._today)

    def deed(self) -> Deed:
        """Book it."""
        form, front = self.form, self._front
        given, in_goods = fen(form.text("amount")), form.text("what") == "goods"
        gift = Gift(
            day=form.day("day"),
            donor_name=form.text("donor"),
            reference=form.text("reference"),
            organisation=form.text("kind") == "organisation",
            wish=cast(Wish, form.text("wish")),
            money_fen=0 if in_goods else given,
            goods_fen=given if in_goods else 0,
            purpose=form.text("purpose"),
        )
        return lambda: f"捐赠 {amount(given)} 已记第 {front.donate(gift)} 笔。"

    @property
    def _today(self) -> date:
        return business_date(self._tools.front.clock.now())


class BuyPanel(NewPanel):
    """登记购置物资 with the fund's money."""

    first = "goods"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记购置物资", main="记账")
        self._tools, self._front = tools, tools.front.relief
        self.form.add_text("goods", "物资", required=True, hint="名称和数量")
        self.form.add_text("cost", "金额（元）", required=True, check=amount_fault)
        self.form.add_text("reference", "发票号", required=True)
        self.form.add_day("day", "日期", self._today)
        self.add(self.form)

    def ask_new(self) -> None:
        """Empty, of today."""
        super().ask_new()
        self.form.set_day("day", self._today)

    def deed(self) -> Deed:
        """Book it."""
        form, front = self.form, self._front
        cost, goods, reference, day = (
            fen(form.text("cost")),
            form.text("goods"),
            form.text("reference"),
            form.day("day"),
        )
        return lambda: f"购置 {goods} 已记第 {front.buy(cost, goods, reference=reference, day=day)} 笔。"

    @property
    def _today(self) -> date:
        return business_date(self._tools.front.clock.now())


class PostingPanel(RowPanel[PostingRow]):
    """Something that is done about a posting."""

    def __init__(self, tools: PageTools, title: str, *, main: str) -> None:
        super().__init__(title, main=main)
        self._front = tools.front.relief

    def about_of(self, row: PostingRow) -> str:
        """Which one, and what it moved."""
        what = "，".join(
            f"{word}{moved(row.moved(book))}"
            for book, word in (("money", "资金"), ("goods", "物资"))
            if row.moved(book)
        )
        return f"第 {row.serial} 笔　{RELIEF_POSTINGS[row.kind]}　{row.day}\n{posting_words(row)}　{what}"


class TakeBackPanel(PostingPanel):
    """登记退回: how much comes back, why, by which voucher."""

    first = "amount"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记退回", main="记账")
        self.form.add_text("amount", "退回金额（元）", required=True, check=amount_fault, hint="物资按价值")
        self.form.add_text("reason", "原因", required=True)
        self.form.add_text("reference", "凭证号", required=True)
        self.add(self.form)

    def deed(self) -> Deed:
        """Book it."""
        form, front, key = self.form, self._front, self.row.posting_id
        back, reason, reference = fen(form.text("amount")), form.text("reason"), form.text("reference")

        def take_back() -> str:
            return f"退回 {amount(back)} 已记第 {front.take_back(key, back, reason=reason, reference=reference)} 笔。"

        return take_back


class ReversePanel(PostingPanel):
    """冲正: why."""

    first = "reason"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "冲正", main="冲正")
        self.say("账目不修改、不删除：冲正另记一笔，把原来的一笔全部抵回。发放被冲正的，申请回到公示期满，可以再发放。")
        self.form.add_text("reason", "原因", required=True, hint="如：银行退汇、金额录错")
        self.add(self.form)

    def deed(self) -> Deed:
        """Take it back."""
        front, row, reason = self._front, self.row, self.form.text("reason")
        return lambda: f"第 {row.serial} 笔已由第 {front.reverse(row.posting_id, reason)} 笔冲正。"
