"""Asks why a document is printed again: the reason goes into the audit trail."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.forms import Form
from hall.windows.kit.style import set_role

WIDTH = 480
USUAL = "缺纸未打出"


class ReprintReason(QDialog):
    """Opened, never waited for; `on_reason` gets what was typed."""

    def __init__(self, parent: QWidget, title: str, on_reason: Callable[[str], None]) -> None:
        super().__init__(parent.window())
        self.setWindowTitle("补打")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._on_reason = on_reason
        heading, words = QLabel("补打"), QLabel(f"{title}\n补打的纸上印有“补打”和次数，编号不变。")
        set_role(heading, "heading")
        words.setWordWrap(True)
        self.form = Form()
        self.form.add_text("reason", "原因", required=True)
        self.form.set_text("reason", USUAL)
        self.form.submitted.connect(self._take)
        back, print_button = QPushButton("返回  Esc"), QPushButton("补打  Enter")
        for button in (back, print_button):
            button.setAutoDefault(False)
        set_role(print_button, "primary")
        back.clicked.connect(self.reject)
        print_button.clicked.connect(self.form.submit)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.BASE)
        layout.setSpacing(tokens.SNUG)
        for widget in (heading, words, self.form):
            layout.addWidget(widget)
        layout.addLayout(foot)
        self.setFixedWidth(WIDTH)
        self.form.focus("reason")

    def _take(self) -> None:
        self._on_reason(self.form.text("reason"))
        self.accept()
