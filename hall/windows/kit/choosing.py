"""Which files of this computer something is done with: a question that is opened, never waited for."""

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget

_LABELS = {
    QFileDialog.DialogLabel.LookIn: "位置",
    QFileDialog.DialogLabel.FileName: "文件名",
    QFileDialog.DialogLabel.FileType: "类型",
    QFileDialog.DialogLabel.Accept: "选择",
    QFileDialog.DialogLabel.Reject: "取消",
}


def ask_which(
    parent: QWidget, title: str, *, folder: str, kinds: str, many: bool, on_chosen: Callable[[list[str]], None]
) -> QFileDialog:
    """Ask for files of these kinds, `many` or one, and return at once."""
    dialog = QFileDialog(parent, title, folder, kinds)
    for label, words in _LABELS.items():
        dialog.setLabelText(label, words)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.filesSelected.connect(on_chosen)
    dialog.open()
    return dialog
