"""Panels of the desk that move clocks: procedure, result, extension; the clocks before and after come first."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Slot

from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockKind
from hall.rules.procedures import ProcedureTerms
from hall.services.desk_file import DeskFile
from hall.services.suspending import SuspensionRequest
from hall.windows.desk_acts import Deed, DeskTools, FormPanel
from hall.windows.desk_what_if import WhatIf
from hall.windows.phrases import day_fault, typed_day
from hall.words import CASE_PROCEDURES, CLOCK_KINDS, LIMIT_UNITS

# A hearing begins with its notice and ends with its record, a supplement with what comes in.
_BY_THEIR_OWN_ACT = {"hearing", "supplement"}


def count_fault(text: str) -> str:
    """What is wrong with a number of days."""
    return "" if text.isascii() and text.isdigit() and int(text) else "请写天数，如 15。"


class SuspendPanel(FormPanel):
    """启动特别程序: which, for how long, by whom, why; the clocks it would move."""

    first = "procedure"

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "suspend", main="启动并打印告知书")
        self.law = self.say("")
        procedure = self.form.add_choice("procedure", "程序", {})
        days = self.form.add_text("days", "所需时间", check=count_fault)
        self.form.add_text("body", "由谁进行", hint="检测机构、专家组等，空着是本机关")
        self.form.add_note("reason", "原因", required=True)
        self.what_if = WhatIf()
        self.add(self.form)
        self.add(self.what_if)
        procedure.currentIndexChanged.connect(self._weigh)
        days.textChanged.connect(self._weigh)
        self._terms: Mapping[str, ProcedureTerms] = {}

    def show_file(self, file: DeskFile) -> None:
        """Ask which procedures the matter allows."""
        self._case_id = file.case_id
        self._terms = {}
        self.form.clear()
        self.form.set_choices("procedure", {})
        self.what_if.clear()
        read = partial(self._tools.front.clocks.procedures, file.case_id)
        self._tools.work.read(read, partial(self._show_procedures, file.case_id), words="正在查可以启动的程序…")

    def deed(self) -> Deed:
        """The request as it stands."""
        request = SuspensionRequest(
            self.form.text("procedure"), self._granted(), self.form.text("body"), self.form.text("reason")
        )
        return partial(_suspend, self._tools, self._case_id, request)

    def _granted(self) -> Limit | None:
        terms, days = self._terms.get(self.form.text("procedure")), self.form.text("days")
        return Limit(int(days), terms.unit) if terms and days and not count_fault(days) else None

    def _show_procedures(self, case_id: int, found: tuple[ProcedureTerms, ...]) -> None:
        if case_id == self._case_id:
            self._terms = {each.code: each for each in found if each.code not in _BY_THEIR_OWN_ACT}
            self.form.set_choices("procedure", {code: each.name for code, each in self._terms.items()})
            self._weigh()

    @Slot()
    def _weigh(self) -> None:
        terms = self._terms.get(self.form.text("procedure"))
        if terms is None:
            return
        self.law.setText(_terms_words(terms))
        granted = self._granted()
        if terms.limited and granted is None:
            self.what_if.say("填写所需时间后，这里显示法定和承诺时限的变化。")
            return
        ask = partial(self._tools.front.clocks.weigh_suspension, self._case_id, terms.code, granted)
        self._tools.work.read(ask, self.what_if.show_weighed, words="正在推算时限…", on_failed=self.what_if.refuse)


class ResumePanel(FormPanel):
    """结束特别程序: its result, and the day on which it came."""

    first = "result"

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "resume", main="结束并恢复计时")
        self.say("登记结果当日起恢复计时。有期限的程序超过给定时间的部分不再扣除。")
        self.form.add_choice("procedure", "程序", {})
        self.form.add_note("result", "结果", required=True, hint="检测结论、评审意见等")
        self.form.add_text("result_on", "结果日期", check=day_fault, hint="空着是今天")
        self.add(self.form)

    def show_file(self, file: DeskFile) -> None:
        """The procedures that wait for a result; a hearing ends with its record."""
        self._case_id = file.case_id
        self.form.clear()
        waiting = [each.procedure for each in file.records.pauses if each.ended_on is None]
        names = {code: CASE_PROCEDURES[code] for code in waiting if code not in _BY_THEIR_OWN_ACT}
        self.form.set_choices("procedure", names)

    def ready(self) -> bool:
        """A hearing ends in a way of its own."""
        if not self.form.text("procedure"):
            self.form.refuse("procedure", "听证以登记笔录结束，请用“听证”。")
        return bool(self.form.text("procedure"))

    def deed(self) -> Deed:
        """The result as it stands."""
        day = typed_day(self.form.text("result_on"))
        procedure, result = self.form.text("procedure"), self.form.text("result")

        def do() -> str:
            moved = self._tools.front.clocks.resume(self._case_id, procedure, result, result_on=day)
            return f"{CASE_PROCEDURES[procedure]}已结束，恢复计时；通知书 {moved.paper.number} 正在打印。"

        return do


class ExtendPanel(FormPanel):
    """延期: by how many days each clock, and why; the clocks it would move."""

    first = "statutory"

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "extend", main="批准延期并打印")
        self.say("只能延期一次，须在到期日当天或以前批准，并把理由告知申请人（行政许可法第四十二条）。")
        self._days = {
            kind: self.form.add_text(kind, CLOCK_KINDS[kind], check=count_fault) for kind in ("statutory", "promised")
        }
        self.form.add_note("reason", "理由", required=True)
        self.what_if = WhatIf()
        self.add(self.form)
        self.add(self.what_if)
        for editor in self._days.values():
            editor.textChanged.connect(self._weigh)

    def show_file(self, file: DeskFile) -> None:
        """Ask how much may be added."""
        self._case_id = file.case_id
        self.form.clear()
        self.what_if.clear()
        read = partial(self._tools.front.clocks.longest_extensions, file.case_id)
        self._tools.work.read(read, partial(self._show_longest, file.case_id), words="正在查可以延长几日…")

    def ready(self) -> bool:
        """One clock at least is extended."""
        if not self._wanted():
            self.form.refuse("statutory", "请写延长几日。")
        return bool(self._wanted())

    def deed(self) -> Deed:
        """The extension as it stands."""
        days, reason = self._wanted(), self.form.text("reason")

        def do() -> str:
            moved = self._tools.front.clocks.extend(self._case_id, days, reason)
            return f"已批准延期，延期决定通知书 {moved.paper.number} 正在打印，请送达申请人。"

        return do

    def _wanted(self) -> dict[ClockKind, int]:
        kinds: tuple[ClockKind, ...] = ("statutory", "promised")
        typed = {kind: self.form.text(kind) for kind in kinds}
        return {kind: int(text) for kind, text in typed.items() if text and not count_fault(text)}

    def _show_longest(self, case_id: int, longest: Mapping[ClockKind, int]) -> None:
        if case_id != self._case_id:
            return
        for kind, editor in self._days.items():
            most = longest.get(kind, 0)  # type: ignore[call-overload]  # both are kinds of clocks
            editor.setPlaceholderText(f"最多 {most}" if most else "不能延长")
            editor.setEnabled(bool(most))

    @Slot()
    def _weigh(self) -> None:
        days = self._wanted()
        if not days:
            self.what_if.say("填写天数后，这里显示时限的变化。")
            return
        ask = partial(self._tools.front.clocks.weigh_extension, self._case_id, days)
        self._tools.work.read(ask, self.what_if.show_weighed, words="正在推算时限…", on_failed=self.what_if.refuse)


def _terms_words(terms: ProcedureTerms) -> str:
    stopped = [word for word, held in (("法定", terms.stops_statutory), ("承诺", terms.stops_promised)) if held]
    held = f"暂停{'、'.join(stopped)}时限" if stopped else "不暂停时限"
    longest = f"，最长 {terms.longest}" if terms.longest else f"，按{LIMIT_UNITS[terms.unit]}给定时间"
    return f"{held}{longest}。{terms.law}"


def _suspend(tools: DeskTools, case_id: int, request: SuspensionRequest) -> str:
    moved = tools.front.clocks.suspend(case_id, request)
    return f"{CASE_PROCEDURES[request.procedure]}已启动，告知书 {moved.paper.number} 正在打印，请送达申请人。"
