"""Reads the cells of one line of an import file and remembers every fault, so that staff see all of them at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from hall.errors import Refused
from hall.rules.csv_table import Column, Line
from hall.rules.imports import BadRow

T = TypeVar("T")


class RowReading:
    """One line; `bad_rows` are its faults, each with the title of its column."""

    def __init__(self, line: Line, columns: Sequence[Column]) -> None:
        self.number = line.number
        self._cells: Mapping[str, str] = line.cells
        self._titles = {column.key: column.titles[0] for column in columns}
        self._reasons: list[str] = []

    @property
    def bad_rows(self) -> tuple[BadRow, ...]:
        """Every fault found so far."""
        return tuple(BadRow(self.number, reason) for reason in self._reasons)

    def cell(self, key: str, parse: Callable[[str], T], *, otherwise: T) -> T:
        """The parsed cell; an absent column is an empty cell; `otherwise` stands in for a bad one."""
        try:
            return parse(self._cells.get(key, ""))
        except Refused as bad:
            self._reasons.append(f"{self._titles[key]}：{bad}")
            return otherwise

    def fault(self, reason: str) -> None:
        """What is wrong with the line as a whole."""
        self._reasons.append(reason)
