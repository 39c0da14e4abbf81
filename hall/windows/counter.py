"""窗口: where a clerk lives all day. The queue on the left never moves, the right shows one task at a time."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from hall.rules.cards import Card
from hall.services.case_reading import CaseView
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.permits import Accepted
from hall.services.ticket_records import Called
from hall.windows import counter_intake
from hall.windows.case_search import CaseSearch
from hall.windows.case_view import CasePage
from hall.windows.counter_intake import IntakePage
from hall.windows.counter_queue import QueueColumn
from hall.windows.counter_ticket import CounterTicket
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.dialogs import ask
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.shown import Shown
from hall.windows.kit.style import set_role
from hall.windows.kit.work import Work
from hall.windows.papers import Papers
from hall.windows.phrases import actor_words
from hall.windows.print_questions import PrintQuestions
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

SMALLEST = (1180, 680)
FIRST = (1366, 768)
CASE_KEYS = "Enter 预览　Ctrl+R 补打　Ctrl+Y 为什么　Esc 返回"
ACCEPTED_KEYS = "F8 办结　Enter 预览　Ctrl+R 补打　Esc 再受理一件"
SEARCH_KEYS = "Enter 查找　Esc 返回受理"


class Counter(Frame):
    """The window of one service counter and its clerk."""

    def __init__(
        self,
        front: Front,
        tasks: Tasks,
        *,
        counter: int,
        changes: ChangeFeed,
        cards: CardFeed,
        lamps: LampFeed,
    ) -> None:
        super().__init__(f"{counter}号窗口", front.clock)
        self._front = front
        self._counter = counter
        self._shown = Shown("counter")
        self._accepted_id: int | None = None
        self._work = Work(tasks, self)
        self.queue = QueueColumn(front.clock)
        self.ticket = CounterTicket(
            front, self, self.queue, counter=counter, leave=self._unless_entered, work=self._work
        )
        self.intake = IntakePage(front, tasks, self)
        self.accepted = CasePage(front, self._work)
        self.search = CaseSearch(front, self, self._work)
        self.case_page = CasePage(front, self._work)
        self.questions = PrintQuestions()
        self.papers = Papers(front, self, self._work, self.questions)
        self._stack = QStackedWidget()
        self._keys: dict[QWidget, str] = {
            self.intake: counter_intake.KEYS,
            self.accepted: ACCEPTED_KEYS,
            self.search: SEARCH_KEYS,
            self.case_page: CASE_KEYS,
        }
        self._lay_out()
        self._connect_ticket()
        self._connect_pages()
        self._connect_feeds(changes, cards, lamps)
        self._load()
        self._show_page(self.intake)
        self.message.say("按 F2 叫下一号。没有号也可以直接受理。")

    @property
    def page(self) -> QWidget | None:
        """The page that is shown on the right."""
        return self._stack.currentWidget()

    @Slot()
    def receive(self) -> None:
        """Alt+1: the form, or the case it became."""
        self._show_page(self.accepted if self._accepted_id is not None else self.intake)

    @Slot()
    def show_search(self) -> None:
        """Ctrl+K: the search line."""
        self._show_page(self.search)

    @Slot()
    def back(self) -> None:
        """Esc: close what stands beside, then go one page back; never lose what was entered."""
        page = self.page
        if isinstance(page, IntakePage | CasePage) and page.close_side():
            return
        if page is self.case_page:
            self._show_page(self.search)
        elif page is self.search:
            self.receive()
        elif page is self.accepted:
            self._next_application()

    def _unless_entered(self, hotkey: Hotkey, go_on: Callable[[], None]) -> None:
        """What was entered and not accepted would be lost: ask first."""
        if self._accepted_id is not None or self.intake.is_empty:
            go_on()
            return
        sentence = f"表里已录入的内容还没有受理，{hotkey.words}后会清空。"
        ask(self, sentence, title=hotkey.words, yes=f"清空并{hotkey.words}", on_yes=go_on)

    @Slot()
    def _begin_form(self) -> None:
        self._accepted_id = None
        self.intake.open_for(self.ticket.present)
        self._show_page(self.intake)

    @Slot(object)
    def _follow(self, ticket: Called) -> None:
        """The same ticket in another state; an empty form begins with the one that is open, e.g. after a restart."""
        if self.intake.is_empty and self.page is self.intake and not self.intake.is_for(ticket):
            self.intake.open_for(ticket)
        else:
            self.intake.follow(ticket)

    def _next_application(self) -> None:
        self._begin_form()
        self.message.say("可以再受理一件。")

    @Slot(object)
    def _show_accepted(self, accepted: Accepted) -> None:
        self._accepted_id = accepted.case_id
        self._shown.tell(counter=self._counter, accepted=accepted.acceptance_number)
        self.intake.open_for(self.ticket.present)  # so that a second Ctrl+Enter accepts nothing
        self.message.say(f"已受理 {accepted.acceptance_number}，正在打印收件凭证和受理通知书。按 F8 办结。", "success")
        self._work.read(partial(self._front.case, accepted.case_id), self._show_accepted_case, words="正在载入办件…")

    def _show_accepted_case(self, case: CaseView) -> None:
        if case.case_id != self._accepted_id:  # the clerk has gone on to the next person
            return
        self.accepted.show_case(case, banner="✓ 已受理，收件凭证和受理通知书正在打印")
        self._show_page(self.accepted)
        self.papers.load()

    @Slot(object, str)
    def _open_case(self, case: CaseView, banner: str) -> None:
        self.case_page.show_case(case, banner=banner)
        self._show_page(self.case_page)
        self.message.say(banner or f"已打开 {case.acceptance_number}。", "success" if banner else "info")

    @Slot(object)
    def _show_history(self, cases: tuple[CaseView, ...]) -> None:
        self._show_page(self.search)
        self.search.show_cases(cases)

    @Slot(object)
    def _card_laid(self, card: Card) -> None:
        if self.locked:
            return
        if self.page is self.search:
            self.search.find_person(card)
        elif self.page is self.intake and self.intake.take_card(card):
            self.ticket.came()

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        topics = {topic for topic, _ in changes}
        if topics & {"queue", "*"}:
            self.ticket.reload()
        if topics & {"spool", "*"}:
            self.papers.load()
        if topics & {"catalogue", "*"}:
            self._load_catalogue()
        if topics & {"case", "calendar", "*"}:
            self._reload_case()

    def _reload_case(self) -> None:
        page = self.page
        if isinstance(page, CasePage) and page.case is not None:
            self._work.read(partial(self._front.case, page.case.case_id), page.show_case, words="正在载入办件…")

    def _load_catalogue(self) -> None:
        self._work.read(self._front.matters, self.intake.show_matters, words="正在载入事项…")

    def _load(self) -> None:
        self._work.read(self._front.hall, self._show_hall, words="正在载入…")
        self.ticket.reload()
        self._load_catalogue()
        self.papers.load()

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter=f"{self._counter}号窗口", person=actor_words(self._front.actor))

    def _show_page(self, page: IntakePage | CasePage | CaseSearch) -> None:
        self._stack.setCurrentWidget(page)
        self._receive_tab.setChecked(page in (self.intake, self.accepted))
        self._query_tab.setChecked(page in (self.search, self.case_page))
        self.message.show_keys(self._keys[page])
        self.queue.point_out_finish(page is self.accepted)
        page.begin()

    def _connect_ticket(self) -> None:
        self.ticket.called.connect(self._begin_form)
        self.ticket.changed.connect(self._follow)
        self.ticket.left.connect(self._begin_form)

    def _connect_pages(self) -> None:
        self.intake.accepted.connect(self._show_accepted)
        self.intake.history_wanted.connect(self._show_history)
        self.search.chosen.connect(self._open_case)
        for page in (self.accepted, self.case_page):
            page.preview.connect(self.papers.preview)
            page.reprint.connect(self.papers.reprint)

    def _connect_feeds(self, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        cards.card.connect(self._card_laid)
        lamps.lamp.connect(self.header.show_device)
        for device, (state, words) in lamps.last.items():
            self.header.show_device(device, state, words)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(tokens.SNUG, tokens.SNUG, tokens.SNUG, tokens.SNUG)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(self._task_row())
        column.addWidget(self.questions)
        column.addWidget(self._stack, 1)
        for page in self._keys:
            self._stack.addWidget(page)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.queue)
        row.addWidget(right, 1)
        QShortcut(QKeySequence("Esc"), body).activated.connect(self.back)
        hotkeys.bind(hotkeys.LOCK, self.lock, body)
        hotkeys.HotkeysFirst(body, hotkeys.WINDOWS["counter"])
        self.set_body(body)
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)

    def _task_row(self) -> QHBoxLayout:
        self._receive_tab = _tab(hotkeys.TASK_RECEIVE, self.receive)
        self._query_tab = _tab(hotkeys.TASK_QUERY, self.show_search)
        self._find_button = hotkeys.hotkey_button(hotkeys.FIND, self.show_search)
        self._find_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        row.addWidget(self._receive_tab)
        row.addWidget(self._query_tab)
        row.addStretch(1)
        row.addWidget(self._find_button)
        return row


def _tab(hotkey: Hotkey, on_pressed: Callable[[], None]) -> QPushButton:
    button = hotkeys.hotkey_button(hotkey, on_pressed)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    set_role(button, "tab")
    return button
