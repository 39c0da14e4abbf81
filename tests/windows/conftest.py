"""Windows are tested on Qt's offscreen platform, dressed as in the hall, with tasks that answer at once."""

import os

import pytest
from PySide6.QtWidgets import QApplication

from hall.windows.kit.application import dress

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], qapp_cls: type[QApplication]) -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else qapp_cls(qapp_args)
    dress(application)
    return application
