"""The one table of all windows: typed columns over frozen rows; a reload keeps selection and scroll."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hall.services.tables_export import Cell, SheetTable
from hall.windows.kit import tokens
from hall.windows.kit.lights import light_icon

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

ROW_HEIGHT = 34

ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "centre": Qt.AlignmentFlag.AlignCenter,
}


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: `text` of a row; `order` where text sorts wrongly; `light` gives the code of a light.

    `width` in pixels; 0 takes what is left. `hint` says over the title what is meant.
    """

    title: str
    text: Callable[[R], str]
    align: Literal["left", "right", "centre"] = "left"
    width: int = 0
    order: Callable[[R], Any] | None = None
    light: Callable[[R], str | None] | None = None
    hint: str = ""


class RowsModel(QAbstractTableModel, Generic[R]):
    """Frozen rows in their given order, or sorted by a column."""

    def __init__(self, columns: Sequence[Column[R]], key: Callable[[R], Hashable]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._key = key
        self._given: tuple[R, ...] = ()
        self._rows: tuple[R, ...] = ()
        self._order: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows as they are shown."""
        return self._rows

    def key_at(self, row: int) -> Hashable | None:
        """The key of the row shown there, if there is one."""
        return self._key(self._rows[row]) if 0 <= row < len(self._rows) else None

    def row_of(self, key: Hashable) -> int | None:
        """Where the row with this key is shown now."""
        return next((number for number, row in enumerate(self._rows) if self._key(row) == key), None)

    def set_rows(self, rows: tuple[R, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._given = rows
        self._rows = self._sorted()
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[column.align]
        if role == Qt.ItemDataRole.DecorationRole and column.light and (code := column.light(row)):
            return light_icon(code)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[self.columns[section].align]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.columns[section].hint or None
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (column, order)
        self.set_rows(self._given)

    def _sorted(self) -> tuple[R, ...]:
        number, order = self._order
        if number < 0:
            return self._given
        column = self.columns[number]
        descending = order == Qt.SortOrder.DescendingOrder
        return tuple(sorted(self._given, key=column.order or column.text, reverse=descending))


class Table(QTableView, Generic[R]):
    """A list that never jumps. `chosen` is Enter or a double click on a row, `current` the selection."""

    chosen = Signal(object)
    current = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        *,
        empty: str,
        many: bool = False,
        sortable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`empty` says what would appear here and how. `many`: several rows can be selected at a time.

        A list that is read page by page is not `sortable`: only what is shown would be sorted.
        """
        super().__init__(parent)
        self._empty, self._many, self._sortable = empty, many, sortable
        self._rows_model = RowsModel(columns, key)
        self.setModel(self._rows_model)
        self._set_behaviour()
        self._set_columns()
        self.activated.connect(self._choose)
        self.selectionModel().currentRowChanged.connect(self._tell_current)

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows as they are shown."""
        return self._rows_model.rows

    @property
    def current_row(self) -> R | None:
        """The selected row."""
        number = self.currentIndex().row()
        return self.rows[number] if 0 <= number < len(self.rows) else None

    @property
    def selected_rows(self) -> tuple[R, ...]:
        """Every selected row, from the top."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self.rows[number] for number in numbers)

    def say_empty(self, words: str) -> None:
        """Other words for where there is no row."""
        self._empty = words
        self.viewport().update()

    def show_rows(self, rows: tuple[R, ...]) -> None:
        """Show other rows; the selected rows stay selected and the top row stays on top while they exist."""
        self._keep_place(lambda: self._rows_model.set_rows(rows))

    def show_in_full(self, rows: tuple[R, ...], *, most: int) -> None:
        """Other rows, and as tall as they are up to `most`: the page scrolls, not the table. Hidden without any."""
        self.show_rows(rows)
        self.setVisible(bool(rows))
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + min(len(rows), most) * ROW_HEIGHT + 2 * self.frameWidth() + tokens.HAIR)

    def select(self, key: Hashable) -> bool:
        """Select the row with this key, if it is shown."""
        number = self._rows_model.row_of(key)
        if number is not None:
            self.setCurrentIndex(self._rows_model.index(number, 0))
        return number is not None

    def as_sheet(self, title: str, rows: Sequence[R] | None = None) -> SheetTable:
        """The list as it is shown, or other rows in its columns, for a file; figures in it stay figures."""
        columns = self._rows_model.columns
        shown = self.rows if rows is None else rows
        cells = tuple(tuple(_cell(column, row) for column in columns) for row in shown)
        return SheetTable(title, tuple(column.title for column in columns), cells)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.rows:
            return
        painter = QPainter(self.viewport())
        painter.setPen(tokens.MUTED)
        area: QRect = self.viewport().rect().adjusted(tokens.WIDE, tokens.BASE, -tokens.WIDE, -tokens.BASE)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
        painter.end()

    def _keep_place(self, change: Callable[[], None]) -> None:
        selected = self._rows_model.key_at(self.currentIndex().row())
        others = [self._rows_model.key_at(index.row()) for index in self.selectionModel().selectedRows()]
        scroll = self.verticalScrollBar().value()
        top = self._rows_model.key_at(self.rowAt(0)) if scroll else None
        was_blocked = self.selectionModel().blockSignals(True)
        change()
        if selected is not None:
            self.select(selected)
        if self._many:
            self._select_all_of(others)
        self.selectionModel().blockSignals(was_blocked)
        self._scroll_to(top, scroll)
        if self._rows_model.key_at(self.currentIndex().row()) != selected:
            self.current.emit(self.current_row)

    def _select_all_of(self, keys: Sequence[Hashable | None]) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        wanted = set(keys)
        for number in range(len(self.rows)):
            if self._rows_model.key_at(number) in wanted:
                self.selectionModel().select(self._rows_model.index(number, 0), flags)

    def _scroll_to(self, top: Hashable | None, scroll: int) -> None:
        self.updateGeometries()
        number = self._rows_model.row_of(top) if top is not None else None
        self.verticalScrollBar().setValue(scroll if number is None else number)

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if self._many else modes.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)

    def _set_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(self._sortable)
        for number, column in enumerate(self._rows_model.columns):
            if column.width:
                self.setColumnWidth(number, column.width)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows[index.row()])

    @Slot()
    def _tell_current(self) -> None:
        self.current.emit(self.current_row)


def _cell(column: Column[R], row: R) -> Cell:
    text = column.text(row)
    return int(text) if column.align == "right" and text.isdecimal() else text
