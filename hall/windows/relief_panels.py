"""Panels of applications for relief: the application itself, visit, opinion, vote, giving, withdrawing."""

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.rules.money import fen
from hall.rules.relief_cases import Award, ReliefKind, Vote, parse_household
from hall.services.relief import CharityVote, NewRelief, Visit
from hall.services.relief_reading import ReliefRow
from hall.windows.applicant_panel import ApplicantPanel
from hall.windows.deed_list import NewPanel, RowPanel
from hall.windows.pages import Deed, PageTools
from hall.windows.person_fields import PersonFields
from hall.windows.relief_words import (
    NO_NUMBERS,
    about_application,
    amount,
    amount_fault,
    household_fault,
)
from hall.windows.served import Ticket, nobody
from hall.words import RELIEF_KINDS

CONSENT = "申请人同意，并在申请表上签名"


class ApplyPanel(ApplicantPanel):
    """登记救助申请: who, the household, what is asked for, the consent. An ID card fills name, number and address."""

    def __init__(self, tools: PageTools, ticket: Ticket = nobody) -> None:
        super().__init__("登记救助申请", main="登记并打印申请表", ticket=ticket)
        self._front = tools.front.relief
        form = self.form
        self.who = PersonFields(form, name="申请人", number="身份证号", reachable=True)
        form.add_note(
            "household",
            "家庭成员",
            required=True,
            check=household_fault,
            hint="姓名 关系 年龄 月收入（元）\n张三 本人 45 1200\n一行一人，本人写第一行",
        )
        form.add_choice("kind", "种类", RELIEF_KINDS)
        form.add_text("asked", "金额（元）", required=True, check=amount_fault, hint="工具按价值")
        form.add_note("reason", "理由", required=True, hint=NO_NUMBERS)
        form.add_note("evidence", "证明材料", required=True, hint="名称和份数")
        form.add_tick("consents", CONSENT)
        self.add(form)
        self.say("同意的内容：核对家庭收入；救助决定按规定公示，姓名隐去一部分，家庭情况不公示。")

    def deed(self) -> Deed:
        """Enter it."""
        form, front = self.form, self._front
        new = NewRelief(
            applicant=self.who.person,
            household=parse_household(form.text("household")),
            kind=cast(ReliefKind, form.text("kind")),
            asked_fen=fen(form.text("asked")),
            reason=form.text("reason"),
            evidence=form.text("evidence"),
            consents=form.ticked("consents"),
            ticket_id=self.ticket(),
        )
        return lambda: f"救助申请 {front.apply(new).issued.number} 已登记，申请表正在打印，请申请人签名。"


class ApplicationPanel(RowPanel[ReliefRow]):
    """Something that is done with an application."""

    def __init__(self, tools: PageTools, title: str, *, main: str) -> None:
        super().__init__(title, main=main)
        self._tools, self._front = tools, tools.front.relief
        self._today = business_date(tools.front.clock.now())

    def about_of(self, row: ReliefRow) -> str:
        """Which one."""
        return about_application(row)

    def ask(self, row: ReliefRow) -> None:
        """Of today."""
        super().ask(row)
        self._today = business_date(self._tools.front.clock.now())


class VisitPanel(ApplicationPanel):
    """入户核查: when, with whom, what was found, the income a head."""

    first = "along"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记入户核查", main="登记")
        self._figure = self.say("")
        form = self.form
        form.add_choice("along", "同行人员", {})
        form.add_day("visited_on", "入户日期", self._today)
        form.add_text("income", "月人均收入", required=True, check=amount_fault, hint="元，家庭月收入除以人数")
        form.add_note("means", "核对情况", required=True, hint=NO_NUMBERS)
        self.add(form)
        tools.work.quietly(self._front.visitors, self._show_visitors, owner=self)
        tools.work.quietly(self._front.income_figure, self._show_figure, owner=self)

    def ask(self, row: ReliefRow) -> None:
        """Today."""
        super().ask(row)
        self.form.set_day("visited_on", self._today)

    def deed(self) -> Deed:
        """Enter it."""
        form, front, row = self.form, self._front, self.row
        along = form.text("along")
        found = Visit(
            visited_on=form.day("visited_on"),
            along=(int(along),) if along else (),
            means=form.text("means"),
            income_fen=fen(form.text("income")),
        )

        def visit() -> str:
            within = "没有超过" if front.visit(row.application_id, found) else "超过"
            return f"{row.number} 的入户核查已登记，月人均收入{within}规定数额。下一步：由其他人员出具意见。"

        return visit

    @Slot(object)
    def _show_visitors(self, found: Mapping[int, str]) -> None:
        self.form.set_choices("along", {"": "请选择", **{str(key): name for key, name in found.items()}})

    @Slot(object)
    def _show_figure(self, told: tuple[int, str]) -> None:
        figure, source = told
        self._figure.setText(f"规定数额：家庭月人均收入 {amount(figure)}（{source}）。由两人入户，受理人不参加。")


class OpinePanel(ApplicationPanel):
    """出具意见: for or against, and why. The charity is not bound by it."""

    first = "recommended"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "出具大厅意见", main="出具意见")
        self.say("意见由没有受理、没有入户的人员出具；是否救助由慈善组织决定。")
        self.form.add_choice("recommended", "意见", {"yes": "建议救助", "no": "不建议救助"})
        self.form.add_note("opinion", "理由", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def deed(self) -> Deed:
        """Give it."""
        front, row, recommended = self._front, self.row, self.form.text("recommended") == "yes"
        opinion = self.form.text("opinion")

        def opine() -> str:
            front.opine(row.application_id, opinion, recommended=recommended)
            return f"{row.number} 的意见已出具，请把申请表送慈善组织表决。"

        return opine


class VotePanel(ApplicationPanel):
    """登记表决: the charity's decision by its number, its votes, what is given or why nothing is."""

    first = "number"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记慈善组织表决", main="登记并打印审批表")
        form = self.form
        form.add_text("number", "决定文号", required=True, hint="慈善组织自己的文号")
        form.add_day("voted_on", "表决日期", self._today)
        form.add_text("votes", "票数", required=True, check=_votes_fault, hint="同意 反对 弃权，如 5 1 0")
        carried = form.add_choice("carried", "结果", {"yes": "给予救助", "no": "不予救助"})
        form.add_text("amount", "金额（元）", required=True, check=amount_fault)
        form.add_text("goods", "物资", hint="名称和数量；金额写价值")
        form.add_note("refused", "不予的理由", required=True, hint=NO_NUMBERS)
        carried.currentIndexChanged.connect(self._show_result)
        self.add(form)

    def ask(self, row: ReliefRow) -> None:
        """Today."""
        super().ask(row)
        self.form.set_day("voted_on", self._today)
        self._show_result()

    def deed(self) -> Deed:
        """Enter it."""
        form, front, row = self.form, self._front, self.row
        carried = form.text("carried") == "yes"
        held = CharityVote(
            voted_on=form.day("voted_on"),
            vote=Vote(*map(int, form.text("votes").split())),
            number=form.text("number"),
            award=Award(fen(form.text("amount")), form.text("goods")) if carried else None,
            refused_why="" if carried else form.text("refused"),
        )

        def vote() -> str:
            issued = front.vote(row.application_id, held)
            then = "下一步：公示。" if carried else "申请已办结，请告知申请人。"
            return f"表决已登记，审批表 {issued.number} 正在打印。{then}"

        return vote

    @Slot()
    def _show_result(self) -> None:
        carried = self.form.text("carried") == "yes"
        for key in ("amount", "goods"):
            self.form.show_field(key, carried)
        self.form.show_field("refused", not carried)


class GivePanel(ApplicationPanel):
    """发放: the voucher of what is paid or handed over."""

    first = "reference"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "发放救助", main="发放并打印领取单")
        self.say("核对身份证，当面点清，领取人在领取单上签名。发放后即从基金账上支出，不收取任何费用。")
        self.form.add_text("reference", "支付凭证", required=True, hint="转账流水号或出库单号")
        self.add(self.form)

    def deed(self) -> Deed:
        """Give it."""
        front, row, reference = self._front, self.row, self.form.text("reference")
        return lambda: f"已发放，领取单 {front.give(row.application_id, reference).number} 正在打印，请领取人签名。"


class WithdrawPanel(ApplicationPanel):
    """撤回申请 at the applicant's wish."""

    first = "reason"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "撤回救助申请", main="撤回")
        self.form.add_text("reason", "原因", required=True, hint="申请人的说明")
        self.add(self.form)

    def deed(self) -> Deed:
        """Withdraw it."""
        front, row, reason = self._front, self.row, self.form.text("reason")

        def withdraw() -> str:
            front.withdraw(row.application_id, reason)
            return f"{row.number} 已撤回。"

        return withdraw


class ObjectPanel(ApplicationPanel):
    """登记异议 against an award that is shown."""

    first = "objection"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记异议", main="登记")
        self.say("提出异议可以不署名，不登记提出人的姓名和电话。异议没有答复的，不予发放。")
        self.form.add_note("objection", "异议", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def deed(self) -> Deed:
        """Enter it."""
        front, row, objection = self._front, self.row, self.form.text("objection")

        def enter() -> str:
            front.object_to(row.application_id, objection)
            return f"对 {row.number} 的异议已登记，由没有参加核查和意见的人员答复。"

        return enter


class AnswerPanel(ApplicationPanel):
    """答复异议: upheld, which sends it back to the vote, or not."""

    first = "upheld"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "答复异议", main="答复")
        self.form.add_choice("upheld", "核实结果", {"no": "异议不成立", "yes": "异议成立，重新表决"})
        self.form.add_note("reply", "答复", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def about_of(self, row: ReliefRow) -> str:
        """With what was objected."""
        return f"{super().about_of(row)}\n异议：{row.objection}"

    def deed(self) -> Deed:
        """Answer it."""
        front, row, upheld = self._front, self.row, self.form.text("upheld") == "yes"
        reply = self.form.text("reply")

        def answer() -> str:
            front.answer(row.application_id, reply, upheld=upheld)
            then = "退回慈善组织重新表决。" if upheld else "公示期满可以发放。"
            return f"对 {row.number} 的异议已答复，{then}"

        return answer


class ShowPanel(NewPanel):
    """公示 of everything that was awarded and not shown yet, on one sheet."""

    first = "where"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("公示救助", main="公示并打印")
        self._front = tools.front.relief
        self.say("列表里“待公示”的全部公示在一张表上。姓名隐去一部分，家庭情况、住址和电话不公示。")
        self.form.add_text("where", "公示地点", required=True, hint="如：大厅公示栏、慈善协会网站")
        self.add(self.form)

    def deed(self) -> Deed:
        """Show them."""
        front, where = self._front, self.form.text("where")

        def show() -> str:
            waiting = [row.application_id for row in front.listed() if row.state == "voted"]
            number = front.show(waiting, where).number
            return f"公示 {number}（{len(waiting)} 件）正在打印，请张贴；期满次日起可以发放。"

        return show


def _votes_fault(text: str) -> str:
    counts = text.split()
    fits = len(counts) == 3 and all(each.isascii() and each.isdigit() and len(each) <= 4 for each in counts)
    return "" if fits else "请依次写同意、反对、弃权的票数，没有的写 0。"
