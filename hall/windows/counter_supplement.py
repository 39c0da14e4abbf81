"""补正告知: everything that is missing or wrong in one list, by keyboard alone; both clocks before and after."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hall.rules.catalogue import MaterialRule, Matter
from hall.rules.clocks import Reading
from hall.rules.clocks_changes import Comparison
from hall.rules.intake import SupplementLine, proposed_lines
from hall.rules.materials import HandedIn
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.style import muted, set_role
from hall.windows.phrases import day_words
from hall.words import CLOCK_KINDS, LIMIT_UNITS

KEYS = "空格 勾选　Enter 下一项　Ctrl+Enter 告知并打印　Ctrl+P 预览样张　Esc 返回"
NOT_BEGUN = "法定时限、承诺时限从受理之日起算，现在没有开始，补正不影响。"
LONGEST_DAYS = 60


class SupplementPage(QWidget):
    """A line for every material; what lacks is ticked and filled in already. `told` when the notice is wanted."""

    told = Signal()
    days_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[_Row, ...] = ()
        self._title, self._who = QLabel("一次性告知补正"), QLabel()
        self._clocks = QLabel()
        self.limit = QLineEdit()
        self.limit.setValidator(QIntValidator(1, LONGEST_DAYS))
        self.limit.setAccessibleName("补正期限，工作日")
        self.limit.textEdited.connect(self._limit_typed)
        self.limit.installEventFilter(self)
        self.tell_button = hotkeys.hotkey_button(hotkeys.TELL, self.told.emit)
        self._area = QScrollArea()
        self._lay_out()
        hotkeys.HotkeysFirst(self, hotkeys.WINDOWS["counter"])

    @property
    def lines(self) -> tuple[SupplementLine, ...]:
        """The lines that are ticked, as they are written."""
        return tuple(row.line for row in self.rows if row.tick.isChecked())

    @property
    def days(self) -> int | None:
        """How many workdays the applicant has; None while no number stands there."""
        return int(self.limit.text()) if self.limit.hasAcceptableInput() else None

    @property
    def clock_words(self) -> str:
        """What is said of the clocks."""
        return self._clocks.text()

    def show_matter(self, matter: Matter, handed: tuple[HandedIn, ...], *, who: str) -> None:
        """The materials of an application, `who` applies, masked."""
        proposed = {line.position: line for line in proposed_lines(matter, handed)}
        self._who.setText(f"{matter.name}　{who}")
        inside = QWidget()
        set_role(inside, "plain")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, tokens.TIGHT, 0)
        grid.setHorizontalSpacing(tokens.SNUG)
        grid.setVerticalSpacing(tokens.HAIR)
        for column, (title, stretch) in enumerate((("材料", 3), ("哪里不对", 4), ("怎样补正", 4))):
            grid.addWidget(muted(title), 0, column)
            grid.setColumnStretch(column, stretch)
        self.rows = tuple(_Row(rule, proposed.get(rule.position)) for rule in matter.materials)
        for place, row in enumerate(self.rows, start=1):
            for column, widget in enumerate((row.tick, row.defect, row.requirement)):
                grid.addWidget(widget, place, column)
                widget.installEventFilter(self)
        grid.setRowStretch(len(self.rows) + 1, 1)
        self._area.setWidget(inside)
        hotkeys.HotkeysFirst(inside, hotkeys.WINDOWS["counter"])

    def show_clocks(self, comparisons: tuple[Comparison, ...]) -> None:
        """Each clock as it is and as the notice would leave it."""
        begins = next((each.after for each in comparisons if each.kind == "supplement" and each.after), None)
        if begins is not None:
            self.limit.setText(str(begins.limit.days))
        lines = [f"{CLOCK_KINDS[each.kind]}　{_words(each.before)}　→　{_words(each.after)}" for each in comparisons]
        self._clocks.setText("\n".join((*lines, NOT_BEGUN)))

    def begin(self) -> None:
        """At the first line that is ticked."""
        first = next((row for row in self.rows if row.tick.isChecked()), None)
        if first is not None:
            first.defect.setFocus()
            first.defect.selectAll()
        elif self.rows:
            self.rows[0].tick.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field."""
        if is_plain_enter(event):
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _limit_typed(self) -> None:
        if self.days is not None:
            self.days_changed.emit(self.days)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(page, "card")
        set_role(self._title, "heading")
        set_role(self._clocks, "lead")
        set_role(self.tell_button, "primary")
        self.tell_button.setMinimumWidth(220)
        self._clocks.setWordWrap(True)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.limit.setFixedWidth(64)
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
        column.setSpacing(tokens.TIGHT)
        for widget in (self._title, self._who, _hint()):
            column.addWidget(widget)
        column.addWidget(self._area, 1)
        limit = QHBoxLayout()
        limit.setSpacing(tokens.SNUG)
        limit.addWidget(muted("补正期限"))
        limit.addWidget(self.limit)
        limit.addWidget(QLabel("个工作日"))
        limit.addStretch(1)
        column.addLayout(limit)
        column.addWidget(self._clocks)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.tell_button)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)


class _Row(QObject):
    """One material: a tick, what is wrong, what is wanted. What lacks cannot be left out."""

    def __init__(self, rule: MaterialRule, proposed: SupplementLine | None) -> None:
        super().__init__()
        self.rule = rule
        self.tick = QCheckBox(rule.name)
        self.tick.setToolTip(rule.name)
        self.defect, self.requirement = QLineEdit(), QLineEdit()
        for field in (self.defect, self.requirement):
            keep = field.sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            field.setSizePolicy(keep)
            field.setPlaceholderText("必填")
            if proposed is None:
                field.hide()
        self.defect.setAccessibleName(f"{rule.name}，哪里不对")
        self.requirement.setAccessibleName(f"{rule.name}，怎样补正")
        if proposed is not None:
            self.defect.setText(proposed.defect)
            self.requirement.setText(proposed.requirement)
        self.tick.setChecked(proposed is not None)
        self.tick.setEnabled(proposed is None)
        self.tick.toggled.connect(self._show)

    @property
    def line(self) -> SupplementLine:
        """As it is written."""
        return SupplementLine(self.rule.position, self.defect.text().strip(), self.requirement.text().strip())

    @Slot()
    def _show(self) -> None:
        for field in (self.defect, self.requirement):
            field.setVisible(self.tick.isChecked())


def _hint() -> QLabel:
    label = QLabel("缺的材料已列出。已交但不符合要求的，勾上并写明。本次提交只能告知这一次，请写全。")
    label.setWordWrap(True)
    set_role(label, "muted")
    return label


def _words(reading: Reading | None) -> str:
    """5工作日 → 2026-11-30 周一，剩5; 停止; or that there is none."""
    if reading is None:
        return "没有"
    if reading.standing == "stopped":
        return "停止"
    due = day_words(reading.due_on) if reading.due_on else f"待定（{reading.pending}）"
    return f"{due}，剩 {reading.remaining} {LIMIT_UNITS[reading.limit.unit]}"
