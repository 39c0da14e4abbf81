"""A hall with stall sites."""

from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.store import Store
from tests.services.penalties.conftest import postgresql_template, settle, sqlite_template
from tests.services.stalls.street import Street

__all__ = ["postgresql_template", "settle", "sqlite_template"]


@pytest.fixture
def street(store: Store, clock: FixedClock, home: Path) -> Street:
    """With its people and one site of three stalls, where nobody stands yet."""
    return Street.opened(store, clock, home)
