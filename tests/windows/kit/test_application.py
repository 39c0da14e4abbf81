"""The application speaks Chinese and survives a bug."""

import sys

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from hall.windows.kit.application import guard
from hall.workers.bugs import Bug


def test_qts_own_buttons_are_chinese(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_chinese_is_drawn_with_a_chinese_font(qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "Hall Hei"


def test_an_exception_nobody_caught_is_shown_as_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    bugs: list[Bug] = []
    guard(bugs.append)
    error = ValueError("999999199001011231")
    sys.excepthook(ValueError, error, None)
    assert len(bugs) == 1
    assert "ValueError" in bugs[0].details
    assert "999999199001011231" not in bugs[0].details
