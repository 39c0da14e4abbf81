"""The fields of a payment plan on a form: how many parts from when, and the parts themselves to be changed by hand."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLabel

from hall.rules.fines import Part
from hall.rules.money import yuan
from hall.rules.money_words import money_figures
from hall.rules.plan_text import LONGEST, BadPlan, equal_parts, plan_lines, plan_parts
from hall.windows.kit.forms import Form

FIRST_AFTER = timedelta(days=30)
"""When a proposed plan begins; the party and the law decide otherwise by hand."""


class PlanFields(QObject):
    """Adds 期数, 首期 and 缴款计划 to a form; `total` says what the plan has to add up to, in fen."""

    def __init__(self, form: Form, told: QLabel, total: Callable[[], int | None], *, today: date) -> None:
        super().__init__(form)
        self._form, self._told, self._total = form, told, total
        count = form.add_text("count", "期数", required=True, check=count_fault, hint=f"1 到 {LONGEST}")
        first = form.add_day("first", "首期期限", today + FIRST_AFTER)
        plan = form.add_note("plan", "缴款计划", check=plan_fault, hint="每行一期：2027-01-29 1500")
        count.textChanged.connect(self.propose)
        first.dateChanged.connect(self.propose)
        plan.textChanged.connect(self.add_up)

    def parts(self) -> tuple[Part, ...]:
        """The plan as it stands; raises BadPlan."""
        return plan_parts(self._form.text("plan"))

    def begin(self, today: date, *, count: int) -> None:
        """A new plan."""
        self._form.set_day("first", today + FIRST_AFTER)
        self._form.set_text("count", str(count))
        self.propose()

    @Slot()
    def propose(self) -> None:
        """Equal parts, monthly; what was changed by hand is given up."""
        count, total = self._form.text("count"), self._total()
        if not total or not count or count_fault(count):
            self._form.set_text("plan", "")
            return
        self._form.set_text("plan", plan_lines(equal_parts(total, int(count), self._form.day("first"))))

    @Slot()
    def add_up(self) -> None:
        """Say how far the parts are from what they have to be."""
        total = self._total()
        self._told.setText("" if total is None else adding_up(self._form.text("plan"), total))

    def ready(self) -> bool:
        """Whether the parts add up; says where they do not."""
        total = self._total()
        if total is None:
            return False
        said = adding_up(self._form.text("plan"), total)
        good = said.endswith(_money(total))
        if not good:
            self._form.refuse("plan", said)
        return good


def adding_up(text: str, total: int) -> str:
    """各期合计 ¥3,000.00, and what is lacking or too much."""
    try:
        planned = sum(part.fen for part in plan_parts(text))
    except BadPlan as fault:
        return fault.sentence
    words = f"各期合计 {_money(planned)}"
    if planned == total:
        return words
    return f"{words}，比应缴的 {_money(total)} {'多' if planned > total else '少'} {_money(abs(planned - total))}。"


def count_fault(text: str) -> str:
    """What is wrong with a number of parts."""
    good = text.isascii() and text.isdigit() and 1 <= int(text) <= LONGEST
    return "" if good else f"请写 1 到 {LONGEST} 之间的期数。"


def plan_fault(text: str) -> str:
    """What is wrong with a typed plan."""
    try:
        plan_parts(text)
    except BadPlan as fault:
        return fault.sentence
    return ""


def _money(fen: int) -> str:
    return money_figures(yuan(fen))
