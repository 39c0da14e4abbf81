"""A bureau on both databases."""

from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.services.supervision_rules import supervision_policy
from hall.store import Store
from tests.services.supervision.bureau import Bureau


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Bureau:
    """With its people, without cases; the tables as they are shipped."""
    found = Bureau(store, clock, supervision_policy(home), home)
    found.employ()
    return found
