"""Fusion, one palette and one style sheet for every window; widgets choose a look by their role."""

import string

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from hall.resources import resource
from hall.windows.kit import tokens


def apply_style(application: QApplication) -> None:
    """Give the application its palette and the style sheet resources/style.qss."""
    application.setStyle("Fusion")
    application.setPalette(_palette())
    application.setStyleSheet(style_sheet())


def style_sheet() -> str:
    """The style sheet with every $token replaced; an unknown token is an error."""
    text = resource("style.qss").read_text(encoding="utf-8")
    return string.Template(text).substitute(vars(tokens), ICONS=resource("icons").as_posix())


def set_role(widget: QWidget, role: str) -> None:
    """Look like `role` in the style sheet: primary, heading, muted, card, touch, …"""
    set_look(widget, "role", role)


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and have the change seen at once."""
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else the style looks at its first show
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def muted(words: str) -> QLabel:
    """A label that stands back: what a field or a fact is called."""
    label = QLabel(words)
    set_role(label, "muted")
    return label


def _palette() -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.GROUND,
        QPalette.ColorRole.WindowText: tokens.TEXT,
        QPalette.ColorRole.Base: tokens.SURFACE,
        QPalette.ColorRole.AlternateBase: tokens.GROUND,
        QPalette.ColorRole.Text: tokens.TEXT,
        QPalette.ColorRole.Button: tokens.SURFACE,
        QPalette.ColorRole.ButtonText: tokens.TEXT,
        QPalette.ColorRole.Highlight: tokens.PRIMARY,
        QPalette.ColorRole.HighlightedText: tokens.ON_PRIMARY,
        QPalette.ColorRole.Accent: tokens.PRIMARY,
        QPalette.ColorRole.PlaceholderText: tokens.MUTED,
        QPalette.ColorRole.ToolTipBase: tokens.TEXT,
        QPalette.ColorRole.ToolTipText: tokens.ON_PRIMARY,
        QPalette.ColorRole.Link: tokens.PRIMARY,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.DISABLED))
    return palette
