"""处罚与缴款: the penalty-reduction window. Somebody's position and acts first, then the hall's lists, a page each."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QStackedWidget

from hall.rules.authority import may
from hall.rules.cards import Card
from hall.services import tables_export
from hall.services.front import Front
from hall.services.halls import HallView
from hall.windows.kit import hotkeys
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.list_window import KeyRow, put_together
from hall.windows.kit.work import Work
from hall.windows.pages import PageTools
from hall.windows.papers import PREVIEW_WORDS, Papers
from hall.windows.payments import PaymentsPage
from hall.windows.penalty_clocks import ClocksPage
from hall.windows.penalty_page import PositionPage
from hall.windows.penalty_staff import StaffPage
from hall.windows.penalty_tools import PenaltyPage
from hall.windows.penalty_waiting import TITLE as WAITING
from hall.windows.phrases import actor_words
from hall.windows.print_questions import PrintQuestions
from hall.windows.publicity import PublicityPage
from hall.windows.seizures import SeizuresPage
from hall.windows.work_steps import WorkSteps
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

# Lights and what is owed change at midnight.
RELOAD_MS = 60_000
TOPICS = {"penalty", "penalty_staff", "payment", "seizure", "publicity", "calendar", "*"}
LIST_KEYS = "Enter 办理　Alt+1–6 换页　Ctrl+P 预览　Ctrl+E 导出　F5 重新载入　Esc 关闭面板"

PAGES: tuple[tuple[Hotkey, str, Callable[[PageTools], PenaltyPage]], ...] = (
    (hotkeys.PENALTY_CLOCKS, "penalty.read", ClocksPage),
    (hotkeys.PENALTY_PAYMENTS, "payment.settle", PaymentsPage),
    (hotkeys.PENALTY_SEIZURES, "penalty.read", SeizuresPage),
    (hotkeys.PENALTY_PUBLICITY, "penalty.read", PublicityPage),
    (hotkeys.PENALTY_STAFF, "penalty.staff", StaffPage),
)
"""The lists by their keys: what somebody must be allowed to do to see one, and who makes it."""


class Penalty(Frame):
    """The first page is the counter's, too. Every other page reads itself, and opens its cases on the first."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> None:
        super().__init__("处罚与缴款", front.clock)
        self._front = front
        self._work = Work(tasks, self)
        self._tools = PageTools(front, self._work, self)
        self._questions = PrintQuestions()
        self._papers = Papers(front, self, self._work, self._questions)
        self.position = PositionPage(self._tools, self, self._papers, window="penalty")
        WorkSteps(front, self, self.position.side, work=self._work, subject=lambda: "penalty")
        shown = [each for each in PAGES if may(front.actor, each[1])]
        self.lists = tuple(make(self._tools) for _, _, make in shown)
        self._hotkeys = (hotkeys.PENALTY_POSITION, *(hotkey for hotkey, _, _ in shown))
        self._stale: set[PenaltyPage] = set()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect(changes, cards, lamps)
        timer = QTimer(self)
        timer.setInterval(RELOAD_MS)
        timer.timeout.connect(self.reload)
        timer.start()
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        self.reload()
        self.show_page(0)

    @property
    def page(self) -> PenaltyPage | None:
        """The list that is shown; None on the first page."""
        number = self._stack.currentIndex()
        return self.lists[number - 1] if number else None

    def show_page(self, number: int) -> None:
        """Go to a page."""
        self.tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        page = self.page
        if page is None:
            self.position.begin()
        else:
            page.begin()
            self._read_shown()
        self._tell_keys()

    @Slot()
    def reload(self) -> None:
        """Read every page again."""
        self._stale.clear()
        self.position.reload()
        for page in self.lists:
            page.reload()
        self.position.deeds.load_papers()

    @Slot(int)
    def open_case(self, case_id: int) -> None:
        """Show a case on the first page, with everything about its party."""
        self.show_page(0)
        self.position.open_case(case_id)

    @Slot(str)
    def take_scan(self, text: str) -> None:
        """A paper's code was scanned: its case opens, wherever one is."""
        if self.locked or not self.isActiveWindow():
            return
        self.show_page(0)
        self.position.take_code(text)

    @Slot(object)
    def _card_laid(self, card: Card) -> None:
        if not self.locked and self.isActiveWindow() and self.page is None:
            self.position.take_card(card)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        """The page that is shown reads itself at once, the others when they are shown, or within the minute."""
        if {topic for topic, _ in changes} & TOPICS:
            self._stale = set(self.lists)
            self.position.reload()
            self._read_shown()

    def _read_shown(self) -> None:
        page = self.page
        if page is not None and page in self._stale:
            self._stale.discard(page)
            page.reload()

    @Slot()
    def _back(self) -> None:
        """Esc: close what stands beside; on the first page then look for somebody else."""
        page = self.page
        if page is None:
            self.position.back()
        else:
            page.side.close_panel()

    @Slot()
    def _find(self) -> None:
        self.show_page(0)
        self.position.look_for()

    def _preview(self, page: PenaltyPage) -> None:
        """Ctrl+P on a list: what its open panel would issue, or the paper of its row."""
        if page.side.panel is not None:
            self._papers.preview_drafts(page.side.panel.submit)
        elif page.document is not None:
            self._papers.preview(page.document)
        else:
            self.message.say("选中的这一行没有文书。", "refusal")

    def _reprint(self, page: PenaltyPage) -> None:
        if page.document is not None:
            self._papers.reprint(page.document)
        else:
            self.message.say("选中的这一行没有文书。", "refusal")

    @Slot(str)
    def _done(self, words: str) -> None:
        self.message.say(words, "success")
        self.position.deeds.load_papers()
        self.position.reload()

    def _count(self, number: int, count: int) -> None:
        hotkey = self._hotkeys[number]
        hotkeys.rename(self.tabs[number], hotkey, f"{hotkey.words}（{count}）" if count else hotkey.words)

    @Slot()
    def _tell_keys(self) -> None:
        page = self.page
        self.export_button.setVisible(bool(self._list_name))
        if page is None:
            self.message.show_keys(self.position.keys)
        elif page.side.panel is not None:
            self.message.show_keys(f"{page.side.panel.keys}　{PREVIEW_WORDS}")
        else:
            self.message.show_keys(LIST_KEYS)

    @Slot()
    def _ask_export(self) -> None:
        """A question for the file's name that is opened, not waited for."""
        if name := self._list_name:
            ask_where(self, f"{name}.xlsx", self.export)

    @Slot(str)
    def export(self, name: str) -> None:
        """Write the list that is shown to a file; without an ending it is an Excel file."""
        page = self.page
        path, sheets = path_of(name), self.position.waiting.sheets() if page is None else page.sheets()
        exported = partial(self.message.say, f"已导出到 {path}", "success")
        write = partial(tables_export.write_tables, path, sheets)
        self._work.read(write, lambda _: exported(), words="正在导出…", button=self.export_button)

    @property
    def _list_name(self) -> str:
        """What the list that is shown is called; a person's position is none."""
        if self.page is not None:
            return self._hotkeys[self._stack.currentIndex()].words
        return WAITING if self.position.is_waiting else ""

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="处罚与缴款", person=actor_words(self._front.actor))

    # How it is put together.

    def _connect(self, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        cards.card.connect(self._card_laid)
        self.header.follow(lamps)
        self.position.keys_changed.connect(self._tell_keys)
        self.position.waiting.counted.connect(partial(self._count, 0))
        hotkeys.bind(hotkeys.FIND, self._find, self)
        for number, page in enumerate(self.lists, 1):
            page.counted.connect(partial(self._count, number))
            page.case_wanted.connect(self.open_case)
            page.done.connect(self._done)
            page.side.opened.connect(self._tell_keys)
            page.side.closed.connect(self._tell_keys)
            hotkeys.bind(hotkeys.PREVIEW, partial(self._preview, page), page)
            hotkeys.bind(hotkeys.REPRINT, partial(self._reprint, page), page)

    def _lay_out(self) -> None:
        for page in (self.position, *self.lists):
            self._stack.addWidget(page)
        put_together(self, self._tab_row(), self._questions, self._stack, back=self._back)

    def _tab_row(self) -> KeyRow:
        row = KeyRow()
        self.tabs = row.add_tabs(self._hotkeys, self.show_page)
        row.addStretch(1)
        self.export_button = hotkeys.hotkey_button(hotkeys.EXPORT, self._ask_export)
        row.add_tools(self.export_button, hotkeys.hotkey_button(hotkeys.RELOAD, self.reload))
        return row
