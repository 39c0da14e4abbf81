"""Panels of the vendors' page: somebody who trades is entered by card or number, a fact is noted, somebody leaves."""

from datetime import date
from typing import cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLabel

from hall.clock import business_date
from hall.rules.cards import Card
from hall.rules.vendor_credit import CreditRule
from hall.services.vendor_events import NewFact
from hall.services.vendor_lists import VendorRow
from hall.services.vendors import Category, NewVendor
from hall.windows.deed_list import NewPanel, RowPanel
from hall.windows.kit.forms import Form
from hall.windows.pages import Deed, PageTools
from hall.windows.person_fields import PersonFields
from hall.windows.text_panel import TextPanel
from hall.words import VENDOR_CATEGORIES

NO_NUMBERS = "不写电话和证件号码"
FARMER = "农民，只卖自家种养的农产品"


class EnterPanel(NewPanel):
    """登记流动经营者: an ID card fills name, number and address."""

    first = "name"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记流动经营者", main="登记")
        self._front = tools.front.vendors
        self.say("以前登记离开的，重新登记后接着用原来的编号和征信记录。")
        form = self.form
        self._who = PersonFields(form, name="姓名或名称", organisations=True)
        form.add_choice("category", "经营类别", VENDOR_CATEGORIES)
        form.add_text("place", "常去地点", hint="路段、集市")
        form.add_tick("farmer", FARMER)
        self.add(form)

    def take_card(self, card: Card) -> None:
        """Who laid down the card."""
        self._who.take_card(card)
        self.form.focus("phone")

    def deed(self) -> Deed:
        """Enter whoever it is."""
        front, form = self._front, self.form
        category = cast(Category, form.text("category"))
        new = NewVendor(self._who.person, category, form.ticked("farmer"), form.text("place"))

        def enter() -> str:
            entered = front.enter(new)
            return f"已{'重新' if entered.returned else ''}登记，编号 {entered.number}。"

        return enter


class FactFields(QObject):
    """The fields of a fact, with what the chosen kind takes or gives, what proves it and by which norm."""

    def __init__(self, tools: PageTools, form: Form, told: QLabel) -> None:
        super().__init__(form)
        self._tools, self._form, self._told = tools, form, told
        self._rule: CreditRule | None = None
        self._code = ""
        today = business_date(tools.front.clock.now())
        self._choice = form.add_choice("rule", "事项", {})
        form.add_day("happened_on", "发生日期", today)
        form.add_text("place", "地点", hint="路段、点位")
        form.add_note("facts", "事实", required=True, hint=f"什么时候、在哪里、做了什么；{NO_NUMBERS}")
        form.add_text("evidence", "证据", required=True, hint="材料名称")
        form.add_text("penalty", "处罚案号", hint="以处罚决定为依据的填写")
        self._choice.currentIndexChanged.connect(self._tell)

    def begin(self, happened_on: date, *, code: str = "") -> None:
        """Of this day and kind; the kinds are those of the rule table of today."""
        self._code = code
        self._form.set_day("happened_on", happened_on)
        self._tools.work.quietly(self._tools.front.vendors.rule, self._offer, owner=self._form)

    def new_fact(self) -> NewFact:
        """What was entered."""
        form = self._form
        return NewFact(
            rule=form.text("rule"),
            happened_on=form.day("happened_on"),
            facts=form.text("facts"),
            evidence=form.text("evidence"),
            place=form.text("place"),
            penalty_number=form.text("penalty"),
        )

    def _offer(self, rule: CreditRule) -> None:
        self._rule = rule
        words = {line.code: f"{line.code} {line.points:+d} {line.words}" for line in rule.lines}
        self._form.set_choices("rule", words)
        self._form.set_text("rule", self._code)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        line = self._rule.line(self._form.text("rule")) if self._rule is not None else None
        if line is None:
            return
        points = f"加{line.points}分" if line.points > 0 else f"减{-line.points}分"
        self._told.setText(
            f"{line.words}：{points}，有效{line.months}个月。\n证据：{line.evidence}。\n依据：{line.basis}。"
        )


class NotePanel(RowPanel[VendorRow]):
    """登记事项 about a vendor."""

    first = "rule"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记征信事项", main="登记")
        self._tools, self._front = tools, tools.front.vendors
        told = self.say("")
        self.fields = FactFields(tools, self.form, told)
        self.add(self.form)

    def about_of(self, row: VendorRow) -> str:
        """Whom it is about, and what happens next."""
        return f"{row.number}　{row.person.name_masked}\n登记后由另一人复核；扣分的告知本人后才计入。"

    def ask(self, row: VendorRow) -> None:
        """Of today."""
        super().ask(row)
        self.fields.begin(business_date(self._tools.front.clock.now()))

    def deed(self) -> Deed:
        """Enter it."""
        front, key, new = self._front, self.row.vendor_id, self.fields.new_fact()

        def note() -> str:
            front.note(key, new)
            return "征信事项已登记，等待另一人复核。"

        return note


class LeavePanel(TextPanel[VendorRow]):
    """登记离开."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记离开", main="登记离开", hint="回乡、入室经营、转行等")
        self._front = tools.front.vendors

    def about_of(self, row: VendorRow) -> str:
        """Who leaves."""
        return f"{row.number}　{row.person.name_masked}\n征信记录保留，到期自动失效。"

    def do(self, row: VendorRow, text: str) -> str:
        """Enter it."""
        self._front.leave(row.vendor_id, text)
        return f"{row.number} 已登记离开。"
