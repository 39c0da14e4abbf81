"""What panels and pages of the penalty window have in common: a panel on a case, one with a form, a page."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from hall.rules.money import BadAmount, fen
from hall.services.penalty_file import PenaltyFile
from hall.windows.kit.deeds import DeedPanel, FormDeed
from hall.windows.pages import Deed, PageTools, WindowPage
from hall.words import PENALTY_ACTS


class PenaltyPanel(DeedPanel):
    """One act on one penalty case: what it asks for and the use case it calls; the window runs it and says what it did.

    `submitted` when every field is filled as it asks; then `ready` is asked, then `deed` is run. Ctrl+P shows the
    papers of the same `deed` as drafts: nothing more is to be written for them.
    """

    def __init__(self, tools: PageTools, act: str, *, main: str = "") -> None:
        """`act` is a key of PENALTY_ACTS; `main` is what the main button says, the act's word where not given."""
        super().__init__(PENALTY_ACTS[act], main=main or PENALTY_ACTS[act])
        self.act = act
        self._tools = tools

    def show_case(self, file: PenaltyFile) -> None:
        """Take the case up: choices, proposals, what is under way. Called before `begin`, each time it opens."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Whether what was entered can be sent, beyond what each field asks; says what cannot."""
        return True

    def deed(self) -> Deed:
        """The use case with what was entered, taken from the fields now, on the window's thread."""
        raise NotImplementedError


class PenaltyForm(PenaltyPanel, FormDeed):
    """An act that a form asks for."""

    def __init__(self, tools: PageTools, act: str, *, main: str = "") -> None:
        super().__init__(tools, act, main=main)
        self._case_id = 0

    def show_case(self, file: PenaltyFile) -> None:
        """Of this case, empty; the subclass fills in what is known."""
        self._case_id = file.case_id
        self.form.clear()


PanelMaker = Callable[[PageTools], PenaltyPanel]


class PenaltyPage(WindowPage):
    """A page of the penalty window beside the person's position (时限, 对账, 查封扣押, 公示, 执法人员).

    `case_wanted` opens a case on the first page.
    """

    case_wanted = Signal(int)

    def __init__(self, tools: PageTools, title: str) -> None:
        super().__init__(tools, title, window="penalty")


def fen_fault(text: str) -> str:
    """What is wrong with an amount in yuan that was typed: the `check` of a field of money."""
    try:
        fen(text)
    except BadAmount as fault:
        return fault.sentence
    return ""
