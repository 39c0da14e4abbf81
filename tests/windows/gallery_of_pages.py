"""Draws windows into a folder: a hall of its own, each page with each panel. A gallery says of what and who looks."""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from hall.clock import FixedClock
from hall.resources import resource
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.services.catalogue import import_matters
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.deed_list import DeedListPage
from hall.windows.kit.application import create_application
from hall.windows.pages_window import PagesOf, PagesWindow
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.conftest import HALL_CODE, build


@dataclass(frozen=True, slots=True)
class Place:
    """A hall in a database of its own, without people."""

    store: Store
    clock: FixedClock
    home: Path

    def furnish(self) -> None:
        """The shipped catalogue of matters."""
        administrator = Actor(9, "王五平", self.store.hall_id, frozenset({"administrator"}))
        text = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
        import_matters(self.store, administrator, matters=parse_catalogue(text))


@dataclass(frozen=True, slots=True)
class Pictures:
    """Draws into a folder, each window in one size; the size ends the file's name."""

    folder: Path
    size: tuple[int, int]

    def show(self, window: QWidget) -> None:
        """Open a window in the size."""
        window.resize(*self.size)
        window.show()

    def draw(self, widget: QWidget, *names: str) -> None:
        """As it stands now."""
        for _ in range(4):
            QApplication.processEvents()
        widget.grab().save(str(self.folder / f"{'-'.join((*names, str(self.size[0])))}.png"))

    def open(self, pages: PagesOf, front: Front) -> PagesWindow:
        """A window of pages for somebody."""
        window = pages.open(front, tasks=InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
        self.show(window)
        return window

    def draw_pages(
        self, pages: PagesOf, front: Front, login: str, *, turn: Callable[[DeedListPage[object]], None] | None = None
    ) -> None:
        """Every page as somebody sees it, and each panel that something there opens; `turn` prepares a page."""
        window = self.open(pages, front)
        for number, page in enumerate(window.pages):
            window.show_page(number)
            if turn is not None and isinstance(page, DeedListPage):
                turn(page)
            self.draw(window, login, page.accessibleName())
            if isinstance(page, DeedListPage):
                self.draw_panels(window, page, login)
        window.close()

    def draw_panels(self, window: PagesWindow, page: DeedListPage[object], login: str) -> None:
        """Each panel of a page: what can be entered anew, then what can be done with the first row that allows it."""
        for new in page._listed.new:
            if new.panel is not None and new.name in page.new_buttons:
                page.open_new_panel(new.name)
                self.draw(window, login, page.accessibleName(), new.name)
                page.side.close_panel()
        for name, deed in page._row_deeds.items():
            row = next((each for each in page.list.table.rows if name in page.acts(each)), None)
            if row is not None and deed.panel is not None:
                page.list.table.select(page._listed.key(row))
                page.list.buttons[name].click()
                self.draw(window, login, page.accessibleName(), name)
                page.side.close_panel()


def draw_gallery(draw: Callable[[Place, Pictures], None], *, now: datetime) -> None:
    """What a gallery draws in a hall that opened just before `now`; the command line says FOLDER WIDTH HEIGHT."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder, width, height = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as name:
        home, clock = Path(name), FixedClock(now)
        url = f"sqlite:///{home / 'hall.db'}"
        build(url)
        store = Store(open_engine(url), clock=clock, station="窗口1", hall_code=HALL_CODE, key_ring=KeyRing.new())
        lay_foundation(store, counters=4)
        draw(Place(store, clock, home), Pictures(folder, (width, height)))
        application.processEvents()
        store.close()
