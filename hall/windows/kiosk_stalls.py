"""The plan of a stall site at the kiosk: looked at rather than read; what is touched is told below it in words."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from hall.services.stall_reading import DrawnPlan
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.touch import UNLIMITED, touch_button
from hall.windows.stall_plan import PUBLIC, PlanView
from hall.words import STALL_PUBLIC_STATES

INVITATION = "点一下摊位，看它是什么摊位、有没有空。"
NO_PLAN = "平面图暂时看不到，摊位情况请看文字，或者向导办人员询问。"
LARGER, WHOLE = "放大看", "看全图"
ADVICE = {
    "free": "没有人，可以到窗口申请，由抽签决定。",
    "drawing": "已经公示，等抽签那天决定给谁。",
    "held": "已经有人。",
    "closed": "现在不开放。",
}


class KioskPlan(QWidget):
    """Hidden while there is no plan. `touched`: somebody is looking."""

    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: DrawnPlan | None = None
        self._upright = True
        self.view, self._said = PlanView(PUBLIC), QLabel()
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.enlarge_button = touch_button(LARGER, self._enlarge)
        self.enlarge_button.setCheckable(True)
        below = QHBoxLayout()
        below.setSpacing(tokens.BASE)
        below.addWidget(self._said, 1)
        below.addWidget(self.enlarge_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BASE)
        column.addWidget(self.view, 1)
        column.addLayout(below)
        column.addStretch()
        self.view.picked.connect(self._pick)
        hotkeys.bind(hotkeys.LARGER, lambda: self._turn(enlarged=True), self)
        hotkeys.bind(hotkeys.SMALLER, lambda: self._turn(enlarged=False), self)
        self.hide()

    @property
    def said(self) -> str:
        """What is told below the plan."""
        return self._said.text()

    def show_plan(self, plan: DrawnPlan | None) -> None:
        """The plan of a site; without stalls there is nothing to look at."""
        self._plan = plan if plan is not None and plan.stalls else None
        self.view.show_plan(self._plan, None)
        self._say(INVITATION)
        self.view.show()
        self.setVisible(self._plan is not None)
        self._turn(enlarged=False)
        if self._plan is not None:
            self.view.setFocus()

    def show_nothing(self) -> None:
        """The plan cannot be read: the words of the site stay."""
        self.view.hide()
        self.enlarge_button.hide()
        self._say(NO_PLAN)
        self.show()

    def set_points(self, points: float) -> None:
        """Type size of the legend and of what is told."""
        self.view.set_points(points)
        self._said.setFont(sized(self.font(), points))
        self._say(self.said)

    def stand(self, *, upright: bool) -> None:
        """Above the words, as high as the plan needs (upright), or beside them."""
        self._upright = upright
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The plan fills its width."""
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch beside the plan: somebody is still looking."""
        super().mousePressEvent(event)
        self.touched.emit()

    def _say(self, words: str) -> None:
        """With room for two lines, so that the plan keeps its size; for long names for more."""
        self._said.setText(words)
        least = 2 * self._said.fontMetrics().lineSpacing()
        self._said.setFixedHeight(max(least, self._said.heightForWidth(self._said.width())))
        self._fit()

    def _fit(self) -> None:
        """What the plan leaves is for the words."""
        most = self.view.height_for(self.width())
        self.view.setMaximumHeight(most)
        below = max(self._said.height(), tokens.TOUCH_TARGET)
        self.setMaximumHeight(most + tokens.BASE + below if self._upright else UNLIMITED)
        self.enlarge_button.setVisible(self.enlarge_button.isChecked() or self.view.is_small)

    def _turn(self, *, enlarged: bool) -> None:
        self.enlarge_button.setChecked(enlarged)
        self.enlarge_button.setText(WHOLE if enlarged else LARGER)
        self.view.enlarge(enlarged)

    @Slot()
    def _enlarge(self) -> None:
        self._turn(enlarged=self.enlarge_button.isChecked())
        self.touched.emit()

    @Slot(int)
    def _pick(self, stall_id: int) -> None:
        assert self._plan is not None
        stall = next(each for each in self._plan.stalls if each.stall_id == stall_id)
        self.view.show_plan(self._plan, stall_id)
        words = f"摊位 {stall.number}　{STALL_PUBLIC_STATES[stall.state]}　{stall.kind}"
        self._say(f"{words}\n{ADVICE[stall.state]}")
        self.touched.emit()
