"""Panels of the desk for opinions: the proposal, the examination, the legal review, the report, sending back."""

from datetime import date
from functools import partial

from PySide6.QtCore import Slot

from hall.services.desk_file import DeskFile
from hall.services.reviewing import DenialReport, Proposal
from hall.windows.desk_acts import ActPanel, Deed, DeskTools, FormPanel
from hall.windows.desk_hand_panels import NotePanel
from hall.windows.kit.forms import Form
from hall.windows.phrases import day_fault, typed_day
from hall.words import CASE_OUTCOMES, CASE_STATES

_GRANT_OR_DENY = {"granted": "拟准予许可", "denied": "拟不予许可"}
_AGREE = {"agree": "同意", "disagree": "不同意，退回"}
_VOICES = {"agree": "同意", "disagree": "不同意"}


class ProposePanel(FormPanel):
    """提出拟办意见: grant or deny, why; for a grant its conditions and how long it is valid."""

    first = "verdict"

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "propose", main="提交审核")
        verdict = self.form.add_choice("verdict", "意见", _GRANT_OR_DENY)
        self.form.add_note("reasons", "理由", required=True, hint="查明的事实、对照的条件、依据")
        self.form.add_note("conditions", "许可条件", hint="附带的条件，没有不填")
        add_validity(self.form)
        verdict.currentIndexChanged.connect(self._verdict_changed)
        self.add(self.form)

    def show_file(self, file: DeskFile) -> None:
        """A case that was sent back has its last proposal."""
        self._case_id = file.case_id
        self.form.clear()
        if file.proposal is not None:
            self.form.set_text("verdict", file.proposal.verdict)
            self.form.set_text("conditions", file.proposal.conditions)
            show_validity(self.form, file.proposal.valid_from, file.proposal.valid_until)
        self._verdict_changed()

    def deed(self) -> Deed:
        """The proposal as it stands."""
        granted = self.form.text("verdict") == "granted"
        proposal = Proposal(
            verdict="granted" if granted else "denied",
            reasons=self.form.text("reasons"),
            conditions=self.form.text("conditions") if granted else "",
            valid_from=typed_day(self.form.text("valid_from")) if granted else None,
            valid_until=typed_day(self.form.text("valid_until")) if granted else None,
        )
        return partial(_propose, self._tools, self._case_id, proposal)

    @Slot()
    def _verdict_changed(self) -> None:
        granted = self.form.text("verdict") == "granted"
        for key in ("conditions", "valid_from", "valid_until"):
            self.form.show_field(key, granted)


class ConsentPanel(FormPanel):
    """审核 or 法制审核: agree, or send it back with the reason; 会签: an opinion that moves the case nowhere."""

    def __init__(self, tools: DeskTools, act: str) -> None:
        super().__init__(tools, act, main="提交意见")
        self.proposal = self.say("")
        self.form.add_choice("position", "意见", _VOICES if act == "countersign" else _AGREE)
        self.form.add_note("text", "说明", required=True, hint="意见要有内容，不只是签名")
        self.add(self.form)

    def show_file(self, file: DeskFile) -> None:
        """Say what was proposed."""
        self._case_id = file.case_id
        last = next((each for each in reversed(file.records.opinions) if each.step == "reviewing"), None)
        told = CASE_OUTCOMES[file.proposal.verdict] if file.proposal else ""
        self.proposal.setText(f"审查意见：拟{told}。{last.name}：{last.text}" if last else f"审查意见：拟{told}。")

    def begin(self) -> None:
        """Empty, at the opinion."""
        self.form.clear()
        self.form.focus("position")

    def deed(self) -> Deed:
        """The opinion as it stands."""
        agree = self.form.text("position") == "agree"
        return partial(_consent, self._tools, self._case_id, self.act, agree, self.form.text("text"))


class ReportPanel(FormPanel):
    """否定报备: what the authority one level up is told before a denial."""

    first = "report_to"

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "report", main="出具报备表")
        self.say("拟不予许可的，决定前向上一级书面报告。")
        self.form.add_text("report_to", "报送机关", required=True)
        self.form.add_note("facts", "查明的事实", required=True)
        self.form.add_note("unmet", "不符合的条件", required=True)
        self.form.add_text("basis", "依据", required=True)
        self.form.add_note("attempts", "已做的指导", hint="是否指导申请人补正、调整方案，可不填")
        self.add(self.form)

    def show_file(self, file: DeskFile) -> None:
        """The basis of the matter is at hand."""
        self._case_id = file.case_id
        self.form.clear()
        self.form.set_text("basis", file.matter.basis)

    def deed(self) -> Deed:
        """The report as it stands."""
        told = {key: self.form.text(key) for key in ("report_to", "facts", "unmet", "basis", "attempts")}
        return partial(_report, self._tools, self._case_id, DenialReport(**told))


def send_back_panel(tools: DeskTools) -> ActPanel:
    """退回上一步."""

    def run(used: DeskTools, case_id: int, text: str) -> str:
        used.front.review.send_back(case_id, text)
        return "已退回上一步，时限不重新计算。"

    return NotePanel(
        tools,
        "send_back",
        words="退回上一步办理。时限接着算，不重新计时，须在原定时限内办结。",
        label="退回的理由",
        run=run,
    )


def add_validity(form: Form) -> None:
    """From when to when a permit is valid; both may stay empty."""
    form.add_text("valid_from", "有效期起", check=day_fault, hint="如 2026-12-01，没有不填")
    form.add_text("valid_until", "有效期止", check=day_fault, hint="如 2027-11-30，没有不填")


def show_validity(form: Form, first: date | None, last: date | None) -> None:
    """What was proposed."""
    form.set_text("valid_from", first.isoformat() if first else "")
    form.set_text("valid_until", last.isoformat() if last else "")


def _propose(tools: DeskTools, case_id: int, proposal: Proposal) -> str:
    tools.front.review.propose(case_id, proposal)
    return f"已提出拟办意见（拟{CASE_OUTCOMES[proposal.verdict]}），{CASE_STATES['examining']}。"


def _consent(tools: DeskTools, case_id: int, act: str, agree: bool, text: str) -> str:
    review = tools.front.review
    if act == "countersign":
        review.countersign(case_id, agree=agree, text=text)
        return "会签意见已记入办件，办件仍在本环节。"
    give = review.examine if act == "examine" else review.review_by_law
    give(case_id, agree=agree, text=text)
    return "意见已提交，转到下一步。" if agree else "意见已提交，退回上一步，时限不重新计算。"


def _report(tools: DeskTools, case_id: int, report: DenialReport) -> str:
    paper = tools.front.review.report_denial(case_id, report)
    return f"否定报备表 {paper.number} 正在打印。"
