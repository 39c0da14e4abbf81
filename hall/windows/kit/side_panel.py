"""A panel beside the form that explains something and goes away with Esc."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.scrolling import Scrolling
from hall.windows.kit.style import set_role

WIDTH, WIDEST = 336, 520


class SidePanel(QWidget):
    """Title, how to close it, and whatever is added, scrolling."""

    def __init__(self, title: str, *, escape: str = "关闭") -> None:
        """`escape` says what Esc does."""
        super().__init__()
        self.setMinimumWidth(WIDTH)
        self.setMaximumWidth(WIDEST)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "card")
        heading, close = QLabel(title), QLabel(f"Esc {escape}")
        set_role(heading, "heading")
        set_role(close, "muted")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, tokens.TIGHT, 0)
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(close)
        inside = QWidget()
        set_role(inside, "plain")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.TIGHT)
        self._area = Scrolling(inside)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.TIGHT, tokens.SNUG)
        self._layout.addLayout(head)
        self._layout.addWidget(self._area, 1)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        self.hide()

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What Enter goes to is brought into view; Qt does so for Tab only, and of a text shows a line."""
        inside = self._area.widget()
        if now is None or inside is None or not inside.isAncestorOf(now):
            return
        for corner in (now.rect().bottomLeft(), now.rect().topLeft()):
            self._area.ensureVisible(0, now.mapTo(inside, corner).y(), 0, tokens.WIDE)

    def turn(self, pages: int) -> None:
        """Page up or down, by keys that the window has for it."""
        self._area.turn(pages)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        self._column.addWidget(widget)

    def add_foot(self, widget: QWidget) -> None:
        """Put a widget below what scrolls."""
        self._layout.addWidget(widget)

    def clear(self) -> None:
        """Take everything out again."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
