"""A hall that dispatches requests."""

from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.store import Store
from tests.services.requests.desk import RequestDesk


@pytest.fixture
def desk(store: Store, clock: FixedClock, home: Path) -> RequestDesk:
    """With its people, units and map, without requests."""
    opened = RequestDesk(store, clock, home)
    opened.open()
    return opened
