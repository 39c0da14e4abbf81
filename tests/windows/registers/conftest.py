"""Somebody of an enforcement office at the window of the registers."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.windows.pages_window import PagesWindow
from hall.windows.registers import PAGES, EntriesPage, RegisterPage
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.conftest import office, settle, sqlite_template
from tests.services.penalties.office import Office
from tests.windows.keyboard import ALT, CONTROL, focused, press, write

__all__ = ["office", "settle", "sqlite_template"]


@dataclass
class Desk:
    """The window of whoever sits here now. `window` only after `sit`."""

    office: Office
    front_of: Callable[[Store, Actor], Front]
    qtbot: QtBot
    cards: CardFeed = field(default_factory=CardFeed)
    window: PagesWindow = field(init=False)

    def sit(self, login: str) -> None:
        """Sign in."""
        if hasattr(self, "window"):
            self.window.hide()
        front = self.front_of(self.office.store, self.office.actor(login))
        feeds = {"changes": ChangeFeed(), "cards": self.cards, "lamps": LampFeed()}
        self.window = PagesWindow(PAGES, front, tasks=InlineTasks(), **feeds)  # type: ignore[arg-type]  # the feeds
        self.qtbot.addWidget(self.window)
        with self.qtbot.waitActive(self.window):
            self.window.show()

    @property
    def page(self) -> RegisterPage:
        """The page that is shown."""
        assert isinstance(self.window.page, RegisterPage)
        return self.window.page

    @property
    def said(self) -> str:
        """The message line, without its mark."""
        return self.window.message.words.lstrip("✓✕ ")

    @property
    def titles(self) -> list[str]:
        """What the list shows."""
        return [row.title for row in self.page.list.table.rows]

    @property
    def offered(self) -> list[str]:
        """What can be done with the selected row."""
        return [name for name, button in self.page.list.buttons.items() if button.isVisible()]

    def choose(self, code: str) -> None:
        """Ctrl+F, then down to the register, then back to the list."""
        page = self.page
        assert isinstance(page, EntriesPage)
        assert page.choice is not None
        press(Qt.Key.Key_F, CONTROL)
        press(Qt.Key.Key_Home)
        press(Qt.Key.Key_Down, times=page.choice.findData(code))
        press(Qt.Key.Key_Escape)

    def fill(self, *texts: str) -> None:
        """Field after field, Enter after each; an arrow ↓ chooses the next of a choice."""
        for text in texts:
            if text.startswith("↓"):
                press(Qt.Key.Key_Down, times=len(text))
            elif text:
                write(text)
            press(Qt.Key.Key_Return)

    def turn(self, key: Qt.Key) -> None:
        """To the page that Alt and a digit open."""
        press(key, ALT)
        assert focused() is not None


@pytest.fixture
def desk(office: Office, front_of: Callable[[Store, Actor], Front], qtbot: QtBot) -> Desk:
    """Where nobody sits yet."""
    return Desk(office, front_of, qtbot)
