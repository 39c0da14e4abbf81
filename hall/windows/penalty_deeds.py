"""What is done on the page of a position: the panels of the acts, the registration, a party in clear."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from hall.rules.authority import may
from hall.rules.cards import Card
from hall.services.penalty_file import PenaltyFile
from hall.windows.pages import PageTools, WindowPage
from hall.windows.penalty_panels import PANELS
from hall.windows.penalty_register import RegisterPanel
from hall.windows.penalty_tools import PenaltyPanel
from hall.windows.served import Ticket
from hall.windows.unmask_panel import UnmaskPanel


class PenaltyDeeds(QObject):
    """`registered` carries the key of the new case; the page says what else was done.

    Panels are made once and kept; each is filled anew with the case it opens for.
    """

    registered = Signal(int)

    def __init__(self, tools: PageTools, page: WindowPage, *, ticket: Ticket) -> None:
        super().__init__(page)
        self._tools, self._page, self._side = tools, page, page.side
        self._panels: dict[str, PenaltyPanel] = {}
        self.unmasking = UnmaskPanel(tools.front, tools.work)
        self.registering = RegisterPanel(tools, ticket)
        self.registering.submitted.connect(self._register)

    @property
    def panel(self) -> PenaltyPanel | None:
        """The act's panel that is open."""
        return self._side.panel if isinstance(self._side.panel, PenaltyPanel) else None

    def begin_act(self, act: str, file: PenaltyFile) -> None:
        """Open the act's panel for the case."""
        panel = self._panels.get(act)
        if panel is None:
            panel = self._panels[act] = PANELS[act](self._tools)
            panel.submitted.connect(partial(self._do, panel))
        panel.show_case(file)
        self._side.open(panel)

    def register(self) -> None:
        """登记案件: of whoever lays down a card, or typed."""
        if may(self._tools.front.actor, "penalty.register"):
            self.registering.show_new()
            self._side.open(self.registering)
        else:
            self._tools.frame.message.say("登记案件由窗口人员办理。", "refusal")

    def take_card(self, card: Card) -> bool:
        """A card that was laid down for the registration that is open; False: for something else."""
        if self._side.panel is None:
            return False
        if self.registering.isVisible():
            self.registering.take_card(card)
        return True

    def unmask(self, file: PenaltyFile) -> None:
        """The party in clear, with a reason."""
        self.unmasking.show_person(file.party.id)
        self._side.open(self.unmasking)

    def _do(self, panel: PenaltyPanel) -> None:
        if panel.ready():
            self._page.run(panel, panel.deed())

    @Slot()
    def _register(self) -> None:
        panel = self.registering
        if panel.ready():
            self._tools.work.write(panel.deed(), self._registered, words="正在登记案件…", button=panel.main_button)

    def _registered(self, case_id: int) -> None:
        self._side.close_panel(self.registering)
        self.registering.form.clear()
        self.registered.emit(case_id)
