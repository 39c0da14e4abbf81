"""Scans and photos at the desk: stored from this computer's disk, looked at in a window of their own."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from hall.services.case_files import FileContent, FileView
from hall.services.desk_file import DeskFile
from hall.services.front import Front
from hall.windows.document_preview import DocumentPreview, pages_of
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work

_KINDS = "扫描件和照片 (*.pdf *.jpg *.jpeg *.png)"


class FileDeeds:
    """Does it through the front and says so in the frame."""

    def __init__(self, front: Front, frame: Frame, work: Work) -> None:
        self._front, self._frame, self._work = front, frame, work
        self.dialog: DocumentPreview | QFileDialog | None = None

    def add(self, file: DeskFile, on_done: Callable[[], None]) -> None:
        """Ask for a file and keep it with the case."""
        dialog = QFileDialog(self._frame, "存入扫描件或照片", "", _KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.filesSelected.connect(partial(self._store, file.case_id, on_done))
        self.dialog = dialog
        dialog.open()

    def look(self, file: FileView) -> None:
        """Show a file; the look is audited."""
        self._work.read(partial(self._pages, file.file_id), partial(self._show, file.title), words="正在打开…")

    def _store(self, case_id: int, on_done: Callable[[], None], paths: list[str]) -> None:
        def stored(_: None) -> None:
            self._frame.message.say(f"已存入 {len(paths)} 个文件。", "success")
            on_done()

        self._work.write(partial(self._keep, case_id, paths), stored, words="正在存入…")

    def _keep(self, case_id: int, paths: list[str]) -> None:
        for each in map(Path, paths):
            self._front.files.add_from(case_id, each, title=each.stem, purpose="other")

    def _pages(self, file_id: int) -> tuple[bytes, ...]:
        content: FileContent = self._front.files.read(file_id)
        return pages_of(content.content) if content.media_type == "application/pdf" else (content.content,)

    def _show(self, title: str, pages: tuple[bytes, ...]) -> None:
        if not self._frame.locked:
            self.dialog = DocumentPreview(self._frame, title, pages)
            self.dialog.open()
