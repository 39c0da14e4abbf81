"""What is half entered at the counter: asked about before it would be lost, kept for a ticket that is held."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from hall.windows.counter_applications import CounterApplications
from hall.windows.counter_cases import CounterCases
from hall.windows.counter_draft import Draft, Typed
from hall.windows.counter_intake import IntakePage
from hall.windows.counter_particulars import Particulars
from hall.windows.counter_request_form import Entered
from hall.windows.counter_requests import RequestPage
from hall.windows.counter_ticket import CounterTicket
from hall.windows.kit import hotkeys
from hall.windows.kit.dialogs import ask
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey

OTHER_APPLICATION = "受理页上已有没办完的申请，请先办完或清空，再从这里转过去。"


class HalfEntered(QObject):
    """The forms of the tasks 受理 and 诉求, and of other applications, for one person after the other."""

    def __init__(
        self,
        frame: Frame,
        ticket: CounterTicket,
        intake: IntakePage,
        requests: RequestPage,
        *,
        others: CounterApplications,
        cases: CounterCases,
    ) -> None:
        super().__init__(frame)
        self._others = others
        self._frame, self._ticket = frame, ticket
        self._intake, self._requests, self._cases = intake, requests, cases
        self._drafts: dict[int, Draft] = {}
        requests.form.others = others.offered
        others.entered.connect(requests.clear)

    def leave(self, hotkey: Hotkey, go_on: Callable[[], None]) -> None:
        """What was entered would be lost: ask first. The application of a held ticket is kept."""
        present = self._ticket.present
        if present is not None:
            self._drafts.pop(present.ticket_id, None)
        applies = self._cases.done_id is None and not self._intake.is_empty
        asks = not (self._requests.is_empty and self._others.is_empty)
        if present is not None and hotkey == hotkeys.HOLD and not asks:
            if applies:
                self._drafts[present.ticket_id] = self._intake.draft
            go_on()
        elif applies or asks:
            undone = "受理" if applies else "登记"
            sentence = f"表里已录入的内容还没有{undone}，{hotkey.words}后会清空。"
            ask(self._frame, sentence, title=hotkey.words, yes=f"清空并{hotkey.words}", on_yes=go_on)
        else:
            go_on()

    def begin(self) -> None:
        """Empty forms for the person who is at the counter now, or what was kept for the ticket."""
        present = self._ticket.present
        self._others.close()
        self._requests.clear()
        self._intake.open_for(present)
        if present is not None and (draft := self._drafts.pop(present.ticket_id, None)) is not None:
            self._intake.take_up(draft)

    def take_over(self, entered: Entered) -> bool:
        """An application that was begun as a request goes on in the task 受理; False while another one is there.

        What is no permit has a panel of its own, over the request.
        """
        if entered.matter_code in self._others.offered:
            self._others.open(entered)
            return False
        if not self._intake.is_empty or self._intake.case_id is not None:
            self._frame.message.say(OTHER_APPLICATION, "refusal")
            return False
        self._cases.done_id = None
        self._intake.open_for(self._ticket.present)
        typed = Typed(entered.name, "", entered.phone, "")
        self._intake.take_up(Draft(entered.card, typed, entered.matter_code, (), Particulars()))
        self._requests.clear()
        return True
