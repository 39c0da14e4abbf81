"""Parts of the kiosk: where to put the ID card, and the page that shows the number."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QVBoxLayout

from hall.resources import resource
from hall.services.taking import TicketIssued
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized, sized_to
from hall.windows.kit.heavy import HeavyLabel
from hall.windows.kit.style import set_look, set_role
from hall.windows.kit.touch import touch_button
from hall.words import PRIORITY_KINDS

PICTURE = QSize(240, 180)
INVITATION = ("刷身份证取号", "请将身份证放在读卡区")


class CardPanel(QFrame):
    """A picture of the card on the reader; after a card was read, whom it greets (masked)."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._picture, self._title, self._words = QLabel(), QLabel(), QLabel()
        self._picture.setPixmap(QIcon(str(resource("icons/id-card.svg"))).pixmap(PICTURE, self.devicePixelRatio()))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self._title, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(tokens.TIGHT)
        self._texts.addStretch(1)
        self._texts.addWidget(self._title)
        self._texts.addWidget(self._words)
        self._texts.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.WIDE)
        self._box.setSpacing(tokens.BROAD)
        self._box.addStretch()
        self._box.addWidget(self._picture)
        self._box.addLayout(self._texts)
        self._box.addStretch()
        self.say(*INVITATION)

    @property
    def title(self) -> str:
        """What it says first: an invitation, or whom it greets."""
        return self._title.text()

    def say(self, title: str, words: str, *, greeting: bool = False) -> None:
        """What to do, or whose card it was."""
        self._title.setText(title)
        self._words.setText(words)
        set_look(self, "greeting", greeting)

    def invite(self) -> None:
        """For the next person: nothing of the last one stays."""
        self.say(*INVITATION)

    def stand(self, *, upright: bool) -> None:
        """Beside the tiles (upright) or above them."""
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.TopToBottom if upright else directions.LeftToRight)
        for place, stretch in enumerate((1, 0, 0, 1) if upright else (0, 0, 1, 0)):
            self._box.setStretch(place, stretch)
        align = Qt.AlignmentFlag.AlignHCenter if upright else Qt.AlignmentFlag.AlignLeft
        for label in (self._title, self._words):
            label.setAlignment(align)

    def set_points(self, points: float) -> None:
        """Type size of the words."""
        self._title.setFont(sized(self.font(), points * 1.3, bold=True))
        self._words.setFont(sized(self.font(), points))


class TicketPage(QFrame):
    """The number, large, with everything the walk-in needs to know until the call."""

    def __init__(self, on_done: Callable[[], None]) -> None:
        super().__init__()
        set_role(self, "card")
        self.setMinimumHeight(1)  # the number's page must not stretch the screen it is shown on
        self._head, self._code = QLabel("取号成功，您的号码是"), HeavyLabel()
        set_role(self._code, "public-number")
        self._matter, self._ahead, self._place, self._advice = QLabel(), QLabel(), QLabel(), QLabel()
        self.done_button = touch_button("完成", on_done, role="touch-primary")
        self.done_button.setMinimumWidth(4 * tokens.TOUCH_TARGET)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BROAD, tokens.BASE, tokens.BROAD, tokens.BASE)
        column.setSpacing(tokens.SNUG)
        column.addStretch(2)
        for label in (self._head, self._code, self._matter, self._ahead, self._place, self._advice):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(3)
        column.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignHCenter)

    @property
    def code(self) -> str:
        """The number that is shown."""
        return self._code.text()

    def show_ticket(self, ticket: TicketIssued, counters: Sequence[int], *, slip: bool) -> None:
        """What the slip says, too, where there is one."""
        low, high = ticket.minutes
        priority = "" if ticket.priority == "ordinary" else f"（{PRIORITY_KINDS[ticket.priority]}优先）"
        self._code.setText(ticket.code)
        self._matter.setText(ticket.matter_name + priority)
        self._ahead.setText(f"前方 {ticket.waiting_ahead} 人　约 {low}–{high} 分钟")
        self._place.setText(place_words(counters))
        self._advice.setText(
            "请取走号票。没有打出的，请记住号码，告诉导办员。" if slip else "请记住号码，留意屏幕和广播。"
        )

    def clear(self) -> None:
        """Nothing of the last person stays."""
        for label in (self._code, self._matter, self._ahead):
            label.clear()

    def set_points(self, points: float) -> None:
        """Type size of the lines; the number follows the page's height."""
        self._ahead.setFont(sized(self.font(), points * 1.3, bold=True))
        for label in (self._head, self._matter, self._place, self._advice):
            label.setFont(sized(self.font(), points))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The number is a sixth of the page, without the air of a line of text."""
        super().resizeEvent(event)
        number = sized_to(self.font(), self.height() // 6)
        self._code.setFont(number)
        self._code.setFixedHeight(int(QFontMetrics(number).capHeight() * 1.5))


def place_words(counters: Sequence[int]) -> str:
    """Where the walk-in will be called to."""
    if not counters:
        return "请在等候区等候"
    first, last = counters[0], counters[-1]
    in_a_row = len(counters) > 1 and list(counters) == list(range(first, last + 1))
    numbers = f"{first}–{last}" if in_a_row else "、".join(map(str, counters))
    return f"请在等候区等候，叫到号后去 {numbers} 号窗口"
