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
from hall.windows.text_panel import TextPanel
from hall.windows.verify_panel import VerifyPanel
from hall.words import ROLES, SPOT_CHECK_WAYS

NO_NUMBERS = "不写电话和证件号码；Shift+Enter 换行"
CORRECT_DAYS = 7
"""What the panel offers; whoever checks may name another day."""

MET, NOT_MET = "met", "not_met"
RESULTS = {MET: "符合标准", NOT_MET: "不符合标准"}


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


class StatementPanel(TextPanel[CheckView]):
    """说明 of who was checked."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("说明情况", main="登记", label="本人说明", hint=NO_NUMBERS, note=True)
        self._front = tools.front.standards

    def about_of(self, row: CheckView) -> str:
        """What was found."""
        return found_words(row)

    def do(self, row: CheckView, text: str) -> str:
        """Enter it."""
        self._front.state(row.id, text)
        return "说明已登记。"


class CorrectionPanel(TextPanel[CheckView]):
    """登记整改."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记整改", main="登记", label="怎样改的", hint=NO_NUMBERS, note=True)
        self._front = tools.front.standards

    def about_of(self, row: CheckView) -> str:
        """What was found, and by when it is to be corrected."""
        return f"{found_words(row)}\n{day_words(row.correct_by)} 前整改" if row.correct_by else found_words(row)

    def do(self, row: CheckView, text: str) -> str:
        """Enter it."""
        self._front.correct_check(row.id, text)
        return "整改已登记，由另一位负责人核验。"


class VerifyCheckPanel(VerifyPanel[CheckView]):
    """核验."""

    correct_days = CORRECT_DAYS

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, closes="抽查")
        self._front = tools.front.standards

    def about_of(self, row: CheckView) -> str:
        """What was found and what was done about it."""
        return f"{found_words(row)}\n整改：{row.correction}"

    def verify(self, row: CheckView, *, passed: bool, note: str, correct_by: date | None) -> None:
        """Enter it."""
        self._front.verify(row.id, passed=passed, note=note, correct_by=correct_by)


class VoidCheckPanel(TextPanel[CheckView]):
    """作废 of a check that is wrong."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("作废抽查", main="作废", hint="例如 查错了人、当日不在岗")
        self._front = tools.front.standards

    def about_of(self, row: CheckView) -> str:
        """What is taken back, and what becomes of it."""
        return f"{found_words(row)}\n抽查人：{row.checker_name}。作废以后不计入统计，记录仍然可以查到。"

    def do(self, row: CheckView, text: str) -> str:
        """Void it."""
        self._front.void_check(row.id, text)
        return f"对{row.name}的抽查已作废。"


def found_words(row: CheckView) -> str:
    """Who was checked against which step, and what was found."""
    return f"{row.name}　{row.subject_words}　{row.step.step}\n{row.finding or RESULTS[MET]}"


def _today(tools: PageTools) -> date:
    return business_date(tools.front.clock.now())


def _counter_fault(text: str) -> str:
    return "" if text.isascii() and text.isdecimal() else "请写窗口号，如 3。"
