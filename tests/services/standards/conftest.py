"""An office with the shipped catalogue and instructions, on the databases of the penalties' office."""

from pathlib import Path

import pytest

from tests.services.penalties.conftest import (
    deciding,
    office,
    postgresql_template,
    registered_case,
    settle,
    sqlite_template,
)
from tests.services.penalties.office import Office
from tests.services.standards_story import Story

__all__ = ["deciding", "office", "postgresql_template", "registered_case", "settle", "sqlite_template"]


@pytest.fixture
def story(office: Office, home: Path) -> Story:
    """Nothing has happened yet: no instructions, no training."""
    return Story(office, home)


@pytest.fixture
def instructed(story: Story) -> Story:
    """With the shipped instructions; the catalogue is there."""
    story.instruct()
    return story
