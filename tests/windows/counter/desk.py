"""A counter window under test: what devices and other stations say to it, and the hands of its clerk."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hall.rules.cards import Card
from hall.windows.counter import Counter
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import write


@dataclass
class Feeds:
    """What devices and other stations say."""

    changes: ChangeFeed
    cards: CardFeed
    lamps: LampFeed


@dataclass
class Desk:
    """A counter window and the hands of its clerk."""

    window: Counter
    feeds: Feeds

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, wherever the focus is; an open list has it first."""
        QTest.keyClick(QApplication.activePopupWidget() or self._focus, key, modifier)

    def type(self, text: str) -> None:
        """Text into the field that has the focus."""
        write(text)

    def lay(self, card: Card) -> None:
        """A card on the reader."""
        self.feeds.cards.card.emit(card)

    def shows(self, page: QWidget) -> bool:
        """Whether this is the page on the right."""
        return self.window.page is page

    @property
    def said(self) -> str:
        """The message line."""
        return self.window.message.words

    @property
    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window
