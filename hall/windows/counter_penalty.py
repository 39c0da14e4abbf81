"""The counter's tasks 减免 and 缴款: one page for both, made when it is first asked for."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from hall.rules.cards import Card
from hall.services.front import Front
from hall.windows.counter_ticket import CounterTicket
from hall.windows.kit import hotkeys
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work
from hall.windows.pages import PageTools
from hall.windows.papers import Papers, key_line
from hall.windows.penalty_page import LENIENCY_FIRST, PAYING_FIRST, PositionPage


class CounterPenalty(QObject):
    """`wanted` carries the page that is to be shown, `keys_changed` that its line of keys is another one."""

    wanted = Signal(object)
    keys_changed = Signal()

    def __init__(
        self,
        front: Front,
        frame: Frame,
        stack: QStackedWidget,
        ticket: CounterTicket,
        *,
        work: Work,
        papers: Papers,
    ) -> None:
        """`ticket` tells who is at the counter: a case that is registered belongs to it."""
        super().__init__(frame)
        self._tools = PageTools(front, work, frame)
        self._frame, self._stack, self._papers, self._at_counter = frame, stack, papers, ticket
        self._paying = False
        self.page: PositionPage | None = None

    def is_shown(self, page: QWidget | None) -> bool:
        """Whether the page of the stack is this one."""
        return page is not None and page is self.page

    @property
    def keys(self) -> str:
        """The page's line of keys."""
        return key_line(self.page) if self.page is not None else ""

    @property
    def task(self) -> str:
        """As which task it was asked for."""
        return "pay" if self._paying else "leniency"

    @Slot()
    def show_leniency(self) -> None:
        """Alt+2: what leads to leniency stands first."""
        self._show(paying=False)

    @Slot()
    def show_paying(self) -> None:
        """Alt+3: what leads to a payment stands first."""
        self._show(paying=True)

    def take_card(self, card: Card) -> None:
        """Whose card was laid down."""
        if self.page is not None:
            self.page.take_card(card)

    def take_scan(self, text: str) -> None:
        """A paper's code."""
        if self.page is not None:
            self.page.take_scan(text)

    def back(self) -> bool:
        """Esc; False: there is nothing to leave on the page."""
        return self.page is not None and self.page.back()

    def reload(self) -> None:
        """Something about penalties has changed."""
        if self.page is not None:
            self.page.reload()

    def _show(self, *, paying: bool) -> None:
        if self.page is None:
            self.page = self._make_page()
            self.page.reload()
        self._paying = paying
        self.page.put_first(PAYING_FIRST if paying else LENIENCY_FIRST)
        self.wanted.emit(self.page)

    def _make_page(self) -> PositionPage:
        page = PositionPage(self._tools, window="counter", ticket=self._at_counter.served)
        page.keys_changed.connect(self.keys_changed)
        page.done.connect(self._done)
        page.paper.connect(self._papers.preview)
        hotkeys.bind(hotkeys.PREVIEW, partial(self._papers.preview_of, page), page)
        hotkeys.bind(hotkeys.REPRINT, partial(self._papers.reprint_of, page), page)
        self._stack.addWidget(page)
        return page

    @Slot(str)
    def _done(self, words: str) -> None:
        self._frame.message.say(words, "success")
        self._papers.load()
