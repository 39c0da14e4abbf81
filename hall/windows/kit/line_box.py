"""Asks for one line of text: a reason, a number of pieces. Opened, never waited for."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.forms import Check, Form, anything
from hall.windows.kit.style import set_role

WIDTH = 480
LINE = "line"


class LineBox(QDialog):
    """`title` is what the main button does; `words` say what follows from it; `on_line` gets what was typed."""

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        words: str,
        label: str,
        on_line: Callable[[str], None],
        usual: str = "",
        check: Check = anything,
    ) -> None:
        """`usual` stands in the line already."""
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._on_line = on_line
        heading, sentence = QLabel(title), QLabel(words)
        set_role(heading, "heading")
        sentence.setWordWrap(True)
        self.form = Form()
        editor = self.form.add_text(LINE, label, required=True, check=check)
        self.form.set_text(LINE, usual)
        editor.selectAll()
        self.form.submitted.connect(self._take)
        back, self.yes_button = QPushButton("返回  Esc"), QPushButton(f"{title}  Enter")
        for button in (back, self.yes_button):
            button.setAutoDefault(False)
        set_role(self.yes_button, "primary")
        back.clicked.connect(self.reject)
        self.yes_button.clicked.connect(self.form.submit)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.yes_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.BASE)
        layout.setSpacing(tokens.SNUG)
        for widget in (heading, sentence, self.form):
            layout.addWidget(widget)
        layout.addLayout(foot)
        self.setFixedWidth(WIDTH)
        self.form.focus(LINE)

    def _take(self) -> None:
        self._on_line(self.form.text(LINE))
        self.accept()
