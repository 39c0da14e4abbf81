"""The penalty window of somebody in an enforcement office: real services on SQLite, tasks that answer at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.windows.penalty import Penalty
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.office import Office
from tests.windows.penalty.hands import Hands

SitDown = Callable[[str], Hands]


@pytest.fixture
def office(store: Store, clock: FixedClock, home: Path) -> Office:
    """With its people, their certificates and a published violation, without cases."""
    opened = Office(store, clock, home)
    opened.open()
    return opened


@pytest.fixture
def cards() -> CardFeed:
    """The reader of whoever sits down next."""
    return CardFeed()


@pytest.fixture
def changes() -> ChangeFeed:
    """What other stations say."""
    return ChangeFeed()


@pytest.fixture
def sit_down(
    office: Office, front_of: Callable[[Store, Actor], Front], cards: CardFeed, changes: ChangeFeed, qtbot: QtBot
) -> SitDown:
    """Somebody of the office at the penalty window; whoever sat there before has left."""
    before: list[Penalty] = []

    def open_window(login: str) -> Hands:
        for window in before:
            window.hide()
        front = front_of(office.store, office.actor(login))
        window = Penalty(front, InlineTasks(), changes=changes, cards=cards, lamps=LampFeed())
        before.append(window)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return Hands(window, window.position)

    return open_window
