"""等您办的: what waits for whoever sits here, shown while nobody is looked for; Enter opens the case at the act."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.services.penalty_waiting import WaitingRow
from hall.services.tables_export import SheetTable
from hall.windows.kit import tokens
from hall.windows.kit.newest import Newest
from hall.windows.kit.style import muted, set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.pages import PageTools
from hall.windows.penalty_words import PENALTY_LIGHTS
from hall.windows.phrases import day_words
from hall.words import PENALTY_ACTS

TITLE = "等您办的"
HOW = "↓ 到列表里选，Enter 打开案件，要办的一项已经选好。"
EMPTY = (
    "现在没有等您办的处罚案件。\n轮到您拟定、告知、审查、审核、决定、答复、送达或者交款的案件列在这里；"
    "您在案件里有别的职责或者应当回避的不列。\n查找：在上面输入后按 Enter。"
)


class WaitingList(QWidget):
    """`wanted` carries the row whose case is to be opened; `counted` how many wait."""

    wanted = Signal(object)
    counted = Signal(int)

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self._tools = tools
        self._newest = Newest[tuple[WaitingRow, ...]](self._show)
        self._title, self._how = QLabel(TITLE), muted(HOW)
        self.table = Table[WaitingRow](_columns(), lambda row: (row.case_id, row.act), empty=EMPTY)
        self.table.setAccessibleName(TITLE)
        self.table.chosen.connect(self.wanted)
        self._lay_out()

    @property
    def title(self) -> str:
        """What stands above the list."""
        return self._title.text()

    def begin(self) -> bool:
        """The keyboard goes to the list; False: nothing waits."""
        if self.table.rows:
            self.table.setFocus()
        return bool(self.table.rows)

    @Slot()
    def reload(self) -> None:
        """Read again; what is selected stays."""
        self._tools.work.quietly(self._tools.front.penalties.waiting, self._newest.ask(), owner=self)

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list as it is shown."""
        return (self.table.as_sheet(TITLE),)

    def _show(self, rows: Sequence[WaitingRow]) -> None:
        self.table.show_rows(tuple(rows))
        if self.table.current_row is None and rows:
            self.table.selectRow(0)
        self._title.setText(f"{TITLE}（{len(rows)}）" if rows else TITLE)
        self._how.setVisible(bool(rows))
        self.counted.emit(len(rows))

    def _lay_out(self) -> None:
        set_role(self._title, "heading")
        top = QHBoxLayout()
        top.setSpacing(tokens.SNUG)
        top.addWidget(self._title)
        top.addWidget(self._how, 1, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.TIGHT, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(top)
        column.addWidget(self.table, 1)


def _columns() -> list[Column[WaitingRow]]:
    return [
        Column("时限", _light_words, width=112, light=lambda row: row.light),
        Column("等您办", lambda row: PENALTY_ACTS[row.act], width=136),
        Column("从何时起", lambda row: day_words(row.since), width=148, order=lambda row: row.since),
        Column("最迟", _due_words, width=148, order=lambda row: str(row.due or "9")),
        Column("案由", lambda row: row.violation),
        Column("案号", lambda row: row.number, width=184),
        Column("当事人", lambda row: row.party_masked, width=96),
    ]


def _light_words(row: WaitingRow) -> str:
    return PENALTY_LIGHTS[row.light] if row.light else ""


def _due_words(row: WaitingRow) -> str:
    return day_words(row.due) if row.due else ""
