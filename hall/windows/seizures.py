"""查封扣押: what the hall holds and until when, what was done in an emergency; given back in time, never charged."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from hall.rules.authority import may
from hall.services.case_reading import DocumentView
from hall.services.seizure_reading import Listed
from hall.services.tables_export import SheetTable
from hall.windows.emergency_panels import DecidePanel, EmergencyPanel, ReportPanel
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.list_page import ListPage
from hall.windows.kit.tables import Table
from hall.windows.pages import PageTools
from hall.windows.penalty_tools import PenaltyPage
from hall.windows.seizure_lines import OPEN, HeldLine, columns, facts_of
from hall.windows.seizure_panels import (
    EndPanel,
    ExcludePanel,
    ExtendPanel,
    FinishTestPanel,
    GiveBackPanel,
    GoodsPanel,
    SeizePanel,
)

DEEDS = (
    (hotkeys.REPORT_EMERGENCY, "report"),
    (hotkeys.DECIDE_EMERGENCY, "decide"),
    (hotkeys.GIVE_GOODS_BACK, "give_back"),
    (hotkeys.END_SEIZURE, "end"),
    (hotkeys.EXTEND_SEIZURE, "extend"),
    (hotkeys.FINISH_TEST, "finish_test"),
    (hotkeys.TEST_GOODS, "test"),
    (hotkeys.OPEN_PENALTY, OPEN),
)
"""Enter does the first that may be done."""


class SeizuresPage(PenaltyPage):
    """The number on its tab is how many want something soon. Alt+0 shows what has ended, too."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "查封扣押")
        self.list = ListPage[HeldLine](
            Table[HeldLine](
                columns(),
                lambda line: line.key,
                empty="没有查封、扣押的财物。F3 照现场交付的决定书登记，期限从当日起算三十日。",
            ),
            deeds=DEEDS,
            facts=facts_of,
            allowed=lambda line: line.acts,
            nothing="没有选中的财物",
            shares=(7, 4),
        )
        self.list.setAccessibleName("查封扣押")
        self.seize = SeizePanel(tools)
        self.emergency = EmergencyPanel(tools)
        self.goods: dict[str, GoodsPanel] = {
            "test": ExcludePanel(tools),
            "finish_test": FinishTestPanel(tools),
            "extend": ExtendPanel(tools),
            "end": EndPanel(tools),
            "give_back": GiveBackPanel(tools),
        }
        self.measures: dict[str, ReportPanel | DecidePanel] = {
            "report": ReportPanel(tools),
            "decide": DecidePanel(tools),
        }
        self._lay_out()
        self._connect()

    @property
    def document(self) -> DocumentView | None:
        """The newest paper of the selected line."""
        line = self.list.table.current_row
        return line.document if line is not None else None

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.list.begin()

    @Slot()
    def reload(self) -> None:
        """Read both lists again."""
        listed: Listed = "all" if self.ended_button.isChecked() else "open"
        front = self._tools.front.seizures

        def read() -> tuple[HeldLine, ...]:
            measures = (HeldLine(emergency=row) for row in front.emergencies(listed))
            return (*measures, *(HeldLine(row) for row in front.listed(listed)))

        self._tools.work.quietly(read, self._show, owner=self)

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list as it is shown."""
        return self.list.sheets()

    def _show(self, lines: tuple[HeldLine, ...]) -> None:
        """What presses most stands first, what was done at once before the rest: its hours run."""
        self.list.show_rows(tuple(sorted(lines, key=lambda line: line.rank)), lambda line: line.key)
        self.counted.emit(sum(line.light not in {None, "normal", "paused"} for line in lines))

    @Slot(str, object)
    def _deed(self, act: str, line: HeldLine) -> None:
        if act in self.goods and line.seizure is not None:
            self.goods[act].ask(line.seizure)
            self.side.open(self.goods[act])
        elif act in self.measures and line.emergency is not None:
            self.measures[act].ask(line.emergency)
            self.side.open(self.measures[act])
        elif line.seizure is not None and line.seizure.case_id is not None:
            self.case_wanted.emit(line.seizure.case_id)

    @Slot()
    def _enter_seizure(self) -> None:
        self.seize.ask_new()
        self.side.open(self.seize)

    @Slot()
    def _enter_emergency(self) -> None:
        self.emergency.ask_new([line.seizure for line in self.list.table.rows if line.seizure is not None])
        self.side.open(self.emergency)

    def _connect(self) -> None:
        self.list.deed_wanted.connect(self._deed)
        for panel in (self.seize, self.emergency, *self.goods.values(), *self.measures.values()):
            panel.submitted.connect(lambda panel=panel: self.run(panel, panel.deed()))

    def _lay_out(self) -> None:
        actor = self._tools.front.actor
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        self.seize_button = hotkeys.hotkey_button(hotkeys.ENTER_SEIZURE, self._enter_seizure)
        self.seize_button.setVisible(may(actor, "seizure.enter"))
        self.emergency_button = hotkeys.hotkey_button(hotkeys.ENTER_EMERGENCY, self._enter_emergency)
        self.emergency_button.setVisible(may(actor, "emergency.report"))
        self.ended_button = hotkeys.tab_button(hotkeys.SHOW_CLOSED, self.reload)
        row.addWidget(self.seize_button)
        row.addWidget(self.emergency_button)
        row.addStretch(1)
        row.addWidget(self.ended_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(row)
        column.addWidget(self.list, 1)
