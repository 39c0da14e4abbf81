"""Panels about stalls that somebody holds: leaving, closing, the way to a withdrawal, the committee."""

from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from hall.clock import business_date
from hall.rules.stall_withdrawals import WithdrawalOutcome
from hall.rules.stalls import StallRule
from hall.services.stall_committee import Election
from hall.services.stall_grants import Leaving
from hall.services.stall_lists import GrantRow, SeatRow, WithdrawalRow
from hall.services.stall_reading import SiteRow
from hall.services.stall_withdrawals import StallDecision
from hall.windows.deed_list import NewPanel, RowPanel
from hall.windows.pages import Deed, PageTools
from hall.windows.stall_words import PlanRow
from hall.windows.text_panel import TextPanel
from hall.words import STALL_GRANT_ENDINGS, STALL_OFFICES, STALL_OUTCOMES

CHOOSE = "请选择"
LEAVINGS = {code: STALL_GRANT_ENDINGS[code] for code in ("given_up", "died")}


class ProposePanel(RowPanel[PlanRow]):
    """提出收回."""

    first = "ground"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("提出收回", main="提出")
        self._tools, self._front = tools, tools.front.stalls
        self.form.add_choice("ground", "情形", {}, required=True)
        self.form.add_note("facts", "事实", required=True, hint="什么时候、什么情况；不写电话和证件号码")
        self.form.add_text("evidence", "证据", required=True, hint="材料名称")
        self.add(self.form)

    def about_of(self, row: PlanRow) -> str:
        """Whom it is about, and what follows."""
        return f"{row.stall.number} 号摊位　{row.holder_masked}\n提出以后书面告知，听取陈述，由另一人决定。"

    def ask(self, row: PlanRow) -> None:
        """The grounds in force."""
        super().ask(row)
        self._tools.work.quietly(lambda: self._front.rule, self._offer, owner=self.form)

    def deed(self) -> Deed:
        """Propose it."""
        front, form, key = self._front, self.form, self.row.stall.grant_id or 0
        ground, facts, evidence = form.text("ground"), form.text("facts"), form.text("evidence")

        def propose() -> str:
            front.propose(key, ground=ground, facts=facts, evidence=evidence)
            return "已提出收回。下一步：在“收回”页书面告知摊主。"

        return propose

    def _offer(self, rule: StallRule) -> None:
        self.form.set_choices("ground", {"": CHOOSE, **{ground.code: ground.words for ground in rule.grounds}})


class LeavePanel(RowPanel[PlanRow]):
    """登记退出."""

    first = "ending"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记退出", main="登记")
        self._front = tools.front.stalls
        self.form.add_choice("ending", "退出", LEAVINGS)
        self.form.add_text("reason", "说明", required=True)
        self.add(self.form)

    def about_of(self, row: PlanRow) -> str:
        """Who leaves."""
        return f"{row.stall.number} 号摊位　{row.holder_masked}\n摊位证终止，摊位由候补的人接替。"

    def deed(self) -> Deed:
        """Enter it."""
        front, form, key = self._front, self.form, self.row.stall.grant_id or 0
        ending, reason = cast(Leaving, form.text("ending")), form.text("reason")

        def leave() -> str:
            front.leave(key, ending=ending, reason=reason)
            return "已登记退出。"

        return leave


class CloseStallPanel(TextPanel[PlanRow]):
    """停用摊位."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("停用摊位", main="停用")
        self._front = tools.front.stalls

    def about_of(self, row: PlanRow) -> str:
        """Which."""
        return f"{row.stall.number} 号摊位"

    def do(self, row: PlanRow, text: str) -> str:
        """Close it."""
        self._front.close_stall(row.stall.stall_id, text)
        return f"摊位 {row.stall.number} 已停用。"


class CloseSitePanel(TextPanel[SiteRow]):
    """停用点位."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("停用点位", main="停用")
        self._front = tools.front.stalls

    def about_of(self, row: SiteRow) -> str:
        """Which, and what becomes of those who stand there."""
        return f"{row.name}\n不再接受申请和抽签；已发的摊位证用到期满。"

    def do(self, row: SiteRow, text: str) -> str:
        """Close it."""
        return f"点位 {row.name} 已停用，最后一张摊位证到 {self._front.close_site(row.site_id, text)}。"


class StatementPanel(TextPanel[WithdrawalRow]):
    """登记陈述申辩."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记陈述申辩", main="登记", label="摊主的意见", note=True)
        self._front = tools.front.stalls

    def about_of(self, row: WithdrawalRow) -> str:
        """Whose it is."""
        return withdrawal_words(row)

    def do(self, row: WithdrawalRow, text: str) -> str:
        """Enter it."""
        self._front.state(row.withdrawal_id, text)
        return "陈述申辩已登记。"


class AskHearingPanel(RowPanel[WithdrawalRow]):
    """登记听证申请."""

    first = "asked_on"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记听证申请", main="登记")
        self._tools, self._front = tools, tools.front.stalls
        self.form.add_day("asked_on", "申请日期", business_date(tools.front.clock.now()))
        self.add(self.form)

    def ask(self, row: WithdrawalRow) -> None:
        """Of today."""
        super().ask(row)
        self.form.set_day("asked_on", business_date(self._tools.front.clock.now()))

    def about_of(self, row: WithdrawalRow) -> str:
        """Until when."""
        return f"{withdrawal_words(row)}\n要求听证到 {row.answer_by or '待定'} 为止"

    def deed(self) -> Deed:
        """Enter it."""
        front, key, asked_on = self._front, self.row.withdrawal_id, self.form.day("asked_on")

        def ask() -> str:
            front.ask_hearing(key, asked_on)
            return "听证申请已登记，由法制审核人员通知听证。"

        return ask


class NoticeHearingPanel(RowPanel[WithdrawalRow]):
    """通知听证; who is signed in presides."""

    first = "hearing_on"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("通知听证", main="通知并打印")
        self._tools, self._front = tools, tools.front.stalls
        self.form.add_day("hearing_on", "听证日期", business_date(tools.front.clock.now()))
        self.form.add_text("where", "地点", required=True)
        self.add(self.form)

    def ask(self, row: WithdrawalRow) -> None:
        """Two weeks ahead: seven workdays and the rest days between, more where a holiday lies there."""
        super().ask(row)
        self.form.set_day("hearing_on", business_date(self._tools.front.clock.now()) + timedelta(days=14))

    def about_of(self, row: WithdrawalRow) -> str:
        """Whose it is."""
        return f"{withdrawal_words(row)}\n您主持听证。"

    def deed(self) -> Deed:
        """Give notice."""
        front, key = self._front, self.row.withdrawal_id
        hearing_on, where = self.form.day("hearing_on"), self.form.text("where")
        return lambda: f"听证通知书 {front.notice_hearing(key, hearing_on=hearing_on, where=where).number} 正在打印。"


class HearPanel(TextPanel[WithdrawalRow]):
    """登记听证笔录."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            "登记听证笔录", main="登记", label="笔录要点", hint="双方意见、证据；无正当理由不到的写明", note=True
        )
        self._front = tools.front.stalls

    def about_of(self, row: WithdrawalRow) -> str:
        """Whose it is."""
        return withdrawal_words(row)

    def do(self, row: WithdrawalRow, text: str) -> str:
        """Enter it."""
        self._front.hear(row.withdrawal_id, text)
        return "听证笔录已登记，由批准人决定。"


class DecidePanel(RowPanel[WithdrawalRow]):
    """作出决定."""

    first = "outcome"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("作出决定", main="决定并打印")
        self._front = tools.front.stalls
        self.form.add_choice("outcome", "决定", {"": CHOOSE, **STALL_OUTCOMES}, required=True)
        self.form.add_note("reasons", "理由", required=True, hint="对摊主的意见是否采纳、为什么")
        self.add(self.form)

    def about_of(self, row: WithdrawalRow) -> str:
        """What was found and said."""
        said = row.hearing_record or row.statement or "没有提出"
        return f"{withdrawal_words(row)}\n事实：{row.facts}\n摊主的意见：{said}"

    def deed(self) -> Deed:
        """Decide it."""
        front, key = self._front, self.row.withdrawal_id
        outcome = cast(WithdrawalOutcome, self.form.text("outcome"))
        decision = StallDecision(outcome, self.form.text("reasons"))
        return lambda: f"决定书 {front.decide(key, decision).number} 正在打印。"


class ElectPanel(NewPanel):
    """登记选举 of a holder."""

    first = "grant"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记选举结果", main="登记")
        self._tools, self._front = tools, tools.front.stalls
        self.say("由点位的摊主开会选举，同意票超过到会人数的一半当选。")
        self.form.add_choice("grant", "当选人", {}, required=True)
        self.form.add_choice("office", "职务", STALL_OFFICES)
        self.form.add_day("until", "任期到", business_date(tools.front.clock.now()))
        self.form.add_text("present", "到会人数", required=True, check=_count)
        self.form.add_text("votes", "同意票", required=True, check=_count)
        self.add(self.form)

    def ask_new(self) -> None:
        """Who holds a stall today; for a year."""
        super().ask_new()
        self.form.set_day("until", business_date(self._tools.front.clock.now()) + timedelta(days=365))
        self._tools.work.quietly(self._front.grants, self._offer, owner=self.form)

    def deed(self) -> Deed:
        """Enter it."""
        front, form = self._front, self.form
        election = Election(
            grant_id=int(form.text("grant") or 0),
            office=form.text("office"),
            until_day=form.day("until"),
            votes_for=int(form.text("votes")),
            votes_present=int(form.text("present")),
        )

        def elect() -> str:
            front.elect(election)
            return "选举结果已登记。"

        return elect

    def _offer(self, rows: Sequence[GrantRow]) -> None:
        holders = {str(row.grant_id): f"{row.site} {row.stall} {row.person.name_masked}" for row in rows}
        self.form.set_choices("grant", holders)


class EndSeatPanel(TextPanel[SeatRow]):
    """登记任职结束."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记任职结束", main="登记", hint="换届、辞去、罢免")
        self._front = tools.front.stalls

    def about_of(self, row: SeatRow) -> str:
        """Who."""
        return f"{row.site}　{STALL_OFFICES[row.office]}　{row.person.name_masked}"

    def do(self, row: SeatRow, text: str) -> str:
        """Enter it."""
        self._front.end_seat(row.seat_id, text)
        return "任职结束已登记。"


def withdrawal_words(row: WithdrawalRow) -> str:
    """Whose stall, and why it is to be taken."""
    return f"{row.site} {row.stall} 号摊位　{row.person.name_masked}\n{row.ground}"


def _count(text: str) -> str:
    return "" if text.isdigit() and text.isascii() else "写人数。"
