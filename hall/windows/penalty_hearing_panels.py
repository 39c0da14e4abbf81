"""Panels for the hearing on a penalty: asked for, fixed and told, its record."""

from datetime import date
from functools import partial

from hall.clock import business_date
from hall.services.penalty_file import PenaltyFile
from hall.services.penalty_hearings import NewHearing
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_proposal_words import penalty_words
from hall.windows.penalty_tools import PenaltyForm
from hall.windows.phrases import moment_fault, typed_moment

RECORD_LINES = 10


class AskHearingPanel(PenaltyForm):
    """登记听证申请: the day on which the party asked."""

    first = "asked_on"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "ask_hearing", main="登记")
        self.say(
            "当事人应当在收到告知书后五个工作日内提出（行政处罚法第六十四条第一项），书面、口头都可以；听证不收费。"
        )
        self.form.add_day("asked_on", "申请日期", business_date(tools.front.clock.now()))
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """Today."""
        self._case_id = file.case_id
        self.form.set_day("asked_on", file.on)

    def deed(self) -> Deed:
        """The request."""
        return partial(_ask, self._tools, self._case_id, self.form.day("asked_on"))


class NoticeHearingPanel(PenaltyForm):
    """听证通知: who is signed in presides; seven workdays lie between today and the hearing."""

    first = "held_at"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "notice_hearing", main="通知并打印")
        self.say(
            f"由您（{tools.front.actor.name}）主持，不是本案调查人员（行政处罚法第六十四条第四项）。"
            "通知书今天交付当事人，听证定在七个工作日以后；涉及国家秘密、商业秘密或者个人隐私的不公开。"
        )
        self.form.add_text("held_at", "听证时间", required=True, check=moment_fault, hint="2026-12-09 09:30")
        self.form.add_text("place", "地点", required=True)
        self.form.add_text("recorder", "记录员", required=True)
        self.form.add_tick("closed", "不公开举行")
        self.add(self.form)

    def deed(self) -> Deed:
        """The hearing as it was entered."""
        hearing = NewHearing(
            held_at=typed_moment(self.form.text("held_at")),
            place=self.form.text("place"),
            recorder=self.form.text("recorder"),
            public=not self.form.ticked("closed"),
        )
        return partial(_notice, self._tools, self._case_id, hearing)


class HearPanel(PenaltyForm):
    """登记听证: what both sides said, or that the party stayed away."""

    first = "record"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "hear", main="登记")
        self.told = self.say("")
        record = self.form.add_note(
            "record",
            "笔录要点",
            required=True,
            hint="调查人员提出的事实、证据和建议，当事人的申辩和质证；无故不到场的写明",
        )
        record.setFixedHeight(RECORD_LINES * record.fontMetrics().lineSpacing())
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """What the hearing is about."""
        super().show_case(file)
        proposal = file.proposal
        self.told.setText(
            f"拟处罚：{penalty_words(proposal)}。听证后应当法制审核，并根据笔录决定（行政处罚法第五十八条、第六十五条）。"
            if proposal is not None
            else ""
        )

    def deed(self) -> Deed:
        """The record."""
        return partial(_hear, self._tools, self._case_id, self.form.text("record"))


def _ask(tools: PageTools, case_id: int, asked_on: date) -> str:
    tools.front.penalty_decisions.ask_hearing(case_id, asked_on)
    return "听证申请已登记，请法制人员确定听证时间并通知当事人。"


def _notice(tools: PageTools, case_id: int, hearing: NewHearing) -> str:
    issued = tools.front.penalty_decisions.notice_hearing(case_id, hearing)
    return f"听证通知书 {issued.number} 正在打印，请今天交付当事人签收。"


def _hear(tools: PageTools, case_id: int, record: str) -> str:
    tools.front.penalty_decisions.hear(case_id, record)
    return "听证笔录已登记，接着法制审核。"
