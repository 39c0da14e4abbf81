"""Somebody of the bureau at a counter or at the dispatch window, who has nothing but the keyboard."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from hall.windows.counter import Counter
from hall.windows.kit.frame import Frame
from hall.windows.pages_window import PagesWindow
from hall.windows.request_pages import RequestsPage
from hall.windows.requests import PAGES
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import ALT, focused, overwrite, press
from tests.windows.requests.bureau import Bureau

LISTS = {"待派单": Qt.Key.Key_1, "我办的": Qt.Key.Key_2, "在办": Qt.Key.Key_3, "回访": Qt.Key.Key_4}


@dataclass
class Seats:
    """One window at a time: whoever sat before has left. `window` only after somebody sat down."""

    bureau: Bureau
    qtbot: QtBot
    cards: CardFeed = field(default_factory=CardFeed)
    window: Frame = field(init=False)

    def at_counter(self, login: str = "clerk") -> Counter:
        """At counter 3, in the task 诉求."""
        counter = Counter(
            self.bureau.front(login),
            InlineTasks(),
            counter=3,
            changes=ChangeFeed(),
            cards=self.cards,
            lamps=LampFeed(),
        )
        self._sit(counter)
        press(Qt.Key.Key_4, ALT)
        return counter

    def at_window(self, login: str, listed: str = "") -> PagesWindow:
        """At the dispatch window, on a list."""
        window = PagesWindow(
            PAGES,
            self.bureau.front(login),
            tasks=InlineTasks(),
            changes=ChangeFeed(),
            cards=self.cards,
            lamps=LampFeed(),
        )
        self._sit(window)
        if listed:
            press(LISTS[listed], ALT)
        return window

    @property
    def page(self) -> RequestsPage:
        """The list that is shown."""
        assert isinstance(self.window, PagesWindow)
        page = self.window.page
        assert isinstance(page, RequestsPage)
        return page

    @property
    def said(self) -> str:
        """The message line."""
        return self.window.message.words

    @property
    def offered(self) -> set[str]:
        """What can be done with the selected row."""
        return {name for name, button in self.page.list.buttons.items() if button.isVisible()}

    def _sit(self, window: Frame) -> None:
        if hasattr(self, "window"):
            self.window.hide()
        self.window = window
        self.qtbot.addWidget(window)
        with self.qtbot.waitActive(window):
            window.show()


def fill(*texts: str) -> None:
    """Into one field after the other, each left by Enter; an empty text leaves the field as it is."""
    for text in texts:
        if text:
            into(text)
        press(Qt.Key.Key_Return)


def into(text: str) -> None:
    """Into the field that has the focus: typed, or chosen by going down the list to these words."""
    field_ = focused()
    if isinstance(field_, QComboBox):
        words = [field_.itemText(place) for place in range(field_.count())]
        place = words.index(text) if text in words else next(n for n, each in enumerate(words) if text in each)
        press(Qt.Key.Key_Home)
        press(Qt.Key.Key_Down, times=place)
    else:
        assert isinstance(field_, QLineEdit | QPlainTextEdit)
        overwrite(text)
