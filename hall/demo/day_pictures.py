"""Pictures of the staff's screens at moments of the demo's day, drawn at once on what the database says then."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from hall.app.station import Station
from hall.demo.day_house import GUIDE, MANAGER, clerk_login, signed_in
from hall.demo.stage import Stage
from hall.rules.authority import DISPLAY
from hall.windows.counter import Counter
from hall.windows.counter_display import CounterDisplay
from hall.windows.guide_desk import GuideDesk
from hall.windows.kit import hotkeys
from hall.windows.monitor import Monitor
from hall.workers.tasks import InlineTasks

SCREEN = (1366, 768)
DAY_PAGE = 1


class DayPictures:
    """Without a folder nothing is drawn."""

    def __init__(self, application: QApplication, station: Station, folder: Path | None) -> None:
        self._station, self._wanted = station, folder is not None
        self._stage = Stage(application, folder)
        # Kept to the end: the collector may run in any thread, and a window must not end in another than its own.
        self._drawn: list[QWidget] = []

    def monitor(self, name: str, *, day: bool = False) -> None:
        """排队监控, or its page of the day's statistics."""
        if self._wanted:
            own = self._station
            front = own.front(signed_in(own.store, MANAGER))
            monitor = Monitor(front, InlineTasks(), changes=own.changes, lamps=own.lamps)
            if day:
                monitor.show_page(DAY_PAGE)
            self._draw(monitor, name, SCREEN)

    def counter(self, name: str, *, number: int) -> None:
        """A counter as its clerk sees it."""
        if self._wanted:
            own = self._station
            front = own.front(signed_in(own.store, clerk_login(number)))
            window = Counter(
                front, InlineTasks(), counter=number, changes=own.changes, cards=own.cards, lamps=own.lamps
            )
            self._draw(window, name, SCREEN)

    def counter_display(self, name: str, *, number: int) -> None:
        """窗口屏."""
        if self._wanted:
            own = self._station
            front = own.station_front(DISPLAY)
            self._draw(CounterDisplay(front, InlineTasks(), counter=number, changes=own.changes), name, (1280, 720))

    def guide_desk(self, name: str) -> None:
        """导办台."""
        if self._wanted:
            own = self._station
            front = own.front(signed_in(own.store, GUIDE))
            desk = GuideDesk(front, InlineTasks(), changes=own.changes, cards=own.cards, lamps=own.lamps)
            desk.lists.open_list(hotkeys.LIST_UNPRINTED)
            self._draw(desk, name, SCREEN)

    def _draw(self, window: QWidget, name: str, size: tuple[int, int]) -> None:
        window.resize(*size)
        window.show()
        self._stage.picture(window, name)
        window.hide()  # not closed: to close a counter's window is to leave the counter
        window.deleteLater()
        self._drawn.append(window)
