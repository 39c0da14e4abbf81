"""排队监控: the manager's view of the queue now and of any day; what can be changed is changed from here."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QLabel,
    QStackedWidget,
)

from hall.clock import business_date, hall_time
from hall.errors import HallError
from hall.rules.queue_alarms import Alarm
from hall.services.catalogue import MatterInForce
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.monitor import CounterRow, MonitorView
from hall.services.statistics import DayReport
from hall.windows.kit import hotkeys
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.frame import Frame
from hall.windows.kit.list_window import KeyRow, put_together
from hall.windows.kit.shown import Shown
from hall.windows.kit.style import set_role
from hall.windows.kit.work import Work
from hall.windows.monitor_day import DayPage
from hall.windows.monitor_dialogs import MattersDialog, ReleaseDialog
from hall.windows.monitor_follow_ups import FollowUpPage
from hall.windows.monitor_now import NowPage
from hall.windows.monitor_ranking import RankingPage, ScoresPage
from hall.windows.pages import PageTools, WindowPage
from hall.windows.phrases import actor_words
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

# Waiting grows without any change; the hours of today are counted anew more seldom than the hall is looked at.
RELOAD_MS, REPORT_MS = 15_000, 30_000
PAGE_KEYS = (
    "Enter 调整事项",
    "Alt+← → 换一天　Ctrl+1–4 换分组",
    "Enter 回访　Esc 关闭面板",
    "Ctrl+F 选月份",
    "Ctrl+F 筛选",
)
KEYS = "Alt+1–5 换页　Ctrl+E 导出　F5 重新载入"
QUEUE_TOPICS, RATING_TOPICS = {"queue", "counter", "catalogue", "*"}, {"rating", "calendar", "*"}


class Monitor(Frame):
    """Now, a day in figures, follow-ups, ranking, outside scores. A change elsewhere is read once per burst."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, lamps: LampFeed) -> None:
        super().__init__("排队监控", front.clock)
        self._front, self._tasks = front, tasks
        self._work = Work(tasks, self)
        self._reading = self._stale = self._failed_before = False
        self._told = Shown("monitor")
        alarms = front.policy.alarms
        self.now_page, self.day_page = NowPage(front.clock, alarms), DayPage(front.clock, alarms)
        tools = PageTools(front, self._work, self)
        self.follow_up_page = FollowUpPage(tools)
        self.lists: tuple[WindowPage, ...] = (self.follow_up_page, RankingPage(tools), ScoresPage(tools))
        self.pages = (self.now_page, self.day_page, *self.lists)
        self._stack = QStackedWidget()
        self._as_of = QLabel()
        self._lay_out()
        self._connect(changes, lamps)
        self.reload_timer = self._every(RELOAD_MS, self._read_now)
        self.report_timer = self._every(REPORT_MS, self._read_today)
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        self.reload()
        self.show_page(0)

    def show_page(self, number: int) -> None:
        """Go to a page."""
        self.tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        self.pages[number].begin()
        self.message.show_keys(f"{PAGE_KEYS[number]}　{KEYS}")

    def show_follow_up(self, key: int) -> None:
        """Go to the follow-up of a bad rating."""
        self.show_page(self.pages.index(self.follow_up_page))
        self.follow_up_page.show_key(key)

    @Slot()
    def reload(self) -> None:
        """Read everything that is shown."""
        self._read_now()
        self._read_today()
        if not self.day_page.is_today:
            self._read_day(self.day_page.day)
        self._read_lists()

    @Slot()
    def _read_now(self) -> None:
        """What happens while the hall is read is read once more after it."""
        self._stale = self._reading
        if not self._reading:
            self._reading = True
            self._tasks.read(self._front.monitor.now, self._show_now, on_failed=self._failed, owner=self)

    def _show_now(self, view: MonitorView) -> None:
        self._reading = False
        if self._failed_before:
            self._failed_before = False
            self.message.say("")
        self.now_page.show_view(view)
        self._as_of.setText(f"数据更新于 {hall_time(view.as_of):%H:%M:%S}")
        self._told.tell(waiting=view.totals.waiting, served=view.totals.served, alarms=len(view.alarms))
        if self._stale:
            self._read_now()

    def _failed(self, failure: HallError) -> None:
        self._reading = self._stale = False
        self._failed_before = True
        self.show_failure(failure)

    @Slot()
    def _read_today(self) -> None:
        self._read_day(business_date(self._front.clock.now()))

    @Slot(object)
    def _read_day(self, day: date) -> None:
        read = partial(self._front.monitor.day, day)
        self._tasks.read(read, self._show_report, on_failed=self._failed, owner=self)

    def _show_report(self, report: DayReport) -> None:
        if report.day == business_date(self._front.clock.now()):
            self.now_page.show_report(report)
        self.day_page.show_report(report)

    @Slot()
    def _read_lists(self) -> None:
        for page in self.lists:
            page.reload()

    @Slot(int)
    def _count_follow_ups(self, count: int) -> None:
        words = hotkeys.MONITOR_FOLLOW_UPS.words
        hotkeys.rename(self.tabs[2], hotkeys.MONITOR_FOLLOW_UPS, f"{words}（{count}）" if count else words)

    @Slot()
    def _back(self) -> None:
        """Esc: close the panel."""
        for page in self.lists:
            if page.isVisible():
                page.side.close_panel()

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        topics = {topic for topic, _ in changes}
        if topics & QUEUE_TOPICS:
            self._read_now()
        if topics & RATING_TOPICS:
            self._read_lists()

    # What the manager does.

    @Slot(object)
    def _let_help(self, alarm: Alarm) -> None:
        """The counter that the alarm names, with its matters and those of the alarm."""
        for row in self.now_page.counters.rows:
            if row.number == alarm.to_help:
                self._change_matters(row, alarm.matters)

    @Slot(object)
    def _change_matters(self, row: CounterRow, further: tuple[str, ...] = ()) -> None:
        show = partial(self._ask_matters, row, further)
        self._work.read(self._front.matters, show, words="正在载入事项…", button=self.now_page.change_button)

    def _ask_matters(self, row: CounterRow, further: tuple[str, ...], matters: tuple[MatterInForce, ...]) -> None:
        chosen = partial(self._set_matters, row)
        MattersDialog(self, row, [each.matter for each in matters], on_chosen=chosen, further=further).open()

    def _set_matters(self, row: CounterRow, matters: Mapping[str, int]) -> None:
        write = partial(self._front.calling.set_matters, row.number, matters)
        done = partial(self._done, f"{row.number}号窗口的事项已调整，从下一次叫号起生效。")
        self._work.write(write, done, words="正在调整事项…", button=self.now_page.change_button)

    @Slot(object)
    def _ask_release(self, row: CounterRow) -> None:
        ReleaseDialog(self, row, on_chosen=self._release).open()

    def _release(self, ticket_id: int, reason: str, cancel: bool) -> None:
        write = partial(self._front.calling.release, ticket_id, reason, cancel=cancel)
        words = "号票已作废。" if cancel else "号票已释放，退回排队。"
        self._work.write(write, partial(self._done, words), words="正在释放…", button=self.now_page.release_button)

    @Slot(int)
    def _calm(self, number: int) -> None:
        done = partial(self._done, f"{number}号窗口的紧急求助已解除。")
        write = partial(self._front.calling.calm, number)
        self._work.write(write, done, words="正在解除…", button=self.now_page.strip.button)

    def _done(self, words: str, _: None) -> None:
        self.message.say(words, "success")
        self._read_now()

    @Slot()
    def _ask_export(self) -> None:
        """A question for the file's name that is opened, not waited for."""
        page = self.pages[self._stack.currentIndex()]
        day = self.day_page.day if page is self.day_page else business_date(self._front.clock.now())
        ask_where(self, f"{self.tabs[self._stack.currentIndex()].accessibleName()} {day}.xlsx", self.export)

    @Slot(str)
    def export(self, name: str) -> None:
        """Write the lists of the page to a file; without an ending it is an Excel file."""
        path = path_of(name)
        write = partial(self._front.monitor.export, path, self.pages[self._stack.currentIndex()].sheets())
        self._work.read(write, self._exported, words="正在导出…", button=self.export_button)

    def _exported(self, path: Path) -> None:
        self.message.say(f"已导出到 {path}", "success")

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="排队监控", person=actor_words(self._front.actor))

    # How it is put together.

    def _every(self, milliseconds: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(do)
        timer.start()
        return timer

    def _connect(self, changes: ChangeFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        self.header.follow(lamps)
        self.now_page.change.connect(self._change_matters)
        self.now_page.release.connect(self._ask_release)
        self.now_page.calm.connect(self._calm)
        self.now_page.help_wanted.connect(self._let_help)
        self.day_page.wanted.connect(self._read_day)
        self.follow_up_page.counted.connect(self._count_follow_ups)
        for page in self.lists:
            page.done.connect(partial(self.message.say, tone="success"))

    def _lay_out(self) -> None:
        for page in self.pages:
            self._stack.addWidget(page)
        put_together(self, self._tab_row(), self._stack, back=self._back)

    def _tab_row(self) -> KeyRow:
        row = KeyRow()
        lists = (hotkeys.MONITOR_FOLLOW_UPS, hotkeys.MONITOR_RANKING, hotkeys.MONITOR_SCORES)
        self.tabs = row.add_tabs((hotkeys.MONITOR_NOW, hotkeys.MONITOR_DAY, *lists), self.show_page)
        set_role(self._as_of, "muted")
        row.addStretch(1)
        row.addWidget(self._as_of)
        self.export_button = hotkeys.hotkey_button(hotkeys.EXPORT, self._ask_export)
        row.add_tools(self.export_button, hotkeys.hotkey_button(hotkeys.RELOAD, self.reload))
        return row
