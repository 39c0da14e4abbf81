"""A hall that keeps the credit of vendors."""

from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.store import Store
from tests.services.penalties.conftest import postgresql_template, settle, sqlite_template
from tests.services.vendors.market import Market

__all__ = ["postgresql_template", "settle", "sqlite_template"]


@pytest.fixture
def market(store: Store, clock: FixedClock, home: Path) -> Market:
    """With its people and nobody who trades."""
    return Market.opened(store, clock, home)
