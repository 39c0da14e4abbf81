"""The window of vendors' credit, for somebody of a hall that keeps it: real services on SQLite, answers at once."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.store import Store
from hall.windows.vendors import PAGES
from tests.services.vendors.market import Market
from tests.windows.sitting import Sitting


@pytest.fixture
def market(store: Store, clock: FixedClock, home: Path) -> Market:
    """With its people and nobody who trades."""
    return Market.opened(store, clock, home)


@pytest.fixture
def table(market: Market, qtbot: QtBot) -> Sitting:
    """Where nobody sits yet."""
    return Sitting(PAGES, market.office.front, qtbot)
