"""The relief window of somebody in a hall with the charity's fund: real services on SQLite, answers at once."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.store import Store
from hall.windows.relief import PAGES
from tests.services.relief.fund import Fund
from tests.windows.sitting import Sitting


@pytest.fixture
def fund(store: Store, clock: FixedClock, home: Path) -> Fund:
    """With its people and an empty fund."""
    return Fund.founded(store, clock, home)


@pytest.fixture
def table(fund: Fund, qtbot: QtBot) -> Sitting:
    """Where nobody sits yet."""
    return Sitting(PAGES, fund.office.front, qtbot)
