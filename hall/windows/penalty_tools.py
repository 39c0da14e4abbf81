"""What panels and pages of the penalty window have in common: tools, a panel on a case, one with a form, a page."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hall.rules.money import BadAmount, fen
from hall.services.case_reading import DocumentView
from hall.services.front import Front
from hall.services.penalty_file import PenaltyFile
from hall.services.tables_export import SheetTable
from hall.windows.kit.deeds import DeedPanel, FormDeed, Side
from hall.windows.kit.work import Work
from hall.words import PENALTY_ACTS

Deed = Callable[[], str]
"""The use case, for the database's thread; gives the sentence that says what was done."""


@dataclass(frozen=True, slots=True)
class PenaltyTools:
    """What a panel or page may need to fill itself: the use cases, and the way to run one that looks something up."""

    front: Front
    work: Work


class PenaltyPanel(DeedPanel):
    """One act on one penalty case: what it asks for and the use case it calls; the window runs it and says what it did.

    `submitted` when every field is filled as it asks; then `ready` is asked, then `deed` is run. Ctrl+P shows the
    papers of the same `deed` as drafts: nothing more is to be written for them.
    """

    def __init__(self, tools: PenaltyTools, act: str, *, main: str = "") -> None:
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

    def __init__(self, tools: PenaltyTools, act: str, *, main: str = "") -> None:
        super().__init__(tools, act, main=main)
        self._case_id = 0


PanelMaker = Callable[[PenaltyTools], PenaltyPanel]


class PenaltyPage(QWidget):
    """A page of the penalty window beside the person's position (时限, 对账, 查封扣押, 公示, 执法人员).

    `case_wanted` opens a case on the first page, `counted` is the number on the tab, `done` a sentence to say.
    Ctrl+P, Ctrl+E, F5 and Esc are the window's; it asks `document`, `sheets`, `reload` and `side`.
    """

    case_wanted = Signal(int)
    counted = Signal(int)
    done = Signal(str)

    def __init__(self, tools: PenaltyTools, title: str) -> None:
        super().__init__()
        self._tools = tools
        self.setAccessibleName(title)
        self.side = Side(self, window="penalty")

    @property
    def document(self) -> DocumentView | None:
        """The paper of the selected row, for Ctrl+P and Ctrl+R."""
        return None

    def begin(self) -> None:
        """The keyboard goes to the page's list."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read again; what is selected and a panel that is open stay."""
        raise NotImplementedError

    def sheets(self) -> tuple[SheetTable, ...]:
        """The page as a file."""
        return ()

    def run(self, panel: DeedPanel, deed: Deed) -> None:
        """Do the deed of a panel of this page: button off meanwhile, then the panel closes and `done` tells it."""

        def finish(said: str) -> None:
            self.side.close_panel(panel)
            self.done.emit(said)
            self.reload()
            self.begin()

        self._tools.work.write(deed, finish, words=f"正在{panel.title}…", button=panel.main_button)


def fen_fault(text: str) -> str:
    """What is wrong with an amount in yuan that was typed: the `check` of a field of money."""
    try:
        fen(text)
    except BadAmount as fault:
        return fault.sentence
    return ""
