"""后台: the devices of this station, and what waits for a printer."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget

from hall.rules.authority import may
from hall.services import tables_export
from hall.services.front import Front
from hall.services.halls import HallView
from hall.windows.devices_page import DevicesPage
from hall.windows.kit import hotkeys
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.frame import Frame
from hall.windows.kit.list_window import KeyRow, put_together
from hall.windows.kit.messages import Tone
from hall.windows.kit.shown import Shown
from hall.windows.kit.work import Work
from hall.windows.phrases import actor_words
from hall.windows.print_jobs_page import PrintJobsPage
from hall.workers.device_desk import DeviceDesk
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

# A printer that has become ready is heard of by the change feed; a queue's own trouble is not.
RELOAD_MS = 30_000
TOPICS = {"spool", "*"}
DEVICES, JOBS = 0, 1
TABS = (hotkeys.ADMIN_DEVICES, hotkeys.ADMIN_JOBS)


class Admin(Frame):
    """Devices for administrators, print jobs for whoever may see them."""

    def __init__(self, front: Front, tasks: Tasks, *, desk: DeviceDesk, changes: ChangeFeed, lamps: LampFeed) -> None:
        super().__init__("后台", front.clock)
        self._front, self._desk = front, desk
        self._work = Work(tasks, self)
        self._told = Shown("admin")
        self._sets_up = may(front.actor, "settings.change")
        self.devices = DevicesPage(front, self._work, desk)
        self.jobs = PrintJobsPage(front, self._work)
        self.pages: tuple[DevicesPage, PrintJobsPage] = (self.devices, self.jobs)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect(changes, lamps)
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        if self._sets_up:
            self.devices.reload()
        self.jobs.reload()
        self.show_page(DEVICES if self._sets_up else JOBS)

    def show_page(self, number: int) -> None:
        """Go to a page."""
        self.tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        self.ended_button.setVisible(number == JOBS)
        self.pages[number].begin()
        self.message.show_keys(self.pages[number].keys)
        self._told.tell(page=number)

    @Slot()
    def reload(self) -> None:
        """What the page shows, from its source."""
        self.pages[self._stack.currentIndex()].reload()

    @Slot(str)
    def export(self, name: str) -> None:
        """Write the lists of the page to a file; without an ending it is an Excel file."""
        path = path_of(name)
        sheets = self.pages[self._stack.currentIndex()].sheets()
        write = partial(tables_export.write_tables, path, sheets)
        self._work.read(write, lambda _: self._say(f"已导出到 {path}", "success"), words="正在导出…")

    def closeEvent(self, event: QCloseEvent) -> None:
        """A trial that waits for somebody ends with the window."""
        self._desk.give_up()
        super().closeEvent(event)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & TOPICS:
            self.jobs.reload()

    @Slot(int)
    def _show_count(self, count: int) -> None:
        words = TABS[JOBS].words
        hotkeys.rename(self.tabs[JOBS], TABS[JOBS], f"{words}（{count}）" if count else words)

    @Slot(str, str)
    def _say(self, words: str, tone: Tone) -> None:
        self.message.say(words, tone)

    @Slot()
    def _back(self) -> None:
        """Esc: whatever is open on the page."""
        self.pages[self._stack.currentIndex()].back()

    @Slot()
    def _ask_export(self) -> None:
        ask_where(self, f"{TABS[self._stack.currentIndex()].words}.xlsx", self.export)

    @Slot()
    def _switch_ended(self) -> None:
        self.jobs.show_ended(self.ended_button.isChecked())

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="后台", person=actor_words(self._front.actor))

    # How it is put together.

    def _connect(self, changes: ChangeFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        self.header.follow(lamps)
        lamps.lamp.connect(self.devices.show_roles)
        self.devices.said.connect(self._say)
        self.jobs.said.connect(self._say)
        self.jobs.counted.connect(self._show_count)
        timer = QTimer(self)
        timer.setInterval(RELOAD_MS)
        timer.timeout.connect(self.jobs.reload)
        timer.start()

    def _lay_out(self) -> None:
        for page in self.pages:
            self._stack.addWidget(page)
        put_together(self, self._tab_row(), self._stack, back=self._back)

    def _tab_row(self) -> KeyRow:
        row = KeyRow()
        self.tabs = row.add_tabs(TABS, self.show_page)
        self.tabs[DEVICES].setVisible(self._sets_up)
        row.addStretch(1)
        self.ended_button = hotkeys.tab_button(hotkeys.SHOW_PRINTED, self._switch_ended)
        self.export_button = hotkeys.hotkey_button(hotkeys.EXPORT, self._ask_export)
        row.add_tools(self.ended_button, self.export_button, hotkeys.hotkey_button(hotkeys.RELOAD, self.reload))
        return row
