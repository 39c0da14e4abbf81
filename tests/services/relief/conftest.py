"""A hall with the charity's fund."""

from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.store import Store
from tests.services.relief.fund import Fund


@pytest.fixture
def fund(store: Store, clock: FixedClock, home: Path) -> Fund:
    """With its people and an empty fund."""
    return Fund.founded(store, clock, home)
