"""Photos and scans of a row on any page: asked for, named in a panel, kept; and looked at sheet by sheet."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar, cast

from PySide6.QtWidgets import QDialog, QWidget

from hall.rules.files import BadTitle, Purpose, check_title
from hall.services.case_files import FileContent
from hall.windows.deed_list import RowPanel
from hall.windows.document_preview import DocumentPreview
from hall.windows.kit.choosing import ask_which
from hall.windows.kit.work import Work
from hall.windows.pages import Deed, WindowPage
from hall.windows.preview_sheets import Paper, Sheet, sheets_of
from hall.words import FILE_PURPOSES

R = TypeVar("R")
KINDS = "照片和扫描件 (*.jpg *.jpeg *.png *.pdf)"


class KeepFilesPanel(RowPanel[R], Generic[R]):
    """What the chosen files show; one title for all of them. The subclass keeps them (`keep`)."""

    first = "title"

    def __init__(self, title: str, *, hint: str, purposes: Sequence[Purpose]) -> None:
        super().__init__(title, main="存入")
        self.paths: tuple[Path, ...] = ()
        self.form.add_text("title", "名称", required=True, check=_title_fault, hint=hint)
        self.form.add_choice("purpose", "是什么", {code: FILE_PURPOSES[code] for code in purposes})
        self.add(self.form)

    def number_of(self, row: R) -> str:
        """Which row, above the names of the files."""
        raise NotImplementedError

    def keep(self, row: R, paths: tuple[Path, ...], *, title: str, purpose: Purpose) -> str:
        """The use case; gives what is said of it."""
        raise NotImplementedError

    def about_of(self, row: R) -> str:
        """Which files, for which row."""
        return f"{self.number_of(row)}\n{'、'.join(path.name for path in self.paths)}"

    def deed(self) -> Deed:
        """Keep them with the row."""
        row, paths, title = self.row, self.paths, self.form.text("title")
        return partial(self.keep, row, paths, title=title, purpose=cast(Purpose, self.form.text("purpose")))


class KeptFiles(Generic[R]):
    """Of a page: asks which files, opens its panel; shows what is kept. `dialog` is the question or the preview."""

    def __init__(self, page: WindowPage, work: Work, make: Callable[[], KeepFilesPanel[R]]) -> None:
        self._page, self._work, self._make = page, work, make
        self._folder = str(Path.home())
        self._panel: KeepFilesPanel[R] | None = None
        self.dialog: QDialog | None = None

    def ask(self, row: R, *, title: str) -> None:
        """Which files of this computer."""
        self.dialog = ask_which(
            self._page, title, folder=self._folder, kinds=KINDS, many=True, on_chosen=partial(self.take, row)
        )

    def take(self, row: R, names: Sequence[str]) -> None:
        """What these files show is asked next."""
        if not names:
            return
        panel = self._panel
        if panel is None:
            panel = self._panel = self._make()
            panel.submitted.connect(partial(self._submit, panel))
        self._folder = str(Path(names[0]).parent)
        panel.paths = tuple(map(Path, names))
        panel.ask(row)
        self._page.side.open(panel)

    def look(self, title: str, read: Callable[[], tuple[FileContent, ...]]) -> None:
        """Everything that is kept, sheet after sheet."""
        look_at(self._page, self._work, title, read, on_opened=self._opened)

    def _submit(self, panel: KeepFilesPanel[R]) -> None:
        self._page.run(panel, panel.deed())

    def _opened(self, dialog: DocumentPreview) -> None:
        self.dialog = dialog


def look_at(
    parent: QWidget,
    work: Work,
    title: str,
    read: Callable[[], tuple[FileContent, ...]],
    *,
    on_opened: Callable[[DocumentPreview], None],
) -> None:
    """Read what is kept and show it over a page."""

    def sheets() -> tuple[Sheet, ...]:
        return sheets_of([Paper(each.title, each.content) for each in read()])

    def show(found: tuple[Sheet, ...]) -> None:
        dialog = DocumentPreview(parent, title, found, work=work)
        dialog.open()
        on_opened(dialog)

    work.read(sheets, show, words="正在打开文件…")


def _title_fault(text: str) -> str:
    try:
        check_title(text)
    except BadTitle as bad:
        return bad.sentence
    return ""


def files_words(files: Mapping[int, str]) -> str:
    """存有 2 份：收入证明、收入证明2."""
    return f"存有 {len(files)} 份：{'、'.join(files.values())}" if files else ""
