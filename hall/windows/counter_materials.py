"""The materials of a matter as rows to tick: Space takes the full number, digits say how many there are."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from hall.rules.catalogue import MaterialRule
from hall.rules.materials import HandedIn
from hall.windows.kit import tokens
from hall.windows.kit.forms import ENTER
from hall.windows.kit.style import set_look, set_role

FORMS = ("原件", "复印件")
COUNT_WIDTH = 92
ROW_HEIGHT, FEWEST_ROWS, MOST_ROWS = 34, 2, 8


class MaterialRow(QWidget):
    """One material: a tick for the full number, and the counts of originals and copies.

    Left and right choose which of the two counts the digits change.
    """

    changed = Signal()
    step = Signal(int)

    def __init__(self, rule: MaterialRule) -> None:
        super().__init__()
        self.rule = rule
        self._needed = (rule.originals, rule.copies)
        self._counts = [0, 0]
        self._chosen = 0 if rule.originals else 1
        self._has_focus = False
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "row")
        self.setFixedHeight(ROW_HEIGHT)
        self.tick = _Tick(self._key, self._focus)
        self.tick.setText(rule.name if rule.required else f"{rule.name}（非必要）")
        self.tick.setToolTip(f"{rule.name}。{rule.note}" if rule.note else rule.name)
        self.tick.clicked.connect(self._toggle)
        self._labels = tuple(QLabel() for _ in FORMS)
        self._lay_out()
        self._show()

    @property
    def handed_in(self) -> HandedIn:
        """What is there."""
        return HandedIn(self.rule.position, self._counts[0], self._counts[1])

    def put(self, handed_in: HandedIn) -> None:
        """What was there before."""
        self._counts = [handed_in.originals, handed_in.copies]
        self._show()

    @property
    def lacking(self) -> bool:
        """Whether less is there than a required material needs."""
        return self.rule.required and not self._full

    @property
    def _full(self) -> bool:
        return all(have >= need for have, need in zip(self._counts, self._needed, strict=True))

    def _lay_out(self) -> None:
        note = QLabel(self.rule.note)
        set_role(note, "small")
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.TIGHT, 0, tokens.TIGHT, 0)
        row.setSpacing(tokens.TIGHT)
        row.addWidget(self.tick)
        row.addWidget(note, 1)
        for label in self._labels:
            label.setFixedWidth(COUNT_WIDTH)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(label)

    def _toggle(self) -> None:
        self._counts = [0, 0] if self._full else list(self._needed)
        self._show()
        self.changed.emit()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in ENTER or event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.step.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._chosen = 0 if event.key() == Qt.Key.Key_Left and self._needed[0] else int(self._needed[1] > 0)
            self._show()
            return True
        if len(event.text()) == 1 and event.text() in "0123456789":
            self._counts[self._chosen] = int(event.text())
            self._show()
            self.changed.emit()
            return True
        return False

    def _focus(self, has: bool) -> None:
        self._has_focus = has
        self._show()

    def _show(self) -> None:
        self.tick.setChecked(self._full)
        set_look(self, "active", "true" if self._has_focus else "false")
        for place, (label, form, need, have) in enumerate(
            zip(self._labels, FORMS, self._needed, self._counts, strict=True)
        ):
            label.setText(f"{form} {have}/{need}" if need or have else "")
            looks = "count-lacking" if have < need and self.rule.required else "count"
            set_role(label, f"{looks}-chosen" if self._has_focus and place == self._chosen else looks)
        every = zip(FORMS, self._needed, self._counts, strict=True)
        parts = (f"{form}{have}份，应交{need}份" for form, need, have in every if need)
        self.tick.setAccessibleName("，".join((self.rule.name, *parts)))


class MaterialList(QScrollArea):
    """All rows of a matter; `changed` after every tick or digit, `left` when Enter goes past the last row."""

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows: tuple[MaterialRow, ...] = ()
        self.show_rules(())

    @property
    def handed_in(self) -> tuple[HandedIn, ...]:
        """Every material of which something is there."""
        every = (row.handed_in for row in self.rows)
        return tuple(each for each in every if each.originals or each.copies)

    def show_rules(self, rules: tuple[MaterialRule, ...]) -> None:
        """Show other materials; nothing of them is there yet."""
        self.rows = tuple(MaterialRow(rule) for rule in rules)
        inside = QWidget()
        set_role(inside, "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, row in enumerate(self.rows):
            row.changed.connect(self.changed)
            row.step.connect(self._stepper(place))
            column.addWidget(row)
        self.setWidget(inside)
        self.setMinimumHeight(min(len(rules), FEWEST_ROWS) * ROW_HEIGHT)
        self.setMaximumHeight(min(len(rules), MOST_ROWS) * ROW_HEIGHT)

    def put(self, handed_in: tuple[HandedIn, ...]) -> None:
        """What was there before, as far as the matter still asks for it."""
        before = {each.position: each for each in handed_in}
        for row in self.rows:
            if row.rule.position in before:
                row.put(before[row.rule.position])
        self.changed.emit()

    def focus_first(self) -> None:
        """Go to the first row that lacks something, else to the first."""
        if self.rows:
            self._go_to(next((place for place, row in enumerate(self.rows) if row.lacking), 0))

    def _stepper(self, place: int) -> Callable[[int], None]:
        def step(by: int) -> None:
            if place + by >= len(self.rows):
                self.left.emit()
            elif place + by >= 0:
                self._go_to(place + by)

        return step

    def _go_to(self, place: int) -> None:
        self.rows[place].tick.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self.rows[place], 0, 0)


class _Tick(QCheckBox):
    """A check box that offers its keys and its focus to the row it stands in."""

    def __init__(self, on_key: Callable[[QKeyEvent], bool], on_focus: Callable[[bool], None]) -> None:
        super().__init__()
        self._on_key = on_key
        self._on_focus = on_focus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._on_key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._on_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._on_focus(False)
