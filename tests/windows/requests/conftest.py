"""Windows of a bureau that requests come to: real services on SQLite, tasks that answer at once."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.store import Store
from hall.windows.requests import PAGES
from tests.windows.requests.bureau import Bureau
from tests.windows.requests.seats import Seats


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Bureau:
    """With its people and the shipped map."""
    opened = Bureau(store, clock, home)
    opened.open()
    return opened


@pytest.fixture
def seats(bureau: Bureau, qtbot: QtBot) -> Seats:
    """Where nobody sits yet."""
    return Seats(PAGES, bureau.front, qtbot)
