"""A long text for a touch screen, turned page by page with two large buttons."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_role
from hall.windows.kit.touch import touch_button


class TouchText(QWidget):
    """Rich text; the buttons are there only when it is longer than the screen. `turned`: somebody is here."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._text.setContentsMargins(tokens.WIDE, tokens.BASE, tokens.WIDE, tokens.BASE)
        self._scroll = QScrollArea()
        set_role(self._scroll, "sheet")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        for policy in (self._scroll.setVerticalScrollBarPolicy, self._scroll.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._text)
        self.back_button = touch_button("上一页", self._turn_back)
        self.on_button = touch_button("下一页", self._turn_on)
        self._pager = QWidget()
        pager = QHBoxLayout(self._pager)
        pager.setContentsMargins(0, 0, 0, 0)
        pager.setSpacing(tokens.BASE)
        pager.addWidget(self.back_button, 1)
        pager.addWidget(self.on_button, 1)
        self._pager.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BASE)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._pager)
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(self._range_changed)
        bar.valueChanged.connect(self._show_place)

    @property
    def text(self) -> str:
        """What it says, as rich text."""
        return self._text.text()

    def show_text(self, html: str) -> None:
        """Show another text from its beginning."""
        self._text.setText(html)
        self._scroll.verticalScrollBar().setValue(0)

    def set_points(self, points: float) -> None:
        """Type size."""
        self._text.setFont(sized(self.font(), points))

    @Slot()
    def _turn_on(self) -> None:
        self._turn(1)

    @Slot()
    def _turn_back(self) -> None:
        self._turn(-1)

    def _turn(self, pages: int) -> None:
        """The last line of a page is the first of the next, so that no line is lost."""
        bar, line = self._scroll.verticalScrollBar(), self._text.fontMetrics().lineSpacing()
        bar.setValue(bar.value() + pages * max(self._scroll.viewport().height() - line, line))
        self.turned.emit()

    @Slot(int, int)
    def _range_changed(self, _low: int, high: int) -> None:
        self._pager.setVisible(high > 0)
        self._show_place()

    @Slot()
    def _show_place(self) -> None:
        bar = self._scroll.verticalScrollBar()
        self.back_button.setEnabled(bar.value() > 0)
        self.on_button.setEnabled(bar.value() < bar.maximum())
