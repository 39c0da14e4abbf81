"""责任区: which unit answers for which category in which area, as it is in force today."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from hall.services.request_reading import ResponsibilityRow
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed
from hall.windows.kit.choosing import ask_which
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools
from hall.windows.phrases import day_words
from hall.words import UNIT_KINDS

EVERYWHERE = "全部区域"


class ResponsibilityPage(DeedListPage[ResponsibilityRow]):
    """The map in force; a new one is imported."""

    def __init__(self, tools: PageTools) -> None:
        self.dialog: QFileDialog | None = None
        super().__init__(tools, "责任区", LISTED)

    def read(self, asked: Asked) -> tuple[ResponsibilityRow, ...]:
        """The lines in which the words are found."""
        return tuple(row for row in self._tools.front.requests.responsibilities() if asked.text in _searched(row))

    def acts(self, row: ResponsibilityRow) -> Sequence[str]:
        """A line is changed by importing a newer one."""
        return ()

    def open_new(self, name: str) -> None:
        """导入: which file."""
        self.dialog = ask_which(
            self, "导入责任区", folder=str(Path.home()), kinds="CSV (*.csv)", many=False, on_chosen=self.take_file
        )

    def take_file(self, names: list[str]) -> None:
        """The whole file or nothing."""
        front = self._tools.front.requests

        def take_in() -> str:
            done = front.import_responsibilities(Path(names[0]))
            units = f"，新单位：{'、'.join(done.new_units)}" if done.new_units else ""
            return f"已导入责任区 {done.added} 条，{done.unchanged} 条没有变化{units}。"

        if names:
            self.run_now(take_in, words="正在导入…")


def _facts(row: ResponsibilityRow) -> tuple[str, Facts]:
    return row.category_words, (
        ("区域", row.area or EVERYWHERE),
        ("承办", f"{row.unit_name}（{UNIT_KINDS[row.unit_kind]}）"),
        ("起", day_words(row.valid_from)),
        ("止", day_words(row.valid_to) if row.valid_to else "没有定止日"),
        ("来源", row.source),
    )


def _searched(row: ResponsibilityRow) -> str:
    return " ".join((row.category_words, row.area, row.unit_name, row.source))


LISTED = ListOf[ResponsibilityRow](
    columns=[
        Column("类别", lambda row: row.category_words, width=160),
        Column("区域", lambda row: row.area or EVERYWHERE, width=180),
        Column("承办单位", lambda row: row.unit_name),
        Column("性质", lambda row: UNIT_KINDS[row.unit_kind], width=90),
        Column("生效", lambda row: row.valid_from.isoformat(), width=110),
    ],
    key=lambda row: row.responsibility_id,
    facts=_facts,
    empty="还没有责任区。F2 导入：类别、区域、单位；没有责任区时，派单要选单位并写明理由。",
    nothing="没有选中的责任区",
    shares=(7, 3),
    new=(NewDeed("import", "导入责任区", "responsibility.import"),),
    search="类别、区域、单位",
)
