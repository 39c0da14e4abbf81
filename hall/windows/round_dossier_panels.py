"""Panels of a reviewed dossier: scored line by line, given to another reviewer, corrected, verified."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from hall.clock import business_date
from hall.rules.dossier import Fault
from hall.services.round_reading import AssignmentRow
from hall.windows.deed_list import RowPanel
from hall.windows.kit import tokens
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.style import set_role
from hall.windows.pages import Deed, PageTools
from hall.windows.phrases import day_words
from hall.windows.text_panel import TextPanel
from hall.windows.verify_panel import VerifyPanel
from hall.words import REVIEW_SUBJECTS

NO_NUMBERS = "不写电话和证件号码；Shift+Enter 换行"


class FaultLines(QWidget):
    """The score sheet: each fault with a line for where it stands; an empty line: no such fault. Enter goes on."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "plain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, tokens.TIGHT, 0)
        self._column.setSpacing(tokens.HAIR)
        self._lines: dict[str, QLineEdit] = {}
        self._parts: list[QWidget] = []

    @property
    def found(self) -> dict[str, str]:
        """What was found, by the code of the fault."""
        return {code: line.text().strip() for code, line in self._lines.items() if line.text().strip()}

    def show_faults(self, faults: Sequence[Fault], found: Mapping[str, str] | None = None) -> None:
        """Other faults; `found`: what is known already, by the words of the fault."""
        for old in self._parts:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines, self._parts = {}, []
        for fault in faults:
            cost = "整卷 0 分" if fault.legality else f"扣 {fault.points} 分"
            label, line = QLabel(f"{fault.words}　{cost}"), QLineEdit()
            label.setWordWrap(True)
            line.setPlaceholderText("在哪一页、哪一项")
            line.setAccessibleName(fault.words)
            line.setText((found or {}).get(fault.words, ""))
            line.installEventFilter(self)
            self._lines[fault.code] = line
            for part in (label, line):
                self._column.addWidget(part)
                self._parts.append(part)

    def focus(self) -> None:
        """Go to the first line."""
        for line in list(self._lines.values())[:1]:
            line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next line."""
        lines = list(self._lines.values())
        if not isinstance(watched, QLineEdit) or watched not in lines or not is_plain_enter(event):
            return super().eventFilter(watched, event)
        following = lines[lines.index(watched) + 1 :]
        if following:
            following[0].setFocus()
        else:
            self.done.emit()
        return True


class ScorePanel(RowPanel[AssignmentRow]):
    """评分 by the lines of the score sheet."""

    first = "remark"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("评分", main="登记并出评分表")
        self._tools, self._front = tools, tools.front.rounds
        self.lines = FaultLines()
        self.lines.done.connect(self._to_remark)
        self.add(self.lines)
        self.form.add_text("remark", "总的评价")
        self.add(self.form)

    def ask(self, row: AssignmentRow) -> None:
        """About this dossier; the table that was in force when the round was announced."""
        super().ask(row)
        self.lines.show_faults(())
        read, key = self._front.faults, row.assignment_id
        self._tools.work.quietly(
            lambda: read(row.subject, row.opened_on), lambda found: self._offer(key, found), owner=self
        )

    def begin(self) -> None:
        """At the first line."""
        self.main_button.setFocus()
        self.lines.focus()

    def about_of(self, row: AssignmentRow) -> str:
        """The dossier."""
        return f"{dossier_words(row)}\n满分 100 分。有问题的写明在哪一页、哪一项，没有的空着。"

    def deed(self) -> Deed:
        """Enter it."""
        front, key, found, remark = self._front, self.row.assignment_id, self.lines.found, self.form.text("remark")

        def score() -> str:
            result, issued = front.score(key, found=found, remark=remark)
            return f"{result.points} 分，{result.grade}。评分表 {issued.number} 正在打印。"

        return score

    def _offer(self, key: int, faults: tuple[Fault, ...]) -> None:
        if key == self.row.assignment_id:
            self.lines.show_faults(faults)
            if self.isVisible():
                self.begin()

    @Slot()
    def _to_remark(self) -> None:
        self.form.focus("remark")


class ReplacePanel(TextPanel[AssignmentRow]):
    """更换评查员: who comes is not chosen, but the next drawn."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("更换评查员", main="更换", hint="例如 应当回避、长期病假")
        self._front = tools.front.rounds

    def about_of(self, row: AssignmentRow) -> str:
        """The dossier and who gives it back."""
        return f"{dossier_words(row)}\n现在的评查员：{row.reviewer}。由抽取次序在后、没有参加办理的评查员接替。"

    def do(self, row: AssignmentRow, text: str) -> str:
        """Replace."""
        return f"已更换，接替的评查员是{self._front.replace(row.assignment_id, text)}。"


class ReleasePanel(TextPanel[AssignmentRow]):
    """案卷退出本轮: no reviewer is left for it."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("案卷退出本轮", main="退出本轮", hint="例如 名单里没有人可以评查")
        self._front = tools.front.rounds

    def about_of(self, row: AssignmentRow) -> str:
        """The dossier, and what becomes of it."""
        return f"{dossier_words(row)}\n名单里没有别的评查员时才能退出；不计入本轮，下一轮可以再抽到。"

    def do(self, row: AssignmentRow, text: str) -> str:
        """Release it."""
        self._front.release(row.assignment_id, text)
        return f"{row.case_number} 已退出本轮。"


class NotifyPanel(RowPanel[AssignmentRow]):
    """发整改通知 to one of those who handled the case."""

    first = "responsible"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("发整改通知", main="发出并打印")
        self._tools, self._front = tools, tools.front.rounds
        self.form.add_choice("responsible", "责任人", {}, required=True)
        self.form.add_day("correct_by", "整改期限", _today(tools))
        self.add(self.form)

    def ask(self, row: AssignmentRow) -> None:
        """Those who handled this case; the usual days."""
        super().ask(row)
        self.form.set_choices("responsible", {"": "请选择", **{str(key): name for key, name in row.hands}})
        self.form.set_day("correct_by", _today(self._tools) + timedelta(days=self._front.terms.correct_days))

    def about_of(self, row: AssignmentRow) -> str:
        """The dossier with its faults."""
        return f"{dossier_words(row)}\n{faults_words(row)}"

    def deed(self) -> Deed:
        """Tell."""
        front, key, form = self._front, self.row.assignment_id, self.form
        responsible, correct_by = int(form.text("responsible") or 0), form.day("correct_by")

        def notify() -> str:
            issued = front.notify(key, responsible_id=responsible, correct_by=correct_by)
            return f"整改通知书 {issued.number} 正在打印。"

        return notify


class StatePanel(TextPanel[AssignmentRow]):
    """说明情况 of the responsible one."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("说明情况", main="登记", label="说明", hint=NO_NUMBERS, note=True)
        self._front = tools.front.rounds

    def about_of(self, row: AssignmentRow) -> str:
        """The dossier with its faults."""
        return f"{dossier_words(row)}\n{faults_words(row)}"

    def do(self, row: AssignmentRow, text: str) -> str:
        """Enter it."""
        self._front.state(row.assignment_id, text)
        return "说明已登记。"


class ObjectPanel(TextPanel[AssignmentRow]):
    """提出异议 of the responsible one."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("对评分提出异议", main="登记", label="异议", hint=NO_NUMBERS, note=True)
        self._front = tools.front.rounds

    def about_of(self, row: AssignmentRow) -> str:
        """The score with its faults, and what follows."""
        return (
            f"{dossier_words(row)}　{row.score} 分\n{faults_words(row)}\n"
            "由另一位评查员复核一次，以复核结果为准；复核期间不计整改期限。"
        )

    def do(self, row: AssignmentRow, text: str) -> str:
        """Enter it."""
        self._front.object_to(row.assignment_id, text)
        return "异议已登记，由另一位评查员复核。"


CONFIRM, REPLACE = "confirm", "replace"
CONCLUSIONS = {CONFIRM: "维持原评分", REPLACE: "改变原评分"}


class RecheckPanel(RowPanel[AssignmentRow]):
    """复核: the score is confirmed, or replaced line by line; what was found first stands in the lines."""

    first = "conclusion"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("复核", main="登记并出复核表")
        self._tools, self._front = tools, tools.front.rounds
        conclusion = self.form.add_choice("conclusion", "结论", CONCLUSIONS)
        self.form.add_note("reason", "理由", required=True, hint=NO_NUMBERS)
        self.add(self.form)
        self.lines = FaultLines()
        self.lines.done.connect(self.submit)
        self.add(self.lines)
        self.form.submitted.disconnect()
        self.form.submitted.connect(self._go_on)
        conclusion.currentIndexChanged.connect(self._show_lines)

    def ask(self, row: AssignmentRow) -> None:
        """About this dossier; the table that was in force when the round was announced."""
        super().ask(row)
        self.lines.show_faults(())
        self._show_lines()
        read, key = self._front.faults, row.assignment_id
        self._tools.work.quietly(
            lambda: read(row.subject, row.opened_on), lambda found: self._offer(key, found), owner=self
        )

    def about_of(self, row: AssignmentRow) -> str:
        """What was found, and what is said against it."""
        objection = row.recheck.objection if row.recheck is not None else ""
        return f"{dossier_words(row)}　原得分 {row.score} 分\n{faults_words(row)}\n异议：{objection}"

    def deed(self) -> Deed:
        """Enter it."""
        front, key, form = self._front, self.row.assignment_id, self.form
        found, reason = self.lines.found if self._replaces else None, form.text("reason")

        def recheck() -> str:
            done = front.recheck(key, found=found, reason=reason)
            return f"复核以后 {done.points} 分，{done.grade}。复核表 {done.sheet.number} 正在打印。"

        return recheck

    @Slot()
    def submit(self) -> None:
        """Only what is complete is sent."""
        if self.form.validate():
            self.submitted.emit()

    @property
    def _replaces(self) -> bool:
        return self.form.text("conclusion") == REPLACE

    def _offer(self, key: int, faults: tuple[Fault, ...]) -> None:
        if key == self.row.assignment_id:
            self.lines.show_faults(faults, {each.words: each.note for each in self.row.faults})

    @Slot()
    def _go_on(self) -> None:
        if self._replaces:
            self.lines.focus()
        else:
            self.submit()

    @Slot()
    def _show_lines(self) -> None:
        self.lines.setVisible(self._replaces)


class CorrectPanel(TextPanel[AssignmentRow]):
    """登记整改."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记整改", main="登记", label="怎样改的", hint=NO_NUMBERS, note=True)
        self._front = tools.front.rounds

    def about_of(self, row: AssignmentRow) -> str:
        """What is to be corrected by when."""
        until = f"\n{day_words(row.correct_by)} 前整改" if row.correct_by else ""
        return f"{dossier_words(row)}\n{faults_words(row)}{until}"

    def do(self, row: AssignmentRow, text: str) -> str:
        """Enter it."""
        self._front.correct(row.assignment_id, text)
        return "整改已登记，由另一位有权限的人员核验。"


class VerifyDossierPanel(VerifyPanel[AssignmentRow]):
    """核验整改."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, closes="评查")
        self._front = tools.front.rounds

    @property
    def correct_days(self) -> int:
        """Of the rule of dossier reviews."""
        return self._front.terms.correct_days

    def about_of(self, row: AssignmentRow) -> str:
        """What was found and what was done about it."""
        return f"{dossier_words(row)}\n{faults_words(row)}\n整改：{row.correction}"

    def verify(self, row: AssignmentRow, *, passed: bool, note: str, correct_by: date | None) -> None:
        """Enter it."""
        self._front.verify(row.assignment_id, passed=passed, note=note, correct_by=correct_by)


def dossier_words(row: AssignmentRow) -> str:
    """许可案卷 莲城管许卷〔2026〕1号."""
    return f"{REVIEW_SUBJECTS[row.subject]}　{row.case_number}"


def faults_words(row: AssignmentRow) -> str:
    """Every fault with where it stands."""
    return "\n".join(f"· {each.words}：{each.note}" for each in row.faults)


def _today(tools: PageTools) -> date:
    return business_date(tools.front.clock.now())
