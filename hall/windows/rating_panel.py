"""Five large buttons on a counter's display: how was it? Nobody has to answer."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from hall.windows.display_parts import free_label
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized_to
from hall.windows.kit.style import set_role
from hall.words import RATING_LEVELS

THANKS_MS = 3000
QUESTION = "请对刚才的服务作出评价"
VOLUNTARY = "自愿评价，不点不作记录"


class RatingPanel(QWidget):
    """`chosen` carries the level that was pressed; `over` says that the thanks have been seen."""

    chosen = Signal(int)
    over = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "display-newest")
        self.thanks = False
        self.question, self._hint = free_label(heavy=True), free_label()
        self._hint.setText(VOLUNTARY)
        self.buttons = {level: self._button(level) for level in RATING_LEVELS}
        self._choice = QWidget()
        row = QHBoxLayout(self._choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.BASE)
        for button in self.buttons.values():
            row.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.WIDE)
        column.setSpacing(tokens.BASE)
        column.addWidget(self.question, 3)
        column.addWidget(self._choice, 4)
        column.addWidget(self._hint, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(THANKS_MS)
        self._timer.timeout.connect(self._end)
        self.begin()

    def begin(self) -> None:
        """Ask: nothing is chosen beforehand."""
        self.thanks = False
        self._timer.stop()
        self.question.setText(QUESTION)
        for button in self.buttons.values():
            button.setEnabled(True)
        self._choice.show()
        self._hint.show()

    def set_type(self, width: int, line: int) -> None:
        """All type is a share of the screen; 非常不满意 fits its button."""
        font = self.font()
        self.question.setFont(sized_to(font, line // 12))
        self._hint.setFont(sized_to(font, line // 26))
        for button in self.buttons.values():
            button.setFont(sized_to(font, min(line // 18, (width - 160) // 30), bold=True))

    @Slot()
    def thank(self) -> None:
        """The answer is kept."""
        self.thanks = True
        self.question.setText("谢谢您的评价")
        self._choice.hide()
        self._hint.hide()
        self._timer.start()

    def _button(self, level: int) -> QPushButton:
        button = QPushButton(RATING_LEVELS[level])
        set_role(button, "rating")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        button.clicked.connect(partial(self._choose, level))
        return button

    def _choose(self, level: int) -> None:
        for button in self.buttons.values():
            button.setEnabled(False)
        self.chosen.emit(level)

    @Slot()
    def _end(self) -> None:
        self.thanks = False
        self.over.emit()
