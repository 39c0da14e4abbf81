"""The cases of the counter's task: what an application became, a case that was found, one that is taken up again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from hall.services.accepting import Accepted
from hall.services.case_reading import CaseView
from hall.services.front import Front
from hall.services.receiving import Intake
from hall.windows.case_view import CasePage
from hall.windows.counter_intake import IntakePage
from hall.windows.counter_stage import TAKEN_UP
from hall.windows.kit.frame import Frame
from hall.windows.kit.shown import Shown
from hall.windows.kit.work import Work

ACCEPTED = "已受理，收件凭证和受理通知书正在打印"


class CounterCases(QObject):
    """`done` after a case was dealt with; its page stands in the form's place until the next application."""

    done = Signal()

    def __init__(
        self,
        front: Front,
        frame: Frame,
        intake: IntakePage,
        *,
        counter: int,
        show: Callable[[IntakePage | CasePage], None],
        work: Work,
    ) -> None:
        super().__init__(frame)
        self._front = front
        self._frame = frame
        self._intake = intake
        self._counter = counter
        self._show = show
        self._work = work
        self._shown = Shown("counter")
        self.done_id: int | None = None
        self.result = CasePage(front, work, goes_on=True)
        self.found = CasePage(front, work, goes_on=True)
        for page in (self.result, self.found):
            page.going_on.connect(self.take_up)

    @Slot(object)
    def show_accepted(self, accepted: Accepted) -> None:
        """受理 is done."""
        self._shown.tell(counter=self._counter, accepted=accepted.acceptance_number)
        papers = "、容缺受理承诺书" if accepted.supply_by else "、告知承诺书" if accepted.promise_document else ""
        self._conclude(accepted.case_id, ACCEPTED)
        self._frame.message.say(
            f"已受理 {accepted.acceptance_number}，正在打印收件凭证{papers}和受理通知书。按 F8 办结。", "success"
        )

    @Slot(int, str)
    def show_ended(self, case_id: int, words: str) -> None:
        """Another way was gone to its end."""
        self._conclude(case_id, words)
        self._frame.message.say(words, "success")

    @Slot(int, str)
    def show_supplied(self, case_id: int, words: str) -> None:
        """Materials of a case came: what waits for its decision is taken up at once."""

        def show(case: CaseView) -> None:
            if case.state == "received":
                self.take_up(case, words)
            else:
                self.show_ended(case_id, words)

        self._frame.message.say(words, "success")
        self._work.read(partial(self._front.case, case_id), show, words="正在载入办件…")

    @Slot(object, str)
    def open(self, case: CaseView, banner: str) -> None:
        """A case that was found."""
        self.found.show_case(case, banner=banner)
        self._show(self.found)
        number = case.acceptance_number or case.receipt_number
        self._frame.message.say(banner or f"已打开 {number}。", "success" if banner else "info")

    @Slot(object)
    def take_up(self, case: CaseView, words: str = "") -> None:
        """接着办理: the case into the form; `words` in place of what is to do now."""

        def show(intake: Intake) -> None:
            self.done_id = None
            self._intake.open_case(case, intake)
            self._show(self._intake)
            self._frame.message.say(words or TAKEN_UP[self._intake.stage])

        self._work.read(partial(self._front.intake.look_at_case, case.case_id), show, words="正在载入办件…")

    def _conclude(self, case_id: int, banner: str) -> None:
        self.done_id = case_id
        self.done.emit()

        def show(case: CaseView) -> None:
            if case.case_id == self.done_id:  # else the clerk has gone on to the next person
                self.result.show_case(case, banner=banner)
                self._show(self.result)

        self._work.read(partial(self._front.case, case_id), show, words="正在载入办件…")
