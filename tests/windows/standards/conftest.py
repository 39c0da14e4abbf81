"""The window of service standards of somebody in an office: real services on SQLite, tasks that answer at once."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hall.windows.standards import PAGES
from tests.services.penalties.conftest import office, settle, sqlite_template
from tests.services.penalties.office import Office
from tests.services.standards_story import Story
from tests.windows.sitting import Sitting

__all__ = ["office", "settle", "sqlite_template"]


@pytest.fixture
def story(office: Office, home: Path) -> Story:
    """With the shipped instructions and a badge number for everybody."""
    told = Story(office, home)
    told.instruct()
    told.badges()
    return told


@pytest.fixture
def seat(story: Story, qtbot: QtBot) -> Sitting:
    """Where nobody sits yet."""
    return Sitting(PAGES, story.whole_front, qtbot)
