"""The form of the intake as it is laid out: applicant, matter, particulars, materials, limits, the ways on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from hall.windows.counter_applicant import ApplicantPanel
from hall.windows.counter_applicant_fields import BUTTON_WIDTH, LABEL_WIDTH
from hall.windows.counter_materials import MaterialList
from hall.windows.counter_outlook import LimitLines, MissingLine
from hall.windows.due_explanation import DueExplanation
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.side_panel import WIDTH as SIDE_WIDTH
from hall.windows.kit.style import muted, set_look, set_role
from hall.windows.matter_guide import MatterGuide
from hall.windows.matter_picker import MatterPicker

FORM_WIDTH = 1080


class IntakeForm(QWidget):
    """Nothing but fields and buttons; what they do is the page's. `way` carries the way that was asked for."""

    way = Signal(str)
    particulars_wanted = Signal()
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = QLabel()
        self.applicant = ApplicantPanel()
        self.matter = MatterPicker()
        self.materials = MaterialList()
        self.missing, self.limits = MissingLine(), LimitLines()
        self.summary, self.doubled = QLabel(), QLabel()
        self.guide, self.explanation = MatterGuide(), DueExplanation()
        self.accept_button = hotkeys.hotkey_button(hotkeys.ACCEPT, self.submitted.emit)
        self.guide_button = hotkeys.hotkey_button(hotkeys.GUIDE, self.toggle_guide)
        self.why_button = hotkeys.hotkey_button(hotkeys.WHY, self.toggle_explanation)
        self.particulars_button = hotkeys.hotkey_button(hotkeys.PARTICULARS, self.particulars_wanted.emit)
        self.ways: dict[str, QPushButton] = {
            way: hotkeys.hotkey_button(hotkey, self._asker(way))
            for way, hotkey in (
                ("supplement", hotkeys.SUPPLEMENT),
                ("accept_lacking", hotkeys.ACCEPT_LACKING),
                ("", hotkeys.WAYS),
            )
        }
        self._lay_out()

    @property
    def missing_words(self) -> str:
        """What is said of the materials."""
        return self.missing.text()

    def clock_words(self, kind: str) -> str:
        """What is said of a clock."""
        return self.limits.words(kind)

    def close_side(self) -> bool:
        """Close whatever stands beside the form; False if nothing did."""
        was_open = self.guide.isVisible() or self.explanation.isVisible()
        self.guide.hide()
        self.explanation.hide()
        return was_open

    def toggle_guide(self) -> None:
        """Show or hide the guide of the matter."""

    def toggle_explanation(self) -> None:
        """Show or hide why the due dates are what they are."""

    def _asker(self, way: str) -> Callable[[], None]:
        def ask() -> None:
            self.way.emit(way)

        return ask

    def grey(self, way: str, reason: str) -> None:
        """A way that is not open looks so and says why; its key still answers, with the reason."""
        button = self.ways[way]
        set_look(button, "off", "true" if reason else "false")
        button.setToolTip(reason)

    @property
    def has_room(self) -> bool:
        """A wide screen has the guide beside the form without being asked."""
        return self.width() > FORM_WIDTH + SIDE_WIDTH

    def _lay_out(self) -> None:
        set_role(self.accept_button, "primary")
        set_role(self.heading, "heading")
        set_role(self.doubled, "lacking")
        self.heading.hide()
        self.doubled.hide()
        form = QWidget()
        form.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(form, "card")
        form.setMaximumWidth(FORM_WIDTH)
        column = QVBoxLayout(form)
        column.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self.heading)
        column.addWidget(self.applicant)
        column.addLayout(self._grid(), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SNUG)
        row.addWidget(form, 3)
        row.addWidget(self.guide, 1)
        row.addWidget(self.explanation, 1)
        row.addStretch(0)
        QWidget.setTabOrder(self.applicant.history_button, self.matter)
        QWidget.setTabOrder(self.matter, self.materials)
        for button in (self.guide_button, self.why_button, self.particulars_button, *self.ways.values()):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SNUG)
        grid.setVerticalSpacing(tokens.HAIR)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnMinimumWidth(2, BUTTON_WIDTH)
        grid.setColumnStretch(1, 1)
        grid.setRowMinimumHeight(1, tokens.CLERK_TARGET)
        grid.addWidget(muted("事项"), 0, 0)
        grid.addWidget(self.matter, 0, 1)
        grid.addWidget(self.guide_button, 0, 2)
        grid.addWidget(muted("情况"), 1, 0)
        grid.addLayout(self._summary_row(), 1, 1)
        grid.addWidget(self.particulars_button, 1, 2)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(muted("材料"), 2, 0, top)
        listed = QVBoxLayout()
        listed.setSpacing(tokens.TIGHT)
        listed.addWidget(self.materials, 100)  # all it needs; on a low window it scrolls
        listed.addWidget(self.missing)
        listed.addStretch(1)
        grid.addLayout(listed, 2, 1, 1, 2)
        grid.setRowStretch(2, 1)
        grid.addWidget(muted("时限"), 3, 0, top)
        grid.addWidget(self.limits, 3, 1)
        grid.addWidget(self.why_button, 3, 2, top)
        grid.setRowMinimumHeight(4, tokens.HAIR)
        grid.addLayout(self._foot(), 5, 0, 1, 3)
        return grid

    def _summary_row(self) -> QHBoxLayout:
        """What the particulars are, and the warning of a like application; both may be longer than the row."""
        for label in (self.summary, self.doubled):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(tokens.SNUG)
        row.addWidget(self.summary, 1)
        row.addWidget(self.doubled)
        return row

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(tokens.TIGHT)
        for button in self.ways.values():
            foot.addWidget(button)
        foot.addStretch(1)
        self.accept_button.setMinimumWidth(220)
        foot.addWidget(self.accept_button)
        return foot
