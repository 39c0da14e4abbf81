"""Panels of the desk for 审查中补正: everything that is wanted in one notice, and what of it has come in."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from hall.rules.catalogue import Limit
from hall.services.desk_file import DeskFile
from hall.services.papers_intake import Defect
from hall.windows.desk_acts import ActPanel, Deed, DeskTools
from hall.windows.desk_clock_panels import count_fault
from hall.windows.desk_what_if import WhatIf
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.forms import Form
from hall.windows.kit.style import set_role

_OTHER = "其他"


class AskPanel(ActPanel):
    """审查中补正: line by line into one list, then the notice. The limit of law does not wait for it."""

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "ask", main="告知补正并打印")
        self.say("一次写全。法定时限不因补正暂停（行政许可法第四十五条）；承诺时限按本厅规则。")
        self.line = Form()
        material = self.line.add_choice("material", "材料", {})
        self.line.add_text("other", "材料名称", required=True)
        self.line.add_text("defect", "哪里不对", required=True)
        self.line.add_text("requirement", "怎样补正", required=True)
        material.currentIndexChanged.connect(self._material_changed)
        self.line.submitted.connect(self._add_line)
        self.add_button = hotkeys.hotkey_button(hotkeys.ADD_LINE, self.line.submit)
        self.lines = LineList("还没有写补正的内容。写好一项按 Enter 加入。")
        self.form = Form()
        self._days = self.form.add_text("days", "补正期限", check=count_fault, hint="工作日，空着按本厅规则")
        self.form.submitted.connect(self._submit_all)
        self.what_if = WhatIf()
        for part in (self.line, self.add_button, self.lines, self.form, self.what_if):
            self.add(part)
        self._days.textChanged.connect(self._weigh)
        self.line.show_field("other", False)
        self._case_id = 0

    @property
    def items(self) -> tuple[Defect, ...]:
        """The lines of the notice."""
        return self.lines.items

    def show_file(self, file: DeskFile) -> None:
        """The materials of the matter, and anything else."""
        self._case_id = file.case_id
        self.line.clear()
        self.form.clear()
        self.lines.clear()
        self.what_if.clear()
        names = [rule.name for rule in file.matter.materials]
        self.line.set_choices("material", {**{name: name for name in names}, _OTHER: _OTHER})
        self._material_changed()

    def begin(self) -> None:
        """At the material."""
        self.line.focus("material")

    @Slot()
    def submit(self) -> None:
        """The main button: what is typed and not yet in the list goes along."""
        if self.line.text("defect") and not self._take_line():
            return
        self.form.submit()

    def deed(self) -> Deed:
        """The notice as it stands."""
        days = self.form.text("days")
        return partial(_ask, self._tools, self._case_id, self.items, int(days) if days else None)

    def _add_line(self) -> None:
        if self._take_line():
            self.line.focus("material")

    def _take_line(self) -> bool:
        if not self.line.validate():
            return False
        chosen = self.line.text("material")
        name = self.line.text("other") if chosen == _OTHER else chosen
        self.lines.add(Defect(name, self.line.text("defect"), self.line.text("requirement")))
        for key in ("other", "defect", "requirement"):
            self.line.set_text(key, "")
        return True

    def _submit_all(self) -> None:
        if self.items:
            self.submitted.emit()
        else:
            self.line.refuse("defect", "请至少写一项。")

    @Slot()
    def _material_changed(self) -> None:
        self.line.show_field("other", self.line.text("material") == _OTHER)

    @Slot()
    def _weigh(self) -> None:
        days = self.form.text("days")
        if not days or count_fault(days):
            self.what_if.say("填写补正期限后，这里显示时限的变化。")
            return
        ask = partial(self._tools.front.clocks.weigh_supplement, self._case_id, Limit(int(days), "workday"))
        self._tools.work.read(ask, self.what_if.show_weighed, words="正在推算时限…", on_failed=self.what_if.refuse)


class LineList(QWidget):
    """The lines that were written, each with a way to take it out again."""

    def __init__(self, empty: str) -> None:
        super().__init__()
        self._items: list[Defect] = []
        self._buttons: list[QPushButton] = []
        self._empty = empty
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.HAIR)

    @property
    def items(self) -> tuple[Defect, ...]:
        """The lines."""
        return tuple(self._items)

    def clear(self) -> None:
        """No lines."""
        self._items = []
        self._show()

    def add(self, item: Defect) -> None:
        """One more."""
        self._items.append(item)
        self._show()

    def _drop(self, item: Defect) -> None:
        self._items.remove(item)
        self._show()

    def _show(self) -> None:
        for button in self._buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for number, item in enumerate(self._items, 1):
            button = QPushButton(f"{number}. {item.name}：{item.defect}　✕")
            button.setToolTip(f"{item.requirement}（按下去掉这一项）")
            set_role(button, "left")
            button.clicked.connect(partial(self._drop, item))
            self._column.addWidget(button)
            self._buttons.append(button)
        self.setAccessibleName(self._empty if not self._items else f"{len(self._items)} 项")


class AnswerPanel(ActPanel):
    """收审查补正材料: which lines of the notice have come in."""

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "answer", main="登记收到")
        self.say("勾选收到的各项；全部收齐后，承诺时限恢复计算。")
        self._ticks: list[tuple[int, QCheckBox]] = []
        self._box = QWidget()
        set_role(self._box, "plain")
        self._rows_of_notice = QVBoxLayout(self._box)
        self._rows_of_notice.setContentsMargins(0, 0, 0, 0)
        self.add(self._box)
        self._case_id = 0

    def show_file(self, file: DeskFile) -> None:
        """The lines that are still open, ticked."""
        self._case_id = file.case_id
        for _, old in self._ticks:
            self._rows_of_notice.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._ticks = []
        for supplement in file.records.supplements:
            if supplement.closed_on is None and supplement.phase == "review":
                for line in supplement.lines:
                    if line.settled_on is None:
                        self._add(line.position, f"{line.name}：{line.requirement}")

    def begin(self) -> None:
        """At the first line."""
        if self._ticks:
            self._ticks[0][1].setFocus()

    @property
    def chosen(self) -> Sequence[int]:
        """The positions of the lines that came in."""
        return [position for position, tick in self._ticks if tick.isChecked()]

    def deed(self) -> Deed:
        """What came in."""
        return partial(_answer, self._tools, self._case_id, tuple(self.chosen))

    def _add(self, position: int, words: str) -> None:
        tick = QCheckBox(words)
        tick.setChecked(True)
        self._rows_of_notice.addWidget(tick)
        self._ticks.append((position, tick))


def _ask(tools: DeskTools, case_id: int, items: tuple[Defect, ...], days: int | None) -> str:
    paper = tools.front.review.ask(case_id, items, days=days)
    return f"补正告知书 {paper.number} 正在打印，请送达申请人。"


def _answer(tools: DeskTools, case_id: int, positions: tuple[int, ...]) -> str:
    left = tools.front.review.answer(case_id, positions).left
    return f"已登记，还缺 {len(left)} 项：{'、'.join(left)}。" if left else "补正材料已经收齐，可以继续审查。"
