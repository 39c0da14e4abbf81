"""Somebody at the window of vendors' credit, by the keyboard alone, signed in anew each time."""

from PySide6.QtCore import Qt

from hall.windows.pages_window import PagesWindow
from hall.windows.vendors import PAGES
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from tests.windows.keyboard import ALT, press
from tests.windows.relief.table import Table

PAGE_KEYS = {
    "流动经营者": Qt.Key.Key_1,
    "征信事项": Qt.Key.Key_2,
    "信用平台": Qt.Key.Key_3,
    "征信规则": Qt.Key.Key_4,
}


class VendorTable(Table):
    """The same hands at another window."""

    def sit(self, login: str, page: str = "流动经营者") -> None:
        """Sign in and turn to a page."""
        front = self.front_of(self.fund.office.store, self.fund.office.actor(login))
        if hasattr(self, "window"):
            self.window.hide()
        self.window = PagesWindow(
            PAGES, front, tasks=InlineTasks(), changes=self.changes, cards=self.cards, lamps=LampFeed()
        )
        self.qtbot.addWidget(self.window)
        with self.qtbot.waitActive(self.window):
            self.window.show()
        press(PAGE_KEYS[page], ALT)
