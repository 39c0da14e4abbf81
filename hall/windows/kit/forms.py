"""The one form of all windows: labelled fields of every kind, what is wrong below the field, Enter goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from hall.windows.kit import tokens
from hall.windows.kit.style import set_look, set_role

Check = Callable[[str], str]
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
LABEL_WIDTH = 96
NOTE_LINES = 3
DAY_FORMAT = "yyyy-MM-dd"

Editor = QLineEdit | QPlainTextEdit | QComboBox | QDateEdit | QCheckBox


def anything(text: str) -> str:
    """A check that finds nothing wrong."""
    return ""


@dataclass(slots=True)
class _Field:
    label: str
    editor: Editor
    wrong: QLabel
    required: bool
    check: Check


class Form(QWidget):
    """Fields one below the other. Enter goes to the next field; on the last one it says `submitted`.

    In a longer text Shift+Enter begins a new line.

    A check gets a field's text and gives the sentence that says what is wrong, or nothing.
    """

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, _Field] = {}
        self._labels: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.SNUG)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)

    def add_text(
        self, key: str, label: str, *, required: bool = False, check: Check = anything, hint: str = ""
    ) -> QLineEdit:
        """One line of text."""
        editor = QLineEdit()
        editor.setPlaceholderText(hint)
        self._add(key, _Field(label, editor, _wrong_label(), required, check))
        return editor

    def add_password(self, key: str, label: str, *, check: Check = anything, hint: str = "") -> QLineEdit:
        """A line whose characters are not shown."""
        editor = self.add_text(key, label, required=True, check=check, hint=hint)
        editor.setEchoMode(QLineEdit.EchoMode.Password)
        return editor

    def add_note(
        self, key: str, label: str, *, required: bool = False, check: Check = anything, hint: str = ""
    ) -> QPlainTextEdit:
        """A longer text of some lines."""
        editor = QPlainTextEdit()
        editor.setPlaceholderText(hint)
        editor.setTabChangesFocus(True)
        line = editor.fontMetrics().lineSpacing()
        editor.setFixedHeight(NOTE_LINES * line + tokens.BASE)
        self._add(key, _Field(label, editor, _wrong_label(), required, check))
        return editor

    def add_choice(self, key: str, label: str, choices: Mapping[str, str], *, required: bool = False) -> QComboBox:
        """One of some words; `text` gives its code. Long words never widen the form. `required`: none with no code."""
        editor = QComboBox()
        editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        editor.setMinimumContentsLength(8)
        self._add(key, _Field(label, editor, _wrong_label(), required, anything))
        self.set_choices(key, choices)
        return editor

    def add_day(self, key: str, label: str, day: date) -> QDateEdit:
        """A day, with a calendar to pick it from; `day` gives it."""
        editor = QDateEdit(QDate(day.year, day.month, day.day))
        editor.setDisplayFormat(DAY_FORMAT)
        editor.setCalendarPopup(True)
        self._add(key, _Field(label, editor, _wrong_label(), required=False, check=anything))
        return editor

    def add_tick(self, key: str, words: str) -> QCheckBox:
        """Yes or no; `ticked` gives it."""
        editor = QCheckBox(words)
        self._add(key, _Field("", editor, _wrong_label(), required=False, check=anything))
        return editor

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all fields, from the top."""
        return tuple(self._fields)

    def text(self, key: str) -> str:
        """What the field holds: a code of a choice, a day in ISO 8601, empty for no tick.

        Without blanks at its ends unless it is a password.
        """
        editor = self._fields[key].editor
        if isinstance(editor, QComboBox):
            return str(editor.currentData() or "")
        if isinstance(editor, QDateEdit):
            return self.day(key).isoformat()
        if isinstance(editor, QCheckBox):
            return editor.text() if editor.isChecked() else ""
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText().strip()
        return editor.text().strip() if editor.echoMode() == QLineEdit.EchoMode.Normal else editor.text()

    def day(self, key: str) -> date:
        """The day of a field made by `add_day`."""
        editor = self._fields[key].editor
        assert isinstance(editor, QDateEdit)
        day = editor.date()
        return date(day.year(), day.month(), day.day())

    def ticked(self, key: str) -> bool:
        """Whether a field made by `add_tick` is ticked."""
        return bool(self.text(key))

    def set_text(self, key: str, text: str) -> None:
        """Fill a field of text, or choose by code."""
        editor = self._fields[key].editor
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(text), 0))
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def set_day(self, key: str, day: date) -> None:
        """Another day in a field made by `add_day`."""
        editor = self._fields[key].editor
        assert isinstance(editor, QDateEdit)
        editor.setDate(QDate(day.year, day.month, day.day))

    def set_choices(self, key: str, choices: Mapping[str, str]) -> None:
        """Other choices; the code that was chosen stays where it still is one."""
        editor = self._fields[key].editor
        assert isinstance(editor, QComboBox)
        chosen = editor.currentData()
        editor.clear()
        for code, words in choices.items():
            editor.addItem(words, code)
        editor.setCurrentIndex(max(editor.findData(chosen), 0))

    def rename(self, key: str, label: str) -> None:
        """Another label where the field means something else now."""
        self._fields[key].label = label
        self._labels[key].setText(label)
        self._fields[key].editor.setAccessibleName(label)

    def show_field(self, key: str, shown: bool) -> None:
        """A field that is not wanted now is hidden with its label, and not asked for."""
        field = self._fields[key]
        for part in (field.editor, field.wrong, self._labels[key]):
            part.setVisible(shown)
        field.editor.setEnabled(shown)

    def clear(self) -> None:
        """Empty all fields and forget what was wrong; days stay."""
        for key, field in self._fields.items():
            if isinstance(field.editor, QComboBox):
                field.editor.setCurrentIndex(0)
            elif isinstance(field.editor, QCheckBox):
                field.editor.setChecked(False)
            elif not isinstance(field.editor, QDateEdit):
                field.editor.clear()
            self._mark(key, "")

    def focus(self, key: str) -> None:
        """Go to a field."""
        self._fields[key].editor.setFocus()

    def refuse(self, key: str, sentence: str) -> None:
        """Say below the field what is wrong with it, and go there."""
        self._mark(key, sentence)
        self.focus(key)

    def wrong(self, key: str) -> str:
        """What is said to be wrong with a field."""
        return self._fields[key].wrong.text()

    def validate(self) -> bool:
        """Check all fields; the first wrong one gets the focus."""
        found = {key: self._fault(key) for key in self._fields}
        for key, sentence in found.items():
            self._mark(key, sentence)
        first = next((key for key, sentence in found.items() if sentence), None)
        if first is not None:
            self.focus(first)
        return first is None

    def submit(self) -> None:
        """Say `submitted` if nothing is wrong."""
        if self.validate():
            self.submitted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_plain_enter(event) and not _is_new_line(event) and not _is_open_list(watched):
            return self._go_on(watched)
        return super().eventFilter(watched, event)

    def _go_on(self, editor: QObject) -> bool:
        editors: list[QObject] = [field.editor for field in self._fields.values() if field.editor.isEnabled()]
        if editor not in editors:
            return False
        following = editors[editors.index(editor) + 1 :]
        if following and isinstance(following[0], QWidget):
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.submit()
        return True

    def _fault(self, key: str) -> str:
        field, text = self._fields[key], self.text(key)
        if not field.editor.isEnabled():
            return ""
        if field.required and not text:
            return f"请填写{field.label}。"
        return field.check(text) if text else ""

    def _mark(self, key: str, sentence: str) -> None:
        field = self._fields[key]
        field.wrong.setText(sentence)
        set_look(field.editor, "wrong", "true" if sentence else "false")
        field.editor.setAccessibleDescription(sentence)

    def _add(self, key: str, field: _Field) -> None:
        label = QLabel(field.label)
        label.setBuddy(field.editor)
        self._labels[key] = label
        row = 2 * len(self._fields)
        side = Qt.AlignmentFlag.AlignTop if isinstance(field.editor, QPlainTextEdit) else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(label, row, 0, side | Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(field.editor, row, 1)
        self._grid.addWidget(field.wrong, row + 1, 1)
        field.editor.setAccessibleName(field.label)
        field.editor.installEventFilter(self)
        self._fields[key] = field


def is_plain_enter(event: QEvent) -> bool:
    """Enter without Ctrl: Ctrl+Enter belongs to the window."""
    return (
        event.type() == QEvent.Type.KeyPress
        and isinstance(event, QKeyEvent)
        and event.key() in ENTER
        and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
    )


def _is_new_line(event: QEvent) -> bool:
    """Shift+Enter."""
    return isinstance(event, QKeyEvent) and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


def _is_open_list(editor: QObject) -> bool:
    """Whether Enter chooses from an open list."""
    return isinstance(editor, QComboBox) and editor.view().isVisible()


def _wrong_label() -> QLabel:
    """Keeps its line's height while nothing is wrong, so that the fields below do not jump."""
    label = QLabel()
    set_role(label, "wrong")
    label.setMinimumHeight(tokens.BASE)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label
