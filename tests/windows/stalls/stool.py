"""Somebody at the window of the stall sites, by the keyboard alone, signed in anew each time."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit
from pytestqt.qtbot import QtBot

from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.windows.deed_list import DeedListPage
from hall.windows.document_preview import DocumentPreview
from hall.windows.pages_window import PagesWindow
from hall.windows.stalls import PAGES, PlanPage
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.stalls.street import Street
from tests.windows.keyboard import ALT, CONTROL, focused, overwrite, press

PAGE_KEYS = {
    words: Qt.Key(Qt.Key.Key_1.value + place) for place, words in enumerate(page.words for page in PAGES.pages)
}
TICK, LEAVE = "√", ""


@dataclass
class Stool:
    """The window of whoever sits here now; whoever sat here before has left. `window` only after `sit`."""

    street: Street
    front_of: Callable[[Store, Actor], Front]
    qtbot: QtBot
    cards: CardFeed
    changes: ChangeFeed
    window: PagesWindow = field(init=False)

    def sit(self, login: str, page: str) -> None:
        """Sign in and turn to a page."""
        front = self.front_of(self.street.store, self.street.actor(login))
        if hasattr(self, "window"):
            self.window.hide()
        self.window = PagesWindow(
            PAGES, front, tasks=InlineTasks(), changes=self.changes, cards=self.cards, lamps=LampFeed()
        )
        self.qtbot.addWidget(self.window)
        with self.qtbot.waitActive(self.window):
            self.window.show()
        self.turn(page)

    def turn(self, page: str) -> None:
        """To another page, read anew."""
        press(PAGE_KEYS[page], ALT)
        press(Qt.Key.Key_F5)
        assert self.page.accessibleName() == page

    @property
    def page(self) -> DeedListPage[object]:
        """The page that is shown."""
        page = self.window.page
        assert isinstance(page, DeedListPage)
        return page

    @property
    def plan(self) -> PlanPage:
        """The page of the plan, which is shown."""
        page = self.window.page
        assert isinstance(page, PlanPage)
        return page

    @property
    def said(self) -> str:
        """The message line."""
        return self.window.message.words

    @property
    def offered(self) -> list[str]:
        """What the selected row allows whoever sits here."""
        return [name for name, button in self.page.list.buttons.items() if button.isVisible()]

    def fill(self, *given: str) -> None:
        """Field after field, each left by Enter: text, the code of a choice, TICK, or LEAVE as it is."""
        for each in given:
            self._fill(each)
            press(Qt.Key.Key_Return)

    def draft(self) -> list[str]:
        """Ctrl+P with a panel open: the titles of what it would issue; the preview is closed again."""
        press(Qt.Key.Key_P, CONTROL)
        dialog = self.window._papers.dialog
        assert isinstance(dialog, DocumentPreview)
        titles = list(dict.fromkeys(view.sheet.paper.title for view in dialog.views))
        press(Qt.Key.Key_Escape)
        return titles

    def _fill(self, text: str) -> None:
        field_ = focused()
        if isinstance(field_, QComboBox):
            for _ in range(field_.count()):
                if field_.currentData() == text or not text:
                    return
                press(Qt.Key.Key_Down)
            assert field_.currentData() == text
        elif isinstance(field_, QCheckBox):
            if text == TICK:
                press(Qt.Key.Key_Space)
        elif text and not isinstance(field_, QDateEdit):
            overwrite(text)
