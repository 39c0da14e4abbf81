"""A window of pages: tabs, papers, export, changes, scans and cards. What is on a page, the page says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
from hall.windows.kit.list_window import KeyRow, put_together
from hall.windows.kit.style import muted
from hall.windows.kit.work import Work
from hall.windows.pages import PageTools, WindowPage
from hall.windows.papers import Papers, key_line
from hall.windows.phrases import actor_words
from hall.windows.print_questions import PrintQuestions
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

# What is due changes at midnight.
RELOAD_MS = 60_000
NOT_YOURS = "这一页没有开放给您的岗位，需要时请联系大厅主任。"
NOTHING = "您的角色在这里没有可以办理的事项，需要时请管理员调整角色。"


@dataclass(frozen=True, slots=True)
class PageOf:
    """A page: the words of its tab, the action somebody must be allowed to see it, who makes it."""

    words: str
    action: str
    maker: Callable[[PageTools], WindowPage]


@dataclass(frozen=True, slots=True)
class PagesOf:
    """A window: its title, its pages in the order of their keys, and the topics of changes that concern them.

    `window` is its class, where it does more than its pages.
    """

    title: str
    pages: Sequence[PageOf]
    topics: frozenset[str]
    window: "type[PagesWindow] | None" = None

    def open(
        self, front: Front, *, tasks: Tasks, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed
    ) -> "PagesWindow":
        """The window for somebody."""
        make = self.window or PagesWindow
        return make(self, front, tasks=tasks, changes=changes, cards=cards, lamps=lamps)


class PagesWindow(Frame):
    """The pages that somebody may see. Each reads itself; the number on a tab is what its page counts."""

    def __init__(
        self, of: PagesOf, front: Front, *, tasks: Tasks, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed
    ) -> None:
        super().__init__(of.title, front.clock)
        self._front = front
        self._title = of.title
        self._topics = of.topics | {"*"}
        self._work = Work(tasks, self)
        self._questions = PrintQuestions()
        self.papers = Papers(front, self, self._work, self._questions)
        mine = [
            (replace(key, words=each.words), each.maker)
            for key, each in zip(hotkeys.PAGE_KEYS[: len(of.pages)], of.pages, strict=True)
            if may(front.actor, each.action)
        ]
        self._hotkeys = [hotkey for hotkey, _ in mine]
        tools = PageTools(front, self._work, self)
        self.pages = tuple(make(tools) for _, make in mine)
        self._stale: set[WindowPage] = set()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect(changes, cards, lamps)
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        self.reload()
        if self.pages:
            self.show_page(0)

    @property
    def page(self) -> WindowPage | None:
        """The page that is shown; None where somebody may see none."""
        number = self._stack.currentIndex()
        return self.pages[number] if self.pages else None

    def show_page(self, number: int) -> None:
        """Go to a page."""
        left = self.page
        self.tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        self.pages[number].begin()
        if left is not None and left is not self.page:
            self.pages[number].come_from(left)
        self._read_shown()
        self._tell_keys()

    def show_thing(self, words: str, key: int) -> None:
        """Show the thing with this key on the page with these words; says so where that page is not the actor's."""
        number = next((place for place, hotkey in enumerate(self._hotkeys) if hotkey.words == words), None)
        if number is None:
            self.message.say(NOT_YOURS, "refusal")
            return
        self.show_page(number)
        self.pages[number].show_key(key)

    @Slot()
    def reload(self) -> None:
        """Read every page again, and ask about print jobs that wait for an answer."""
        self._stale.clear()
        for page in self.pages:
            page.reload()
        self.papers.load()

    @Slot(str)
    def take_scan(self, text: str) -> None:
        """A code was scanned: the page that is shown gets it."""
        if self.page is not None and not self.locked and self.isActiveWindow():
            self.page.take_scan(text)

    @Slot(object)
    def _card_laid(self, card: Card) -> None:
        if self.page is not None and not self.locked and self.isActiveWindow():
            self.page.take_card(card)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        """The page that is shown reads itself at once, the others when they are shown, or within the minute."""
        if {topic for topic, _ in changes} & self._topics:
            self._stale = set(self.pages)
            self._read_shown()

    def _read_shown(self) -> None:
        page = self.page
        if page is not None and page in self._stale:
            self._stale.discard(page)
            page.reload()

    @Slot()
    def _back(self) -> None:
        """Esc is the page's."""
        if self.page is not None:
            self.page.back()

    @Slot()
    def _preview(self) -> None:
        if self.page is not None:
            self.papers.preview_of(self.page)

    @Slot()
    def _reprint(self) -> None:
        if self.page is not None:
            self.papers.reprint_of(self.page)

    @Slot(str)
    def _done(self, words: str) -> None:
        """The page that did it reads itself; what the others show may be another by it."""
        self.message.say(words, "success")
        self.papers.load()
        self._stale |= set(self.pages) - {self.page}

    def _count(self, number: int, count: int) -> None:
        hotkey = self._hotkeys[number]
        hotkeys.rename(self.tabs[number], hotkey, f"{hotkey.words}（{count}）" if count else hotkey.words)

    @Slot()
    def _tell_keys(self) -> None:
        page = self.page
        if page is not None:
            self.message.show_keys(key_line(page))
            self.export_button.setVisible(bool(page.list_name))

    @Slot()
    def _ask_export(self) -> None:
        """A question for the file's name that is opened, not waited for."""
        if self.page is not None:
            ask_where(self, f"{self.page.list_name}.xlsx", self.export)

    @Slot(str)
    def export(self, name: str) -> None:
        """Write the page that is shown to a file; without an ending it is an Excel file."""
        if self.page is None:
            return
        path = path_of(name)
        write = partial(tables_export.write_tables, path, self.page.sheets())
        exported = partial(self.message.say, f"已导出到 {path}", "success")
        self._work.read(write, lambda _: exported(), words="正在导出…", button=self.export_button)

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter=self._title, person=actor_words(self._front.actor))

    # How it is put together.

    def _connect(self, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        cards.card.connect(self._card_laid)
        self.header.follow(lamps)
        for number, page in enumerate(self.pages):
            page.counted.connect(partial(self._count, number))
            page.done.connect(self._done)
            page.paper.connect(self.papers.preview)
            page.keys_changed.connect(self._tell_keys)
        timer = QTimer(self)
        timer.setInterval(RELOAD_MS)
        timer.timeout.connect(self.reload)
        timer.start()

    def _lay_out(self) -> None:
        for page in self.pages:
            self._stack.addWidget(page)
        if not self.pages:
            self._stack.addWidget(muted(NOTHING))
        body = put_together(self, self._tab_row(), self._questions, self._stack, back=self._back)
        hotkeys.bind(hotkeys.PREVIEW, self._preview, body)
        hotkeys.bind(hotkeys.REPRINT, self._reprint, body)

    def _tab_row(self) -> KeyRow:
        row = KeyRow()
        self.tabs = row.add_tabs(self._hotkeys, self.show_page)
        row.addStretch(1)
        self.export_button = hotkeys.hotkey_button(hotkeys.EXPORT, self._ask_export)
        row.add_tools(self.export_button, hotkeys.hotkey_button(hotkeys.RELOAD, self.reload))
        return row
