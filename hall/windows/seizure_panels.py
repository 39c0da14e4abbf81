"""Panels of the page of seized goods: what has to be said before something is done. None of them asks for money."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.rules.seizures import (
    BadList,
    ExcludedTest,
    SeizureEnding,
    SeizureKind,
    SeizureLimb,
    TestKind,
    parse_list,
    parse_positions,
)
from hall.services.papers_seizure import Receiver
from hall.services.persons import ORGANISATION, PersonDetails
from hall.services.seizure_reading import SeizureRow
from hall.services.seizures import NewSeizure, SeizureEnd
from hall.windows.kit.deeds import FormDeed
from hall.windows.number_checks import credit_code_fault, id_number_fault
from hall.windows.pages import Deed, PageTools
from hall.windows.phrases import day_words
from hall.words import SEIZURE_ENDINGS, SEIZURE_KINDS, SEIZURE_LIMBS, SEIZURE_TESTS

NO_NUMBERS = "不写电话和证件号码；Shift+Enter 换行"
CAPACITIES = ("本人", "代理人", "法定代表人", "单位工作人员")
_NATURAL = "resident"


class GoodsPanel(FormDeed):
    """A panel with a word on what it is about and one form; `deed` is what the page does with what was entered."""

    def __init__(self, tools: PageTools, title: str, *, main: str) -> None:
        super().__init__(title, main=main)
        self._front = tools.front
        self._today = business_date(tools.front.clock.now())
        self.about = self.say("")

    def ask(self, row: SeizureRow) -> None:
        """About these goods; what was entered before is gone."""
        self._today = business_date(self._front.clock.now())
        self._row = row
        self.about.setText(f"{row.number}　{row.party.name_masked}\n{goods_words(row)}\n{held_words(row)}")
        self.form.clear()

    def deed(self) -> Deed:
        """The use case with what was entered, taken from the fields now."""
        raise NotImplementedError


class SeizePanel(GoodsPanel):
    """登记查封、扣押 as the decision that was handed over on the spot says it."""

    first = "number"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记查封扣押", main="登记")
        self.about.setText(
            "照现场交付的决定书和清单录入。与违法行为无关的财物、生活必需品不得扣押（行政强制法第二十三条）。"
        )
        form = self.form
        form.add_text("number", "决定书文号", required=True)
        form.add_choice("kind", "种类", SEIZURE_KINDS)
        form.add_day("seized_on", "日期", self._today)
        case = form.add_text("case", "处罚案号", hint="已立案的写案号，当事人随案")
        form.add_choice("party_kind", "当事人", {_NATURAL: "个人", ORGANISATION: "单位"})
        form.add_text("name", "姓名或名称", required=True)
        form.add_text("id_number", "证件号码", check=self._number_fault, hint="身份证号或信用代码，可以不填")
        form.add_text("place", "地点", required=True)
        form.add_note("reason", "理由", required=True, hint=NO_NUMBERS)
        form.add_text("basis", "法律依据", required=True)
        form.add_text("keeper", "保管", required=True, hint="保管地点和保管人")
        form.add_note("goods", "清单", required=True, check=_list_fault, hint="一行一项：折叠桌 2 张 完好")
        case.textChanged.connect(self._show_party)
        self.add(form)

    def ask_new(self) -> None:
        """Empty, of today."""
        self.form.clear()
        self.form.set_day("seized_on", business_date(self._front.clock.now()))
        self._show_party()

    def deed(self) -> Deed:
        """Enter it."""
        front, form = self._front.seizures, self.form
        case, party, told = form.text("case"), self._party(), {key: form.text(key) for key in form.keys}
        seized_on, items = form.day("seized_on"), parse_list(form.text("goods"))

        def enter() -> str:
            new = NewSeizure(
                number=told["number"],
                kind=cast(SeizureKind, told["kind"]),
                seized_on=seized_on,
                reason=told["reason"],
                basis=told["basis"],
                place=told["place"],
                keeper=told["keeper"],
                items=items,
                case_id=front.case_numbered(case) if case else None,
                party=None if case else party,
            )
            front.enter(new)
            return f"{told['number']} 已登记，清单 {len(items)} 项。"

        return enter

    def _party(self) -> PersonDetails:
        form = self.form
        return PersonDetails(form.text("party_kind"), form.text("name"), id_number=form.text("id_number"))

    def _number_fault(self, text: str) -> str:
        return credit_code_fault(text) if self.form.text("party_kind") == ORGANISATION else id_number_fault(text)

    @Slot()
    def _show_party(self) -> None:
        loose = not self.form.text("case")
        for key in ("party_kind", "name", "id_number"):
            self.form.show_field(key, loose)


class ExcludePanel(GoodsPanel):
    """登记检测、检验、检疫或者技术鉴定 as the party was told of it in writing."""

    first = "kind"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "检测鉴定", main="登记")
        self.say("期间应当明确，并书面告知当事人；告知以前的日子照算，费用由本机关承担（行政强制法第二十五条第三款）。")
        self.form.add_choice("kind", "种类", SEIZURE_TESTS)
        self.form.add_text("unit", "机构", required=True)
        for key, label in (("told_on", "书面告知"), ("first_day", "开始"), ("last_day", "结束")):
            self.form.add_day(key, label, self._today)
        self.add(self.form)

    def ask(self, row: SeizureRow) -> None:
        """From today on."""
        super().ask(row)
        for key in ("told_on", "first_day", "last_day"):
            self.form.set_day(key, self._today)

    def deed(self) -> Deed:
        """Enter it."""
        front, key, form = self._front.seizures, self._row.seizure_id, self.form
        kind, unit = cast(TestKind, form.text("kind")), form.text("unit")
        testing = ExcludedTest(form.day("told_on"), form.day("first_day"), form.day("last_day"))
        return _saying(
            lambda: front.add_test(key, kind, unit, testing), f"{SEIZURE_TESTS[kind]}已登记，期间不计入查封扣押期限。"
        )


class FinishTestPanel(GoodsPanel):
    """A test that ended before its day."""

    first = "last_day"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "检测提前结束", main="登记")
        self.form.add_day("last_day", "结束日期", self._today)
        self.add(self.form)

    def ask(self, row: SeizureRow) -> None:
        """Today."""
        super().ask(row)
        self.form.set_day("last_day", self._today)

    def deed(self) -> Deed:
        """Enter it."""
        front, key, last_day = self._front.seizures, self._row.seizure_id, self.form.day("last_day")
        return _saying(lambda: front.finish_test(key, last_day), f"检测已于 {last_day} 结束，次日起继续计算期限。")


class ExtendPanel(GoodsPanel):
    """批准延长: the reason; thirty days, once."""

    first = "reason"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "延长查封扣押", main="批准延长")
        self.say("情况复杂的，可以延长一次，三十日；书面告知当事人并说明理由（行政强制法第二十五条第一款、第二款）。")
        self.form.add_note("reason", "理由", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def deed(self) -> Deed:
        """Approve it."""
        front, key, reason = self._front.seizures, self._row.seizure_id, self.form.text("reason")

        def extend() -> str:
            return f"已延长，决定书 {front.extend(key, reason).number} 正在打印，请送达当事人。"

        return extend


class EndPanel(GoodsPanel):
    """解除, or what else law makes of the goods."""

    first = "ending"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "解除或者处理", main="作出决定")
        ending = self.form.add_choice("ending", "处理", SEIZURE_ENDINGS)
        self.form.add_choice("limb", "法定情形", SEIZURE_LIMBS)
        self.form.add_note("reason", "理由", required=True, hint=NO_NUMBERS)
        ending.currentIndexChanged.connect(self._show_limb)
        self.add(self.form)

    def ask(self, row: SeizureRow) -> None:
        """After its last day it can only be released, because it is over."""
        super().ask(row)
        self.form.set_text("limb", "expired" if row.days_left < 0 else "no_violation")
        self._show_limb()

    def deed(self) -> Deed:
        """Decide it."""
        front, key, form = self._front.seizures, self._row.seizure_id, self.form
        ending, limb = cast(SeizureEnding, form.text("ending")), cast(SeizureLimb, form.text("limb"))
        how = SeizureEnd(ending, form.text("reason"), limb)

        def end() -> str:
            issued = front.end(key, how)
            if issued is None:
                return f"已登记：{SEIZURE_ENDINGS[ending]}。"
            return f"已解除，决定书 {issued.number} 正在打印。请立即退还财物。"

        return end

    @Slot()
    def _show_limb(self) -> None:
        self.form.show_field("limb", self.form.text("ending") == "released")


class GiveBackPanel(GoodsPanel):
    """退还: who receives the goods and signs, all of them or some lines of the list."""

    first = "receiver"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "退还财物", main="退还并打印清单")
        self.say(
            "当面清点，领取人在返还清单上签名。保管费用由本机关承担，不收取任何费用（行政强制法第二十六条第三款）。"
        )
        self.form.add_text("receiver", "领取人", required=True)
        self.form.add_choice("capacity", "身份", {each: each for each in CAPACITIES})
        self.form.add_text("positions", "退还的项目", check=_positions_fault, hint="全部退还不用写；部分写序号 1,3")
        self.form.add_text("remark", "说明")
        self.add(self.form)

    def deed(self) -> Deed:
        """Give them back."""
        front, key, form = self._front.seizures, self._row.seizure_id, self.form
        receiver = Receiver(form.text("receiver"), form.text("capacity"), form.text("remark"))
        positions = parse_positions(form.text("positions"))

        def give_back() -> str:
            return f"财物返还清单 {front.give_back(key, receiver, positions).number} 正在打印，请领取人签名。"

        return give_back


def goods_words(row: SeizureRow) -> str:
    """1 折叠桌 2张（完好）, a line each; what was given back says so."""
    return "\n".join(
        f"{item.position} {item.name} {item.quantity}{item.unit}"
        f"{f'（{item.condition}）' if item.condition else ''}{'　已退还' if item.returned else ''}"
        for item in row.items
    )


def held_words(row: SeizureRow) -> str:
    """2026-11-16 扣押，期限至 2026-12-16 周三."""
    return f"{row.seized_on} {SEIZURE_KINDS[row.kind]}，期限至 {day_words(row.until.strict)}"


def _saying(act: Callable[[], None], words: str) -> Deed:
    def do() -> str:
        act()
        return words

    return do


def _list_fault(text: str) -> str:
    try:
        parse_list(text)
    except BadList as fault:
        return fault.sentence
    return ""


def _positions_fault(text: str) -> str:
    try:
        parse_positions(text)
    except BadList as fault:
        return fault.sentence
    return ""
