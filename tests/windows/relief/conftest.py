"""The relief window of somebody in a hall with the charity's fund: real services on SQLite, answers at once."""

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
from tests.services.relief.fund import Fund
from tests.windows.relief.table import Table


@pytest.fixture
def fund(store: Store, clock: FixedClock, home: Path) -> Fund:
    """With its people and an empty fund."""
    return Fund.founded(store, clock, home)


@pytest.fixture
def table(fund: Fund, front_of: Callable[[Store, Actor], Front], qtbot: QtBot) -> Table:
    """Where nobody sits yet."""
    return Table(fund, front_of, qtbot, cards=CardFeed(), changes=ChangeFeed())
