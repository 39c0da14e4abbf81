"""The window of the stall sites of somebody in a hall with a street: real services on SQLite, answers at once."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.store import Store
from hall.windows.stalls import PAGES
from tests.services.stalls.street import Street
from tests.windows.stalls.stool import Stool


@pytest.fixture
def street(store: Store, clock: FixedClock, home: Path) -> Street:
    """With its people and one site of three stalls."""
    return Street.opened(store, clock, home)


@pytest.fixture
def stool(street: Street, qtbot: QtBot) -> Stool:
    """Where nobody sits yet."""
    return Stool(PAGES, street.office.front, qtbot)
