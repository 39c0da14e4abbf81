"""Somebody at a window of pages, by the keyboard alone, signed in anew each time."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hall.services.front import Front
from hall.windows.deed_list import DeedListPage
from hall.windows.document_preview import DocumentPreview
from hall.windows.kit.frame import Frame
from hall.windows.pages_window import PagesOf, PagesWindow
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import ALT, CONTROL, pick, press


@dataclass
class Sitting:
    """The window of whoever sits here now; whoever sat here before has left. `shown` only after `sit`."""

    pages: PagesOf
    front: Callable[[str], Front]
    qtbot: QtBot
    cards: CardFeed = field(default_factory=CardFeed)
    changes: ChangeFeed = field(default_factory=ChangeFeed)
    shown: Frame = field(init=False)

    def sit(self, login: str, page: str = "") -> PagesWindow:
        """Sign in and turn to a page, the first one unless it is named."""
        window = self.pages.open(
            self.front(login),
            tasks=InlineTasks(),
            changes=self.changes,
            cards=self.cards,
            lamps=LampFeed(),
        )
        self.show(window)
        if page:
            self.turn(page)
        return window

    def show(self, window: Frame) -> None:
        """In place of the one that was shown before."""
        if hasattr(self, "shown"):
            self.shown.hide()
        self.shown = window
        self.qtbot.addWidget(window)
        with self.qtbot.waitActive(window):
            window.show()

    def turn(self, page: str) -> None:
        """To another page, read anew."""
        place = [each.words for each in self.pages.pages].index(page)
        press(Qt.Key(Qt.Key.Key_1.value + place), ALT)
        press(Qt.Key.Key_F5)

    @property
    def window(self) -> PagesWindow:
        """The window of pages."""
        assert isinstance(self.shown, PagesWindow)
        return self.shown

    @property
    def page(self) -> DeedListPage[object]:
        """The page that is shown."""
        page = self.window.page
        assert isinstance(page, DeedListPage)
        return page

    @property
    def said(self) -> str:
        """The message line."""
        return self.shown.message.words

    @property
    def facts(self) -> str:
        """What is told of the selected row."""
        return self.page.list.facts.words

    @property
    def offered(self) -> list[str]:
        """What the selected row allows whoever sits here."""
        return [name for name, button in self.page.list.buttons.items() if button.isVisible()]

    def count(self) -> int:
        """How many rows the list has now."""
        return len(self.page.list.table.rows)

    def choose(self, code: str) -> None:
        """The choice above the list."""
        press(Qt.Key.Key_F, CONTROL)
        pick(code)
        press(Qt.Key.Key_Escape)

    def draft(self) -> list[str]:
        """Ctrl+P with a panel open: the titles of what it would issue; the preview is closed again."""
        press(Qt.Key.Key_P, CONTROL)
        dialog = self.window.papers.dialog
        assert isinstance(dialog, DocumentPreview)
        titles = list(dict.fromkeys(view.sheet.paper.title for view in dialog.views))
        press(Qt.Key.Key_Escape)
        return titles
