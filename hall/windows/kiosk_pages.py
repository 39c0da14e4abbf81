"""Parts of the kiosk: where to put the ID card, and the page that shows the number."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QVBoxLayout

from hall.resources import resource
from hall.rules.queue_policy import ORDINARY
from hall.services.taking import TicketIssued
from hall.windows.kit import tokens
from hall.windows.kit.chip import Chip
from hall.windows.kit.fonts import sized, sized_to
from hall.windows.kit.heavy import HeavyLabel
from hall.windows.kit.style import set_look, set_role
from hall.windows.kit.touch import touch_button
from hall.words import PRIORITY_KINDS

SLIP_WORDS = {
    "printing": "正在打印号票…",
    "out": "请取走号票",
    "not_out": "号票没有打出来，请到导办台",
    "sheet": "正在打印号单，请取走",
    "none": "请记住号码，留意屏幕和广播",
}
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
        self.kind = Chip()
        self._matter, self._ahead, self._place, self._advice = QLabel(), QLabel(), QLabel(), QLabel()
        self._slip, self._points = QLabel(), tokens.PUBLIC_BODY
        set_role(self._slip, "slip-state")
        self.done_button = touch_button("完成", on_done, role="touch-primary")
        self.done_button.setMinimumWidth(4 * tokens.TOUCH_TARGET)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BROAD, tokens.BASE, tokens.BROAD, tokens.BASE)
        column.setSpacing(tokens.SNUG)
        column.addStretch(2)
        for label in (self._head, self._code, self._matter, self._ahead, self._place, self._advice, self._slip):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.insertWidget(3, self.kind, 0, Qt.AlignmentFlag.AlignHCenter)
        column.insertStretch(column.count() - 1, 2)
        column.addStretch(1)
        column.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignHCenter)

    @property
    def code(self) -> str:
        """The number that is shown."""
        return self._code.text()

    @property
    def slip_words(self) -> str:
        """What is said of the slip."""
        return self._slip.text()

    def show_ticket(self, ticket: TicketIssued, counters: Sequence[int], *, further: int = 0) -> None:
        """What the slip says, too, where there is one; `further` counts the matters after the first."""
        low, high = ticket.minutes
        priority = ticket.priority != ORDINARY
        self.kind.show_words(f"{PRIORITY_KINDS[ticket.priority]}优先" if priority else "", kind=ticket.priority)
        self._code.setText(ticket.code)
        self._matter.setText(ticket.matter_name + (f"\n另有 {further} 件，同一个号依次办理" if further else ""))
        self._ahead.setText(f"前方 {ticket.waiting_ahead} 人　约 {low}–{high} 分钟")
        self._place.setText(place_words(counters))
        self._advice.setText(ticket.notice)
        self._advice.setVisible(bool(ticket.notice))
        self.show_slip("printing" if ticket.state == "reserved" else "sheet" if ticket.sheet else "none")

    def show_slip(self, fate: str) -> None:
        """printing, out, not_out; none where no slip is printed."""
        self._slip.setText(SLIP_WORDS[fate])
        set_look(self._slip, "fate", fate)
        self._slip.setFont(sized(self.font(), self._points * 1.3, bold=True))  # the style forgets it, looking anew

    def clear(self) -> None:
        """Nothing of the last person stays."""
        for label in (self._code, self._matter, self._ahead, self._advice):
            label.clear()
        self.kind.show_words("")

    def set_points(self, points: float) -> None:
        """Type size of the lines; the number follows the page's height."""
        self._points = points
        self._ahead.setFont(sized(self.font(), points * 1.3, bold=True))
        for label in (self._head, self._matter, self._place, self._advice):
            label.setFont(sized(self.font(), points))
        self._slip.setFont(sized(self.font(), points * 1.3, bold=True))
        self.kind.set_points(points)

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
