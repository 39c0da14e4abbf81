"""裁量基准: every violation with tiers, lists and conflicts, found by word; legal review enters what was published."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from hall.clock import business_date
from hall.rules.authority import may
from hall.services import tables_export
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.violations import ViolationView
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.deeds import Side
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.list_page import DEEDS_HEIGHT
from hall.windows.kit.list_window import KeyRow, put_together
from hall.windows.kit.newest import Newest
from hall.windows.kit.shown import Shown as Told
from hall.windows.kit.style import muted
from hall.windows.kit.work import Work
from hall.windows.phrases import actor_words
from hall.windows.violation_page import ViolationPage
from hall.windows.violation_parts import PublicationPanel, matches, tier_sheet, violations_table
from hall.words import BENCHMARK_STANDINGS
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

# What may be used changes at midnight.
RELOAD_MS = 60_000
TABS: tuple[tuple[Hotkey, frozenset[str]], ...] = (
    (hotkeys.BENCHMARKS_USABLE, frozenset({"usable"})),
    (hotkeys.BENCHMARKS_UNPUBLISHED, frozenset({"unpublished"})),
    (hotkeys.BENCHMARKS_UNUSABLE, frozenset({"coming", "ended", "superseded"})),
    (hotkeys.BENCHMARKS_ALL, frozenset(BENCHMARK_STANDINGS)),
)
KEYS = "↑↓ 选案由　Ctrl+PgDn 看下一屏　Alt+1–4 换页　Ctrl+K 查找　Ctrl+E 导出　F5 重新载入"
LIST_SHARE, PAGE_SHARE = 5, 6


class Violations(Frame):
    """One list with four filters, the violation's page beside it; publishing is the act of legal review."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, lamps: LampFeed) -> None:
        super().__init__("裁量基准", front.clock)
        self._front = front
        self._work = Work(tasks, self)
        self._told = Told("violations")
        self._newest = Newest[tuple[ViolationView, ...]](self._show_views)
        self._views: tuple[ViolationView, ...] = ()
        self._shown = 0
        self.table, self.page, self.panel = violations_table(), ViolationPage(), PublicationPanel()
        self.list_page = QWidget()
        self.side = Side(self.list_page, window="violations")
        self._lay_out()
        self._connect(changes, lamps)
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        self._work.read(front.violations.simple_limits, self.page.show_simple, words="正在载入…")
        self.message.show_keys(KEYS)
        self.show_filter(0)
        self.table.setFocus()

    def show_filter(self, number: int) -> None:
        """Another filter of the list."""
        self.side.close_panel()
        self.tabs[number].setChecked(True)
        self._shown = number
        self._filter()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the list anew."""
        self._work.read(self._front.violations.listed, self._newest.ask(), words="正在载入裁量基准…")

    def _show_views(self, views: tuple[ViolationView, ...]) -> None:
        self._views = views
        self._filter()

    @Slot()
    def _filter(self) -> None:
        wanted, text = TABS[self._shown][1], self.search.text()
        rows = tuple(view for view in self._views if view.standing in wanted and matches(view, text))
        self.table.show_rows(rows)
        if self.table.current_row is None and rows:
            self.table.select(rows[0].violation_id)
        self._show_current(self.table.current_row)
        self.count.setText(f"{len(rows)} 个案由")
        self._told.tell(shown=self._shown, violations=len(rows))

    @Slot(object)
    def _show_current(self, view: ViolationView | None) -> None:
        self.page.show_violation(view)
        self.publish_button.setVisible(self._may_publish and bool(self._to_publish()))

    def _to_publish(self) -> tuple[ViolationView, ...]:
        return tuple(view for view in self.table.selected_rows if view.entry.published_on is None)

    @Slot()
    def _ask_publish(self) -> None:
        """Enter or F9: all that are selected and not published, under one number."""
        chosen = self._to_publish()
        if self._may_publish and chosen:
            self.panel.ask(chosen, today=business_date(self._front.clock.now()))
            self.side.open(self.panel)

    @Slot()
    def _publish(self) -> None:
        panel = self.panel
        write = partial(self._front.violations.publish, panel.version_ids, panel.published_on, panel.published_as)
        self._work.write(write, self._published, words="正在登记公布…", button=panel.main_button)

    def _published(self, _: None) -> None:
        self.side.close_panel(self.panel)
        count, number = len(self.panel.version_ids), self.panel.published_as
        self.message.say(f"已登记公布：{count} 个案由，{number}，从现在起可以使用。", "success")
        self.reload()

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & {"violation", "*"}:
            self.reload()

    @Slot()
    def _back(self) -> None:
        """Esc: close the panel, else back to the list."""
        if not self.side.close_panel():
            self.table.setFocus()

    @Slot()
    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _ask_export(self) -> None:
        """A question for the file's name that is opened, not waited for."""
        ask_where(self, "裁量基准.xlsx", self.export)

    @Slot(str)
    def export(self, name: str) -> None:
        """Write what is listed, and all its tiers, to a file; without an ending it is an Excel file."""
        path = path_of(name)
        sheets = (self.table.as_sheet("案由"), tier_sheet(self.table.rows))
        write = partial(tables_export.write_tables, path, sheets)
        exported = partial(self.message.say, f"已导出到 {path}", "success")
        self._work.read(write, lambda _: exported(), words="正在导出…", button=self.export_button)

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="裁量基准", person=actor_words(self._front.actor))

    # How it is put together.

    @property
    def _may_publish(self) -> bool:
        return may(self._front.actor, "violation.publish")

    def _connect(self, changes: ChangeFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        self.header.follow(lamps)
        self.table.current.connect(self._show_current)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_current(self.table.current_row))
        self.table.chosen.connect(lambda _: self._ask_publish())
        self.panel.submitted.connect(self._publish)
        self.side.opened.connect(lambda panel: self.message.show_keys(panel.keys))
        self.side.closed.connect(lambda _: self.message.show_keys(KEYS))
        timer = QTimer(self)
        timer.setInterval(RELOAD_MS)
        timer.timeout.connect(self.reload)
        timer.start()

    def _lay_out(self) -> None:
        lists = QHBoxLayout()
        lists.setSpacing(tokens.SNUG)
        lists.addWidget(self.table, LIST_SHARE)
        lists.addWidget(self.page, PAGE_SHARE)
        self.publish_button = hotkeys.hotkey_button(hotkeys.PUBLISH_BENCHMARK, self._ask_publish)
        foot = QWidget()  # keeps its height where nothing can be published, so that the list does not jump
        foot.setFixedHeight(DEEDS_HEIGHT)
        foot.setVisible(self._may_publish)
        deeds = QHBoxLayout(foot)
        deeds.setContentsMargins(0, 0, 0, 0)
        deeds.addWidget(self.publish_button)
        deeds.addStretch(1)
        column = QVBoxLayout(self.list_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(lists, 1)
        column.addWidget(foot)
        body = put_together(self, self._tab_row(), self.list_page, back=self._back)
        hotkeys.bind(hotkeys.FIND_BENCHMARK, self._find, body)
        hotkeys.bind(hotkeys.PAGE_DOWN, partial(self.page.turn, 1), body)
        hotkeys.bind(hotkeys.PAGE_UP, partial(self.page.turn, -1), body)
        hotkeys.HotkeysFirst(body, hotkeys.WINDOWS["violations"])

    def _tab_row(self) -> KeyRow:
        row = KeyRow()
        self.tabs: list[QPushButton] = row.add_tabs([hotkey for hotkey, _ in TABS], self.show_filter)
        row.addSpacing(tokens.BASE)
        self.search = QLineEdit()
        self.search.setAccessibleName("查找案由")
        self.search.setPlaceholderText("Ctrl+K 查找：编码、案由、条文、对象、情形，几个词用空格隔开")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._filter())
        self.search.returnPressed.connect(self.table.setFocus)
        row.addWidget(self.search, 1)
        self.count = muted("")
        row.addWidget(self.count)
        self.export_button = hotkeys.hotkey_button(hotkeys.EXPORT, self._ask_export)
        row.add_tools(self.export_button, hotkeys.hotkey_button(hotkeys.RELOAD, self.reload))
        return row
