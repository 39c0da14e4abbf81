"""The fields of a fine that is measured by a tier: the tier, its quantity, what it comes to, the amount, a warning."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLabel

from hall.errors import HallError
from hall.rules.leniency_limbs import Result
from hall.rules.money import fen
from hall.services.penalty_choices import ProposalChoices, SpanView, TierChoice
from hall.services.penalty_measures import Chosen
from hall.windows.kit.forms import Form
from hall.windows.pages import PageTools
from hall.windows.penalty_tools import fen_fault
from hall.words import TIER_QUANTITIES

WARNING = "警告"


class TierFields(QObject):
    """Adds its fields to a form; `span` is the label to put below them.

    `show` fills in what may be chosen; what the tier comes to is looked up again with each change.
    """

    def __init__(self, tools: PageTools, form: Form, *, result: Callable[[], Result]) -> None:
        super().__init__(form)
        self._tools, self._form, self._result = tools, form, result
        self._case_id, self._asked = 0, 0
        self._tiers: dict[str, TierChoice] = {}
        self._tier = form.add_choice("tier", "裁量档次", {})
        self._quantity = form.add_text("quantity", "数量", required=True)
        self._fine = form.add_text("fine", "罚款（元）", check=fen_fault, hint="只给警告的不填")
        self._warning = form.add_tick("warning", WARNING)
        self.span = QLabel()
        self.span.setWordWrap(True)
        self._tier.currentIndexChanged.connect(self._tier_changed)
        self._quantity.editingFinished.connect(self.look)

    def on_changed(self, changed: Callable[[], object]) -> None:
        """Call whenever the penalty is another one."""
        self._tier.currentIndexChanged.connect(changed)
        self._quantity.editingFinished.connect(changed)
        self._fine.editingFinished.connect(changed)
        self._warning.toggled.connect(changed)

    def show(self, case_id: int, choices: ProposalChoices) -> None:
        """The tiers of the case."""
        self._case_id = case_id
        self._tiers = {str(each.tier_id): each for each in choices.tiers}
        self._form.set_choices("tier", {key: each.words for key, each in self._tiers.items()})
        self._tier_changed()

    def show_fields(self, shown: bool) -> None:
        """Nothing of it where nothing is imposed."""
        for key in ("tier", "fine", "warning"):
            self._form.show_field(key, shown)
        self._form.show_field("quantity", shown and self._has_quantity())
        self.span.setVisible(shown)

    @property
    def fine_fen(self) -> int:
        """The amount as typed, in fen; nothing is 0."""
        text = self._form.text("fine")
        return 0 if fen_fault(text) or not text else fen(text)

    @property
    def other(self) -> str:
        """警告, or nothing."""
        return WARNING if self._form.ticked("warning") else ""

    @property
    def chosen(self) -> Chosen:
        """What the amount is measured by."""
        key = self._form.text("tier")
        quantity = self._form.text("quantity") if self._has_quantity() else ""
        return Chosen(self._result(), int(key) if key else None, quantity)

    @property
    def ready(self) -> bool:
        """Whether a tier and, where it wants one, a quantity are there."""
        return bool(self._form.text("tier")) and not (self._has_quantity() and not self._form.text("quantity"))

    @Slot()
    def look(self) -> None:
        """Ask what the tier comes to."""
        if not self.ready or not self._case_id:
            self.span.clear()
            return
        self._asked += 1
        read = partial(self._tools.front.penalty_decisions.spans, self._case_id, self.chosen)
        show, fail = partial(self._show_span, self._asked), partial(self._show_fault, self._asked)
        self._tools.work.read(read, show, words="正在对照裁量基准…", on_failed=fail)

    @Slot()
    def _tier_changed(self) -> None:
        tier = self._tiers.get(self._form.text("tier"))
        shown = self._result() != "none"
        self._form.show_field("quantity", shown and self._has_quantity())
        if tier is not None and tier.unit != "yuan":
            self._quantity.setPlaceholderText(TIER_QUANTITIES[tier.unit])
        self.look()

    def _has_quantity(self) -> bool:
        tier = self._tiers.get(self._form.text("tier"))
        return tier is not None and tier.unit != "yuan"

    def _show_span(self, asked: int, view: SpanView) -> None:
        if asked == self._asked:
            law = f"；法定幅度 {view.statutory}" if view.statutory else ""
            self.span.setText(f"本档 {view.tier}{law}")

    def _show_fault(self, asked: int, failure: HallError) -> None:
        if asked == self._asked:
            self.span.setText(failure.sentence)
