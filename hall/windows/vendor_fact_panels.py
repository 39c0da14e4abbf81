"""Panels on a fact about a vendor: confirmed or sent back, told, objected to, answered, corrected, voided."""

from collections.abc import Callable
from typing import cast

from hall.clock import business_date
from hall.rules.vendor_facts import TellingWay
from hall.services.vendor_front import VendorFront
from hall.services.vendor_lists import FactRow
from hall.windows.deed_list import RowPanel
from hall.windows.pages import Deed, PageTools
from hall.windows.phrases import day_words
from hall.windows.vendor_panels import NO_NUMBERS, FactFields
from hall.words import VENDOR_TELLING_WAYS

FOUND = {"rejected": "异议不成立，维持记录", "upheld": "异议成立，自始不计分"}


class FactPanel(RowPanel[FactRow]):
    """Something that is done with a fact."""

    words = ""
    """What the person at the screen has to know, below what the panel is about."""

    def __init__(self, tools: PageTools, title: str, *, main: str) -> None:
        super().__init__(title, main=main)
        self.tools, self.front = tools, tools.front.vendors
        if self.words:
            self.say(self.words)

    def about_of(self, row: FactRow) -> str:
        """Whose fact, which one."""
        return f"{row.vendor_number}　{row.name_masked}\n{row.line.words}（{row.fact.points:+d}分）"


class ConfirmPanel(FactPanel):
    """复核: the evidence was looked at."""

    words = "对照证据核对事实、事项和分值。有错的退回作废，由登记人重新登记。"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "复核征信事项", main="证据已核对，复核通过")

    def begin(self) -> None:
        """There is nothing to fill in."""
        self.main_button.setFocus()

    def about_of(self, row: FactRow) -> str:
        """And what is to be looked at."""
        return f"{super().about_of(row)}\n{row.facts}\n证据：{row.evidence}"

    def deed(self) -> Deed:
        """Confirm it."""
        front, row = self.front, self.row

        def confirm() -> str:
            front.confirm(row.event_id)
            return "已复核，请告知本人。" if row.fact.points < 0 else "已复核，即日计入。"

        return confirm


class ReasonedPanel(FactPanel):
    """A deed that only wants a reason."""

    first = "reason"

    def __init__(
        self, tools: PageTools, title: str, deed: Callable[[VendorFront, int, str], object], *, said: str, hint: str
    ) -> None:
        super().__init__(tools, title, main=title)
        self._deed, self._said = deed, said
        self.form.add_text("reason", "原因", required=True, hint=hint)
        self.add(self.form)

    def deed(self) -> Deed:
        """Do it with the reason."""
        front, key, reason = self.front, self.row.event_id, self.form.text("reason")

        def do() -> str:
            self._deed(front, key, reason)
            return self._said

        return do


class DropPanel(ReasonedPanel):
    """退回作废."""

    words = "退回的事项作废，不计分，也不告知本人。"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "退回作废", VendorFront.drop, said="已退回作废。", hint="证据不足、事项不符等")


class VoidPanel(ReasonedPanel):
    """作废 of our own motion."""

    words = "作废的事项自始不计分；已报送信用平台的，下次导出时申请撤回。"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "作废", VendorFront.void, said="已作废。", hint="处罚决定撤销、认定有误等")


class NotifyPanel(FactPanel):
    """出告知书: handed over, or sent."""

    words = "当面交付的今天就算告知；寄送、电子送达的，送达后再登记日期。"
    first = "way"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "出告知书", main="出告知书并打印")
        self.form.add_choice("way", "方式", VENDOR_TELLING_WAYS)
        self.add(self.form)

    def deed(self) -> Deed:
        """Issue it."""
        front, key, way = self.front, self.row.event_id, cast(TellingWay, self.form.text("way"))
        return lambda: f"告知书 {front.notify(key, way).number} 正在打印。"


class TellPanel(FactPanel):
    """登记送达 of a notice that was sent."""

    first = "told_on"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记送达", main="登记送达")
        self.form.add_day("told_on", "送达日期", business_date(tools.front.clock.now()))
        self.add(self.form)

    def ask(self, row: FactRow) -> None:
        """Today, at first."""
        super().ask(row)
        self.form.set_day("told_on", business_date(self.tools.front.clock.now()))

    def deed(self) -> Deed:
        """Enter the day."""
        front, key, day = self.front, self.row.event_id, self.form.day("told_on")

        def tell() -> str:
            until = front.tell(key, day)
            if until is None:
                return "已登记送达。异议期的最后一天要等放假安排录入后确定，在此以前都可以提出异议。"
            return f"已登记送达，{day_words(until)}以前可以提出异议。"

        return tell


class ObjectPanel(FactPanel):
    """登记异议 as the person puts it."""

    words = "本人随时可以要求更正（个人信息保护法第四十六条）；核查期间不计分。"
    first = "objection"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记异议", main="登记异议")
        self.form.add_note("objection", "异议", required=True, hint=f"本人的说法和材料；{NO_NUMBERS}")
        self.add(self.form)

    def deed(self) -> Deed:
        """Enter it."""
        front, key, objection = self.front, self.row.event_id, self.form.text("objection")
        return lambda: f"异议已登记，{day_words(front.object_to(key, objection))}以前答复。"


class AnswerPanel(FactPanel):
    """答复异议 by a third hand."""

    words = "由没有登记、没有复核这条事实的人答复。出具征信异议处理决定书。"
    first = "found"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "答复异议", main="答复并打印决定书")
        self.form.add_choice("found", "结论", FOUND)
        self.form.add_note("reasons", "核查情况", required=True, hint=f"查了什么、查明什么；{NO_NUMBERS}")
        self.add(self.form)

    def about_of(self, row: FactRow) -> str:
        """And what was objected."""
        return f"{super().about_of(row)}\n异议：{row.objection}"

    def deed(self) -> Deed:
        """Answer it."""
        front, key, reasons = self.front, self.row.event_id, self.form.text("reasons")
        upheld = self.form.text("found") == "upheld"
        return lambda: f"决定书 {front.answer(key, reasons, upheld=upheld).number} 正在打印。"


class CorrectPanel(FactPanel):
    """更正: what is right takes the place once another has confirmed it."""

    first = "rule"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "更正征信事项", main="登记更正")
        told = self.say("")
        self.fields = FactFields(tools, self.form, told)
        self.add(self.form)

    def ask(self, row: FactRow) -> None:
        """With what was entered before."""
        super().ask(row)
        self.fields.begin(row.fact.happened_on, code=row.fact.code)
        for key, text in {
            "facts": row.facts,
            "evidence": row.evidence,
            "place": row.place,
        }.items():
            self.form.set_text(key, text)

    def deed(self) -> Deed:
        """Enter what is right."""
        front, key, new = self.front, self.row.event_id, self.fields.new_fact()

        def correct() -> str:
            front.correct(key, new)
            return "更正已登记，另一人复核后原事项不再计分。"

        return correct
