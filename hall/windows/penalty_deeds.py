"""What is done on the penalty window: the panels of the acts, the registration, the papers, a party in clear."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from hall.rules.authority import may
from hall.rules.cards import Card
from hall.services.case_reading import DocumentView
from hall.services.penalty_file import PenaltyFile
from hall.windows.kit.deeds import Side
from hall.windows.kit.frame import Frame
from hall.windows.pages import PageTools
from hall.windows.papers import Papers
from hall.windows.penalty_panels import PANELS
from hall.windows.penalty_register import RegisterPanel, Ticket
from hall.windows.penalty_tools import PenaltyPanel
from hall.windows.unmask_panel import UnmaskPanel


class PenaltyDeeds(QObject):
    """`done` carries the sentence that says what was done, `registered` the key of the new case.

    Panels are made once and kept; each is filled anew with the case it opens for.
    """

    done = Signal(str)
    registered = Signal(int)

    def __init__(self, tools: PageTools, frame: Frame, papers: Papers, side: Side, *, ticket: Ticket) -> None:
        super().__init__(side)
        self._tools, self._frame, self.papers, self._side = tools, frame, papers, side
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
            self._frame.message.say("登记案件由窗口人员办理。", "refusal")

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

    def preview(self, document: DocumentView | None) -> None:
        """What the open panel would issue, or the paper that is chosen."""
        if self.panel is not None:
            self.papers.preview_drafts(self.panel.submit)
        elif document is not None:
            self.papers.preview(document)
        else:
            self._frame.message.say("先在文书列表里选一份，再预览。", "refusal")

    def reprint(self, document: DocumentView | None) -> None:
        """The paper that is chosen, once more."""
        if document is not None:
            self.papers.reprint(document)
        else:
            self._frame.message.say("先在文书列表里选一份，再补打。", "refusal")

    def load_papers(self) -> None:
        """Ask about print jobs that wait for an answer."""
        self.papers.load()

    def _do(self, panel: PenaltyPanel) -> None:
        if panel.ready():
            words, button = f"正在{panel.title}…", panel.main_button
            self._tools.work.write(panel.deed(), partial(self._done, panel), words=words, button=button)

    def _done(self, panel: PenaltyPanel, said: str) -> None:
        self._side.close_panel(panel)
        self.load_papers()
        self.done.emit(said)

    @Slot()
    def _register(self) -> None:
        panel = self.registering
        if panel.ready():
            self._tools.work.write(panel.deed(), self._registered, words="正在登记案件…", button=panel.main_button)

    def _registered(self, case_id: int) -> None:
        self._side.close_panel(self.registering)
        self.registering.form.clear()
        self.registered.emit(case_id)
