"""A text that the program drafts with gaps (【…】): each in turn is chosen, and what is typed takes its place."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from hall.rules.penalty_reasons import GAP
from hall.windows.kit import tokens
from hall.windows.kit.forms import Form

_END = "】"


def add_drafted(form: Form, key: str, label: str, *, lines: int) -> QPlainTextEdit:
    """A required text of so many lines; Enter goes from gap to gap, and on only when none is left."""

    def fault(text: str) -> str:
        if GAP not in text:
            return ""
        choose_gap(editor)
        return "请把【】换成结合本案的理由。"

    editor = form.add_note(key, label, required=True, check=fault)
    editor.setFixedHeight(lines * editor.fontMetrics().lineSpacing() + tokens.BASE)
    return editor


def choose_gap(editor: QPlainTextEdit) -> None:
    """Select the first gap that is left."""
    text = editor.toPlainText()
    begin = text.find(GAP)
    end = text.find(_END, begin)
    if 0 <= begin < end:
        cursor = editor.textCursor()
        cursor.setPosition(begin)
        cursor.setPosition(end + 1, QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
