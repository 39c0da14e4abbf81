"""The Qt application as every screen expects it: Chinese, styled, and alive after a bug."""

import sys
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from hall.windows.kit.fonts import screen_families, screen_font
from hall.windows.kit.style import apply_style
from hall.workers.bugs import Bug, report_bug


def create_application(arguments: Sequence[str]) -> QApplication:
    """Make the one application of this process: style, fonts, and Qt's own words in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    application = QApplication(list(arguments))
    application.setApplicationName("hall")
    application.setApplicationDisplayName("城管执法服务大厅")
    dress(application)
    return application


def dress(application: QApplication) -> None:
    """Give an application that exists already its words, fonts and style."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        application.installTranslator(translator)
    application.setFont(screen_font(screen_families()))
    apply_style(application)


def guard(on_bug: Callable[[Bug], None]) -> None:
    """Have every exception that nobody caught logged, numbered and shown; the program goes on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        on_bug(report_bug(error, "window"))

    sys.excepthook = hook
