"""Who answers for what (事项—区域责任图): the most specific area wins, between equals the newest line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

UnitKind = Literal["department", "squad", "street", "grid", "outside"]


@dataclass(frozen=True, slots=True)
class ResponsibilityLine:
    """A line of the map: from a day on (to a day, if it ends), a unit answers for a category in an area.

    `area` is a street's name or the beginning of a grid code; empty: everywhere.
    """

    category: str
    area: str
    unit_id: int
    valid_from: date
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is in force on the day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def responsible(
    lines: Iterable[ResponsibilityLine], *, category: str, area: str, grid_code: str, on: date
) -> ResponsibilityLine | None:
    """The line that names the unit, or None where none fits: then somebody chooses and says why.

    A grid code is more specific than a street, a longer beginning of it more than a shorter one.
    """
    fitting = [
        (rank, line.valid_from, line)
        for line in lines
        if line.category == category and line.holds(on) and (rank := _rank(line, area, grid_code)) is not None
    ]
    return max(fitting, key=lambda each: each[:2])[2] if fitting else None


def _rank(line: ResponsibilityLine, area: str, grid_code: str) -> int | None:
    """How specific it is for the place; None where it is another place."""
    if not line.area:
        return 0
    if grid_code.startswith(line.area):
        return 1 + len(line.area)
    return 1 if line.area == area else None
