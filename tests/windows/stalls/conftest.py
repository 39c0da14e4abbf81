"""The window of the stall sites of somebody in a hall with a street: real services on SQLite, answers at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.workers.card_reader import CardFeed
from hall.workers.watcher import ChangeFeed
from tests.services.stalls.street import Street
from tests.windows.stalls.stool import Stool


@pytest.fixture
def street(store: Store, clock: FixedClock, home: Path) -> Street:
    """With its people and one site of three stalls."""
    return Street.opened(store, clock, home)


@pytest.fixture
def stool(street: Street, front_of: Callable[[Store, Actor], Front], qtbot: QtBot) -> Stool:
    """Where nobody sits yet."""
    return Stool(street, front_of, qtbot, cards=CardFeed(), changes=ChangeFeed())
