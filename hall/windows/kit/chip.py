"""A chip: a short word on a coloured ground. A kind of priority has its own colour everywhere."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_look, set_role


class Chip(QLabel):
    """Hidden while it has no words."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "chip")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._points = tokens.BODY
        self.hide()

    def show_words(self, words: str, *, kind: str = "") -> None:
        """Say something in the colour of a kind of priority, or in the hall's own."""
        self.setText(words)
        set_look(self, "kind", kind)
        self.set_points(self._points)  # the style forgets it when it looks anew
        self.setVisible(bool(words))

    def set_points(self, points: float) -> None:
        """Type size."""
        self._points = points
        self.setFont(sized(self.font(), points, bold=True))
