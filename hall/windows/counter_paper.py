"""Paper at the counter before it is made and when it comes back: drafts to look at, codes that are scanned."""

from PySide6.QtCore import QObject, Signal, Slot

from hall.windows.applicant_panel import ApplicantPanel
from hall.windows.case_search import CaseSearch
from hall.windows.counter_penalty import CounterPenalty
from hall.windows.counter_supplement import SupplementPage
from hall.windows.counter_ways import IntakeWays
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import DeedPanel, Side
from hall.windows.kit.frame import Frame
from hall.windows.papers import PREVIEW_WORDS, Papers
from hall.windows.receipt_scans import NotAReceipt, is_receipt_code

NO_PAPER = "这一步不出具文书，没有可预览的。"
PANEL_OPEN = "先办完或按 Esc 关闭右边的面板，再扫码。"


class CounterPaper(QObject):
    """Shows what the form, the notice or an open panel would issue. `search_wanted`: a scan is about to be checked."""

    search_wanted = Signal()

    def __init__(
        self,
        frame: Frame,
        side: Side,
        *,
        ways: IntakeWays,
        search: CaseSearch,
        papers: Papers,
        penalty: CounterPenalty,
    ) -> None:
        super().__init__(frame)
        self._penalty = penalty
        self._frame, self._side, self._ways, self._search, self._papers = frame, side, ways, search, papers
        for page in (ways.page, ways.notice):
            hotkeys.bind(hotkeys.PREVIEW, self.preview_drafts, page)

    def keys_of(self, panel: DeedPanel) -> str:
        """The line of keys while a panel is open."""
        return f"{panel.keys}　{PREVIEW_WORDS}" if self._issues(panel) else panel.keys

    @Slot()
    def preview_drafts(self) -> None:
        """Ctrl+P: what the main button of the page, or of the panel over it, would issue."""
        panel = self._side.panel
        if panel is None:
            notice: SupplementPage = self._ways.notice
            submit = notice.tell_button.click if notice.isVisible() else self._ways.page.submit
            self._papers.preview_drafts(submit)
        elif self._issues(panel):
            self._papers.preview_drafts(panel.submit)
        else:
            self._frame.message.say(NO_PAPER, "refusal")

    def _issues(self, panel: DeedPanel) -> bool:
        """Whether the panel's deed issues papers: every application has its form."""
        return isinstance(panel, ApplicantPanel) or self._ways.issues(panel)

    @Slot(str)
    def take_scan(self, text: str) -> None:
        """Check a code and open its case; the form keeps what was entered. Not while the page is paused or locked.

        On the page of penalties it opens the penalty that the paper is about.
        """
        task = self._side.parentWidget()
        if task is None or not (task.isVisible() and self._search.scans.may_take):
            return
        if self._side.panel is not None:
            self._frame.message.say(PANEL_OPEN, "refusal")
        elif self._penalty.page is not None and self._penalty.page.isVisible():
            self._penalty.take_scan(text)
        elif is_receipt_code(text):
            self.search_wanted.emit()
            self._search.scans.check(text)
        else:
            self._frame.show_failure(NotAReceipt())
