"""What waits for whoever is signed in: lists by role as tabs, cases by urgency below; Enter goes to the case.

Ended cases that wait for the archive, and cases that were found by what was typed, have lists of their own shape.
"""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hall.services.board_terms import Terms
from hall.services.case_finding import FoundCase
from hall.services.desk_lists import COUNTED, DeskList, EndedCase
from hall.windows.board_lines import NOBODY, Line, remaining_words
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table
from hall.words import CASE_OUTCOMES, CASE_STATES, DESK_LISTS

WIDTH = 432
_AnyTable = Table[Line] | Table[EndedCase] | Table[FoundCase]
_TABS_A_ROW = 3


class DeskLists(QWidget):
    """`asked`: another list or another text is wanted. `case` carries the key of the selected case or None."""

    asked = Signal()
    case = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lists: tuple[DeskList, ...] = ()
        self._code = ""
        self._tabs: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self.text = QLineEdit()
        self.text.setPlaceholderText("在本列表里找：编号、姓名、证件号、电话")
        self.text.setAccessibleName("在本列表里找")
        self.text.setClearButtonEnabled(True)
        self.text.installEventFilter(self)
        self.table, self.ended, self.found = _open_table(), _ended_table(), _found_table()
        self._pages = QStackedWidget()
        self._shown: QWidget = self.table
        tables: tuple[_AnyTable, ...] = (self.table, self.ended, self.found)
        for table in tables:
            self._pages.addWidget(table)
            table.current.connect(self._tell_case)
        self._tab_grid = QGridLayout()
        self._tab_grid.setSpacing(tokens.HAIR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(self._tab_grid)
        column.addWidget(self.text)
        column.addWidget(self._pages, 1)
        self.setFixedWidth(WIDTH)

    @property
    def chosen(self) -> DeskList | None:
        """The list that is open."""
        return next((each for each in self._lists if each.code == self._code), None)

    @property
    def tabs(self) -> tuple[str, ...]:
        """What the lists are called, with their counts."""
        return tuple(tab.text() for tab in self._tabs)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in the list."""
        if self.shown is self.table:
            return tuple(line.row.number for line in self.table.rows)
        rows: tuple[EndedCase, ...] | tuple[FoundCase, ...] = (
            self.ended.rows if self.shown is self.ended else self.found.rows
        )
        return tuple(row.number for row in rows)

    @property
    def shown(self) -> QWidget:
        """The table that is shown."""
        return self._shown

    @property
    def case_id(self) -> int | None:
        """The selected case."""
        if self.shown is self.table:
            return line.row.case_id if (line := self.table.current_row) else None
        row = self.ended.current_row if self.shown is self.ended else self.found.current_row
        return row.case_id if row else None

    def terms_of(self, chosen: DeskList) -> Terms:
        """What the open list asks for, with the text that is looked for."""
        return replace(chosen.terms, text=self.text.text().strip())

    def show_lists(self, lists: tuple[DeskList, ...]) -> None:
        """The lists with their counts; the open one stays open, at first the first that has cases."""
        self._lists = lists
        if self.chosen is None:
            self._code = next((each.code for each in lists if each.count), lists[0].code)
        while len(self._tabs) < len(lists):
            self._add_tab(len(self._tabs))
        for tab, each in zip(self._tabs, lists, strict=True):
            count = f"{COUNTED}+" if each.count > COUNTED else str(each.count)
            tab.setText(f"{DESK_LISTS[each.code]} {count}")
            tab.setChecked(each.code == self._code)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """The cases of the open list."""
        self.table.show_rows(lines)
        self._turn_to(self.table, lines[0].row.case_id if lines else None)

    def show_ended(self, cases: tuple[EndedCase, ...]) -> None:
        """The cases that wait for the archive."""
        self.ended.show_rows(cases)
        self._turn_to(self.ended, cases[0].case_id if cases else None)

    def show_found(self, cases: tuple[FoundCase, ...]) -> None:
        """The cases that fit what was typed, open or not."""
        self.found.show_rows(cases)
        self._turn_to(self.found, cases[0].case_id if cases else None)

    def focus_list(self) -> None:
        """Go to the list."""
        self.shown.setFocus()

    def open_list(self, code: str) -> None:
        """Another list."""
        self._code = code
        self.text.clear()
        self.show_lists(self._lists)
        self.asked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter looks for what is typed and goes to the list."""
        if watched is self.text and is_plain_enter(event):
            self.asked.emit()
            self.focus_list()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def look_for(self) -> None:
        """Go to the line in which something is looked for."""
        self.text.setFocus()
        self.text.selectAll()

    def _turn_to(self, table: _AnyTable, first: int | None) -> None:
        """Show a table with a case selected, and say which if it is another."""
        was_shown, self._shown = self._shown is table, table
        if table.current_row is None and first is not None:
            table.select(first)
        elif first is None or not was_shown:
            self._tell_case()
        # The focus goes along, and a table that gets it without a selected row would choose one itself.
        self._pages.setCurrentWidget(table)

    @Slot()
    def _tell_case(self) -> None:
        self.case.emit(self.case_id)

    def _add_tab(self, place: int) -> None:
        tab = hotkeys.hotkey_button(hotkeys.DESK_LISTS[place], partial(self._open_place, place))
        tab.setCheckable(True)
        tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(tab, "tab")
        self._group.addButton(tab)
        self._tabs.append(tab)
        self._tab_grid.addWidget(tab, place // _TABS_A_ROW, place % _TABS_A_ROW)

    def _open_place(self, place: int) -> None:
        self.open_list(self._lists[place].code)


def _open_table() -> Table[Line]:
    return Table[Line](
        [
            Column("灯", lambda line: tokens.LIGHTS[line.light].word, width=104, light=lambda line: line.light),
            Column("剩余", remaining_words, align="right", width=64, hint="距最近到期日的工作日"),
            Column("编号", lambda line: line.row.number),
            Column("经办", lambda line: line.row.officer or NOBODY, width=72),
        ],
        lambda line: line.row.case_id,
        empty="这个列表里现在没有办件。",
        sortable=False,
    )


def _ended_table() -> Table[EndedCase]:
    return Table[EndedCase](
        [
            Column("结果", _ending_words, width=104),
            Column("结束", lambda case: f"{case.ended_on:%m-%d}", width=64),
            Column("编号", lambda case: case.number),
            Column("未送达", lambda case: f"{case.unserved} 份" if case.unserved else "", align="right", width=72),
        ],
        lambda case: case.case_id,
        empty="没有等待归档的办件。",
        sortable=False,
    )


def _found_table() -> Table[FoundCase]:
    return Table[FoundCase](
        [
            Column("状态", lambda case: CASE_STATES[case.state], width=104),
            Column("收件", lambda case: f"{case.received_on:%m-%d}", width=64),
            Column("编号", lambda case: case.number),
            Column("申请人", lambda case: case.applicant_masked, width=72),
        ],
        lambda case: case.case_id,
        empty="没有找到办件。",
        sortable=False,
    )


def _ending_words(case: EndedCase) -> str:
    return f"{CASE_STATES[case.state]} {CASE_OUTCOMES[case.outcome]}" if case.outcome else CASE_STATES[case.state]
