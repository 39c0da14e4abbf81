"""A bureau on both databases."""

from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.store import Store
from tests.services.review.bureau import Bureau


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Bureau:
    """With its people, without cases."""
    found = Bureau(store, clock, home)
    found.employ()
    return found
