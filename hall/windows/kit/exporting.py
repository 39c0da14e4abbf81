"""Where a list goes to: a question for the file's name that is opened, never waited for."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

FILE_KINDS = "Excel (*.xlsx);;CSV (*.csv)"


def ask_where(parent: QWidget, name: str, on_chosen: Callable[[str], None]) -> QFileDialog:
    """Ask under which name to export, `name` proposed, and return at once."""
    dialog = QFileDialog(parent, "导出", name)
    dialog.setNameFilter(FILE_KINDS)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(on_chosen)
    dialog.open()
    return dialog


def path_of(name: str) -> Path:
    """The file of a name that was typed; without an ending it is an Excel file."""
    path = Path(name)
    return path if path.suffix else path.with_suffix(".xlsx")
