"""A hall where things are due, on the databases of the penalties' office."""

from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.store import Store
from tests.services.notices.bell import Bell
from tests.services.penalties.conftest import office, postgresql_template, settle, sqlite_template
from tests.services.penalties.office import Office
from tests.services.standards_story import Story

__all__ = ["office", "postgresql_template", "settle", "sqlite_template"]


@pytest.fixture
def bell(store: Store, clock: FixedClock, home: Path) -> Bell:
    """Nobody has been told anything."""
    return Bell(store, clock, home)


@pytest.fixture
def story(office: Office, home: Path) -> Story:
    """With the shipped instructions."""
    told = Story(office, home)
    told.instruct()
    return told
