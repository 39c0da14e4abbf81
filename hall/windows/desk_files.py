"""Scans and photos at the desk: stored from this computer's disk, looked at in a window of their own, voided."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from hall.services.case_files import FileContent, FileView
from hall.services.desk_file import DeskFile
from hall.services.front import Front
from hall.windows.desk_file_panels import KeepPanel, VoidPanel
from hall.windows.document_preview import DocumentPreview
from hall.windows.kit.choosing import ask_which
from hall.windows.kit.deeds import Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work
from hall.windows.preview_sheets import Paper, Sheet, sheets_of

_KINDS = "扫描件和照片 (*.pdf *.jpg *.jpeg *.png)"


class FileDeeds:
    """Does it through the front and says so in the frame; `on_done` when a case has other files than before."""

    def __init__(self, front: Front, frame: Frame, work: Work, side: Side, on_done: Callable[[], None]) -> None:
        self._front, self._frame, self._work, self._side = front, frame, work, side
        self._on_done = on_done
        self._folder = str(Path.home())
        self.dialog: DocumentPreview | QFileDialog | None = None
        self.keeping, self.voiding = KeepPanel(), VoidPanel()
        self.keeping.submitted.connect(self._keep)
        self.voiding.submitted.connect(self._void)

    def add(self, file: DeskFile) -> None:
        """Ask for files, then what each of them is, and keep it with the case."""
        self.dialog = ask_which(
            self._frame,
            "存入扫描件或照片",
            folder=self._folder,
            kinds=_KINDS,
            many=True,
            on_chosen=partial(self.ask, file),
        )

    def ask(self, file: DeskFile, paths: list[str]) -> None:
        """What each of these files is."""
        if paths:
            self._folder = str(Path(paths[0]).parent)
            self.keeping.ask(file, [Path(each) for each in paths])
            self._side.open(self.keeping)
            self._frame.message.show_keys(self.keeping.keys)

    def void(self, file: FileView | None) -> None:
        """Ask why a file counts no more."""
        if file is None or file.voided:
            self._frame.message.say("先在扫描件列表里选一份没有作废的，再作废。", "refusal")
        else:
            self.voiding.ask(file)
            self._side.open(self.voiding)
            self._frame.message.show_keys(self.voiding.keys)

    def look(self, file: FileView) -> None:
        """Show a file; the look is audited."""
        read = partial(self._sheets, file.title, file.file_id)
        self._work.read(read, partial(self._show, file.title), words="正在打开…")

    def _keep(self) -> None:
        panel = self.keeping
        keep = partial(
            self._front.files.add_from,
            panel.case_id,
            panel.path,
            title=panel.title_text,
            purpose=panel.purpose,
            material=panel.material,
        )
        said = f"已存入 {panel.progress}：{panel.title_text}"
        self._work.write(keep, partial(self._kept, said), words="正在存入…", button=panel.main_button)

    def _kept(self, said: str, _: int) -> None:
        if not self.keeping.go_on():
            self._side.close_panel(self.keeping)
        self._frame.message.say(said, "success")
        self._on_done()

    def _void(self) -> None:
        void = partial(self._front.files.void, self.voiding.file_id, self.voiding.reason)
        self._work.write(void, self._voided, words="正在作废…", button=self.voiding.main_button)

    def _voided(self, _: None) -> None:
        self._side.close_panel(self.voiding)
        self._frame.message.say("已作废，原件保留备查。", "success")
        self._on_done()

    def _sheets(self, title: str, file_id: int) -> tuple[Sheet, ...]:
        content: FileContent = self._front.files.read(file_id)
        return sheets_of([Paper(title, content.content)])

    def _show(self, title: str, sheets: tuple[Sheet, ...]) -> None:
        if not self._frame.locked:
            self.dialog = DocumentPreview(self._frame, title, sheets, work=self._work)
            self.dialog.open()
