"""A white card in the middle of a calm page: signing in, choosing, unlocking."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.style import set_role


def card(*, width: int = 0) -> tuple[QWidget, QVBoxLayout]:
    """An empty card, of fixed width in pixels where one is given, and the column to fill."""
    widget = QWidget()
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    set_role(widget, "card")
    if width:
        widget.setFixedWidth(width)
    column = QVBoxLayout(widget)
    column.setContentsMargins(tokens.BROAD, tokens.BROAD, tokens.BROAD, tokens.BROAD)
    column.setSpacing(tokens.SNUG)
    return widget, column


def centre(page: QWidget, widget: QWidget) -> None:
    """Put the widget a little above the middle of the page, where the eye rests."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(tokens.BROAD, tokens.BROAD, tokens.BROAD, tokens.BROAD)
    layout.addStretch(2)
    layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(3)
