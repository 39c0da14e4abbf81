"""Somebody of the office at the penalty window: at an act's panel or at a page, signed in anew each time."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.windows.penalty import PAGES, Penalty
from hall.windows.penalty_tools import PenaltyForm, PenaltyPage
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.office import Office
from tests.windows.keyboard import ALT, focused, press

MOST = 24
"""More fields than a panel of these tests has."""


@dataclass
class Desk:
    """The window of whoever sits here now; whoever sat here before has left. `window` only after `sit`."""

    office: Office
    front_of: Callable[[Store, Actor], Front]
    qtbot: QtBot
    changes: ChangeFeed
    cards: CardFeed
    window: Penalty = field(init=False)

    def sit(self, login: str) -> Penalty:
        """Sign in."""
        front = self.front_of(self.office.store, self.office.actor(login))
        if hasattr(self, "window"):
            self.window.hide()
        self.window = Penalty(
            PAGES, front, tasks=InlineTasks(), changes=self.changes, cards=self.cards, lamps=LampFeed()
        )
        self.qtbot.addWidget(self.window)
        with self.qtbot.waitActive(self.window):
            self.window.show()
        return self.window

    def open(self, login: str, case_id: int, act: str) -> PenaltyForm:
        """Sign in and open the panel of an act on a case."""
        self.sit(login).open_case(case_id)
        self.window.position.begin_act(act)
        panel = self.window.position.deeds.panel
        assert isinstance(panel, PenaltyForm)
        return panel

    def turn_to(self, login: str, digit: Qt.Key) -> PenaltyPage:
        """Sign in and turn to the page that Alt and its digit open."""
        self.sit(login)
        press(digit, ALT)
        page = self.window.page
        assert isinstance(page, PenaltyPage)
        return page

    @property
    def said(self) -> str:
        """The message line."""
        return self.window.message.words


def fill(panel: PenaltyForm, **texts: str) -> None:
    """Write into fields; a tick is `True` by any text."""
    for key, text in texts.items():
        panel.form.set_text(key, text)


def leave(panel: PenaltyForm, key: str) -> None:
    """Enter in a field, which goes on to the next one."""
    panel.form.focus(key)
    press(Qt.Key.Key_Return)


def enter(panel: PenaltyForm) -> None:
    """Enter on the last field that is open, which sends the form."""
    for _ in range(MOST):
        if not panel.isVisible():
            return
        press(Qt.Key.Key_Return)
        if panel.main_button.hasFocus():
            return


def insert(*texts: str) -> None:
    """Into one field after the other, each left by Enter; an empty text leaves the field as it is."""
    for text in texts:
        if text:
            field_ = focused()
            assert isinstance(field_, QLineEdit | QPlainTextEdit)
            field_.insert(text) if isinstance(field_, QLineEdit) else field_.insertPlainText(text)
        press(Qt.Key.Key_Return)
