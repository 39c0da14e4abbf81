"""What stands around every page of the kiosk: title, clock, notice, heading with chips, foot, and the seconds left."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from hall.clock import Clock, hall_time
from hall.windows.kiosk_actions import KioskActions
from hall.windows.kiosk_pages import CardPanel
from hall.windows.kit import tokens
from hall.windows.kit.chip import Chip
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_look, set_role
from hall.windows.kit.touch import touch_button

BACK_SECONDS = 20
# A high screen that has less than this has no room to give away.
SHORT = 1400


class KioskFrame(QWidget):
    """The pages change, the frame stays.

    `back`: whoever is here goes back; `left_alone`: nobody has touched it for 20 seconds; `points_changed` carries
    the type size; `turned` whether the screen is wide.
    """

    back = Signal()
    left_alone = Signal()
    points_changed = Signal(float)
    turned = Signal(bool)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setWindowTitle("取号")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "ground")
        self._clock = clock
        self.card_panel = CardPanel()
        self.card_panel.hide()
        self.pages = QStackedWidget()
        self.offers = KioskActions()
        self.notice, self.heading = QLabel(), QLabel()
        self.kind_chip, self.count_chip = Chip(), Chip()
        self._title, self._time, self._countdown = QLabel("自助取号"), QLabel(), QLabel()
        set_role(self.notice, "public-notice")
        for label in (self.notice, self.heading):
            label.setWordWrap(True)
        self.notice.hide()
        self._countdown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back_button = touch_button("返回", self.back.emit)
        self.large_button = touch_button("大字版", self._large_touched)
        self.large_button.setCheckable(True)
        self.back_timer = self.timer(BACK_SECONDS * 1000, self._nobody_here)
        self.back_timer.setSingleShot(True)
        self.timer(1000, self.tick).start()
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.back)
        self._lay_out()

    @property
    def large(self) -> bool:
        """Whether the type is large."""
        return self.large_button.isChecked()

    def show_page(self, page: QWidget, heading: str) -> None:
        """Show a page under its heading."""
        self.pages.setCurrentWidget(page)
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))

    @Slot()
    def stay(self) -> None:
        """Somebody is here: the seconds count anew."""
        self.back_timer.start()
        self.tick()

    @Slot()
    def tick(self) -> None:
        """Show the hall's time and the seconds that are left."""
        self._time.setText(f"{hall_time(self._clock.now()):%Y-%m-%d  %H:%M}")
        left = round(self.back_timer.remainingTime() / 1000)
        self._countdown.setText(f"{left} 秒后返回" if self.back_timer.isActive() else "")

    def show_card_panel(self, wanted: bool, *, with_tiles: bool) -> None:
        """Where to lay the card; a short screen keeps its room for pages other than tiles, which turn."""
        short = self.width() < self.height() < SHORT
        self.card_panel.setVisible(wanted and (with_tiles or not short))

    def show_title(self, name: str) -> None:
        """The hall's name."""
        self._title.setText(name)

    def show_notice(self, words: str) -> None:
        """A red band across the screen; nothing for empty words."""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def set_points(self, body: float) -> None:
        """The type size of everything around and on the pages."""
        font = self.font()
        self.large_button.setText("普通字" if self.large else "大字版")
        self._title.setFont(sized(font, tokens.PUBLIC_TITLE, bold=True))
        self.heading.setFont(sized(font, body * 1.3, bold=True))
        for label in (self._time, self._countdown, self.notice):
            label.setFont(sized(font, body))
        for chip in (self.kind_chip, self.count_chip):
            chip.set_points(body)
        self.card_panel.set_points(body)
        for button in self.findChildren(QPushButton):
            set_look(button, "large", self.large)
        self.points_changed.emit(body)

    def timer(self, interval: int, slot: Callable[[], None]) -> QTimer:
        """A timer of this window, not yet started."""
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a wide screen the card panel stands beside the tiles, on a high one above them."""
        super().resizeEvent(event)
        wide = self.width() > self.height()
        directions = QBoxLayout.Direction
        self._body.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._body.setStretch(0, 1 if wide else 0)
        self._body.setStretch(1, 3)
        self.card_panel.stand(upright=wide)
        self.turned.emit(wide)

    @Slot()
    def _nobody_here(self) -> None:
        """The next person finds the screen as it always is."""
        self.large_button.setChecked(False)
        self.set_points(tokens.PUBLIC_BODY)
        self.left_alone.emit()

    @Slot()
    def _large_touched(self) -> None:
        self.set_points(tokens.PUBLIC_LARGE if self.large else tokens.PUBLIC_BODY)
        self.stay()

    def _lay_out(self) -> None:
        over = QHBoxLayout()
        over.setSpacing(tokens.BASE)
        over.addWidget(self.heading, 1)
        over.addWidget(self.kind_chip)
        over.addWidget(self.count_chip)
        right = QVBoxLayout()
        right.setSpacing(tokens.WIDE)
        right.addLayout(over)
        right.addWidget(self.pages, 1)
        right.addWidget(self.offers)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setContentsMargins(tokens.BROAD, tokens.WIDE, tokens.BROAD, 0)
        self._body.setSpacing(tokens.WIDE)
        self._body.addWidget(self.card_panel)
        self._body.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(tokens.BROAD, tokens.BASE, tokens.BROAD, tokens.BASE)
        foot.addWidget(self.back_button)
        foot.addWidget(self._countdown, 1)
        foot.addWidget(self.large_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.notice)
        layout.addLayout(self._body, 1)
        layout.addLayout(foot)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(head, "public-head")
        self._title.setWordWrap(True)
        row = QHBoxLayout(head)
        row.setContentsMargins(tokens.BROAD, tokens.BASE, tokens.BROAD, tokens.BASE)
        row.addWidget(self._title, 1)
        row.addWidget(self._time)
        return head
