"""Panels of the desk for the decision: granted or denied with all that the law wants told, or by default."""

from functools import partial

from PySide6.QtCore import Slot

from hall.services.deciding import Decision
from hall.services.desk_file import DeskFile
from hall.windows.desk_acts import ActPanel, Deed, DeskTools, FormPanel
from hall.windows.desk_hand_panels import PlainPanel
from hall.windows.desk_opinion_panels import add_validity, show_validity
from hall.windows.phrases import day_words, typed_day
from hall.words import CASE_OUTCOMES

_GRANTED = ("scope", "conditions", "valid_from", "valid_until")
_DENIED = ("facts", "unmet", "basis", "reasons", "heard")


class DecidePanel(FormPanel):
    """作出决定: what was proposed comes filled in; a denial has to tell its reasons (行政许可法 38)."""

    first = "opinion"

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "decide", main="作出决定并打印")
        self.proposal = self.say("")
        verdict = self.form.add_choice("verdict", "决定", {"granted": "准予许可", "denied": "不予许可"})
        self.form.add_note("opinion", "批准意见", required=True)
        self.form.add_text("scope", "许可内容", hint="空着按申请内容")
        self.form.add_note("conditions", "许可条件", hint="没有不填")
        add_validity(self.form)
        self.form.add_note("facts", "查明的事实", required=True)
        self.form.add_note("unmet", "不符合的条件", required=True)
        self.form.add_text("basis", "依据", required=True)
        self.form.add_note("reasons", "不予许可的理由", required=True)
        self.form.add_note("heard", "听取的意见", hint="申请人的陈述、申辩及处理，没有不填")
        verdict.currentIndexChanged.connect(self._verdict_changed)
        self.add(self.form)

    def show_file(self, file: DeskFile) -> None:
        """What was proposed, and the basis of the matter."""
        self._case_id = file.case_id
        self.form.clear()
        self.form.set_text("scope", file.subject)
        self.form.set_text("basis", file.matter.basis)
        self.proposal.setText("即办件、告知承诺件当场决定。")
        if file.proposal is not None:
            self.form.set_text("verdict", file.proposal.verdict)
            self.form.set_text("conditions", file.proposal.conditions)
            show_validity(self.form, file.proposal.valid_from, file.proposal.valid_until)
            self.proposal.setText(_said(file))
        self._verdict_changed()

    def deed(self) -> Deed:
        """The decision as it stands."""
        text = self.form.text
        granted = text("verdict") == "granted"
        told = {key: text(key) for key in (("scope", "conditions") if granted else _DENIED)}
        decision = Decision(
            verdict="granted" if granted else "denied",
            opinion=text("opinion"),
            valid_from=typed_day(text("valid_from")) if granted else None,
            valid_until=typed_day(text("valid_until")) if granted else None,
            **told,
        )
        return partial(_decide, self._tools, self._case_id, decision)

    @Slot()
    def _verdict_changed(self) -> None:
        granted = self.form.text("verdict") == "granted"
        for key in _GRANTED:
            self.form.show_field(key, granted)
        for key in _DENIED:
            self.form.show_field(key, not granted)


def default_panel(tools: DeskTools) -> ActPanel:
    """超时默认."""
    return PlainPanel(
        tools,
        "default",
        words="承诺时限已过，本事项公布了超时默认：视为同意，一个工作日内出具通知单，并登记责任追究。",
        run=lambda used, case_id: used.front.review.default(case_id),
        said="已按超时默认办理，通知单正在打印。",
    )


def _said(file: DeskFile) -> str:
    steps = {"reviewing": "审查", "examining": "审核", "legal_review": "法制审核"}
    told = [f"{steps[each.step]} {each.name}：{each.text}" for each in file.records.opinions if each.step in steps]
    verdict = CASE_OUTCOMES[file.proposal.verdict] if file.proposal else ""
    return "\n".join([f"拟{verdict}", *told[-3:]])


def _decide(tools: DeskTools, case_id: int, decision: Decision) -> str:
    decided = tools.front.review.decide(case_id, decision)
    if decided.paper is None:
        return "分办件已有结果，由牵头件统一答复。"
    until = f"，{day_words(decided.deliver_by)} 前送达" if decided.deliver_by else ""
    return f"已决定{CASE_OUTCOMES[decided.outcome]}，{decided.paper.number} 正在打印{until}。"
