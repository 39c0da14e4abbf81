"""The window of dossier reviews of somebody in an office: real services on SQLite, tasks that answer at once."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hall.windows.rounds import PAGES
from tests.services.penalties.conftest import office, settle, sqlite_template
from tests.services.penalties.office import Office
from tests.services.rounds.panel import Panel
from tests.windows.rounds.chair import Chair

__all__ = ["office", "settle", "sqlite_template"]


@pytest.fixture
def panel(office: Office, home: Path) -> Panel:
    """With three closed penalty cases."""
    made = Panel(office, home)
    made.closed()
    return made


@pytest.fixture
def chair(panel: Panel, qtbot: QtBot) -> Chair:
    """Where nobody sits yet."""
    return Chair(PAGES, panel.whole_front, qtbot)
