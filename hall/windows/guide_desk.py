"""导办台: the guide takes numbers for others, checks in who has booked, looks after slips, skipped numbers, paper."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.cards import Card
from hall.services.appointments import AppointmentView
from hall.services.catalogue import MatterInForce
from hall.services.counter_reading import CounterView
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.paper_levels import PaperView
from hall.services.queue_reading import QueueView
from hall.services.receipts import VerifiedReceipt
from hall.services.taking import TicketIssued
from hall.services.taking_limits import TakingView
from hall.services.unprinted import UnprintedTicket
from hall.windows.emergency_banner import EmergencyBanner, emergency_words
from hall.windows.guide_desk_deeds import DeskDeeds
from hall.windows.guide_desk_lists import DeskLists, MatterQueue
from hall.windows.guide_desk_requests import GuideRequests
from hall.windows.guide_desk_taken import TakenStrip
from hall.windows.guide_desk_taking import TakingForm
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey, HotkeysFirst
from hall.windows.kit.line_box import LineBox
from hall.windows.kit.style import set_role
from hall.windows.kit.work import Work
from hall.windows.matter_guide import MatterGuide
from hall.windows.phrases import actor_words
from hall.windows.receipt_scans import ReceiptScans
from hall.windows.visit import Visit
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

T = TypeVar("T")

SMALLEST, FIRST = (1180, 680), (1366, 768)
KEYS = "Ctrl+K 选事项　F2 取号　Alt+1–5 列表　Alt+6 诉求　Esc 回到取号"
WIDEST_GUIDE = 16_777_215


class GuideDesk(Frame):
    """The form on the left, on the right one list or, when asked for, a matter's guide."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> None:
        super().__init__("导办台", front.clock)
        self._front = front
        self._tasks = tasks
        self._work = Work(tasks, self)
        self._matters: tuple[MatterInForce, ...] = ()
        self._queue: QueueView | None = None
        self._taking: TakingView | None = None
        self._printing: int | None = None
        self._away = False
        self._out_of_paper: tuple[str, ...] = ()
        self.form = TakingForm(prints=front.slip)
        self.taken = TakenStrip()
        self.lists = DeskLists()
        self.deeds = DeskDeeds(front, self, self.lists, work=self._work)
        self.guide = MatterGuide()
        self.guide.setMaximumWidth(WIDEST_GUIDE)
        self._stack = QStackedWidget()
        self.requests = GuideRequests(front, self, self._stack, work=self._work)
        self.scans = ReceiptScans(front, self, self._work)
        self.warnings, self.banner = QLabel(), EmergencyBanner()
        self._lay_out()
        self._connect_form()
        self._connect_lists()
        self._connect_feeds(changes, cards, lamps)
        self._load()
        self.message.show_keys(KEYS)
        self.message.say("输入事项编码或名称里的字，选好后按 F2 取号。")
        self.form.begin()

    @property
    def dialog(self) -> LineBox | None:
        """What was asked last: a reason, a number of pieces."""
        return self.deeds.dialog

    @Slot(str)
    def take_scan(self, text: str) -> None:
        """A code was scanned: whether it is genuine; its case is for the counters."""
        if self.scans.may_take:
            self.scans.check(text)

    @Slot(object, str)
    def _show_verdict(self, receipt: VerifiedReceipt, words: str) -> None:
        further = "办到哪一步，请到窗口或自助机查询。" if receipt.case_id is not None else ""
        self.message.say(f"{words}{further}", "success" if receipt.own else "refusal")

    def _load(self) -> None:
        self._read(self._front.hall, self._show_hall)
        self._load_matters()
        self._load_queue()
        self._load_booked()
        self._load_slips()
        self._load_skipped()
        self._load_paper()
        self._load_counters()

    def _read(self, function: Callable[[], T], on_done: Callable[[T], None]) -> None:
        self._work.read(function, on_done, words="正在载入…", on_failed=self._not_read)

    def _load_matters(self) -> None:
        self._read(self._front.matters, self._show_matters)

    def _load_queue(self) -> None:
        self._read(self._front.taking.availability, self._show_taking)
        self._read(self._front.queue, self._show_queue)

    def _load_booked(self) -> None:
        self._read(self._front.taking.appointments, self.lists.show_booked)

    def _load_slips(self) -> None:
        self._read(self._front.slips.unprinted, self._show_unprinted)
        if self._printing is not None:
            ticket_id = self._printing
            self._read(partial(self._front.slips.fate, ticket_id), partial(self._show_slip, ticket_id))

    def _load_skipped(self) -> None:
        self._read(self._front.calling.skipped, self.lists.show_skipped)

    def _load_paper(self) -> None:
        self._read(self._front.slips.levels, self._show_paper)

    def _load_counters(self) -> None:
        self._read(self._front.calling.counters, self._show_counters)

    def _not_read(self, failure: HallError) -> None:
        self._away = True
        self.show_failure(failure)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        topics = {topic for topic, _ in changes}
        for wanted, load in (
            ({"catalogue"}, self._load_matters),
            ({"queue", "counter", "catalogue"}, self._load_queue),
            ({"appointment"}, self._load_booked),
            ({"queue", "spool"}, self._load_slips),
            ({"queue"}, self._load_skipped),
            ({"paper"}, self._load_paper),
            ({"counter"}, self._load_counters),
            ({"request", "enquiry"}, self.requests.reload),
        ):
            if topics & (wanted | {"*"}):
                load()

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="导办台", person=actor_words(self._front.actor))

    def _show_matters(self, matters: tuple[MatterInForce, ...]) -> None:
        self._matters = matters
        every = tuple(each.matter for each in matters)
        self.form.show_matters(every)
        self.requests.show_matters(every)
        self._show_waiting()

    def _show_queue(self, queue: QueueView) -> None:
        if self._away:  # the database answers again
            self._away = False
            self.message.say("")
        self._queue = queue
        self.form.show_queue(queue)
        self._show_waiting()

    def _show_taking(self, taking: TakingView) -> None:
        self._taking = taking
        self.form.show_taking(taking)
        self._show_waiting()

    def _show_waiting(self) -> None:
        queue, taking = self._queue, self._taking
        if queue is not None and taking is not None:
            self.lists.show_waiting(tuple(_matter_queue(each, queue, taking) for each in self._matters))

    def _show_unprinted(self, tickets: tuple[UnprintedTicket, ...]) -> None:
        self.lists.show_unprinted(tickets)
        self._show_warnings()

    def _show_paper(self, levels: tuple[PaperView, ...]) -> None:
        self.lists.show_paper(levels)
        self._out_of_paper = tuple(f"{level.station}：{level.words}" for level in levels if level.low)
        self._show_warnings()

    def _show_counters(self, counters: tuple[CounterView, ...]) -> None:
        self.banner.show_words(emergency_words(counters))

    def _show_warnings(self) -> None:
        """What a guide must see whichever list is open."""
        missing = len(self.lists.unprinted.rows)
        words = [f"⚠ {missing} 个号没有打出小票（Alt+3）"] if missing else []
        words += [f"⚠ {each}（Alt+5）" for each in self._out_of_paper]
        self.warnings.setText("　".join(words))
        self.warnings.setVisible(bool(words))

    def _show_slip(self, ticket_id: int, fate: str) -> None:
        if ticket_id == self._printing:
            self.taken.show_slip(fate)

    @Slot(object)
    def _take(self, visit: Visit) -> None:
        first, *further = visit.matters
        self._work.write(
            partial(
                self._front.taking.issue,
                first,
                channel="staff",
                priority=visit.priority,
                card=visit.card,
                further=tuple(further),
            ),
            self._taken_now,
            words="正在取号…",
            button=self.form.take_button,
        )

    def _taken_now(self, ticket: TicketIssued) -> None:
        self._show_taken(ticket)
        self._show_side(self._middle)
        self.form.begin()

    def _checked_in(self, ticket: TicketIssued) -> None:
        self._show_taken(ticket)
        self._load_booked()

    def _show_taken(self, ticket: TicketIssued) -> None:
        self._printing = ticket.ticket_id if ticket.state == "reserved" else None
        self.taken.show_ticket(ticket)
        self.message.say(f"已取号 {ticket.code}，{ticket.matter_name}。", "success")
        self._load_slips()

    @Slot(str)
    def _show_guide(self, code: str) -> None:
        found = next((each.matter for each in self._matters if each.matter.code == code), None)
        if found is not None:
            self.guide.show_matter(found)
            self._show_side(self.guide)

    def _show_side(self, side: QWidget) -> None:
        """The guide stands in the place of the lists."""
        for each in (self._middle, self.guide):
            each.setVisible(each is side)

    @Slot(str)
    def _follow_guide(self, code: str) -> None:
        if self.guide.isVisible():
            self._show_guide(code)

    @Slot(str)
    def _print_guide(self, code: str) -> None:
        self._work.write(
            partial(self._front.print_guide, code),
            lambda _job: self.message.say(f"正在打印 {code} 的办事指南。", "success"),
            words="正在交给打印机…",
            button=self.form.print_button,
        )

    @Slot(object)
    def _check_in(self, row: AppointmentView) -> None:
        self._work.write(
            partial(self._front.taking.check_in_reference, row.reference),
            self._checked_in,
            words="正在签到…",
            button=self.lists.check_in_button,
        )

    @Slot(object)
    def _card_laid(self, card: Card) -> None:
        if self.locked:
            return
        if self.requests.is_shown:
            self.requests.take_card(card)
        else:
            self.form.take_card(card)
            self.message.say("已读到证件，取号时用上；不用请按 F6。")

    @Slot(object)
    def _opened(self, hotkey: Hotkey) -> None:
        if hotkey is hotkeys.LIST_BOOKED:
            self._load_booked()

    @Slot(object)
    def _pick(self, row: MatterQueue) -> None:
        self.form.pick(row.code)
        self.form.picker.setFocus()

    @Slot()
    def _back(self) -> None:
        """Esc: leave the requests, close the guide, then back to the form."""
        if self.requests.is_shown:
            if not self.requests.back():
                self._stack.setCurrentIndex(0)
                self.message.show_keys(KEYS)
                self.form.begin()
        elif self.guide.isVisible():
            self._show_side(self._middle)
        else:
            self.form.go_to_matter()

    def _connect_form(self) -> None:
        self.form.taken.connect(self._take)
        self.form.guide.connect(self._show_guide)
        self.form.picked.connect(self._follow_guide)
        self.form.print_guide.connect(self._print_guide)
        self.form.refused.connect(partial(self.message.say, tone="refusal"))

    def _connect_lists(self) -> None:
        lists = self.lists
        lists.opened.connect(self._opened)
        lists.picked.connect(self._pick)
        lists.check_in.connect(self._check_in)
        lists.tab_row.addWidget(hotkeys.hotkey_button(hotkeys.GUIDE_REQUESTS, self.requests.show))
        self.requests.keys_changed.connect(self.message.show_keys)

    def _connect_feeds(self, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        cards.card.connect(self._card_laid)
        self.header.follow(lamps)
        self.scans.checked.connect(self._show_verdict)
        self.scans.refused.connect(self.show_failure)

    def _lay_out(self) -> None:
        set_role(self.warnings, "warning")
        self.warnings.setWordWrap(True)
        self.warnings.hide()
        numbers = QWidget()
        columns = QHBoxLayout(numbers)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(tokens.SNUG)
        columns.addWidget(self.form)
        self._middle = QWidget()
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(tokens.TIGHT)
        for widget in (self.warnings, self.taken):
            middle.addWidget(widget)
        middle.addWidget(self.lists, 1)
        columns.addWidget(self._middle, 1)
        columns.addWidget(self.guide, 1)
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
        whole.setSpacing(tokens.TIGHT)
        whole.addWidget(self.banner)
        whole.addWidget(self._stack, 1)
        self._stack.addWidget(numbers)
        QShortcut(QKeySequence("Esc"), body).activated.connect(self._back)
        hotkeys.bind(hotkeys.LOCK, self.lock, body)
        hotkeys.bind(hotkeys.PICK, self.form.go_to_matter, numbers)
        HotkeysFirst(self, hotkeys.WINDOWS["guide"])
        self.set_body(body)
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)


def _matter_queue(each: MatterInForce, queue: QueueView, taking: TakingView) -> MatterQueue:
    code = each.matter.code
    opening = taking.of(code)
    left = "—" if opening.remaining is None else str(opening.remaining)
    return MatterQueue(
        code, each.matter.name, queue.per_matter.get(code, 0), queue.minutes_of(code), left if opening.open else "停取"
    )
