"""Panels of spot checks: the check itself, what is said to it, how it was corrected, whether it is."""

from datetime import date, timedelta
from typing import cast

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.rules.spot_checks import CheckWay
from hall.services.instructions import StepView
from hall.services.spot_check_reading import CheckView
from hall.services.spot_checks import NewCheck
from hall.services.staff import StaffMember
from hall.windows.deed_list import RowPanel
from hall.windows.pages import Deed, PageTools
from hall.windows.phrases import day_words
from hall.words import ROLES, SPOT_CHECK_WAYS

NO_NUMBERS = "不写电话和证件号码；Shift+Enter 换行"
CORRECT_DAYS = 7
"""What the panel offers; whoever checks may name another day."""

MET, NOT_MET = "met", "not_met"
RESULTS = {MET: "符合标准", NOT_MET: "不符合标准"}
PASSED, AGAIN = "passed", "again"
VERDICTS = {PASSED: "已整改，核验通过", AGAIN: "没有改好，继续整改"}


class CheckPanel(RowPanel[StepView]):
    """登记抽查 against the step of the row."""

    first = "about"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("抽查这一步", main="登记并出记录单")
        self._tools = tools
        form = self.form
        form.add_choice("about", "被抽查人", {"": "请选择"})
        form.add_text("counter", "窗口", check=_counter_fault, hint="窗口号，不在窗口的空着")
        form.add_day("checked_on", "抽查日期", _today(tools))
        form.add_choice("way", "方式", SPOT_CHECK_WAYS)
        result = form.add_choice("result", "结论", RESULTS)
        form.add_note("finding", "情况", hint=NO_NUMBERS)
        form.add_day("correct_by", "整改期限", _today(tools) + timedelta(days=CORRECT_DAYS))
        result.currentIndexChanged.connect(self._show_result)
        self.add(form)

    def ask(self, row: StepView) -> None:
        """About this step, of today; who holds the post is read each time."""
        super().ask(row)
        today = _today(self._tools)
        self.form.set_day("checked_on", today)
        self.form.set_day("correct_by", today + timedelta(days=CORRECT_DAYS))
        self._show_result()
        self._tools.work.quietly(self._tools.front.standards.staff, self._offer, owner=self)

    def about_of(self, row: StepView) -> str:
        """The step with its standard."""
        return f"{row.subject_words}　{row.step.position} {row.step.step}\n标准：{row.step.standard}"

    def deed(self) -> Deed:
        """Enter it."""
        front, form = self._tools.front.standards, self.form
        met = form.text("result") == MET
        new = NewCheck(
            instruction_id=self.row.id,
            about_account_id=int(form.text("about") or 0),
            checked_on=form.day("checked_on"),
            way=cast(CheckWay, form.text("way")),
            met=met,
            finding=form.text("finding"),
            correct_by=None if met else form.day("correct_by"),
            counter_number=int(form.text("counter")) if form.text("counter") else None,
        )
        return lambda: f"抽查已登记，记录单 {front.enter_check(new).sheet.number} 正在打印。"

    @Slot(object)
    def _offer(self, staff: tuple[StaffMember, ...]) -> None:
        own = self._tools.front.actor.account_id
        held = {str(each.account_id): each.name for each in staff if self.row.step.post in each.roles}
        held.pop(str(own), None)
        post = ROLES[self.row.step.post]
        self.form.set_choices("about", {"": f"请选择{post}" if held else f"没有别的{post}", **held})

    @Slot()
    def _show_result(self) -> None:
        self.form.show_field("correct_by", self.form.text("result") == NOT_MET)


class StatementPanel(RowPanel[CheckView]):
    """说明 of who was checked."""

    first = "statement"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("说明情况", main="登记")
        self._front = tools.front.standards
        self.form.add_note("statement", "本人说明", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def about_of(self, row: CheckView) -> str:
        """What was found."""
        return found_words(row)

    def deed(self) -> Deed:
        """Enter it."""
        front, key, text = self._front, self.row.id, self.form.text("statement")

        def state() -> str:
            front.state(key, text)
            return "说明已登记。"

        return state


class CorrectionPanel(RowPanel[CheckView]):
    """登记整改."""

    first = "correction"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记整改", main="登记")
        self._front = tools.front.standards
        self.form.add_note("correction", "怎样改的", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def about_of(self, row: CheckView) -> str:
        """What was found, and by when it is to be corrected."""
        return f"{found_words(row)}\n{day_words(row.correct_by)} 前整改" if row.correct_by else found_words(row)

    def deed(self) -> Deed:
        """Enter it."""
        front, key, text = self._front, self.row.id, self.form.text("correction")

        def correct() -> str:
            front.correct_check(key, text)
            return "整改已登记，由另一位负责人核验。"

        return correct


class VerifyPanel(RowPanel[CheckView]):
    """核验."""

    first = "verdict"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("核验整改", main="登记")
        self._tools = tools
        verdict = self.form.add_choice("verdict", "结论", VERDICTS)
        self.form.add_text("note", "核验情况")
        self.form.add_day("correct_by", "新的期限", _today(tools) + timedelta(days=CORRECT_DAYS))
        verdict.currentIndexChanged.connect(self._show_verdict)
        self.add(self.form)

    def ask(self, row: CheckView) -> None:
        """About this check, of today."""
        super().ask(row)
        self.form.set_day("correct_by", _today(self._tools) + timedelta(days=CORRECT_DAYS))
        self._show_verdict()

    def about_of(self, row: CheckView) -> str:
        """What was found and what was done about it."""
        return f"{found_words(row)}\n整改：{row.correction}"

    def deed(self) -> Deed:
        """Enter it."""
        front, key, form = self._tools.front.standards, self.row.id, self.form
        passed, note = form.text("verdict") == PASSED, form.text("note")
        correct_by = None if passed else form.day("correct_by")

        def verify() -> str:
            front.verify(key, passed=passed, note=note, correct_by=correct_by)
            return "核验通过，抽查办结。" if passed else f"已退回，{correct_by} 前再整改。"

        return verify

    @Slot()
    def _show_verdict(self) -> None:
        self.form.show_field("correct_by", self.form.text("verdict") == AGAIN)


def found_words(row: CheckView) -> str:
    """Who was checked against which step, and what was found."""
    return f"{row.name}　{row.subject_words}　{row.step.step}\n{row.finding or RESULTS[MET]}"


def _today(tools: PageTools) -> date:
    return business_date(tools.front.clock.now())


def _counter_fault(text: str) -> str:
    return "" if text.isascii() and text.isdecimal() else "请写窗口号，如 3。"
