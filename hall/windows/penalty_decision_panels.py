"""Panels of the way to a decision: told, defended, reviewed, discussed, decided; all of the subject's panels."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.rules.money import fen, yuan
from hall.services.penalty_decisions import NewDecision
from hall.services.penalty_file import PenaltyFile
from hall.services.penalty_reviews import Minutes
from hall.services.penalty_telling import Defence
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_hearing_panels import AskHearingPanel, HearPanel, NoticeHearingPanel
from hall.windows.penalty_on_spot_panel import FilePanel, OnSpotPanel
from hall.windows.penalty_proposal_words import penalty_words, proposal_words
from hall.windows.penalty_propose_panel import ProposePanel
from hall.windows.penalty_tools import PanelMaker, PenaltyForm, fen_fault
from hall.words import PENALTY_RESULTS

HANDED, SENT, RECEIVED = "handed", "sent", "received"
_WAYS = {HANDED: "今天当面交付", SENT: "邮寄或者其他方式送达", RECEIVED: "已寄出的告知书送到了"}
_REASON_LINES = 8


class TellPanel(PenaltyForm):
    """告知当事人: the notice is printed; from the day on which the party has it its time counts."""

    first = "way"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "tell", main="告知")
        self.told = self.say("")
        way = self.form.add_choice("way", "送达", _WAYS)
        self.form.add_day("received_on", "收到日期", business_date(tools.front.clock.now()))
        way.currentIndexChanged.connect(self._way_changed)
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """What will be told; a notice that was sent waits for its receipt."""
        self._case_id, proposal = file.case_id, file.proposal
        sent = _sent(file)
        ways = (
            {RECEIVED: _WAYS[RECEIVED], HANDED: _WAYS[HANDED]} if sent else {HANDED: _WAYS[HANDED], SENT: _WAYS[SENT]}
        )
        self.form.set_choices("way", ways)
        self.form.set_text("way", next(iter(ways)))
        self.form.set_day("received_on", file.on)
        lines = (
            f"拟处罚：{penalty_words(proposal)}" if proposal is not None else "",
            "告知书写明事实、理由、依据和陈述申辩的权利（行政处罚法第四十四条、第四十五条）。",
            "本案应当告知听证权利（第六十三条）。" if proposal is not None and proposal.hearing_due else "",
        )
        self.told.setText("\n".join(filter(None, lines)))
        self._way_changed()

    def deed(self) -> Deed:
        """The telling as it was chosen."""
        return partial(_tell, self._tools, self._case_id, self.form.text("way"), self.form.day("received_on"))

    @Slot()
    def _way_changed(self) -> None:
        received = self.form.text("way") == RECEIVED
        self.form.show_field("received_on", received)
        self.main_button.setText("登记收到  Enter" if received else "告知并打印  Enter")


class DefendPanel(PenaltyForm):
    """登记陈述申辩: what the party says, the answer after it was checked, or that it gives the right up."""

    first = "said_on"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "defend", main="登记")
        self.told = self.say("")
        self.form.add_day("said_on", "日期", business_date(tools.front.clock.now()))
        waived = self.form.add_tick("waived", "明确放弃陈述申辩")
        self.form.add_note("text", "陈述申辩", hint="当事人的事实、理由和证据")
        self.form.add_note("answer", "复核意见", hint="成立的采纳，不成立的写明理由；可以以后再填")
        waived.toggled.connect(self._waived_changed)
        self.add(self.form)
        self._said = False

    def show_case(self, file: PenaltyFile) -> None:
        """What has been said already; only the answer may be lacking."""
        self._case_id, proposal = file.case_id, file.proposal
        self.form.clear()
        self.form.set_day("said_on", file.on)
        self._said = proposal is not None and bool(proposal.defence)
        self.form.show_field("waived", not self._said)
        said = f"已登记：{proposal.defence}\n" if proposal is not None and self._said else ""
        self.told.setText(f"{said}不得因当事人陈述、申辩而给予更重的处罚（行政处罚法第四十五条第二款）。")
        self._waived_changed()

    def ready(self) -> bool:
        """Something was said, answered or given up."""
        text = self.form.text
        if self.form.ticked("waived") or text("text") or (self._said and text("answer")):
            return True
        self.form.refuse("text", "请填写当事人的陈述申辩；放弃的请勾选。")
        return False

    def deed(self) -> Deed:
        """The defence as it stands."""
        waived = self.form.ticked("waived")
        defence = Defence(
            said_on=self.form.day("said_on"),
            text="" if waived else self.form.text("text"),
            answer="" if waived else self.form.text("answer"),
            waived=waived,
        )
        return partial(_defend, self._tools, self._case_id, defence)

    @Slot()
    def _waived_changed(self) -> None:
        for key in ("text", "answer"):
            self.form.show_field(key, not self.form.ticked("waived"))


class LegalPanel(PenaltyForm):
    """法制审核: the proposal with what the party said, and an opinion on it."""

    first = "agrees"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "legal", main="提出审核意见")
        self.told = self.say("")
        self.form.add_choice("agrees", "审核结论", {"yes": "同意", "no": "不同意，退回重新拟定"})
        self.form.add_note("opinion", "审核意见", required=True, hint="主体、权限、事实、证据、程序、适用法律、裁量")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """The proposal."""
        super().show_case(file)
        self.told.setText(proposal_words(file.proposal))

    def deed(self) -> Deed:
        """The opinion."""
        agrees = self.form.text("agrees") == "yes"
        return partial(_review, self._tools, self._case_id, self.form.text("opinion"), agrees)


class DiscussPanel(PenaltyForm):
    """登记集体讨论: number, day and result of the minutes."""

    first = "number"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "discuss", main="登记")
        self.told = self.say("")
        self.form.add_text("number", "记录编号", required=True, hint="例如 2026年第9次")
        self.form.add_day("held_on", "讨论日期", business_date(tools.front.clock.now()))
        self.form.add_note("text", "讨论结果", required=True, hint="参加人员、各自意见、结论")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """The proposal."""
        super().show_case(file)
        self.form.set_day("held_on", file.on)
        self.told.setText(proposal_words(file.proposal))

    def deed(self) -> Deed:
        """The minutes."""
        minutes = Minutes(
            number=self.form.text("number"), held_on=self.form.day("held_on"), text=self.form.text("text")
        )
        return partial(_discuss, self._tools, self._case_id, minutes)


class DecidePanel(PenaltyForm):
    """作出决定: as proposed and told, or a lower amount; the reasons may be written anew."""

    first = "fine"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "decide", main="作出决定并打印")
        self.told = self.say("")
        self.form.add_text("fine", "罚款（元）", required=True, check=fen_fault, hint="不得高于告知的数额")
        reasons = self.form.add_note("reasons", "处罚理由", required=True)
        reasons.setFixedHeight(_REASON_LINES * reasons.fontMetrics().lineSpacing())
        self.form.add_note("correction", "责令改正", hint="已经责令或者已经改正的可以不填")
        self.add(self.form)
        self._spared = False

    def show_case(self, file: PenaltyFile) -> None:
        """What was proposed comes filled in."""
        self._case_id, proposal = file.case_id, file.proposal
        self.form.clear()
        self.told.setText(proposal_words(proposal, reasons=False))
        self._spared = proposal is None or proposal.result == "none"
        self.form.show_field("fine", not self._spared)
        self.first = "reasons" if self._spared else "fine"
        if proposal is not None:
            self.form.set_text("fine", f"{yuan(proposal.fine_fen)}")
            self.form.set_text("reasons", proposal.reasons)
            self.main_button.setText(f"决定{PENALTY_RESULTS[proposal.result]}并打印  Enter")

    def deed(self) -> Deed:
        """The decision as it stands."""
        decision = NewDecision(
            fine_fen=None if self._spared else fen(self.form.text("fine")),
            reasons=self.form.text("reasons"),
            correction=self.form.text("correction"),
        )
        return partial(_decide, self._tools, self._case_id, decision)


def _sent(file: PenaltyFile) -> bool:
    """Whether a notice of the open round is on its way."""
    for event in reversed(file.events):
        if event.kind in ("tell", "propose"):
            return event.kind == "tell" and file.proposal is not None and file.proposal.told_on is None
    return False


def _tell(tools: PageTools, case_id: int, way: str, received_on: date) -> str:
    if way == RECEIVED:
        tools.front.penalty_decisions.received(case_id, received_on)
        return "已登记收到日期，陈述申辩的期限从这天起算。"
    issued = tools.front.penalty_decisions.tell(case_id, handed_over=way == HANDED)
    follows = "请当面交付当事人签收。" if way == HANDED else "请寄出，送到后再登记收到日期。"
    return f"告知书 {issued.number} 正在打印，{follows}"


def _defend(tools: PageTools, case_id: int, defence: Defence) -> str:
    tools.front.penalty_decisions.defend(case_id, defence)
    if defence.waived:
        return "已登记：当事人放弃陈述申辩。"
    return "陈述申辩已登记。" if defence.answer else "陈述申辩已登记，还要写明复核意见。"


def _review(tools: PageTools, case_id: int, opinion: str, agrees: bool) -> str:
    tools.front.penalty_decisions.review(case_id, opinion, agrees=agrees)
    return "法制审核已完成。" if agrees else "已退回，由执法人员重新拟定处罚意见。"


def _discuss(tools: PageTools, case_id: int, minutes: Minutes) -> str:
    tools.front.penalty_decisions.discuss(case_id, minutes)
    return f"集体讨论记录 {minutes.number} 已登记。"


def _decide(tools: PageTools, case_id: int, decision: NewDecision) -> str:
    issued = tools.front.penalty_decisions.decide(case_id, decision)
    return f"已作出决定，{issued.number} 正在打印，请在七个工作日内送达当事人（行政处罚法第六十一条）。"


PANELS: Mapping[str, PanelMaker] = {
    "propose": ProposePanel,
    "tell": TellPanel,
    "defend": DefendPanel,
    "ask_hearing": AskHearingPanel,
    "notice_hearing": NoticeHearingPanel,
    "hear": HearPanel,
    "legal": LegalPanel,
    "discuss": DiscussPanel,
    "decide": DecidePanel,
    "on_spot": OnSpotPanel,
    "file_on_spot": FilePanel,
}
"""From the proposal to the decision, and on the spot."""
