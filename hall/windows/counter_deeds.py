"""The deeds of the counter that need a word more: each opens its panel, and does it when the panel says so."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QObject, Slot

from hall.errors import HallError
from hall.rules.catalogue import Matter
from hall.services.front import Front
from hall.services.ticket_records import Called
from hall.windows.counter_aside import AsideTickets
from hall.windows.counter_more import MorePanel
from hall.windows.counter_place import CounterPlace
from hall.windows.counter_preview import PreviewPanel
from hall.windows.counter_ticket import CounterTicket
from hall.windows.counter_transfer import CallGivenPanel, TransferPanel, WhyFirstPanel, WithoutTicketPanel
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import DeedPanel, ReasonPanel, Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.work import Work

LOOK_FIRST_ON = "先看后呼：F2 先看下一号，再按 Enter 才广播。"
LOOK_FIRST_OFF = "F2 直接叫下一号。"
HOLD_REASONS = ("回去取材料", "去复印或拍照", "等其他人到场", "系统或设备等待")
RETURN_REASONS = ("叫错了号", "本窗口暂时不能办", "申请人请求稍后再办")
CANCEL_REASONS = ("本人不办了", "取错了事项", "重复取号")


class CounterDeeds(QObject):
    """Panels are made when they are first wanted and kept: an answer may come after one was closed."""

    def __init__(
        self,
        front: Front,
        frame: Frame,
        side: Side,
        ticket: CounterTicket,
        place: CounterPlace,
        *,
        counter: int,
        work: Work,
    ) -> None:
        super().__init__(frame)
        self._front = front
        self._calling = front.calling
        self._frame = frame
        self._side = side
        self._ticket = ticket
        self._place = place
        self._counter = counter
        self._work = work
        self._matters: tuple[Matter, ...] = ()
        self._cancelling: tuple[int, str] = (0, "")
        self._asked_about = ""
        self.aside = AsideTickets(front, frame, side, ticket, counter=counter, work=work, cancel=self._ask_to_cancel)
        ticket.chosen.connect(self._preview)
        ticket.called.connect(lambda _: side.close_panel())
        ticket.left.connect(side.close_panel)

    @cached_property
    def transfer_panel(self) -> TransferPanel:
        """转移."""
        panel = TransferPanel()
        panel.show_matters(self._matters)
        panel.submitted.connect(self._transfer)
        panel.sent_back.connect(self._send_back)
        return panel

    @cached_property
    def hold_panel(self) -> ReasonPanel:
        """挂起."""
        words = "号留在本窗口，窗口空出来叫别人。人回来了按 F12 再按 G 恢复。"
        panel = ReasonPanel(hotkeys.HOLD.words, main="挂起", words=words, usual=HOLD_REASONS)
        panel.submitted.connect(self._hold)
        return panel

    @cached_property
    def return_panel(self) -> ReasonPanel:
        """退回排队."""
        words = "号回到排队里原来的位置，由窗口按次序再叫。"
        panel = ReasonPanel(hotkeys.GIVE_BACK.words, main="退回", words=words, usual=RETURN_REASONS)
        panel.submitted.connect(self._give_back)
        return panel

    @cached_property
    def cancel_panel(self) -> ReasonPanel:
        """作废."""
        panel = ReasonPanel(hotkeys.CANCEL.words, main="作废", words="", usual=CANCEL_REASONS)
        panel.submitted.connect(self._cancel)
        return panel

    @cached_property
    def given_panel(self) -> CallGivenPanel:
        """点呼."""
        panel = CallGivenPanel()
        panel.submitted.connect(self._call_given)
        return panel

    @cached_property
    def without_panel(self) -> WithoutTicketPanel:
        """无号办理."""
        panel = WithoutTicketPanel()
        panel.show_matters(self._matters)
        panel.submitted.connect(self._serve_without)
        return panel

    @cached_property
    def why_panel(self) -> WhyFirstPanel:
        """为什么先叫."""
        panel = WhyFirstPanel()
        panel.submitted.connect(self._ask_why)
        return panel

    @cached_property
    def preview_panel(self) -> PreviewPanel:
        """先看后呼."""
        panel = PreviewPanel()
        panel.submitted.connect(self._ticket.call_next)
        panel.given_back.connect(self._put_back)
        return panel

    @cached_property
    def more_panel(self) -> MorePanel:
        """更多."""
        panel = MorePanel()
        panel.chosen.connect(self._choose)
        return panel

    def show_matters(self, matters: tuple[Matter, ...]) -> None:
        """The catalogue in force, for the panels that ask for a matter."""
        self._matters = matters
        for name in ("transfer_panel", "without_panel"):
            if name in vars(self):
                getattr(self, name).show_matters(matters)

    def toggle(self, panel: DeedPanel) -> None:
        """Open a panel, or close it if it is open. While a ticket is looked at, that comes first."""
        present = self._ticket.present
        if present is not None and present.state == "chosen":
            self._frame.message.say(f"{present.code} 号还没有呼叫：按 Enter 呼叫，或按 Esc 放回。", "refusal")
        elif not self._side.close_panel(panel):
            self._side.open(panel)

    def close_panel(self) -> bool:
        """Esc: close what is open; a ticket that is looked at goes back. False if nothing was open."""
        if self._side.panel is not None and self._side.panel is vars(self).get("preview_panel"):
            self._put_back()
            return True
        return self._side.close_panel()

    @Slot()
    def transfer(self) -> None:
        """F5."""
        present = self._ticket.present
        self.transfer_panel.offer_way_back(present.sender if present else None)
        self.toggle(self.transfer_panel)

    @Slot()
    def hold(self) -> None:
        """F7."""
        self.toggle(self.hold_panel)

    @Slot()
    def pause(self) -> None:
        """F9."""
        self.toggle(self._place.pause_panel)

    @Slot()
    def more(self) -> None:
        """F12."""
        looks_first, calls_help = self._ticket.looks_first, self._place.calls_help
        self.more_panel.show_state(self._ticket.present, looks_first=looks_first, calls_help=calls_help)
        self.toggle(self.more_panel)

    @Slot()
    def look_first(self) -> None:
        """Shift+F2: whether F2 shows the next ticket before it is announced."""
        wanted = not self._ticket.looks_first
        self._ticket.look_first(wanted)
        self._frame.message.say(LOOK_FIRST_ON if wanted else LOOK_FIRST_OFF)

    @Slot()
    def why_first(self) -> None:
        """F1: of the ticket that is here, at once; of any other, by its number."""
        self.toggle(self.why_panel)
        present = self._ticket.present
        if self._side.panel is self.why_panel and present is not None:
            self.why_panel.ask_about(present.code)
            self._ask_why()

    def _preview(self, ticket: Called) -> None:
        self.preview_panel.show_ticket(ticket)
        if self._side.panel is not self.preview_panel:
            self._side.open(self.preview_panel)

    def _put_back(self) -> None:
        self._ticket.put_back(self.preview_panel.back_button)

    def _transfer(self) -> None:
        panel = self.transfer_panel
        matter, counter = panel.matter.code or None, panel.to_counter
        if matter is None and counter is None:
            self._frame.message.say("转到哪里？请选事项，或写窗口号。", "refusal")
            panel.matter.setFocus()
            return
        deed = partial(
            self._calling.transfer,
            self._counter,
            matter_code=matter,
            to_counter=counter,
            note=panel.form.text("note"),
            come_back=panel.comes_back.isChecked(),
        )
        where = f"已转到 {counter} 号窗口。" if counter is not None else "已转移，等能办的窗口叫。"
        self._ticket.send(hotkeys.TRANSFER, deed, button=panel.main_button, done=where)

    def _send_back(self) -> None:
        panel, present = self.transfer_panel, self._ticket.present
        deed = partial(self._calling.send_back, self._counter, panel.form.text("note"))
        done = f"已送回 {present.sender} 号窗口。" if present else ""
        self._ticket.send(hotkeys.SEND_BACK, deed, button=panel.back_button, done=done)

    def _hold(self) -> None:
        panel = self.hold_panel
        deed = partial(self._calling.hold, self._counter, panel.reason)
        self._ticket.send(hotkeys.HOLD, deed, button=panel.main_button, done=f"已挂起（{panel.reason}）。")

    def _give_back(self) -> None:
        panel = self.return_panel
        deed = partial(self._calling.give_back, self._counter, panel.reason)
        self._ticket.send(hotkeys.GIVE_BACK, deed, button=panel.main_button, done="已退回排队。")

    def _ask_to_cancel(self, ticket_id: int, code: str) -> None:
        self._cancelling = (ticket_id, code)
        self.cancel_panel.words.setText(f"{code} 号作废以后不能恢复，要办请重新取号。")
        self._side.open(self.cancel_panel)

    def _cancel(self) -> None:
        (ticket_id, code), panel = self._cancelling, self.cancel_panel
        deed: Callable[[], object] = partial(self._calling.cancel, ticket_id, panel.reason)
        present = self._ticket.present
        if present is not None and present.ticket_id == ticket_id:
            self._ticket.send(hotkeys.CANCEL, deed, button=panel.main_button, done="已作废。")
            return

        def done(_: object) -> None:
            self._side.close_panel(panel)
            self._frame.message.say(f"{code} 已作废。", "success")

        button = panel.main_button
        self._work.write(deed, done, words="正在登记…", button=button, on_failed=self._ticket.failed)

    def _call_given(self) -> None:
        panel = self.given_panel
        deed = partial(self._calling.call_given, self._counter, panel.code, panel.reason)
        self._ticket.bring(hotkeys.CALL_GIVEN, deed, button=panel.main_button, words="正在叫号…")

    def _serve_without(self) -> None:
        panel = self.without_panel
        if not panel.matter.code:
            self._frame.message.say("请先选事项：输入事项编码或名称的一部分。", "refusal")
            panel.matter.setFocus()
            return
        deed = partial(self._calling.serve_without_ticket, self._counter, panel.matter.code)
        self._ticket.bring(hotkeys.WITHOUT_TICKET, deed, button=panel.main_button, words="正在取号…")

    def _ask_why(self) -> None:
        panel, code = self.why_panel, self.why_panel.code
        self._asked_about = code

        def answer(words: str) -> None:
            if self._asked_about == code:
                panel.answer.setText(words)

        def refuse(failure: HallError) -> None:
            answer(failure.sentence)

        self._work.read(
            partial(self._calling.why, code), answer, words="正在查…", button=panel.main_button, on_failed=refuse
        )

    @Slot(object)
    def _choose(self, hotkey: Hotkey) -> None:
        panels: dict[Hotkey, Callable[[], DeedPanel]] = {
            hotkeys.CALL_GIVEN: lambda: self.given_panel,
            hotkeys.HELD: lambda: self.aside.held_panel,
            hotkeys.SKIPPED: lambda: self.aside.skipped_panel,
            hotkeys.GIVE_BACK: lambda: self.return_panel,
            hotkeys.WITHOUT_TICKET: lambda: self.without_panel,
        }
        if hotkey in panels:
            self._side.open(panels[hotkey]())
            self.aside.reload()
        elif hotkey == hotkeys.CANCEL and self._ticket.present is not None:
            self._ask_to_cancel(self._ticket.present.ticket_id, self._ticket.present.code)
        elif hotkey == hotkeys.LEAVE:
            self._frame.close()
