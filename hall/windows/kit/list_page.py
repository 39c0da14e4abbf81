"""A list page: the facts of what is selected beside the list, its deeds below."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.scrolling import Scrolling
from hall.windows.kit.style import muted, set_role
from hall.windows.kit.tables import Table

R = TypeVar("R")
Facts = Sequence[tuple[str, str]]

NAME_WIDTH, DEEDS_HEIGHT = 80, 36
LIST_SHARE, FACTS_SHARE = 5, 4


class FactsCard(QFrame):
    """A title and what there is to know, name beside value; values wrap and can be copied."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self.title = QLabel()
        self.title.setWordWrap(True)
        set_role(self.title, "heading")
        self._facts: list[tuple[str, str]] = []
        grid = QWidget()
        set_role(grid, "plain")
        self._grid = QGridLayout(grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.SNUG)
        self._grid.setVerticalSpacing(tokens.TIGHT)
        self._grid.setColumnMinimumWidth(0, NAME_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._area = Scrolling(grid)
        self.bar = self._area.verticalScrollBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.SNUG, tokens.SNUG)
        column.setSpacing(tokens.SNUG)
        column.addWidget(self.title)
        column.addWidget(self._area, 1)

    def show_facts(self, title: str, facts: Facts) -> None:
        """Other facts; those without a value are left out. The same facts again change nothing."""
        told = [(name, value) for name, value in facts if value]
        if (title, told) == (self.title.text(), self._facts):
            return
        self.title.setText(title)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._facts = told
        for row, (name, value) in enumerate(self._facts):
            label, words = muted(name), QLabel(value)
            words.setWordWrap(True)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)

    def turn(self, pages: int) -> None:
        """A page on or back."""
        self._area.turn(pages)

    @property
    def words(self) -> str:
        """Everything that is shown, a fact a line."""
        return "\n".join(f"{name} {value}" for name, value in self._facts)


class ListPage(QWidget, Generic[R]):
    """A list, the facts of its selected row, and the deeds that the row allows. `deed_wanted` carries act and row."""

    deed_wanted = Signal(str, object)

    def __init__(
        self,
        table: Table[R],
        *,
        deeds: Sequence[tuple[Hotkey, str]],
        facts: Callable[[R], tuple[str, Facts]] | None,
        allowed: Callable[[R], Sequence[str]],
        nothing: str,
        shares: tuple[int, int] = (LIST_SHARE, FACTS_SHARE),
        below: QWidget | None = None,
    ) -> None:
        """`deeds`: keys with the acts they stand for; `allowed` names the acts of a row; `nothing`: without any row.

        `shares` is how list and facts divide the width; `below` stands under the facts, or alone where there are none.
        """
        super().__init__()
        self.table, self.facts = table, FactsCard()
        self._facts_of, self._allowed, self._nothing = facts, allowed, nothing
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        row.addStrut(DEEDS_HEIGHT)  # the list keeps its height where nothing can be done
        for hotkey, act in deeds:
            self.buttons[act] = hotkeys.hotkey_button(hotkey, partial(self._want, act))
            row.addWidget(self.buttons[act])
        row.addStretch(1)
        lists = QHBoxLayout()
        lists.setSpacing(tokens.SNUG)
        lists.addWidget(table, shares[0])
        beside = QVBoxLayout()
        beside.setSpacing(tokens.TIGHT)
        beside.addWidget(self.facts, 1)
        if facts is None:
            self.facts.hide()
        if below is not None:
            beside.addWidget(below, 1)
        lists.addLayout(beside, shares[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(lists, 1)
        column.addLayout(row)
        table.current.connect(self._show_current)
        table.chosen.connect(self._first_deed)
        self._show_current(None)

    def show_rows(self, rows: tuple[R, ...], key: Callable[[R], Hashable]) -> None:
        """Other rows; the first is selected where none was."""
        self.table.show_rows(rows)
        if self.table.current_row is None and rows:
            self.table.select(key(rows[0]))
        self._show_current(self.table.current_row)

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.table.setFocus()

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list as it is shown."""
        return (self.table.as_sheet(self.accessibleName()),)

    @Slot(object)
    def _show_current(self, row: R | None) -> None:
        allowed = self._allowed(row) if row is not None else ()
        for act, button in self.buttons.items():
            button.setVisible(act in allowed)
        if row is None:
            self.facts.show_facts(self._nothing, ())
        elif self._facts_of is not None:
            self.facts.show_facts(*self._facts_of(row))

    @Slot(object)
    def _first_deed(self, row: R) -> None:
        """Enter does the first thing that can be done."""
        first = next((act for act in self.buttons if act in self._allowed(row)), None)
        if first is not None:
            self._want(first)

    def _want(self, act: str) -> None:
        row = self.table.current_row
        if row is not None:
            self.deed_wanted.emit(act, row)
