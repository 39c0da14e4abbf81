"""取号: a walk-in takes a number in two touches, or lays down the ID card and takes it in one."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from hall.clock import business_date
from hall.errors import HallError
from hall.rules.cards import Card
from hall.rules.identity import mask_name
from hall.rules.queue_policy import ORDINARY
from hall.services.booked import Booked
from hall.services.front import Front
from hall.services.taking import TicketIssued
from hall.windows.kiosk_choice import NARROW, ChoicePage
from hall.windows.kiosk_devices import PRINTER, READER, what_stops
from hall.windows.kiosk_frame import KioskFrame
from hall.windows.kiosk_guide import GuidePage
from hall.windows.kiosk_keypad import KeypadPage
from hall.windows.kiosk_offer import LINE, WIDE_GAP, Offer, OfferReader, booked_tiles, kind_tiles
from hall.windows.kiosk_pages import TicketPage
from hall.windows.kiosk_progress import ASK, ProgressPages
from hall.windows.kiosk_public import PublicPages
from hall.windows.kiosk_slip import SlipWatch
from hall.windows.kit import tokens
from hall.windows.kit.touch import TileGrid
from hall.windows.visit import Visit
from hall.words import PRIORITY_KINDS
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed


class Kiosk(KioskFrame):
    """Departments → matters → the number. Goes back to the start by itself after 20 seconds."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> None:
        super().__init__(front.clock)
        self._front = front
        self._tasks = tasks
        self._offer = Offer()
        self._visit = Visit()
        self._department: str | None = None
        self._reading = False
        self._stopped = self._failure = self._refusal = ""
        self._issuing = self._has_reader = False
        self._build()
        self._connect_pages()
        self.set_points(tokens.PUBLIC_BODY)
        self._show_departments()
        self._reader = OfferReader(front, tasks, changes, self)
        self._reader.changed.connect(self._show_offer)
        self._reader.failed.connect(self._failed)
        self.slip = SlipWatch(front, tasks, changes, self.ticket)
        self.slip.failed.connect(self._failed)
        cards.card.connect(self._card_read)
        lamps.lamp.connect(self._lamp)
        for device, (state, words) in lamps.last.items():
            self._lamp(device, state, words)
        self.tick()
        self._reader.load()

    @Slot()
    def start_over(self) -> None:
        """The first page, and nobody's card."""
        self._visit = Visit()
        self._reading = False
        self.slip.watch(None)
        self._refusal = ""
        self.card_panel.invite()
        self.ticket.clear()
        self.keypad.begin()
        self.progress.begin()
        self.choice.show_matters(())
        self.back_timer.stop()
        self._show_departments()
        if self.large:
            self.stay()

    def choose_department(self, name: str) -> None:
        """Show the matters of a department; of all departments for an empty name."""
        self._department = name
        self._show_matters()
        self.matters.show_top()
        asked = "请选择要看的事项" if self._reading else "请选择办理事项"
        self._show(self.matters, f"{name}　{asked}" if name else asked)
        self.stay()

    def choose_matter(self, code: str) -> None:
        """Take the number, put the matter on the list, or show its guide: whatever the visit is about."""
        if self._reading:
            self._show_guide(code)
        elif self._visit.several:
            self._visit = self._visit.adding(code)
            self._review()
        else:
            self._visit = replace(self._visit, matters=(code,))
            self.take()

    @Slot()
    def take(self) -> None:
        """Take the number for the chosen matters; while that is done, no tile answers."""
        visit = self._visit
        if visit.matters:
            first, *further = visit.matters
            self._write_ticket(
                partial(
                    self._front.taking.issue,
                    first,
                    channel=visit.channel,
                    priority=visit.priority,
                    card=visit.card,
                    further=tuple(further),
                    expected=self._offer.shown_to(visit),
                )
            )

    def _write_ticket(self, give: Callable[[], TicketIssued]) -> None:
        if self._stopped or self._issuing:
            return
        self.back_timer.stop()
        self._refusal = ""
        self._set_issuing(True)
        self._show_notice()
        self.heading.setText("正在取号…")
        self._tasks.write(give, self._issued, on_failed=self._not_issued, owner=self)

    def _build(self) -> None:
        self.departments = TileGrid(columns=1, roomy=True)
        self.matters = TileGrid(columns=2)
        self.kinds = TileGrid(columns=2, few=True)
        self.booked = TileGrid(columns=1, few=True)
        self.choice, self.keypad = ChoicePage(), KeypadPage()
        self.guide = GuidePage(self._front, self._tasks)
        self.progress = ProgressPages(self._front, self._tasks)
        self.public = PublicPages(self._front, self._tasks)
        self.ticket = TicketPage(self.start_over)
        self._grids = (self.departments, self.matters, self.kinds, self.booked)
        others = (self.choice, self.keypad, self.guide, self.progress, self.public, self.ticket)
        for page in (*self._grids, *others):
            self.pages.addWidget(page)
            self.points_changed.connect(page.set_points)

    def _connect_pages(self) -> None:
        for grid in self._grids:
            grid.turned.connect(self.stay)
        self.back.connect(self._go_back)
        self.left_alone.connect(self.start_over)
        self.points_changed.connect(self._refresh)
        self.turned.connect(self._turn)
        self.offers.check_in.connect(partial(self._show, self.keypad, "请输入预约编号，或放身份证签到"))
        self.offers.priority.connect(self._ask_kind)
        self.offers.several.connect(self._gather)
        self.offers.guide.connect(self._read_guides)
        self.offers.review.connect(self._review)
        self.offers.progress.connect(self._ask_progress)
        self.choice.removed.connect(self._remove)
        self.choice.more.connect(self._show_departments)
        self.choice.taken.connect(self.take)
        self.keypad.entered.connect(self._check_in_reference)
        self.keypad.touched.connect(self.stay)
        self.guide.turned.connect(self.stay)
        self.guide.taken.connect(self._take_after_reading)
        self.progress.touched.connect(self.stay)
        self.progress.headed.connect(partial(self._show, self.progress))
        self.progress.done.connect(self.start_over)
        self.offers.public.connect(self.public.begin)
        self.public.touched.connect(self.stay)
        self.public.headed.connect(partial(self._show, self.public))
        self.public.done.connect(self.start_over)

    def _show(self, page: QWidget, heading: str) -> None:
        """A page with what belongs around it: the way back, the other offers, the chips."""
        start = page is self.departments
        self.show_page(page, heading)
        self._show_card_panel()
        self.back_button.setVisible(
            page is not self.ticket and not (start and self._visit == Visit() and not self._reading)
        )
        self.offers.setVisible(page in (self.departments, self.matters) and not self._reading)
        self.offers.show_offers(can_take=not self._stopped, gathered=len(self._visit.matters))
        self._show_chips(on_ticket=page is self.ticket)
        self._set_issuing(self._issuing)
        if not start:
            self.stay()

    @Slot()
    def _show_departments(self) -> None:
        self._department = None
        self.departments.show_top()
        self._refresh()
        heading = "请选择办理类别"
        if self._reading:
            heading = "办事指南：请选择类别"
        elif self._visit.several:
            heading = f"请选择第 {len(self._visit.matters) + 1} 件事的类别"
        self._show(self.departments, heading)
        self._show_notice()
        if self._visit != Visit() or self._reading:
            self.stay()
        self.tick()

    @Slot()
    def _go_back(self) -> None:
        """One page back while a visit is being put together, else to the start."""
        page = self.pages.currentWidget()
        if page is self.public and self.public.go_back():
            return
        if page is self.guide and self._department is not None:
            self.choose_department(self._department)
        elif page not in (self.departments, self.ticket) and (self._reading or self._visit.several):
            self._show_departments()
        else:
            self.start_over()

    @Slot()
    def _ask_kind(self) -> None:
        kinds = self._offer.taking.kinds if self._offer.taking else ()
        self.kinds.show_tiles(kind_tiles(kinds, self._choose_kind))
        self._show(self.kinds, f"请选择优先类别。{self._front.policy.elder_age} 岁以上请直接放身份证")

    def _choose_kind(self, kind: str) -> None:
        self._visit = replace(self._visit, priority=kind)
        self._show_departments()

    @Slot()
    def _gather(self) -> None:
        self._visit = replace(self._visit, several=True)
        self._show_departments()

    @Slot()
    def _review(self) -> None:
        self.choice.show_matters([(code, self._offer.name_of(code)) for code in self._visit.matters])
        self._show(self.choice, "请核对要办的事项")

    @Slot(str)
    def _remove(self, code: str) -> None:
        self._visit = self._visit.without(code)
        if self._visit.matters:
            self._review()
        else:
            self._show_departments()

    @Slot()
    def _read_guides(self) -> None:
        self._reading = True
        self._show_departments()

    def _show_guide(self, code: str) -> None:
        found = next((each.matter for each in self._offer.matters if each.matter.code == code), None)
        if found is not None:
            can_take = self._offer.opening(code).open and not self._stopped
            self.guide.show_matter(found, can_print=self._front.slip, can_take=can_take)
            self._show(self.guide, found.name)

    @Slot()
    def _ask_progress(self) -> None:
        self.progress.begin()
        self._show(self.progress, ASK)

    @Slot(str)
    def _take_after_reading(self, code: str) -> None:
        self._reading = False
        self.choose_matter(code)

    @Slot(str)
    def _check_in_reference(self, reference: str) -> None:
        self._write_ticket(partial(self._front.taking.check_in_reference, reference))

    @Slot(object)
    def _card_read(self, card: Card) -> None:
        """A card answers who; the walk-in still says what for, of all matters at once."""
        if self._issuing or self._stopped:
            return
        if self.pages.currentWidget() is self.ticket:
            self.start_over()
        self._reading = False
        self._visit = replace(self._visit, card=card)
        self._has_reader = True
        self.card_panel.say(f"{mask_name(card.name)}，您好", "请收好身份证，选择要办理的事项", greeting=True)
        if self.pages.currentWidget() not in (self.matters, self.choice):
            self.choose_department("")
        self._show_chips()
        self.stay()
        read = partial(self._front.taking.booked, card)
        self._tasks.read(read, partial(self._show_booked, card), on_failed=self._failed, owner=self)

    def _show_booked(self, card: Card, booked: Booked | None) -> None:
        """Offer the check-in while its card is still the one that was read."""
        if booked is not None and self._visit.card is card and not self._issuing:
            check_in = partial(self._write_ticket, partial(self._front.taking.check_in, card))
            self.booked.show_tiles(booked_tiles(booked, check_in, partial(self.choose_department, "")))
            self._show(self.booked, "您今天有预约")

    def _issued(self, ticket: TicketIssued) -> None:
        further = max(len(self._visit.matters) - 1, 0)
        self._visit = Visit()
        self._issuing = False
        self.card_panel.invite()
        counters = self._offer.hall.counters if self._offer.hall else ()
        self.ticket.show_ticket(ticket, counters, further=further)
        self._show(self.ticket, "")
        self.slip.watch(ticket.ticket_id if ticket.state == "reserved" else None)

    def _not_issued(self, failure: HallError) -> None:
        self._set_issuing(False)
        if not self._visit.several:
            self._visit = replace(self._visit, matters=())
        self.heading.setText("没有取到号")
        self.stay()
        self._refusal = failure.sentence
        self._show_notice()

    @Slot(object)
    def _show_offer(self, offer: Offer) -> None:
        """The database answers: a failure that was shown is over."""
        self._offer = replace(offer, gap=self._offer.gap)
        self._failure = ""
        if offer.hall is not None:
            self.show_title(offer.hall.name)
        self._refresh()
        self._show_notice()

    @Slot()
    def _refresh(self) -> None:
        self._offer = replace(self._offer, gap=LINE if self.large else WIDE_GAP)
        self.departments.show_tiles(self._offer.department_tiles(self.choose_department, reading=self._reading))
        if self._department is not None:
            self._show_matters()

    def _show_matters(self) -> None:
        self.matters.show_tiles(
            self._offer.matter_tiles(
                self._department or "", self.choose_matter, reading=self._reading, chosen=self._visit.matters
            )
        )

    @Slot(bool)
    def _turn(self, wide: bool) -> None:
        self.departments.set_columns(2 if wide else 1)
        for grid in (self.matters, self.kinds):
            grid.set_columns(1 if self.width() < NARROW else 2)

    @Slot(str, str, str)
    def _lamp(self, device: str, state: str, words: str) -> None:
        if device == PRINTER:
            self._stopped = what_stops(state, words)
            self._set_issuing(self._issuing)
            self._show_card_panel()
            self.offers.show_offers(can_take=not self._stopped, gathered=len(self._visit.matters))
            self._show_notice()
        elif device == READER:
            self._has_reader = state in {"ok", "trouble"}
            self._show_card_panel()
            if self._visit.card is None and state == "trouble":
                self.card_panel.say(words, "或直接在屏幕上选择")
            elif self._visit.card is None:
                self.card_panel.invite()

    @Slot(object)
    def _failed(self, failure: HallError) -> None:
        self._failure = failure.sentence
        self._show_notice()

    def _show_card_panel(self) -> None:
        wanted = self._has_reader and not self._stopped
        self.show_card_panel(wanted, with_tiles=self.pages.currentWidget() in self._grids)

    def _show_notice(self) -> None:
        """A printer that cannot print stands above all else: whoever comes must not wait in vain."""
        out = f"{PRINTER}{self._stopped}，请到导办台取号。" if self._stopped else ""
        self.show_notice(out or self._refusal or self._failure)

    def _show_chips(self, *, on_ticket: bool = False) -> None:
        today = business_date(self._front.clock.now())
        kind = self._visit.kind(today, self._front.policy.elder_age)
        self.kind_chip.show_words("" if kind == ORDINARY or on_ticket else f"{PRIORITY_KINDS[kind]}优先", kind=kind)
        gathered = len(self._visit.matters) if self._visit.several and not on_ticket else 0
        self.count_chip.show_words(f"已选 {gathered} 件" if gathered else "")

    def _set_issuing(self, issuing: bool) -> None:
        """While a number is given, or while none can be, nothing that takes one answers."""
        self._issuing = issuing
        blocked = issuing or bool(self._stopped)
        for grid in (self.departments, self.matters):
            grid.setEnabled(not issuing and (self._reading or not self._stopped))
        for page in (self.kinds, self.booked, self.choice, self.keypad):
            page.setEnabled(not blocked)
