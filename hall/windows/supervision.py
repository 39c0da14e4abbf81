"""督办: open cards with their countdown, anomalies to judge, accountability, messages; everything is answered here."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QStackedWidget,
)

from hall.rules.authority import may
from hall.services import tables_export
from hall.services.accountability_reading import RecordView
from hall.services.anomalies import AnomalyView
from hall.services.case_reading import DocumentView
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.supervision_reading import OrderView
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import Side
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.frame import Frame
from hall.windows.kit.list_window import KeyRow, put_together
from hall.windows.kit.shown import Shown
from hall.windows.kit.work import Work
from hall.windows.notices_list import NoticesList
from hall.windows.papers import Papers
from hall.windows.phrases import actor_words
from hall.windows.print_questions import PrintQuestions
from hall.windows.supervision_deeds import SupervisionDeeds
from hall.windows.supervision_lists import anomalies_page, orders_page, records_page
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

# A countdown is in days: it changes at midnight.
RELOAD_MS = 60_000
TOPICS = {"supervision", "notice", "case", "calendar", "*"}
TABS = (
    hotkeys.SUPERVISED_ORDERS,
    hotkeys.SUPERVISED_ANOMALIES,
    hotkeys.SUPERVISED_RECORDS,
    hotkeys.SUPERVISED_NOTICES,
)
KEYS = "Enter 办理　Alt+1–4 换页　Alt+5 已结　Ctrl+E 导出　F5 重新载入"


class Supervision(Frame):
    """Four pages. Whoever is named in an order sees that order; who judges sees all of them."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, lamps: LampFeed) -> None:
        super().__init__("督办", front.clock)
        self._front = front
        self._work = Work(tasks, self)
        self._told = Shown("supervision")
        self._judges = may(front.actor, "anomaly.review")
        self.orders = orders_page(may_account=may(front.actor, "accountability.open"))
        self.anomalies, self.records = anomalies_page(), records_page()
        self.notices = NoticesList(front.supervision, self._work)
        self.pages = (self.orders, self.anomalies, self.records, self.notices)
        self._stack = QStackedWidget()
        self._questions = PrintQuestions()
        self._papers = Papers(front, self, self._work, self._questions)
        self.side = Side(self._stack, window="supervision")
        self.deeds = SupervisionDeeds(front, self._work, self.side)
        self._lay_out()
        self._connect(changes, lamps)
        timer = QTimer(self)
        timer.setInterval(RELOAD_MS)
        timer.timeout.connect(self.reload)
        timer.start()
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        self.reload()
        self.show_page(0)

    def show_page(self, number: int) -> None:
        """Go to a page."""
        self.side.close_panel()
        self.tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        self.pages[number].begin()
        self.message.show_keys(KEYS)

    @Slot()
    def reload(self) -> None:
        """Read every list, the open ones or those that have ended."""
        front, ended = self._front.supervision, self.ended_button.isChecked()
        self._work.read(partial(front.orders, closed=ended), self._show_orders, words="正在载入督办单…")
        self._work.read(partial(front.records, closed=ended), self._show_records, words="正在载入责任追究…")
        if self._judges:
            read = partial(front.anomalies, reviewed=ended)
            self._work.read(read, self._show_anomalies, words="正在载入异常…")
        self.notices.reload()

    def _show_orders(self, orders: tuple[OrderView, ...]) -> None:
        self.orders.show_rows(orders, lambda row: row.order_id)
        self._count(0, len(orders))
        self._told.tell(orders=[row.number for row in orders])

    def _show_anomalies(self, anomalies: tuple[AnomalyView, ...]) -> None:
        self.anomalies.show_rows(anomalies, lambda row: row.anomaly_id)
        self._count(1, len(anomalies))

    def _show_records(self, records: tuple[RecordView, ...]) -> None:
        self.records.show_rows(records, lambda row: row.record_id)
        self._count(2, len(records))

    @Slot(int)
    def _show_count(self, count: int) -> None:
        self._count(3, count)

    def _count(self, number: int, count: int) -> None:
        hotkey = TABS[number]
        hotkeys.rename(self.tabs[number], hotkey, f"{hotkey.words}（{count}）" if count else hotkey.words)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & TOPICS:
            self.reload()

    @Slot(str)
    def _done(self, words: str) -> None:
        self.message.say(words, "success")
        self.reload()

    @Slot(str, object)
    def _order_deed(self, act: str, row: OrderView) -> None:
        if act == "preview" and self.side.panel is not None:
            self._papers.preview_drafts(self.side.panel.submit)
        elif act == "preview" and row.document_id is not None:
            kind = "red_card" if row.colour == "red" else "yellow_card"
            self._papers.preview(DocumentView(row.document_id, kind, row.number, row.issued_at.date()))
        else:
            self.deeds.order_deed(act, row)

    @Slot(str, object)
    def _record_deed(self, act: str, row: RecordView) -> None:
        if act == "preview" and self.side.panel is not None:
            self._papers.preview_drafts(self.side.panel.submit)
        elif act == "preview" and row.document_id is not None and row.decided_on is not None:
            self._papers.preview(DocumentView(row.document_id, "accountability", row.number, row.decided_on))
        elif act == "preview":
            self.message.say(f"还没有作出决定：先按 {hotkeys.DECIDE_RECORD.keys} 填写，再预览。", "refusal")
        else:
            self.deeds.record_deed(act, row)

    @Slot()
    def _back(self) -> None:
        """Esc: close the panel."""
        self.side.close_panel()

    @Slot()
    def _ask_export(self) -> None:
        """A question for the file's name that is opened, not waited for."""
        title = TABS[self._stack.currentIndex()].words
        ask_where(self, f"{title}.xlsx", self.export)

    @Slot(str)
    def export(self, name: str) -> None:
        """Write the list of the page to a file; without an ending it is an Excel file."""
        path = path_of(name)
        sheets = self.pages[self._stack.currentIndex()].sheets()
        write = partial(tables_export.write_tables, path, sheets)
        exported = partial(self.message.say, f"已导出到 {path}", "success")
        self._work.read(write, lambda _: exported(), words="正在导出…", button=self.export_button)

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="督办", person=actor_words(self._front.actor))

    # How it is put together.

    def _connect(self, changes: ChangeFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        self.header.follow(lamps)
        self.orders.deed_wanted.connect(self._order_deed)
        self.records.deed_wanted.connect(self._record_deed)
        self.anomalies.deed_wanted.connect(self.deeds.anomaly_deed)
        self.notices.counted.connect(self._show_count)
        self.deeds.done.connect(self._done)

    def _lay_out(self) -> None:
        for page in self.pages:
            self._stack.addWidget(page)
        put_together(self, self._tab_row(), self._questions, self._stack, back=self._back)

    def _tab_row(self) -> KeyRow:
        row = KeyRow()
        self.tabs = row.add_tabs(TABS, self.show_page)
        self.tabs[1].setVisible(self._judges)
        row.addStretch(1)
        self.ended_button = hotkeys.tab_button(hotkeys.SHOW_ENDED, self.reload)
        self.export_button = hotkeys.hotkey_button(hotkeys.EXPORT, self._ask_export)
        row.add_tools(self.ended_button, self.export_button, hotkeys.hotkey_button(hotkeys.RELOAD, self.reload))
        return row
