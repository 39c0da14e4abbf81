"""处罚与缴款: the penalty-reduction window. Somebody's position and acts first, then the hall's lists, a page each."""

from functools import partial

from PySide6.QtCore import Slot

from hall.services.front import Front
from hall.windows.kit import hotkeys
from hall.windows.pages_window import PageOf, PagesOf, PagesWindow
from hall.windows.payments import PaymentsPage
from hall.windows.penalty_clocks import ClocksPage
from hall.windows.penalty_page import PositionPage
from hall.windows.penalty_staff import StaffPage
from hall.windows.penalty_tools import PenaltyPage
from hall.windows.publicity import PublicityPage
from hall.windows.seizures import SeizuresPage
from hall.windows.work_steps import WorkSteps
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed


class Penalty(PagesWindow):
    """The first page is the counter's, too. Every other page opens its cases on the first."""

    def __init__(
        self, of: PagesOf, front: Front, *, tasks: Tasks, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed
    ) -> None:
        super().__init__(of, front, tasks=tasks, changes=changes, cards=cards, lamps=lamps)
        if not self.pages:  # nobody's duty
            return
        WorkSteps(front, self, self.position.side, work=self._work, subject=lambda: "penalty")
        hotkeys.bind(hotkeys.FIND, self._find, self._stack)
        for page in self.pages:
            if isinstance(page, PenaltyPage):
                page.case_wanted.connect(self.open_case)

    @property
    def position(self) -> PositionPage:
        """The first page."""
        page = self.pages[0]
        assert isinstance(page, PositionPage)
        return page

    @Slot(int)
    def open_case(self, case_id: int) -> None:
        """Show a case on the first page, with everything about its party."""
        self.show_page(0)
        self.position.open_case(case_id)

    @Slot(str)
    def take_scan(self, text: str) -> None:
        """A paper's code was scanned: its case opens, wherever one is."""
        if self.pages and not self.locked and self.isActiveWindow():
            self.show_page(0)
        super().take_scan(text)

    @Slot()
    def _find(self) -> None:
        self.show_page(0)
        self.position.look_for()


PAGES = PagesOf(
    "处罚与缴款",
    (
        PageOf("减免与缴款", "penalty.read", partial(PositionPage, window="penalty")),
        PageOf("时限", "penalty.read", ClocksPage),
        PageOf("对账", "payment.settle", PaymentsPage),
        PageOf("查封扣押", "penalty.read", SeizuresPage),
        PageOf("公示", "penalty.read", PublicityPage),
        PageOf("执法人员", "penalty.staff", StaffPage),
    ),
    frozenset({"penalty", "penalty_staff", "payment", "seizure", "publicity", "calendar"}),
    window=Penalty,
)
