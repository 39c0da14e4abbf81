"""The one form of all windows: labelled lines of text, what is wrong below the field, Enter goes on."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.style import set_look, set_role

Check = Callable[[str], str]
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
LABEL_WIDTH = 96


def anything(text: str) -> str:
    """A check that finds nothing wrong."""
    return ""


@dataclass(slots=True)
class _Field:
    label: str
    editor: QLineEdit
    wrong: QLabel
    required: bool
    check: Check


class Form(QWidget):
    """Fields one below the other. Enter goes to the next field; on the last one it says `submitted`.

    A check gets a field's text and gives the sentence that says what is wrong, or nothing.
    """

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, _Field] = {}
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

    def text(self, key: str) -> str:
        """What the field holds; without blanks at its ends unless it is a password."""
        editor = self._fields[key].editor
        return editor.text().strip() if editor.echoMode() == QLineEdit.EchoMode.Normal else editor.text()

    def set_text(self, key: str, text: str) -> None:
        """Fill a field."""
        self._fields[key].editor.setText(text)

    def clear(self) -> None:
        """Empty all fields and forget what was wrong."""
        for key, field in self._fields.items():
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
        if is_plain_enter(event):
            return self._go_on(watched)
        return super().eventFilter(watched, event)

    def _go_on(self, editor: QObject) -> bool:
        editors = [field.editor for field in self._fields.values() if field.editor.isEnabled()]
        if not isinstance(editor, QLineEdit) or editor not in editors:
            return False
        following = editors[editors.index(editor) + 1 :]
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.submit()
        return True

    def _fault(self, key: str) -> str:
        field, text = self._fields[key], self.text(key)
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
        row = 2 * len(self._fields)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
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


def _wrong_label() -> QLabel:
    """Keeps its line's height while nothing is wrong, so that the fields below do not jump."""
    label = QLabel()
    set_role(label, "wrong")
    label.setMinimumHeight(tokens.BASE)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label
