"""Somebody at the window of dossier reviews, by the keyboard alone, signed in anew each time."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit
from pytestqt.qtbot import QtBot

from hall.windows.deed_list import DeedListPage
from hall.windows.document_preview import DocumentPreview
from hall.windows.pages_window import PagesWindow
from hall.windows.rounds import PAGES
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.rounds.panel import Panel
from tests.windows.keyboard import ALT, CONTROL, focused, overwrite, press

TABS = ("评查案卷", "评查轮次")


@dataclass
class Chair:
    """The window of whoever sits here now; whoever sat here before has left. `window` only after `sit`."""

    panel: Panel
    qtbot: QtBot
    window: PagesWindow = field(init=False)

    def sit(self, login: str, tab: str) -> None:
        """Sign in and turn to a page."""
        if hasattr(self, "window"):
            self.window.hide()
        front = self.panel.whole_front(login)
        self.window = PagesWindow(
            PAGES, front, tasks=InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed()
        )
        self.qtbot.addWidget(self.window)
        with self.qtbot.waitActive(self.window):
            self.window.show()
        press(Qt.Key(Qt.Key.Key_1 + TABS.index(tab)), ALT)

    @property
    def page(self) -> DeedListPage[object]:
        """The page that is shown."""
        page = self.window.page
        assert isinstance(page, DeedListPage)
        return page

    @property
    def said(self) -> str:
        """The message line."""
        return self.window.message.words

    @property
    def facts(self) -> str:
        """What is told of the selected row."""
        return self.page.list.facts.words

    def count(self) -> int:
        """How many rows the list has now."""
        return len(self.page.list.table.rows)

    @property
    def offered(self) -> list[str]:
        """What the selected row allows whoever sits here."""
        return [name for name, button in self.page.list.buttons.items() if button.isVisible()]

    def lines(self) -> list[str]:
        """The reviewers that the open panel offers."""
        return [tick.text() for tick in self.page.side.findChildren(QCheckBox) if tick.isVisible()]

    def skip_lines(self) -> None:
        """Enter through the rest of the score sheet, to the remark."""
        while focused().accessibleName() != "总的评价":
            press(Qt.Key.Key_Return)

    def fill(self, *given: str) -> None:
        """Field after field, each left by Enter: text, the code of a choice, "" where it stays as it is."""
        for each in given:
            field_ = focused()
            if isinstance(field_, QComboBox):
                self._pick(each)
            elif each and not isinstance(field_, QDateEdit):
                overwrite(each)
            press(Qt.Key.Key_Return)

    def draft(self) -> list[str]:
        """Ctrl+P with a panel open: the titles of what it would issue; the preview is closed again."""
        press(Qt.Key.Key_P, CONTROL)
        dialog = self.window._papers.dialog
        assert isinstance(dialog, DocumentPreview)
        titles = list(dict.fromkeys(view.sheet.paper.title for view in dialog.views))
        press(Qt.Key.Key_Escape)
        return titles

    def _pick(self, code: str) -> None:
        choice = focused()
        assert isinstance(choice, QComboBox)
        if not code:
            return
        press(Qt.Key.Key_Home)
        for _ in range(choice.count()):
            if choice.currentData() == code:
                return
            press(Qt.Key.Key_Down)
        raise AssertionError(f"no choice {code}: {[choice.itemText(each) for each in range(choice.count())]}")
