"""诉求 at the guide desk: the counter's form, made when it is first asked for; who applies goes to a counter."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.services.front import Front
from hall.windows.counter_requests import RequestPage
from hall.windows.kit import tokens
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work
from hall.windows.papers import Papers
from hall.windows.print_questions import PrintQuestions
from hall.windows.served import nobody


class GuideRequests(QObject):
    """A page of the desk's stack. `keys_changed` carries the line of keys that belongs to it now."""

    keys_changed = Signal(str)

    def __init__(self, front: Front, frame: Frame, stack: QStackedWidget, *, work: Work) -> None:
        super().__init__(frame)
        self._front, self._frame, self._stack, self._work = front, frame, stack, work
        self._matters: tuple[Matter, ...] = ()
        self.page: RequestPage | None = None

    @property
    def is_shown(self) -> bool:
        """Whether it stands in the place of numbers and lists."""
        return self.page is not None and self.page.isVisible()

    def show_matters(self, matters: tuple[Matter, ...]) -> None:
        """The catalogue in force: what a question may be about."""
        self._matters = matters
        if self.page is not None:
            self.page.show_matters(matters)

    @Slot()
    def show(self) -> None:
        """Alt+6: somebody who asks or complains needs no number."""
        page = self.page or self._make()
        self._stack.setCurrentIndex(self._stack.count() - 1)
        self._tell_keys()
        self._frame.message.say("登记谁来说的什么事。按 Esc 回到取号。")
        page.begin()

    def back(self) -> bool:
        """Esc; False: there is nothing more to leave on the page."""
        return self.page is not None and self.page.back()

    def take_card(self, card: Card) -> None:
        """Whose request it is."""
        if self.page is not None:
            self.page.take_card(card)

    def reload(self) -> None:
        """Something about requests has changed."""
        if self.page is not None and self.page.isVisible():
            self.page.reload()

    @Slot()
    def _tell_keys(self) -> None:
        if self.is_shown and self.page is not None:
            self.keys_changed.emit(self.page.keys)

    def _make(self) -> RequestPage:
        questions = PrintQuestions()
        papers = Papers(self._front, self._frame, self._work, questions)
        page = RequestPage(self._front, self._frame, self._work, papers=papers, ticket=nobody, applies=False)
        page.show_matters(self._matters)
        page.keys_changed.connect(self._tell_keys)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(questions)
        column.addWidget(page, 1)
        self._stack.addWidget(whole)
        self.page = page
        return page
