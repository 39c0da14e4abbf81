"""What waits for whoever is signed in: lists by role as tabs, cases by urgency below; Enter goes to the case."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from hall.services.board_terms import Terms
from hall.services.desk_lists import COUNTED, DeskList
from hall.windows.board_lines import NOBODY, Line, remaining_words
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table
from hall.words import DESK_LISTS

WIDTH = 432
_TABS_A_ROW = 3


class DeskLists(QWidget):
    """`asked`: another list or another text is wanted. `case` carries the selected Line or None."""

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
        self.table = Table[Line](
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
        self.table.current.connect(self.case)
        self._tab_grid = QGridLayout()
        self._tab_grid.setSpacing(tokens.HAIR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(self._tab_grid)
        column.addWidget(self.text)
        column.addWidget(self.table, 1)
        self.setFixedWidth(WIDTH)

    @property
    def chosen(self) -> DeskList | None:
        """The list that is open."""
        return next((each for each in self._lists if each.code == self._code), None)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in the list."""
        return tuple(line.row.number for line in self.table.rows)

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
        if self.table.current_row is None and lines:
            self.table.select(lines[0].row.case_id)
        elif not lines:
            self.case.emit(None)

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
            self.table.setFocus()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def look_for(self) -> None:
        """Go to the line in which something is looked for."""
        self.text.setFocus()
        self.text.selectAll()

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
