"""时限: every running period of the hall's penalty cases, what presses first; Enter opens the case."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from hall.services.penalty_file import HallClock
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys
from hall.windows.kit.list_page import Facts, ListPage
from hall.windows.kit.tables import Column, Table
from hall.windows.pages import PageTools
from hall.windows.penalty_tools import PenaltyPage
from hall.windows.penalty_words import PENALTY_LIGHTS
from hall.windows.phrases import day_words
from hall.words import PENALTY_CLOCKS

SIDES = {"authority": "本机关", "party": "当事人"}
PRESSING = ("over_statutory", "over_promised", "today", "warning")


class ClocksPage(PenaltyPage):
    """The number on its tab is how many press: late, due today or soon."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "时限")
        self.list = ListPage[HallClock](
            Table[HallClock](
                _columns(),
                lambda row: (row.case_id, row.lit.clock.kind, row.lit.clock.started_on),
                empty="没有在走的时限。登记案件以后，办案、告知、送达、公示、缴款等期限列在这里。",
            ),
            deeds=((hotkeys.OPEN_PENALTY, "open"),),
            facts=_facts,
            allowed=lambda row: ("open",),
            nothing="没有选中的时限",
            shares=(7, 4),
        )
        self.list.setAccessibleName("时限")
        self.list.deed_wanted.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.list.begin()

    @Slot()
    def reload(self) -> None:
        """Read every period again."""
        self._tools.work.quietly(self._tools.front.penalties.clocks, self._show, owner=self)

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list as it is shown."""
        return self.list.sheets()

    def _show(self, clocks: tuple[HallClock, ...]) -> None:
        self.list.table.show_rows(clocks)
        if self.list.table.current_row is None and clocks:
            self.list.table.selectRow(0)
        self.counted.emit(sum(each.lit.light in PRESSING for each in clocks))

    @Slot(str, object)
    def _open(self, _: str, row: HallClock) -> None:
        self.case_wanted.emit(row.case_id)


def _columns() -> list[Column[HallClock]]:
    return [
        Column("灯", _light_words, width=112, light=lambda row: row.lit.light),
        Column("时限", lambda row: PENALTY_CLOCKS[row.lit.clock.kind], width=136),
        Column("到期", _due_words, width=148, order=lambda row: str(row.lit.clock.due or "9")),
        Column("谁的", lambda row: SIDES[row.lit.clock.side], width=80),
        Column("案号", lambda row: row.number),
        Column("当事人", lambda row: row.party_masked, width=96),
    ]


def _light_words(row: HallClock) -> str:
    return PENALTY_LIGHTS[row.lit.light] if row.lit.light else ""


def _due_words(row: HallClock) -> str:
    due = row.lit.clock.due
    return day_words(due) if due else "待定"


def _facts(row: HallClock) -> tuple[str, Facts]:
    clock = row.lit.clock
    facts = (
        ("案号", row.number),
        ("当事人", row.party_masked),
        ("从何时起", f"{day_words(clock.started_on)}　{clock.note}"),
        ("最后一日", day_words(clock.due) if clock.due else f"待定（{clock.pending}）"),
        ("红线", _red_line(row)),
        ("宜在此前", day_words(clock.act_by) if clock.act_by else ""),
        ("谁的期限", SIDES[clock.side]),
        ("依据", clock.law),
    )
    return PENALTY_CLOCKS[clock.kind], facts


def _red_line(row: HallClock) -> str:
    """Of the authority's own periods only: to a party the day that the law rolls counts."""
    strict = row.lit.clock.strict_due
    return f"{day_words(strict)}，不因休息日顺延" if strict and row.lit.clock.side == "authority" else ""
