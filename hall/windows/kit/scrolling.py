"""What may be longer than its room: turned by keys of the window, while the keyboard stays with the list."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.style import set_role


class Scrolling(QScrollArea):
    """Parts one below the other; only up and down."""

    def __init__(self, *parts: QWidget, spacing: int = tokens.TIGHT) -> None:
        super().__init__()
        inside = QWidget()
        set_role(inside, "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, tokens.TIGHT, 0)
        column.setSpacing(spacing)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    @property
    def place(self) -> int:
        """How far down it is."""
        return self.verticalScrollBar().value()

    def go_to(self, place: int) -> None:
        """As far down as it was."""
        self.verticalScrollBar().setValue(place)

    def turn(self, pages: int) -> None:
        """So many pages on, or back."""
        self.go_to(self.place + pages * self.verticalScrollBar().pageStep())
