"""Panels of a penalty case as such: the order to correct, evidence kept in advance, dropping and closing it."""

from collections.abc import Mapping
from functools import partial
from typing import cast

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.rules.penalties import DropGround
from hall.services.penalty_cases import Correction
from hall.services.penalty_file import PenaltyFile
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_officers_panel import OfficersPanel
from hall.windows.penalty_serve_panels import PANELS as SERVING
from hall.windows.penalty_tools import PanelMaker, PenaltyForm, PenaltyPanel
from hall.windows.phrases import day_words
from hall.words import PENALTY_DROPS


class CorrectionPanel(PenaltyForm):
    """登记改正: what was ordered by when, and whether it was done."""

    first = "ordered_on"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "note_correction", main="登记")
        self.say("实施行政处罚时，应当责令当事人改正或者限期改正违法行为（行政处罚法第二十八条）。")
        today = business_date(tools.front.clock.now())
        self.form.add_day("ordered_on", "责令日期", today)
        self.form.add_day("correct_by", "改正期限", today)
        self.done = self.form.add_tick("corrected", "已经改正（执法人员核查属实）")
        self.form.add_day("corrected_on", "改正日期", today)
        self.form.add_note("note", "核查情况", hint="怎样改正、怎样核查，可不填")
        self.add(self.form)
        self.done.toggled.connect(self._show_done)

    def show_case(self, file: PenaltyFile) -> None:
        """As it is known."""
        super().show_case(file)
        ordered_on = file.correction_ordered_on or file.on
        self.form.set_day("ordered_on", ordered_on)
        self.form.set_day("correct_by", file.correct_by or ordered_on)
        self.form.set_day("corrected_on", file.corrected_on or file.on)
        self.done.setChecked(file.corrected_on is not None)
        self._show_done()

    def deed(self) -> Deed:
        """The order and what became of it."""
        form = self.form
        correction = Correction(
            ordered_on=form.day("ordered_on"),
            correct_by=form.day("correct_by"),
            corrected_on=form.day("corrected_on") if form.ticked("corrected") else None,
            note=form.text("note"),
        )
        return partial(_correct, self._tools, self._case_id, correction)

    @Slot()
    def _show_done(self) -> None:
        self.form.show_field("corrected_on", self.form.ticked("corrected"))


class ToGeneralPanel(PenaltyForm):
    """转为普通程序: why it does not end on the spot."""

    first = "reason"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "to_general", main="转为普通程序")
        self.say(
            "从今天立案，九十日内作出决定（行政处罚法第五十四条、第六十条）。有从轻、减轻、不予处罚情形的，按普通程序办理。"
        )
        self.form.add_text("reason", "原因", required=True, hint="例如 有从轻情形、案情复杂")
        self.add(self.form)

    def deed(self) -> Deed:
        """The filing."""
        return partial(_to_general, self._tools, self._case_id, self.form.text("reason"))


class HoldEvidencePanel(PenaltyForm):
    """先行登记保存: since when, what, and who approved it."""

    first = "on"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "hold_evidence", main="登记")
        self.say("证据可能灭失或者以后难以取得的，经负责人批准可以先行登记保存，七个工作日内作出处理决定。")
        self.form.add_day("on", "保存日期", business_date(tools.front.clock.now()))
        self.form.add_note("what", "保存了什么", required=True, hint="物品和数量，批准的负责人")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """Today unless another day is meant."""
        super().show_case(file)
        self.form.set_day("on", file.on)

    def deed(self) -> Deed:
        """What is kept."""
        front, case_id = self._tools.front.penalty_cases, self._case_id
        on, what = self.form.day("on"), self.form.text("what")

        def hold() -> str:
            front.hold_evidence(case_id, on, what)
            return "已登记保存，处理期限开始计算（七个工作日）。"

        return hold


class EndEvidencePanel(PenaltyForm):
    """处理登记保存: how what was kept was dealt with."""

    first = "how"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "end_evidence", main="登记")
        self.kept = self.say("")
        self.form.add_day("on", "处理日期", business_date(tools.front.clock.now()))
        self.form.add_note("how", "怎样处理", required=True, hint="退还当事人、依法扣押、送检测鉴定等")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """Since when it is kept."""
        super().show_case(file)
        self.form.set_day("on", file.on)
        running = next((each.clock for each in file.clocks if each.clock.kind == "evidence"), None)
        words = f"自 {day_words(running.started_on)} 起登记保存" if running else ""
        due = f"，应当在 {day_words(running.due)} 前作出处理决定。" if running and running.due else "。"
        self.kept.setText(f"{words}{due}" if words else "")

    def deed(self) -> Deed:
        """How it ended."""
        front, case_id = self._tools.front.penalty_cases, self._case_id
        on, how = self.form.day("on"), self.form.text("how")

        def end() -> str:
            front.end_evidence(case_id, on, how)
            return "已登记处理结果，先行登记保存结束。"

        return end


class DropPanel(PenaltyForm):
    """撤案: on which ground of law, and why."""

    first = "ground"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "drop", main="撤案")
        self.say("撤案以后案件结束，不再处罚；同一行为需要再查的，另行立案。撤案不计入首次违法的查询结果。")
        self.form.add_choice("ground", "理由", PENALTY_DROPS)
        self.form.add_note("reason", "说明", required=True, hint="查明的事实和依据，不写证件号码和电话")
        self.add(self.form)

    def show_case(self, file: PenaltyFile) -> None:
        """Nothing is chosen for whoever decides."""
        super().show_case(file)
        self.form.set_choices("ground", {"": "请选择", **PENALTY_DROPS})
        self.form.set_text("ground", "")

    def ready(self) -> bool:
        """A ground is wanted."""
        if not self.form.text("ground"):
            self.form.refuse("ground", "请选择撤案的理由。")
            return False
        return True

    def deed(self) -> Deed:
        """The case ends."""
        front, case_id = self._tools.front.penalty_cases, self._case_id
        ground, reason = cast(DropGround, self.form.text("ground")), self.form.text("reason")

        def drop() -> str:
            front.drop(case_id, ground, reason)
            return f"已撤案：{PENALTY_DROPS[ground]}。"

        return drop


class ClosePanel(PenaltyPanel):
    """结案: nothing is asked; what is open stands in the list of acts."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "close")
        self._case_id = 0
        self.told = self.say("")

    def show_case(self, file: PenaltyFile) -> None:
        """What was carried out."""
        self._case_id = file.case_id
        number = file.decision.number if file.decision else file.number
        self.told.setText(f"{number} 已经送达并履行完毕。结案以后只能更正、变更或者撤销决定，不再办理其他事项。")

    def deed(self) -> Deed:
        """The case ends."""
        front, case_id = self._tools.front.penalty_cases, self._case_id

        def close() -> str:
            front.close(case_id)
            return "已结案。"

        return close


def _correct(tools: PageTools, case_id: int, correction: Correction) -> str:
    if tools.front.penalty_cases.note_correction(case_id, correction):
        return "已在期限内改正，规范只处罚逾期不改正的：案件已撤案，不计入首次违法的查询结果。"
    if correction.corrected_on is None:
        return f"已登记责令改正，期限至 {day_words(correction.correct_by)}。"
    late = correction.corrected_on > correction.correct_by
    return "已登记改正，改正日期晚于期限。" if late else "已登记在期限内改正，可以据以审查不予、减轻或者从轻处罚。"


def _to_general(tools: PageTools, case_id: int, reason: str) -> str:
    tools.front.penalty_cases.to_general(case_id, reason)
    return "已转为普通程序并立案，接着审查减免或者拟定处罚意见。"


PANELS: Mapping[str, PanelMaker] = {
    "note_correction": CorrectionPanel,
    "officers": OfficersPanel,
    "to_general": ToGeneralPanel,
    "hold_evidence": HoldEvidencePanel,
    "end_evidence": EndEvidencePanel,
    "drop": DropPanel,
    "close": ClosePanel,
    **SERVING,
}
