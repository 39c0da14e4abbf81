"""Questions and the bug box: opened, never waited for."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.style import set_role
from hall.workers.bugs import Bug

WIDTH = 440


class Question(QDialog):
    """One sentence, a main answer that says what it does, and a way back."""

    def __init__(self, parent: QWidget, *, title: str, sentence: str, yes: str, on_yes: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._on_yes = on_yes
        self.yes_button = QPushButton(yes)
        set_role(self.yes_button, "primary")
        self.yes_button.clicked.connect(self.accept)
        self.no_button = QPushButton("返回")
        self.no_button.clicked.connect(self.reject)
        _lay_out(self, [_sentence(title, "heading"), _sentence(sentence)], [self.no_button, self.yes_button])
        self.yes_button.setDefault(True)
        self.finished.connect(self._answer)

    @Slot(int)
    def _answer(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._on_yes()


def ask(parent: QWidget, sentence: str, *, title: str, yes: str, on_yes: Callable[[], None]) -> Question:
    """Open a question over the parent's window and return at once."""
    question = Question(parent.window(), title=title, sentence=sentence, yes=yes, on_yes=on_yes)
    question.open()
    return question


class BugBox(QDialog):
    """Our mistake, in one sentence with a number; the program goes on."""

    def __init__(self, parent: QWidget, bug: Bug) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"程序出错 {bug.number}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._details = bug.details
        self.copy_button = QPushButton("复制详情")
        self.copy_button.clicked.connect(self._copy)
        close = QPushButton("继续")
        set_role(close, "primary")
        close.clicked.connect(self.accept)
        _lay_out(self, [_sentence("程序出错", "heading"), _sentence(bug.sentence)], [self.copy_button, close])
        close.setDefault(True)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.copy_button.setText("已复制")


def show_bug(parent: QWidget, bug: Bug) -> BugBox:
    """Open the bug box over the parent's window and return at once."""
    box = BugBox(parent.window(), bug)
    box.open()
    return box


def _sentence(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    if role:
        set_role(label, role)
    return label


def _lay_out(dialog: QDialog, sentences: list[QLabel], buttons: list[QPushButton]) -> None:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.BASE)
    layout.setSpacing(tokens.SNUG)
    for label in sentences:
        layout.addWidget(label)
    layout.addSpacing(tokens.SNUG)
    row = QHBoxLayout()
    row.setSpacing(tokens.TIGHT)
    row.addStretch()
    for button in buttons:
        button.setMinimumWidth(96)
        row.addWidget(button)
    layout.addLayout(row)
    dialog.setFixedWidth(WIDTH)
