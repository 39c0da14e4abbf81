"""Panels of leniency before a decision: requests taken, refused, withdrawn; education; all panels of the subject."""

from collections.abc import Mapping
from functools import partial
from typing import cast

from PySide6.QtCore import Slot

from hall.rules.leniency import ElementState, LimbState
from hall.rules.leniency_limbs import LIMBS, Limb, Result
from hall.services.education import Education
from hall.services.leniency import NewLeniency
from hall.services.leniency_looking import LeniencyLook
from hall.services.papers_leniency import Evidence
from hall.services.penalty_file import PenaltyFile
from hall.windows.desk_ticks import TickList
from hall.windows.kit.forms import Form
from hall.windows.kit.style import muted
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_examine_panel import ExaminePanel, search_words, told_words
from hall.windows.penalty_gaps import add_drafted, choose_gap
from hall.windows.penalty_tools import PanelMaker, PenaltyForm
from hall.words import FINDINGS, PENALTY_RESULTS

_WANTED: tuple[Result, ...] = ("none", "reduced", "lighter")
_ANSWER_LINES = 8
_LINE_HINT = "每行一项；Shift+Enter 换行"


class ApplyPanel(PenaltyForm):
    """收减免申请: what is wanted, the limbs that lead there, facts and evidence; the form is printed for signing."""

    first = "facts"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "leniency_apply", main="收申请并打印")
        self.told = self.say("")
        self.choosing = Form()
        wanted = self.choosing.add_choice("wanted", "申请结果", {each: PENALTY_RESULTS[each] for each in _WANTED})
        wanted.currentIndexChanged.connect(self._wanted_changed)
        self.add(self.choosing)
        self.say("法定情形（空格勾选）：")
        self.limbs = TickList()
        self.choosing.submitted.connect(self.limbs.focus)
        self.limbs.done.connect(self._to_facts)
        self.limbs.changed.connect(self._limbs_changed)
        self.add(self.limbs)
        self.wanting = muted("")
        self.wanting.setWordWrap(True)
        self.add(self.wanting)
        self.form.add_note("facts", "事实理由", required=True, hint="当事人自己的话；不写电话和证件号码")
        self.form.add_text("correction", "改正情况", hint="什么时候、怎样改正")
        self.form.add_note("evidence", "证据", check=evidence_fault, hint=f"名称 页数，{_LINE_HINT}")
        self.form.add_tick("first_time", "当事人声明是初次违法")
        self.add(self.form)
        self._found: Mapping[str, LimbState] = {}

    def show_case(self, file: PenaltyFile) -> None:
        """Empty, with what the records say of earlier breaches."""
        super().show_case(file)
        self.choosing.clear()
        if file.corrected_on is not None:
            self.form.set_text("correction", f"{file.corrected_on.isoformat()} 已改正")
        self._found = {}
        self._wanted_changed()
        self.told.setText("正在查以往案件…")
        read = partial(self._tools.front.leniency.look, file.case_id)
        self._tools.work.read(read, partial(self._show_look, file.case_id), words="正在查以往案件…")

    def begin(self) -> None:
        """At what is wanted."""
        self.choosing.focus("wanted")

    def ready(self) -> bool:
        """A limb at least; a first offence is declared."""
        if not self.limbs.chosen:
            self.told.setText("请至少勾选一种法定情形（行政处罚法第三十条至第三十三条）。")
            self.limbs.focus()
            return False
        if "first_time" in self.limbs.chosen and not self.form.ticked("first_time"):
            self.form.refuse("first_time", "选了初次违法的，请当事人声明后勾选。")
            return False
        return True

    def deed(self) -> Deed:
        """The request as it was filled in."""
        new = NewLeniency(
            wanted=cast(Result, self.choosing.text("wanted")),
            limbs=cast(tuple[Limb, ...], self.limbs.chosen),
            facts=self.form.text("facts"),
            evidence=evidence_of(self.form.text("evidence")),
            correction=self.form.text("correction"),
            first_time=self.form.ticked("first_time"),
        )
        return partial(_apply, self._tools, self._case_id, new)

    def _show_look(self, case_id: int, look: LeniencyLook) -> None:
        """What was ticked meanwhile stays."""
        if case_id != self._case_id:
            return
        self.told.setText(search_words(look))
        self._found = {limb.rule.code: limb for limb in look.eligibility.limbs}
        chosen = self.limbs.chosen
        self._wanted_changed()
        for code in chosen:
            if code in self._offered():
                self.limbs.tick(code, on=True)

    def _offered(self) -> list[Limb]:
        """The limbs that lead to what is wanted; one that only the record tells of and rules out (an age) is none."""
        wanted = self.choosing.text("wanted")
        ruled_out = {
            code
            for code, limb in self._found.items()
            if limb.status == "not" and all(each.element.source == "record" for each in limb.elements)
        }
        return [code for code, rule in LIMBS.items() if wanted in rule.results and code not in ruled_out]

    @Slot()
    def _wanted_changed(self) -> None:
        lines = ((code, f"{LIMBS[code].words}（{LIMBS[code].article}）") for code in self._offered())
        self.limbs.show_choices(lines, ticked=False)

    @Slot()
    def _limbs_changed(self) -> None:
        """Which evidence what is ticked wants, and what the record says of it already."""
        states = (each for code in self.limbs.chosen if code in self._found for each in self._found[code].elements)
        lines = dict.fromkeys(wanting_words(each) for each in states)
        self.wanting.setText("\n".join(lines))
        self.wanting.setVisible(bool(lines))

    @Slot()
    def _to_facts(self) -> None:
        self.form.focus("facts")


class RefusePanel(PenaltyForm):
    """答复不予减免: the findings, and the reasons that are drafted with a gap and finished by a person."""

    first = "reasons"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "leniency_refuse", main="答复并打印")
        self.told = self.say("")
        self._reasons = add_drafted(self.form, "reasons", "理由", lines=_ANSWER_LINES)
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """What was asked for, what was found, the draft."""
        super().show_case(file)
        self.told.setText("正在查审查情况…")
        read = partial(self._tools.front.leniency.look, file.case_id)
        self._tools.work.read(read, partial(self._show_look, file.case_id), words="正在查审查情况…")

    def deed(self) -> Deed:
        """The answer."""
        return partial(_refuse, self._tools, self._case_id, self.form.text("reasons"))

    def _show_look(self, case_id: int, look: LeniencyLook) -> None:
        if case_id != self._case_id:
            return
        opinion = f"\n审查意见：{look.request.opinion}" if look.request else ""
        self.told.setText(f"{told_words(look)}{opinion}")
        self.form.set_text("reasons", look.draft)
        choose_gap(self._reasons)


class WithdrawPanel(PenaltyForm):
    """撤回减免申请: why."""

    first = "reason"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "leniency_withdraw", main="撤回")
        self.told = self.say("")
        self.form.add_text("reason", "原因", required=True, hint="例如 改为申请从轻处罚")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """Which one."""
        super().show_case(file)
        number = f"{file.request.number}。" if file.request else ""
        self.told.setText(f"{number}撤回以后可以再申请；法定应当从宽的，执法人员仍应依职权审查。")

    def deed(self) -> Deed:
        """The withdrawal."""
        return partial(_withdraw, self._tools, self._case_id, self.form.text("reason"))


class EducatePanel(PenaltyForm):
    """教育承诺: what was explained, what the party promises if it wants to, where."""

    first = "explained"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "educate", main="登记并打印")
        self.told = self.say("")
        self.form.add_note("explained", "教育内容", required=True, hint=_LINE_HINT)
        self.form.add_note("promises", "承诺事项", hint=f"当事人自愿；{_LINE_HINT}")
        self.form.add_text("place", "地点", hint="不填就是本大厅")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """What there is to explain is proposed."""
        super().show_case(file)
        self.told.setText(
            "不予处罚的应当教育（行政处罚法第三十三条第三款）；记录由当事人和两名执法人员签名。承诺出于自愿，没有承诺的不填。"
        )
        self.form.set_text(
            "explained", f"“{file.violation_name}”的法律规定\n本次行为的危害和影响\n改正要求和再次违法的后果"
        )

    def deed(self) -> Deed:
        """The record."""
        new = Education(
            place=self.form.text("place"),
            explained=tuple(self.form.text("explained").splitlines()),
            promises=tuple(self.form.text("promises").splitlines()),
        )
        return partial(_educate, self._tools, self._case_id, new)


def wanting_words(state: ElementState) -> str:
    """An element with what shows it, or with what the record says."""
    if state.settled:
        return f"{state.element.words}：记录{FINDINGS[state.status]}，{state.why}"
    return f"{state.element.words}：应有{state.element.evidence}"


def evidence_of(text: str) -> tuple[Evidence, ...]:
    """A piece a line, its pages behind the last blank; without a number one page."""
    found = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        name, _, pages = line.rpartition(" ")
        counted = pages.isascii() and pages.isdigit() and bool(name)
        found.append(Evidence(name.strip(), int(pages)) if counted else Evidence(line, 1))
    return tuple(found)


def evidence_fault(text: str) -> str:
    """What is wrong with the list of evidence."""
    return "" if all(piece.pages for piece in evidence_of(text)) else "页数至少是 1。"


def _apply(tools: PageTools, case_id: int, new: NewLeniency) -> str:
    applied = tools.front.leniency.apply(case_id, new)
    return f"减免申请 {applied.number} 已收，申请表正在打印，请当事人签名。接着由两名执法人员审查。"


def _refuse(tools: PageTools, case_id: int, reasons: str) -> str:
    tools.front.leniency.refuse(case_id, reasons)
    return "已答复不予减免，结果告知书正在打印，请送达当事人。"


def _withdraw(tools: PageTools, case_id: int, reason: str) -> str:
    tools.front.leniency.withdraw(case_id, reason)
    return "减免申请已撤回。"


def _educate(tools: PageTools, case_id: int, new: Education) -> str:
    issued = tools.front.leniency.educate(case_id, new)
    return f"教育记录 {issued.number} 正在打印，请当事人和两名执法人员签名。"


PANELS: Mapping[str, PanelMaker] = {
    "leniency_apply": ApplyPanel,
    "examine": ExaminePanel,
    "leniency_refuse": RefusePanel,
    "leniency_withdraw": WithdrawPanel,
    "educate": EducatePanel,
}
"""Before the decision."""
