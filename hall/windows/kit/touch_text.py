"""A long text for a touch screen, turned page by page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_role
from hall.windows.kit.touch import Paged


class TouchText(Paged):
    """Rich text. The last line of a page is the first of the next, so that no line is lost."""

    def __init__(self) -> None:
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._text.setContentsMargins(tokens.WIDE, tokens.BASE, tokens.WIDE, tokens.BASE)
        super().__init__(self._text)
        set_role(self._scroll, "sheet")

    @property
    def text(self) -> str:
        """What it says, as rich text."""
        return self._text.text()

    def show_text(self, html: str) -> None:
        """Show another text from its beginning."""
        self._text.setText(html)
        self.show_top()

    def set_points(self, points: float) -> None:
        """Type size."""
        self._text.setFont(sized(self.font(), points))

    def overlap(self) -> int:
        """One line."""
        return self._text.fontMetrics().lineSpacing()
