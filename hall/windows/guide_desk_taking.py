"""The left side of the guide desk: what a walk-in wants a number for."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.identity import mask_name
from hall.rules.queue_policy import ORDINARY
from hall.rules.taking import MOST_MATTERS
from hall.services.queue_reading import QueueView
from hall.services.taking_limits import TakingView
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.style import set_look, set_role
from hall.windows.matter_picker import MatterPicker
from hall.windows.visit import Visit

WIDTH = 416
NO_CARD = "没有证件。放上身份证就按证件取号，也可以不放。"


class TakingForm(QFrame):
    """`taken` carries the Visit to take a number for; `refused` a sentence why it cannot be taken yet.

    `picked`, `guide` and `print_guide` carry the code of the matter in the field.
    """

    taken = Signal(object)
    refused = Signal(str)
    picked = Signal(str)
    guide = Signal(str)
    print_guide = Signal(str)

    def __init__(self, *, prints: bool) -> None:
        """`prints`: whether this station has a slip printer."""
        super().__init__()
        self.setFixedWidth(WIDTH)
        set_role(self, "card")
        self._visit = Visit()
        self._names: Mapping[str, str] = {}
        self._queue: QueueView | None = None
        self._taking: TakingView | None = None
        self.picker = MatterPicker()
        self.facts, self.list, self.card = QLabel(), QLabel(), QLabel(NO_CARD)
        self.take_button = hotkeys.hotkey_button(hotkeys.TAKE, self.take)
        self.add_button = hotkeys.hotkey_button(hotkeys.ADD_MATTER, self._add)
        self.drop_button = hotkeys.hotkey_button(hotkeys.DROP_MATTER, self._drop)
        self.guide_button = hotkeys.hotkey_button(hotkeys.GUIDE, partial(self._about_matter, self.guide))
        self.print_button = hotkeys.hotkey_button(hotkeys.PRINT_GUIDE, partial(self._about_matter, self.print_guide))
        self.print_button.setEnabled(prints)
        if not prints:
            self.print_button.setToolTip("本机没有小票打印机，不能打印指南。")
        self.card_button = hotkeys.hotkey_button(hotkeys.DROP_CARD, self._drop_card)
        self.kinds: dict[str, QPushButton] = {}
        self.picker.picked.connect(self._show_facts)
        self.picker.picked.connect(self.picked)
        self._lay_out()
        self._show_visit()

    @property
    def visit(self) -> Visit:
        """What has been said so far, with the matter in the field."""
        code = self.picker.code
        return self._visit.adding(code) if code else self._visit

    def show_matters(self, matters: tuple[Matter, ...]) -> None:
        """The catalogue."""
        self._names = {matter.code: matter.name for matter in matters}
        self.picker.show_matters(matters)
        self._show_visit()

    def show_queue(self, queue: QueueView) -> None:
        """Who waits."""
        self._queue = queue
        self._show_facts()

    def show_taking(self, taking: TakingView) -> None:
        """What may be taken."""
        self._taking = taking
        self._show_facts()

    def pick(self, code: str) -> None:
        """Put a matter into the field."""
        self.picker.pick(code)
        self._show_facts()
        self.picked.emit(code)

    @Slot()
    def go_to_matter(self) -> None:
        """To the field; what is typed takes the place of what stands there."""
        self.picker.setFocus()
        line = self.picker.lineEdit()
        if line is not None:
            line.selectAll()

    def take_card(self, card: Card) -> None:
        """The walk-in's card."""
        self._visit = replace(self._visit, card=card)
        self._show_visit()

    @Slot()
    def take(self) -> None:
        """Take the number for what has been said."""
        self.picker.settle()
        if self.visit.matters:
            self.taken.emit(self.visit)
        else:
            self.picker.setFocus()
            self.refused.emit("请先选事项：输入编码或名称里的字，再按 F2 取号。")

    def begin(self) -> None:
        """Nothing of the last person stays in the form."""
        self._visit = Visit()
        self.picker.pick("")
        self.kinds[ORDINARY].setChecked(True)
        self._show_visit()
        self.picker.setFocus()

    def _about_matter(self, signal: SignalInstance) -> None:
        self.picker.settle()
        if self.picker.code:
            signal.emit(self.picker.code)
        else:
            self.picker.setFocus()
            self.refused.emit("请先选事项，再看或打印它的指南。")

    @Slot()
    def _add(self) -> None:
        self.picker.settle()
        if not self.picker.code:
            self.refused.emit("请先选一个事项，再加下一件。")
        elif self._visit.full:
            self.refused.emit(f"一个号最多 {MOST_MATTERS} 件，请另取一个号。")
        else:
            self._visit = self._visit.adding(self.picker.code)
            self.picker.pick("")
            self._show_visit()
        self.picker.setFocus()

    @Slot()
    def _drop(self) -> None:
        if self._visit.matters:
            self._visit = self._visit.without(self._visit.matters[-1])
            self._show_visit()

    @Slot()
    def _drop_card(self) -> None:
        self._visit = replace(self._visit, card=None)
        self._show_visit()

    def _choose_kind(self, kind: str) -> None:
        self._visit = replace(self._visit, priority=kind)

    def _show_visit(self) -> None:
        lines = [f"{place}. {self._names.get(code, code)}" for place, code in enumerate(self._visit.matters, 1)]
        metrics = QFontMetrics(self.list.font())
        room = WIDTH - 3 * tokens.BASE
        self.list.setText("\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines))
        self.list.setVisible(bool(lines))
        self.drop_button.setEnabled(bool(lines))
        card = self._visit.card
        self.card.setText(f"证件：{mask_name(card.name)}　{card.sex}" if card else NO_CARD)
        self.card_button.setVisible(card is not None)
        self._show_facts()

    @Slot()
    def _show_facts(self) -> None:
        """What the walk-in asks first: how many wait, how long, whether there are numbers left."""
        code = self.picker.code
        opening = self._taking.of(code) if self._taking and code else None
        shut = opening.why_not if opening else ""
        words = ""
        if code and self._queue is not None:
            low, high = self._queue.minutes_of(code)
            words = f"等候 {self._queue.per_matter.get(code, 0)} 人，现在取号约 {low}–{high} 分钟"
        if opening is not None and opening.remaining is not None:
            words += f"，今日还有 {opening.remaining} 个号"
        self.facts.setText(shut or words or "输入编码或名称里的字来选事项。")
        set_role(self.facts, "lacking" if shut else "muted")

    def _lay_out(self) -> None:
        heading = QLabel("取号")
        set_role(heading, "heading")
        set_role(self.take_button, "primary")
        for label in (self.facts, self.card):
            label.setWordWrap(True)
        self.facts.setMinimumHeight(2 * QFontMetrics(self.facts.font()).lineSpacing())
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_role(self.card, "muted")
        self.card.setMinimumHeight(tokens.CLERK_TARGET + tokens.HAIR)  # nothing jumps when a card comes
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        column.setSpacing(tokens.TIGHT)
        for widget in (heading, self.picker, self.facts, self.list):
            column.addWidget(widget)
        column.addLayout(_row(self.add_button, self.drop_button))
        column.addLayout(self._kind_grid())
        card_row = QHBoxLayout()
        card_row.addWidget(self.card, 1)
        card_row.addWidget(self.card_button)
        column.addLayout(card_row)
        column.addWidget(self.take_button)
        column.addLayout(_row(self.guide_button, self.print_button))
        column.addStretch(1)
        for button in self.findChildren(QPushButton):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _kind_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(tokens.HAIR)
        group = QButtonGroup(self)
        for place, (kind, hotkey) in enumerate(hotkeys.KIND_KEYS.items()):
            button = hotkeys.hotkey_button(hotkey, partial(self._choose_kind, kind))
            button.setCheckable(True)
            button.setAccessibleName(f"优先类别 {hotkey.words}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_role(button, "kind")
            set_look(button, "kind", kind)
            group.addButton(button)
            self.kinds[kind] = button
            grid.addWidget(button, place // 3, place % 3)
        self.kinds[ORDINARY].setChecked(True)
        return grid


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.TIGHT)
    for button in buttons:
        row.addWidget(button, 1)
    return row
