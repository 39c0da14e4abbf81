"""An office with a panel of reviewers."""

from pathlib import Path

import pytest

from tests.services.penalties.conftest import office, postgresql_template, settle, sqlite_template
from tests.services.penalties.office import Office
from tests.services.rounds.panel import Panel

__all__ = ["office", "postgresql_template", "settle", "sqlite_template"]


@pytest.fixture
def panel(office: Office, home: Path) -> Panel:
    """Without cases."""
    return Panel(office, home)
