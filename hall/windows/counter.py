"""窗口: where a clerk lives all day. The queue on the left never moves, the right shows one task at a time."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.cards import Card
from hall.services.case_reading import CaseView
from hall.services.catalogue import MatterInForce
from hall.services.counter_reading import CounterView
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.ticket_records import Called
from hall.windows import counter_pause
from hall.windows.case_search import CaseSearch
from hall.windows.case_view import CasePage
from hall.windows.counter_applications import CounterApplications
from hall.windows.counter_cases import CounterCases
from hall.windows.counter_deeds import CounterDeeds
from hall.windows.counter_entered import HalfEntered
from hall.windows.counter_errand import ErrandStrip
from hall.windows.counter_intake import IntakePage
from hall.windows.counter_pages import CounterPages, Page
from hall.windows.counter_paper import CounterPaper
from hall.windows.counter_pause import PausePage
from hall.windows.counter_penalty import CounterPenalty
from hall.windows.counter_place import CounterPlace
from hall.windows.counter_queue import QueueColumn
from hall.windows.counter_request_form import Entered
from hall.windows.counter_requests import RequestPage
from hall.windows.counter_tasks import TaskRow
from hall.windows.counter_ticket import CounterTicket
from hall.windows.counter_ways import IntakeWays
from hall.windows.emergency_banner import EmergencyBanner
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.deeds import DeedPanel, Side
from hall.windows.kit.dialogs import ask
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.work import Work
from hall.windows.papers import Papers
from hall.windows.phrases import actor_words
from hall.windows.print_questions import PrintQuestions
from hall.windows.work_steps import WorkSteps
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

SMALLEST = (1180, 680)
FIRST = (1366, 768)


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
        self._work = Work(tasks, self)
        self._leaving = False
        self.queue = QueueColumn(front.clock, front.policy.calling)
        self.ticket = CounterTicket(
            front, self, self.queue, counter=counter, leave=self._unless_entered, work=self._work
        )
        self._stack, self._body_stack = QStackedWidget(), QStackedWidget()
        self.side = Side(self._stack, window="counter")
        self.place = CounterPlace(front, self, self.queue, counter=counter, work=self._work)
        self.deeds = CounterDeeds(front, self, self.side, self.ticket, self.place, counter=counter, work=self._work)
        self.pause_page = PausePage(front.clock)
        self.banner, self.errand = EmergencyBanner(), ErrandStrip()
        self.intake = IntakePage(front, tasks, self, work=self._work)
        self.ways = IntakeWays(front, self, self.side, self.intake, work=self._work)
        self.cases = CounterCases(front, self, self.intake, counter=counter, show=self._show_page, work=self._work)
        self.accepted, self.case_page = self.cases.result, self.cases.found
        self.search = CaseSearch(front, self, self._work)
        self.questions = PrintQuestions()
        self.papers = Papers(front, self, self._work, self.questions)
        self.requests = RequestPage(front, self, self._work, papers=self.papers, ticket=self.ticket.served)
        self.others = CounterApplications(front, self, self.side, self.ticket, work=self._work, papers=self.papers)
        self._entered = HalfEntered(self, self.ticket, self.intake, self.requests, others=self.others, cases=self.cases)
        self.penalty = CounterPenalty(front, self, self._stack, self.ticket, work=self._work, papers=self.papers)
        self.paper = CounterPaper(
            self, self.side, ways=self.ways, search=self.search, papers=self.papers, penalty=self.penalty
        )
        self.paper.search_wanted.connect(self.show_search)
        WorkSteps(front, self, self.side, work=self._work, subject=lambda: self.pages.subject_of(self.page))
        self.task_row = TaskRow(self.receive, self.show_search, self.show_requests, self.penalty)
        self.pages = CounterPages(self.intake, self.cases, self.ways, self.search, self.requests, penalty=self.penalty)
        self._lay_out()
        self._connect_ticket()
        self._connect_deeds()
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
        self._show_page(self.accepted if self.cases.done_id is not None else self.intake)

    @Slot()
    def show_search(self) -> None:
        """Ctrl+K: the search line."""
        self._show_page(self.search)

    @Slot()
    def show_requests(self) -> None:
        """Alt+4: whatever somebody wants."""
        self._show_page(self.requests)

    @Slot()
    def back(self) -> None:
        """Esc: close what stands beside, then go one page back; never lose what was entered."""
        if self.deeds.close_panel():
            return
        page = self.page
        if (self.penalty.is_shown(page) and self.penalty.back()) or (page is self.requests and self.requests.back()):
            return
        if isinstance(page, IntakePage | CasePage) and page.close_side():
            return
        if page is self.ways.notice:
            self._show_page(self.intake)
        elif page is self.case_page:
            self._show_page(self.search)
        elif page in (self.search, self.requests) or self.penalty.is_shown(page):
            self.receive()
        elif page is self.accepted or (page is self.intake and self.intake.case_id is not None):
            self._next_application()

    @property
    def paused(self) -> bool:
        """Whether the page 暂停服务 covers the window."""
        return self._body_stack.currentWidget() is self.pause_page

    def closeEvent(self, event: QCloseEvent) -> None:
        """The counter is closed with its window; a second try does not wait for a database that hangs."""
        if self._leaving:
            super().closeEvent(event)
            return
        event.ignore()
        self._leave()

    @Slot()
    def _leave(self) -> None:
        """离开窗口: close the counter, then the window. What stands against it is told, and asked."""
        self._leaving = True
        self.place.leave(self._cannot_leave)

    def _cannot_leave(self, failure: HallError) -> None:
        self._leaving = False
        if self.locked:
            self._go()
            return
        sentence = f"{failure.sentence}直接退出的话，窗口在系统里仍是开放的，下次登录接着办。"
        ask(self, sentence, title=hotkeys.LEAVE.words, yes="直接退出", on_yes=self._go)

    @Slot()
    def _go(self) -> None:
        self._leaving = True
        self.close()

    def _unless_entered(self, hotkey: Hotkey, go_on: Callable[[], None]) -> None:
        self._entered.leave(hotkey, go_on)

    @Slot()
    def _begin_form(self) -> None:
        self.cases.done_id = None
        self._entered.begin()
        self._show_page(self.intake)

    @Slot(object)
    def _take_over(self, entered: Entered) -> None:
        """申请: from the task 诉求 to the task 受理."""
        if self._entered.take_over(entered):
            self._show_page(self.intake)

    @Slot(object)
    def _show_place(self, place: CounterView) -> None:
        """The counter's state as all screens know it: the whole window says when it is paused."""
        paused = place.state == "paused" and place.since is not None
        if paused and place.since is not None:
            self.pause_page.show_pause(place.since, place.reason)
        if paused == self.paused:
            return
        self._body_stack.setCurrentIndex(int(paused))
        if paused:
            self.side.close_panel()
            self.message.say("已暂停服务。", "success")
            self.message.show_keys(counter_pause.KEYS)
            self.pause_page.begin()
        else:
            self._show_keys()
            self.receive()

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

    @Slot()
    def _clear_form(self) -> None:
        """What was decided stands on its own page; a second Ctrl+Enter decides nothing."""
        self.intake.open_for(self.ticket.present)
        self.papers.load()

    @Slot(object)
    def _show_history(self, cases: tuple[CaseView, ...]) -> None:
        self._show_page(self.search)
        self.search.show_cases(cases)

    @Slot(object)
    def _card_laid(self, card: Card) -> None:
        present = self.ticket.present
        if self.locked or self.paused or (present is not None and present.state == "chosen"):
            return
        if self.ways.take_card(card) or self.others.take_card(card):
            return
        if self.penalty.is_shown(self.page):
            self.penalty.take_card(card)
        elif self.page is self.search:
            self.search.find_person(card)
        elif (self.page is self.requests and self.requests.take_card(card)) or (
            self.page is self.intake and self.intake.take_card(card)
        ):
            self.ticket.came()

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        topics = {topic for topic, _ in changes}
        if topics & {"queue", "*"}:
            self.ticket.reload()
            self.deeds.aside.reload()
        if topics & {"counter", "*"}:
            self.place.reload()
        if topics & {"spool", "*"}:
            self.papers.load()
        if topics & {"catalogue", "*"}:
            self._load_catalogue()
        if topics & {"case", "calendar", "*"}:
            self._reload_case()
        if topics & {"penalty", "calendar", "*"}:
            self.penalty.reload()
        if topics & {"request", "enquiry", "*"} and self.page is self.requests:
            self.requests.reload()

    def _reload_case(self) -> None:
        page = self.page
        if isinstance(page, CasePage) and page.case is not None:
            self._work.read(partial(self._front.case, page.case.case_id), page.show_case, words="正在载入办件…")

    def _load_catalogue(self) -> None:
        self._work.read(self._front.matters, self._show_matters, words="正在载入事项…")

    def _show_matters(self, matters: tuple[MatterInForce, ...]) -> None:
        self.intake.show_matters(matters)
        every = tuple(each.matter for each in matters)
        self.deeds.show_matters(every)
        self.requests.show_matters(every)

    def _load(self) -> None:
        self._work.read(self._front.hall, self._show_hall, words="正在载入…")
        self.place.begin()
        self.ticket.reload()
        self._load_catalogue()
        self.papers.load()

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter=f"{self._counter}号窗口", person=actor_words(self._front.actor))

    @Slot(object)
    def _show_page(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)
        self.task_row.point_out(self.pages.task_of(page))
        self._show_keys()
        self.queue.point_out_finish(page is self.accepted)
        page.begin()

    def _side_changed(self, is_free: bool, panel: DeedPanel) -> None:
        """While a panel asks for something, Ctrl+Enter does not accept what is below it."""
        self.intake.accept_button.setEnabled(is_free)
        self._show_keys()

    def _show_keys(self) -> None:
        page = self.page
        if self.paused:
            self.message.show_keys(counter_pause.KEYS)
        elif self.side.panel is not None:
            self.message.show_keys(self.paper.keys_of(self.side.panel))
        elif page is not None:
            self.message.show_keys(self.pages.keys_of(page))

    def _connect_ticket(self) -> None:
        self.ticket.called.connect(self._begin_form)
        self.ticket.changed.connect(self._follow)
        self.ticket.left.connect(self._begin_form)
        for signal in (self.ticket.called, self.ticket.changed, self.ticket.left, self.ticket.chosen):
            signal.connect(lambda *_: self.errand.show_ticket(self.ticket.present))

    def _connect_deeds(self) -> None:
        self.queue.transfer.connect(self.deeds.transfer)
        self.queue.hold.connect(self.deeds.hold)
        self.queue.pause.connect(self.deeds.pause)
        self.queue.more.connect(self.deeds.more)
        for signal, is_free in ((self.side.opened, False), (self.side.closed, True)):
            signal.connect(partial(self._side_changed, is_free))
        self.place.changed.connect(self._show_place)
        self.place.alarmed.connect(self.banner.show_words)
        self.place.left.connect(self._go, Qt.ConnectionType.QueuedConnection)  # a window cannot close in its closing
        self.pause_page.resumed.connect(self.place.unpause)
        self.queue.queue_shown.connect(self.pause_page.show_waiting)

    def _connect_pages(self) -> None:
        self.intake.accepted.connect(self.cases.show_accepted)
        self.intake.supplied.connect(self.cases.show_supplied)
        self.ways.telling.connect(lambda: self._show_page(self.ways.notice))
        self.ways.ended.connect(self.cases.show_ended)
        self.cases.done.connect(self._clear_form)
        self.intake.history_wanted.connect(self._show_history)
        self.requests.application_wanted.connect(self._take_over)
        self.requests.keys_changed.connect(self._show_keys)
        self.search.chosen.connect(self.cases.open)
        self.penalty.wanted.connect(self._show_page)
        self.penalty.keys_changed.connect(self._show_keys)
        for page in (self.accepted, self.case_page):
            page.preview.connect(self.papers.preview)
            page.reprint.connect(self.papers.reprint)

    def _connect_feeds(self, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        cards.card.connect(self._card_laid)
        self.header.follow(lamps)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(tokens.SNUG, tokens.SNUG, tokens.SNUG, tokens.SNUG)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self.task_row)
        column.addWidget(self.questions)
        column.addWidget(self.errand)
        column.addWidget(self._stack, 1)
        for page in self.pages.first:
            self._stack.addWidget(page)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.queue)
        row.addWidget(right, 1)
        QShortcut(QKeySequence("Esc"), work).activated.connect(self.back)
        hotkeys.bind(hotkeys.WHY_FIRST, self.deeds.why_first, work)
        hotkeys.bind(hotkeys.LOOK_FIRST, self.deeds.look_first, work)
        hotkeys.HotkeysFirst(work, hotkeys.WINDOWS["counter"])
        self._body_stack.addWidget(work)
        self._body_stack.addWidget(self.pause_page)
        self.set_body(self._whole())
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)

    def _whole(self) -> QWidget:
        """The banner above work and pause; its keys answer on both."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._body_stack, 1)
        hotkeys.bind(hotkeys.LOCK, self.lock, whole)
        hotkeys.bind(hotkeys.EMERGENCY, self.place.toggle_emergency, whole)
        return whole
