"""The window of the registers of somebody in an enforcement office: real services on SQLite, answers at once."""

import pytest
from pytestqt.qtbot import QtBot

from hall.windows.registers import PAGES
from tests.services.penalties.conftest import office, settle, sqlite_template
from tests.services.penalties.office import Office
from tests.windows.registers.desk import Desk

__all__ = ["office", "settle", "sqlite_template"]


@pytest.fixture
def desk(office: Office, qtbot: QtBot) -> Desk:
    """Where nobody sits yet."""
    return Desk(PAGES, office.front, qtbot)
