"""Panels of what follows a decision: review and lawsuit, reminder, the court, and a decision that was wrong."""

from collections.abc import Mapping
from functools import partial
from typing import cast, get_args

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.rules.fine_acts import Remedy, RemedyOutcome
from hall.rules.money import fen
from hall.services.fine_reading import FineSheet
from hall.services.penalty_corrections import Correction, Ground
from hall.services.penalty_file import PenaltyFile
from hall.services.penalty_remedies import NewRemedy, RemedyEnd
from hall.services.remedy_records import RemedyRecord
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_tools import PanelMaker, PenaltyForm, fen_fault
from hall.words import REMEDIES, REMEDY_OUTCOMES, REVOCATION_GROUNDS

_READING = "正在查复议诉讼…"


class RemedyBeginPanel(PenaltyForm):
    """登记复议诉讼: from its application on nothing is added."""

    first = "remedy"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "remedy_begin", main="登记")
        self.say("复议、诉讼不停止执行，但期间不计算加处罚款（行政处罚法第七十三条）。")
        self.form.add_choice("remedy", "救济", REMEDIES)
        self.form.add_day("applied_on", "申请日期", business_date(tools.front.clock.now()))
        self.form.add_text("body", "机关或法院", required=True, hint="受理的复议机关或者法院")
        self.form.add_text("number", "案号", required=True, hint="受理通知书的文号")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """Today unless another day is meant."""
        super().show_case(file)
        self.form.set_day("applied_on", file.on)

    def deed(self) -> Deed:
        """The remedy as it stands."""
        text, front, case_id = self.form.text, self._tools.front.fines, self._case_id
        remedy = cast(Remedy, text("remedy"))
        new = NewRemedy(remedy, self.form.day("applied_on"), text("body"), text("number"))

        def begin() -> str:
            front.begin_remedy(case_id, new)
            return f"已登记{REMEDIES[remedy]}，{new.applied_on}起不计算加处罚款。"

        return begin


class RemedyEndPanel(PenaltyForm):
    """登记复议诉讼结果: what was decided by which paper."""

    first = "outcome"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "remedy_end", main="登记结果")
        self.running = self.say("")
        self.form.add_choice("outcome", "结果", REMEDY_OUTCOMES)
        self.form.add_day("ended_on", "结果日期", business_date(tools.front.clock.now()))
        self.form.add_text("title", "文号", required=True, hint="复议决定书或者裁判文书的文号")
        self.add(self.form)
        self.say("变更、撤销的，登记后由批准人员凭这份文书变更或者撤销处罚决定。")

    def show_case(self, file: PenaltyFile) -> None:
        """Ask what goes on."""
        super().show_case(file)
        self.form.set_day("ended_on", file.on)
        self.running.setText("")
        read = partial(self._tools.front.fines.sheet, file.case_id)
        self._tools.work.read(read, partial(self._show, file.case_id), words=_READING)

    def deed(self) -> Deed:
        """The result as it stands."""
        front, case_id = self._tools.front.fines, self._case_id
        outcome = cast(RemedyOutcome, self.form.text("outcome"))
        how = RemedyEnd(outcome, self.form.day("ended_on"), self.form.text("title"))

        def end() -> str:
            front.end_remedy(case_id, how)
            return f"已登记结果：{REMEDY_OUTCOMES[outcome]}。次日起恢复计算加处罚款。"

        return end

    def _show(self, case_id: int, sheet: FineSheet) -> None:
        if case_id == self._case_id and sheet.remedy:
            self.running.setText(remedy_words(sheet.remedy))


class DayNotePanel(PenaltyForm):
    """An act that is registered with its day and a line: 催告, 申请强制执行."""

    first = "on"

    def __init__(self, tools: PageTools, act: str, *, about: str, day: str, note: str, hint: str) -> None:
        super().__init__(tools, act, main="登记")
        self.say(about)
        self.form.add_day("on", day, business_date(tools.front.clock.now()))
        self.form.add_text("note", note, required=True, hint=hint)
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """Today unless another day is meant."""
        super().show_case(file)
        self.form.set_day("on", file.on)

    def deed(self) -> Deed:
        """The day and the line as they stand."""
        front, case_id = self._tools.front.fines, self._case_id
        on, note = self.form.day("on"), self.form.text("note")

        def register() -> str:
            if self.act == "remind":
                front.remind(case_id, on, note)
                return "已登记催告；送达满十个工作日仍不履行的，可以申请法院强制执行。"
            front.apply_to_court(case_id, on, note)
            return "已登记申请强制执行。"

        return register


class CorrectPanel(PenaltyForm):
    """更正决定: a slip of the pen, with its own paper."""

    first = "wrong"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "correct", main="更正并打印")
        self.say("只更正文字上的差错；事实、处罚种类和罚款数额不能这样改（行政处罚法第七十五条）。")
        self.form.add_note("wrong", "原文", required=True, hint="决定书上写错的文字")
        self.form.add_note("right", "更正为", required=True)
        self.form.add_note("reasons", "理由", required=True)
        self.add(self.form)

    def deed(self) -> Deed:
        """The correction as it stands."""
        text, front, case_id = self.form.text, self._tools.front.fines, self._case_id
        new = Correction(text("wrong"), text("right"), text("reasons"))

        def correct() -> str:
            issued = front.correct(case_id, new)
            return f"更正书 {issued.number} 正在打印，请送达当事人。"

        return correct


class VaryPanel(PenaltyForm):
    """变更决定: the fine as the review decision or judgment says."""

    first = "amount"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "vary", main="变更")
        self.by = self.say("")
        self.form.add_text("amount", "变更后罚款", required=True, check=fen_fault, hint="元，照文书上的数额")
        self.form.add_note("reasons", "变更内容", required=True, hint="照复议决定或者判决的主文")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """Ask by which paper."""
        super().show_case(file)
        self.by.setText("")
        read = partial(self._tools.front.fines.sheet, file.case_id)
        self._tools.work.read(read, partial(self._show, file.case_id), words=_READING)

    def deed(self) -> Deed:
        """The change as it stands."""
        front, case_id = self._tools.front.fines, self._case_id
        amount, reasons = fen(self.form.text("amount")), self.form.text("reasons")

        def vary() -> str:
            front.vary(case_id, amount, reasons)
            return "已照文书变更罚款数额；多缴的由财务人员退还，已公开的三个工作日内撤回。"

        return vary

    def _show(self, case_id: int, sheet: FineSheet) -> None:
        if case_id == self._case_id and sheet.remedy:
            self.by.setText(f"依据：{remedy_words(sheet.remedy)}")


class RevokePanel(PenaltyForm):
    """撤销决定: by the paper that ended a remedy, else by the bureau's own finding with its legal ground."""

    first = "ground"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "revoke", main="撤销")
        self.by = self.say("")
        ground = self.form.add_choice("ground", "法定情形", REVOCATION_GROUNDS)
        self.form.add_note("reasons", "理由", required=True, hint="查明了什么，会写进文书")
        self.add(self.form)
        self.say(
            "撤销后罚款和加处罚款不再缴纳，已缴的退还，已公开的三个工作日内撤回（行政处罚法第四十八条）。不能恢复。"
        )
        ground.currentIndexChanged.connect(self._ground_changed)
        self._by_paper = False

    def show_case(self, file: PenaltyFile) -> None:
        """Ask whether a review decision or judgment revokes it."""
        self._case_id, self._by_paper = file.case_id, False
        self.form.clear()
        self._ground_changed()
        read = partial(self._tools.front.fines.sheet, file.case_id)
        self._tools.work.read(read, partial(self._show, file.case_id), words=_READING)

    def deed(self) -> Deed:
        """The revocation as it stands."""
        front, case_id, reasons = self._tools.front.fines, self._case_id, self.form.text("reasons")
        chosen = self.form.text("ground")
        ground = cast(Ground, chosen) if not self._by_paper and chosen in get_args(Ground) else None

        def revoke() -> str:
            issued = front.revoke(case_id, ground, reasons)
            paper = f"撤销决定书 {issued.number} 正在打印，请送达当事人。" if issued else ""
            return f"处罚决定已撤销。{paper}"

        return revoke

    def _show(self, case_id: int, sheet: FineSheet) -> None:
        if case_id != self._case_id:
            return
        remedy = sheet.remedy
        self._by_paper = remedy is not None and remedy.outcome == "revoked" and not remedy.carried_out
        self._ground_changed()
        if remedy is not None and self._by_paper:
            self.by.setText(f"依据：{remedy_words(remedy)}")

    @Slot()
    def _ground_changed(self) -> None:
        self.form.show_field("ground", not self._by_paper)
        if not self._by_paper:
            self.by.setText("本机关自行发现错误、主动改正（行政处罚法第七十五条第二款）。")


def remedy_words(remedy: RemedyRecord) -> str:
    """行政复议　莲城区人民政府　2026-12-05 起　…, and how it ended."""
    words = f"{REMEDIES[remedy.remedy]}　{remedy.body}　{remedy.number}　{remedy.applied_on} 起"
    if remedy.outcome is None:
        return words
    return f"{words}\n{remedy.ended_on} {REMEDY_OUTCOMES[remedy.outcome]}　{remedy.title}"


PANELS: Mapping[str, PanelMaker] = {
    "remedy_begin": RemedyBeginPanel,
    "remedy_end": RemedyEndPanel,
    "remind": partial(
        DayNotePanel,
        act="remind",
        about="申请法院强制执行前应当催告；催告书送达十个工作日后当事人仍未履行的，可以申请（行政强制法第五十四条）。",
        day="送达日期",
        note="文号和方式",
        hint="催告书的文号、怎样送达",
    ),
    "court": partial(
        DayNotePanel,
        act="court",
        about="复议和起诉的期限届满之日起三个月内申请（行政强制法第五十三条）。",
        day="申请日期",
        note="法院和案号",
        hint="受理的法院、案号",
    ),
    "correct": CorrectPanel,
    "vary": VaryPanel,
    "revoke": RevokePanel,
}
