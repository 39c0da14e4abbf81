"""Applications at the counter that are no permits: a stall, relief. Their own windows' panels, of the ticket served."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from hall.rules.authority import may
from hall.rules.cards import Card
from hall.services.front import Front
from hall.windows import relief_panels, stall_panels
from hall.windows.applicant_panel import ApplicantPanel
from hall.windows.counter_request_form import Entered
from hall.windows.counter_ticket import CounterTicket
from hall.windows.kit.deeds import Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work
from hall.windows.pages import PageTools
from hall.windows.papers import Papers
from hall.windows.served import Ticket

WORDS = {"stall.apply": "便民服务点摊位", "relief.apply": "救助"}
"""What can be applied for, by the action that somebody must be allowed."""

_PANELS: Mapping[str, Callable[[PageTools, Ticket], ApplicantPanel]] = {
    "stall.apply": stall_panels.ApplyPanel,
    "relief.apply": relief_panels.ApplyPanel,
}


class CounterApplications(QObject):
    """Opens the panel for who was entered in the task 诉求. `entered`: an application was taken in."""

    entered = Signal()

    def __init__(
        self, front: Front, frame: Frame, side: Side, ticket: CounterTicket, *, work: Work, papers: Papers
    ) -> None:
        """`ticket` tells who is at the counter: the application belongs to it."""
        super().__init__(frame)
        self._tools, self._frame, self._side = PageTools(front, work, frame), frame, side
        self._papers, self._at_counter = papers, ticket
        self._panels: dict[str, ApplicantPanel] = {}

    @property
    def offered(self) -> Mapping[str, str]:
        """What whoever sits here may take in."""
        return {action: words for action, words in WORDS.items() if may(self._tools.front.actor, action)}

    @property
    def panel(self) -> ApplicantPanel | None:
        """The one that is open."""
        return next((each for each in self._panels.values() if each is self._side.panel), None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is entered that could be lost."""
        return self.panel is None or self.panel.is_empty

    def open(self, entered: Entered) -> None:
        """For who was entered, by card or typed; asked for again, what stands there is sent."""
        panel = self._panels.get(entered.matter_code) or self._make(entered.matter_code)
        if panel is self._side.panel:
            panel.submit()
            return
        panel.ask_new()
        if entered.card is not None:
            panel.take_card(entered.card)
        else:
            panel.take_typed(entered.name, entered.phone)
        self._side.open(panel)

    def take_card(self, card: Card) -> bool:
        """Whose it is, who is here by that; False while no panel asks for it."""
        panel = self.panel
        if panel is not None:
            panel.take_card(card)
            self._at_counter.came()
        return panel is not None

    def close(self) -> None:
        """Somebody else is served."""
        if self.panel is not None:
            self._side.close_panel(self.panel)

    def _make(self, action: str) -> ApplicantPanel:
        panel = self._panels[action] = _PANELS[action](self._tools, self._at_counter.served)
        panel.submitted.connect(partial(self._submit, panel))
        return panel

    def _submit(self, panel: ApplicantPanel) -> None:
        def done(said: str) -> None:
            self._side.close_panel(panel)
            self._frame.message.say(said, "success")
            self._papers.load()
            self.entered.emit()

        self._tools.work.write(panel.deed(), done, words="正在登记…", button=panel.main_button)
