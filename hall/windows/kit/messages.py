"""The line at the foot of a window that says in words what just happened."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.style import set_look, set_role

Tone = Literal["info", "success", "refusal"]

MARKS: dict[Tone, str] = {"info": "", "success": "✓ ", "refusal": "✕ "}


class MessageLine(QWidget):
    """Words on the left, the keys that matter now on the right. A message stays until the next one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = QLabel()
        self._words.setObjectName("words")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._keys = QLabel()
        set_role(self._keys, "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        layout.setSpacing(tokens.BASE)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._keys)

    @property
    def words(self) -> str:
        """What the line says now."""
        return self._words.text()

    def say(self, words: str, tone: Tone = "info") -> None:
        """Replace the message; the tooltip holds all of it where the line is too narrow."""
        set_look(self, "tone", tone)
        self._words.setText(MARKS[tone] + words)
        self._words.setToolTip(words)
        set_look(self._words, "tone", tone)
        self.setAccessibleDescription(words)

    def show_keys(self, words: str) -> None:
        """Which keys do what here: Enter 下一步  Esc 返回."""
        self._keys.setText(words)
