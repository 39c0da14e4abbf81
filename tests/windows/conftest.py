"""Windows are tested on Qt's offscreen platform, dressed as in the hall, on a furnished hall."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from hall.windows.kit.application import dress
from tests.loops import RunLoop, running_loops

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], qapp_cls: type[QApplication]) -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else qapp_cls(qapp_args)
    dress(application)
    return application


@pytest.fixture(scope="session")
def sqlite_template(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, furnish: Callable[[str], None]
) -> Path:
    """The hall of the whole run's template, furnished."""
    path = tmp_path_factory.mktemp("furnished") / "hall.db"
    shutil.copyfile(sqlite_template, path)
    furnish(f"sqlite:///{path}")
    return path


@pytest.fixture
def run_loop() -> Iterator[RunLoop]:
    """Runs a loop until the test is over."""
    with running_loops() as run:
        yield run


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Windows are tested on SQLite; the services' own tests cover both databases."""
    return sqlite_url
