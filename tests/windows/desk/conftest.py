"""The desk of somebody in a bureau: real services on SQLite, tasks that answer at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.windows.desk import Desk
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.after.aftermath import Aftermath
from tests.windows.desk.hands import Hands


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Aftermath:
    """A bureau with its people and no cases."""
    found = Aftermath(store, clock, home)
    found.employ()
    return found


@pytest.fixture
def at_desk(
    bureau: Aftermath, store: Store, front_of: Callable[[Store, Actor], Front], qtbot: QtBot
) -> Callable[[str], Hands]:
    """Somebody at the desk, the window in front."""

    def sit_down(login: str) -> Hands:
        desk = Desk(front_of(store, bureau.people[login]), InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
        qtbot.addWidget(desk)
        with qtbot.waitActive(desk):
            desk.show()
        return Hands(desk)

    return sit_down
