"""What else the kiosk offers below its tiles: check in, priority, several matters, guides, progress, public lists."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.style import set_look
from hall.windows.kit.touch import touch_button


class KioskActions(QWidget):
    """Six buttons; once matters are gathered for one ticket, only the way on to their list."""

    check_in = Signal()
    priority = Signal()
    several = Signal()
    guide = Signal()
    progress = Signal()
    public = Signal()
    review = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.check_in_button = touch_button("预约签到", self.check_in.emit)
        self.priority_button = touch_button("优先办理", self.priority.emit)
        self.several_button = touch_button("办多件事", self.several.emit)
        self.guide_button = touch_button("办事指南", self.guide.emit)
        self.progress_button = touch_button("查进度", self.progress.emit)
        self.public_button = touch_button("公开查询", self.public.emit)
        for button in self._offers:
            set_look(button, "narrow", True)
        self.review_button = touch_button("", self.review.emit, role="touch-primary")
        self.setMinimumWidth(1)  # the row is broken rather than the screen stretched
        self._rows = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self._rows:
            row.setSpacing(tokens.BASE)
            column.addLayout(row)
        self._place(len(self._offers))
        column.addWidget(self.review_button)
        self.show_offers(can_take=True, gathered=0)

    def show_offers(self, *, can_take: bool, gathered: int) -> None:
        """`can_take`: numbers are given; `gathered`: matters already chosen for one ticket."""
        for button in self._offers:
            button.setVisible(not gathered and (can_take or button in self._reading))
        self.review_button.setVisible(gathered > 0)
        self.review_button.setText(f"已选 {gathered} 件，核对后取号")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two rows where one has no room."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Another type size needs other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        offers = self._offers
        wanted = sum(button.sizeHint().width() + tokens.BASE for button in offers)
        columns = len(offers) if self.width() >= wanted else -(-len(offers) // 2)
        if columns != self._columns:
            self._place(columns)

    def _place(self, columns: int) -> None:
        self._columns = columns
        for number, button in enumerate(self._offers):
            self._rows[number // columns].addWidget(button, 1)
        self._rows[0].setContentsMargins(0, 0, 0, 0 if columns == len(self._offers) else tokens.BASE)

    @property
    def _offers(self) -> tuple[QPushButton, ...]:
        taking = self.check_in_button, self.priority_button, self.several_button
        return *taking, *self._reading

    @property
    def _reading(self) -> tuple[QPushButton, ...]:
        """What needs no number."""
        return self.guide_button, self.progress_button, self.public_button
