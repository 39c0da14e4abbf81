"""Somebody at the window of dossier reviews."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from tests.windows.keyboard import focused, press_until
from tests.windows.sitting import Sitting


class Chair(Sitting):
    """Where score sheets are filled, too."""

    def lines(self) -> list[str]:
        """The reviewers that the open panel offers."""
        return [tick.text() for tick in self.page.side.findChildren(QCheckBox) if tick.isVisible()]

    def skip_lines(self) -> None:
        """Enter through the rest of the score sheet, to the remark."""
        press_until(Qt.Key.Key_Return, lambda: focused().accessibleName() == "总的评价")
