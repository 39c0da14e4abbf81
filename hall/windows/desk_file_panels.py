"""Panels of the desk for scans and photos: what each file is that is stored, and why one is voided."""

from pathlib import Path

from PySide6.QtCore import Slot

from hall.errors import Refused
from hall.rules.files import Purpose, check_title
from hall.services.case_files import FileView
from hall.services.desk_file import DeskFile
from hall.windows.kit.deeds import DeedPanel, ReasonPanel
from hall.windows.kit.forms import Form
from hall.words import FILE_PURPOSES

_WRONG_FILES = ("存错了办件", "扫描不清楚", "重复存入")


class KeepPanel(DeedPanel):
    """存入: the chosen files one after the other, each with its purpose and title."""

    def __init__(self) -> None:
        super().__init__("存入扫描件", main="存入", escape="其余的不存")
        self.told = self.say("")
        self.form = Form()
        purpose = self.form.add_choice("purpose", "用途", FILE_PURPOSES)
        material = self.form.add_choice("material", "哪项材料", {})
        self.form.add_text("title", "标题", required=True, check=title_fault, hint="不写证件号码和电话")
        purpose.currentIndexChanged.connect(self._purpose_changed)
        material.currentIndexChanged.connect(self._material_changed)
        self.form.submitted.connect(self.submitted)
        self.add(self.form)
        self.case_id = 0
        self._paths: list[Path] = []
        self._place = 0
        self._proposed = ""
        self._materials: dict[int, str] = {}

    @property
    def path(self) -> Path:
        """The file at hand."""
        return self._paths[self._place]

    @property
    def purpose(self) -> Purpose:
        """What it is for."""
        return self.form.text("purpose")  # type: ignore[return-value]  # a key of FILE_PURPOSES

    @property
    def title_text(self) -> str:
        """What it is called."""
        return self.form.text("title")

    @property
    def material(self) -> int | None:
        """Which material it is a scan of."""
        chosen = self.form.text("material") if self.purpose == "material" else ""
        return int(chosen) if chosen else None

    @property
    def progress(self) -> str:
        """2 / 3."""
        return f"{self._place + 1} / {len(self._paths)}"

    def ask(self, file: DeskFile, paths: list[Path]) -> None:
        """About these files of a case."""
        self.case_id, self._paths, self._place = file.case_id, paths, 0
        self._materials = {each.position: each.name for each in file.materials}
        named = {str(position): name for position, name in self._materials.items()}
        self.form.set_choices("material", {"": "不对应哪一项", **named})
        self.form.set_text("material", "")
        self.form.set_text("purpose", "material" if file.decided_on is None and file.closed_at is None else "service")
        self._show_path()

    def go_on(self) -> bool:
        """To the next file; False behind the last."""
        if self._place + 1 >= len(self._paths):
            return False
        self._place += 1
        self._show_path()
        self.begin()
        return True

    def begin(self) -> None:
        """At the purpose; what was entered stays after a refusal."""
        self.form.focus("purpose")

    @Slot()
    def submit(self) -> None:
        """The main button."""
        self.form.submit()

    def _show_path(self) -> None:
        self.told.setText(f"第 {self.progress} 个：{self.path.name}")
        self._propose("" if title_fault(self.path.stem) else self.path.stem)
        self._purpose_changed()

    def _propose(self, title: str) -> None:
        self._proposed = title
        self.form.set_text("title", title)

    @Slot()
    def _purpose_changed(self) -> None:
        self.form.show_field("material", self.purpose == "material")

    @Slot()
    def _material_changed(self) -> None:
        """A scan of a material is called like it, unless something else was typed."""
        chosen = self.form.text("material")
        if chosen and self.title_text == self._proposed:
            self._propose(self._materials[int(chosen)])


class VoidPanel(ReasonPanel):
    """作废: the file stays where it is and counts no more."""

    def __init__(self) -> None:
        super().__init__("作废扫描件", main="作废", words="", usual=_WRONG_FILES)
        self.file_id = 0

    def ask(self, file: FileView) -> None:
        """About this file."""
        self.file_id = file.file_id
        self.words.setText(f"“{file.title}”作废后不再作为证明，也不进案卷；原件保留备查。原因：")


def title_fault(text: str) -> str:
    """What is wrong with a title."""
    try:
        check_title(text)
    except Refused as refusal:
        return refusal.sentence
    return ""
