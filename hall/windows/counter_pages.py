"""The pages of the counter's stack: which task each belongs to, and the line of keys below it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hall.services.instructions import PERMIT
from hall.windows import counter_intake, counter_supplement
from hall.windows.case_search import CaseSearch
from hall.windows.case_view import CasePage
from hall.windows.counter_cases import CounterCases
from hall.windows.counter_intake import IntakePage
from hall.windows.counter_penalty import CounterPenalty
from hall.windows.counter_requests import RequestPage
from hall.windows.counter_supplement import SupplementPage
from hall.windows.counter_ways import IntakeWays
from hall.windows.penalty_page import PositionPage

Page = IntakePage | CasePage | CaseSearch | SupplementPage | RequestPage | PositionPage

CASE_KEYS = "Enter 预览　Ctrl+R 补打　Ctrl+Y 为什么　Ctrl+J 接着办理　Esc 返回"
ACCEPTED_KEYS = "F8 办结　Enter 预览　Ctrl+R 补打　Esc 再受理一件"
SEARCH_KEYS = "Enter 查找　Esc 返回受理"


class CounterPages:
    """Those that are there from the start in their order; that of the penalties is made when it is asked for."""

    def __init__(
        self,
        intake: IntakePage,
        cases: CounterCases,
        ways: IntakeWays,
        search: CaseSearch,
        requests: RequestPage,
        *,
        penalty: CounterPenalty,
    ) -> None:
        self._penalty, self._requests = penalty, requests
        self._known: dict[QWidget, tuple[str, str]] = {
            intake: ("receive", counter_intake.KEYS),
            cases.result: ("receive", ACCEPTED_KEYS),
            search: ("query", SEARCH_KEYS),
            cases.found: ("query", CASE_KEYS),
            ways.notice: ("receive", counter_supplement.KEYS),
            requests: ("request", ""),
        }

    @property
    def first(self) -> Sequence[QWidget]:
        """What the stack holds from the start."""
        return tuple(self._known)

    def task_of(self, page: QWidget) -> str:
        """A key of `counter_tasks.TASKS`."""
        return self._known[page][0] if page in self._known else self._penalty.task

    def subject_of(self, page: QWidget | None) -> str:
        """What is worked at, for 作业标准: a matter's code, or one of `words.INSTRUCTION_SUBJECTS`."""
        if isinstance(page, IntakePage):
            return page.matter.code or PERMIT
        if isinstance(page, CasePage):
            return page.case.matter_code if page.case is not None else PERMIT
        if isinstance(page, RequestPage):
            return {"consultation": "enquiry", "application": PERMIT}.get(page.form.kind, "complaint")
        task = self.task_of(page) if page is not None else ""
        return {"leniency": "leniency", "pay": "payment"}.get(task, PERMIT)

    def keys_of(self, page: QWidget) -> str:
        """What is told below the page."""
        if page is self._requests:
            return self._requests.keys
        return self._known[page][1] if page in self._known else self._penalty.keys
