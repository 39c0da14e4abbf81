"""Panels of the scans and photos of an application for relief: what they show; one that was kept by mistake."""

from pathlib import Path

from hall.rules.files import Purpose
from hall.services.relief_reading import ReliefRow
from hall.windows.deed_list import RowPanel
from hall.windows.kept_files import KeepFilesPanel
from hall.windows.pages import Deed, PageTools
from hall.windows.relief_words import NO_NUMBERS, about_application


class KeepPanel(KeepFilesPanel[ReliefRow]):
    """存材料."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("存材料", hint="例如低保证明", purposes=("material", "visit", "other"))
        self._front = tools.front.relief

    def number_of(self, row: ReliefRow) -> str:
        """The application's."""
        return about_application(row)

    def keep(self, row: ReliefRow, paths: tuple[Path, ...], *, title: str, purpose: Purpose) -> str:
        """Keep them with the application."""
        many = self._front.keep_files(row.application_id, paths, title=title, purpose=purpose)
        return f"{row.number} 已存入 {len(paths)} 份，共有材料 {many} 份。"


class VoidFilePanel(RowPanel[ReliefRow]):
    """作废材料: which, and why."""

    first = "file"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("作废材料", main="作废")
        self._front = tools.front.relief
        self.say("作废的材料不再显示，仍然封存备查。")
        self.form.add_choice("file", "材料", {})
        self.form.add_text("reason", "原因", required=True, hint=f"例如存错了件；{NO_NUMBERS}")
        self.add(self.form)

    def ask(self, row: ReliefRow) -> None:
        """One of those that are in use."""
        super().ask(row)
        self.form.set_choices("file", {str(key): title for key, title in row.files.items()})

    def about_of(self, row: ReliefRow) -> str:
        """Of which application."""
        return about_application(row)

    def deed(self) -> Deed:
        """Take it out of use."""
        front, row, reason = self._front, self.row, self.form.text("reason")
        file_id = int(self.form.text("file"))

        def void() -> str:
            front.void_file(row.application_id, file_id, reason)
            return f"{row.number} 的材料“{row.files[file_id]}”已作废。"

        return void
