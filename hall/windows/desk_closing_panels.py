"""Panels of the desk for the certificate and for the ends: withdrawn, terminated, taken up again, barred."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from hall.errors import HallError
from hall.rules.closing import EndLimb
from hall.services.certifying import CertificateDraft, Terms
from hall.services.desk_file import DeskFile
from hall.windows.desk_acts import ActPanel, Deed, DeskTools, FormPanel
from hall.windows.desk_hand_panels import NotePanel
from hall.windows.phrases import day_fault, typed_day
from hall.words import CASE_STATES, CLOCK_KINDS

_LIMB_LETTERS = 16
_MORE = {"extent": "面积、数量", "time_band": "时段", "goods": "种类"}


class CertifyPanel(FormPanel):
    """制作证件: filled in as it was decided; its number is drawn when it is made."""

    first = "scope"

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "certify", main="制作并打印")
        self.told = self.say("")
        self.form.add_note("scope", "许可范围", required=True)
        self.form.add_note("conditions", "条件", hint="没有不填")
        self.form.add_text("valid_from", "有效期起", required=True, check=day_fault)
        self.form.add_text("valid_to", "有效期止", check=day_fault)
        unlimited = self.form.add_tick("unlimited", "长期有效")
        for key, label in _MORE.items():
            self.form.add_text(key, label, hint="证件上要写的，没有不填")
        unlimited.toggled.connect(self._unlimited_changed)
        self.add(self.form)
        self._draft: CertificateDraft | None = None

    def show_file(self, file: DeskFile) -> None:
        """Ask what was decided."""
        self._case_id, self._draft = file.case_id, None
        self.form.clear()
        self.told.setText("正在查决定的内容…")
        self.main_button.setEnabled(False)
        read = partial(self._tools.front.certificates.draft, file.case_id)
        show = partial(self._show_draft, file.case_id)
        self._tools.work.read(read, show, words="正在查决定的内容…", on_failed=self._refuse)

    def ready(self) -> bool:
        """The decision is known; where the matter has no term, its end or that it has none is said."""
        draft = self._draft
        if draft is None:
            return False
        if draft.given or self.form.text("valid_to") or self.form.ticked("unlimited"):
            return True
        self.form.refuse("valid_to", "请按决定书填写截止日" + ("。" if draft.longest else "，或勾选长期有效。"))
        return False

    def deed(self) -> Deed:
        """The terms as they stand."""
        terms = Terms(
            scope=self.form.text("scope"),
            conditions=self.form.text("conditions"),
            valid_from=typed_day(self.form.text("valid_from")),
            valid_to=None if self.form.ticked("unlimited") else typed_day(self.form.text("valid_to")),
            unlimited=self.form.ticked("unlimited"),
            **{key: self.form.text(key) for key in _MORE},
        )
        return partial(_certify, self._tools, self._case_id, terms)

    def _show_draft(self, case_id: int, draft: CertificateDraft) -> None:
        if case_id != self._case_id:
            return
        self._draft = draft
        first, last = draft.terms.valid_from, draft.terms.valid_to
        self.form.set_text("scope", draft.terms.scope)
        self.form.set_text("conditions", draft.terms.conditions)
        self.form.set_text("valid_from", first.isoformat() if first else "")
        self.form.set_text("valid_to", last.isoformat() if last else "")
        self.form.show_field("valid_to", not draft.given)
        self.form.show_field("unlimited", not draft.given and draft.longest is None)
        self.told.setText(draft_words(draft))
        self.main_button.setEnabled(True)

    def _refuse(self, failure: HallError) -> None:
        self.told.setText(failure.sentence)

    @Slot()
    def _unlimited_changed(self) -> None:
        self.form.show_field("valid_to", not self.form.ticked("unlimited"))


class EndPanel(FormPanel):
    """撤回申请 or 终止办理: why, and what is given back; all clocks stop, the notice has to be served."""

    def __init__(self, tools: DeskTools, act: str) -> None:
        super().__init__(tools, act, main="结束办理并打印")
        what = "申请人决定前可以随时撤回。" if act == "withdraw" else "终止须有下列情形之一，并书面告知申请人。"
        self.say(f"{what}结束后所有时限停止；出具的通知书须送达，送达后可以归档。")
        if act == "terminate":
            limb = self.form.add_choice("limb", "情形", {})
            limb.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            limb.setMinimumContentsLength(_LIMB_LETTERS)
            limb.currentIndexChanged.connect(self._show_limb)
        label, hint = ("撤回的原因", "申请人怎样提出的") if act == "withdraw" else ("事实和理由", "")
        self.form.add_note("reason", label, required=True, hint=hint)
        self.form.add_note("returned", "退还的材料", hint="空着是收到的全部材料")
        self.add(self.form)
        self.limb_words = self.say("")
        self._limbs: dict[str, EndLimb] = {}

    def show_file(self, file: DeskFile) -> None:
        """Ask for the limbs."""
        self._case_id = file.case_id
        self.form.clear()
        if self.act == "terminate":
            self._tools.work.read(self._tools.front.closing.end_limbs, self._show_limbs, words="正在查终止情形…")

    def begin(self) -> None:
        """At the first field."""
        self.form.focus(self.form.keys[0])

    def deed(self) -> Deed:
        """The end as it stands."""
        limb = self.form.text("limb") if self.act == "terminate" else ""
        returned = self.form.text("returned") or None
        return partial(_end, self._tools, self._case_id, limb, self.form.text("reason"), returned)

    def _show_limbs(self, limbs: tuple[EndLimb, ...]) -> None:
        self._limbs = {each.code: each for each in limbs}
        self.form.set_choices("limb", {each.code: each.words for each in limbs})
        self._show_limb()

    @Slot()
    def _show_limb(self) -> None:
        """All its words, and what the records have to show."""
        limb = self._limbs.get(self.form.text("limb"))
        waits = {"supplement": "补正期限过了才能终止。", "lacking": "承诺补齐的期限过了才能终止。"}
        self.limb_words.setText(f"{limb.words}。{waits.get(limb.needs, '')}" if limb else "")


def reopen_panel(tools: DeskTools) -> ActPanel:
    """重开."""

    def run(used: DeskTools, case_id: int, text: str) -> str:
        again = used.front.closing.reopen(case_id, text)
        clocks = "、".join(
            f"{CLOCK_KINDS[each.kind]} {each.due_on.isoformat() if each.due_on else '待定'}" for each in again.clocks
        )
        return f"已重开，回到{CASE_STATES[again.state]}。" + (f"到期日不变：{clocks}。" if clocks else "")

    return NotePanel(
        tools,
        "reopen",
        words="办件回到结束前的状态。时限按从未停止计算：结束的这些天不扣除，到期日不变，可能已经超期。",
        label="重开的原因",
        run=run,
    )


def bar_panel(tools: DeskTools) -> ActPanel:
    """登记禁止申请期间."""

    def run(used: DeskTools, case_id: int, text: str) -> str:
        bar = used.front.certificates.bar_for_false_materials(case_id, text)
        return f"已登记：{bar.until_day.isoformat()} 以前不再受理该申请人的同一事项（行政许可法第七十八条）。"

    return NotePanel(
        tools,
        "bar",
        words=(
            "申请人隐瞒有关情况或者提供虚假材料，且事项直接关系公共安全、人身健康、生命财产安全的，"
            "一年内不得再次申请（行政许可法第七十八条）。登记后窗口收件时会拦下。"
        ),
        label="查明的事实",
        run=run,
    )


def draft_words(draft: CertificateDraft) -> str:
    """Which certificate, and how its term is bound."""
    if draft.given:
        until = draft.longest.isoformat() if draft.longest else "长期"
        term = f"有效期随原证，到 {until}。"
    elif draft.longest:
        term = f"最长到 {draft.longest.isoformat()}。"
    else:
        term = "本事项没有统一的有效期，按决定书填写，或者长期有效。"
    return f"{draft.name}，编号制作时取得。已按决定书填好，请核对。{term}"


def _certify(tools: DeskTools, case_id: int, terms: Terms) -> str:
    made = tools.front.certificates.certify(case_id, terms)
    until = f"有效期至 {made.valid_to.isoformat()}" if made.valid_to else "长期有效"
    return f"证件 {made.number} 正在打印，{until}。请连同决定书送达。"


def _end(tools: DeskTools, case_id: int, limb: str, reason: str, returned: str | None) -> str:
    closing = tools.front.closing
    if limb:
        ended = closing.terminate(case_id, limb, reason, returned=returned)
    else:
        ended = closing.withdraw(case_id, reason, returned=returned)
    return f"办件已{CASE_STATES[ended.state]}，通知书 {ended.document_number} 正在打印，请送达申请人后归档。"
