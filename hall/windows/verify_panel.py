"""A panel of whoever looks whether a fault was corrected: it is, or it is corrected again by another day."""

from datetime import date, timedelta
from typing import TypeVar

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.windows.deed_list import RowPanel
from hall.windows.pages import Deed, PageTools

R = TypeVar("R")
PASSED, AGAIN = "passed", "again"
VERDICTS = {PASSED: "已整改，核验通过", AGAIN: "没有改好，继续整改"}


class VerifyPanel(RowPanel[R]):
    """核验整改. The subclass says how many days are offered for another correction, and which use case verifies."""

    first = "verdict"

    def __init__(self, tools: PageTools, *, closes: str) -> None:
        """`closes` is what ends when it passes."""
        super().__init__("核验整改", main="登记")
        self._tools, self._closes = tools, closes
        verdict = self.form.add_choice("verdict", "结论", VERDICTS)
        self.form.add_text("note", "核验情况")
        self.form.add_day("correct_by", "新的期限", self._today)
        verdict.currentIndexChanged.connect(self._show_verdict)
        self.add(self.form)

    @property
    def correct_days(self) -> int:
        """What is offered; whoever verifies may name another day."""
        raise NotImplementedError

    def verify(self, row: R, *, passed: bool, note: str, correct_by: date | None) -> None:
        """The use case, in the database's thread: only `front` may be used, no widget."""
        raise NotImplementedError

    def ask(self, row: R) -> None:
        """About this row, of today."""
        super().ask(row)
        self.form.set_day("correct_by", self._today + timedelta(days=self.correct_days))
        self._show_verdict()

    def deed(self) -> Deed:
        """Enter it."""
        row, passed, note = self.row, self.form.text("verdict") == PASSED, self.form.text("note")
        correct_by = None if passed else self.form.day("correct_by")

        def verify() -> str:
            self.verify(row, passed=passed, note=note, correct_by=correct_by)
            return f"核验通过，{self._closes}办结。" if passed else f"已退回，{correct_by} 前再整改。"

        return verify

    @Slot()
    def _show_verdict(self) -> None:
        self.form.show_field("correct_by", self.form.text("verdict") == AGAIN)

    @property
    def _today(self) -> date:
        return business_date(self._tools.front.clock.now())
