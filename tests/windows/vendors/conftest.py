"""The window of vendors' credit, for somebody of a hall that keeps it: real services on SQLite, answers at once."""

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
from tests.services.vendors.market import Market
from tests.windows.vendors.table import VendorTable


@pytest.fixture
def market(store: Store, clock: FixedClock, home: Path) -> Market:
    """With its people and nobody who trades."""
    return Market.opened(store, clock, home)


@pytest.fixture
def table(market: Market, front_of: Callable[[Store, Actor], Front], qtbot: QtBot) -> VendorTable:
    """Where nobody sits yet."""
    return VendorTable(Fund(market.office), front_of, qtbot, cards=CardFeed(), changes=ChangeFeed())
