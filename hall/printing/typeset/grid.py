"""Sets tables: cells into boxes, rows into units that pages take whole, tall rows cut by the line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hall.printing.typeset.lines import LineBox, Setter
from hall.printing.typeset.model import (
    Border,
    Cell,
    PageBreak,
    Row,
    Table,
    UnsupportedFormatting,
    VerticalAlignment,
)
from hall.printing.typeset.placed import Item, PlacedFill, PlacedRule


@dataclass(frozen=True, slots=True)
class _SetLine:
    """A line at its distance from the top of the cell's content."""

    y: float
    box: LineBox


@dataclass(frozen=True, slots=True)
class _SetCell:
    """A cell with its place in the table and its lines; `row` counts from the unit's first row."""

    cell: Cell
    row: int
    x: float
    width: float
    lines: tuple[_SetLine, ...]
    content: float

    @property
    def needed(self) -> float:
        return self.content + self.cell.insets.top + self.cell.insets.bottom

    @property
    def least(self) -> float:
        """The height of its first line: single lines stand alone in tables, in Word too."""
        content = self.lines[1].y if len(self.lines) > 1 else self.content
        return content + self.cell.insets.top + self.cell.insets.bottom


@dataclass(frozen=True, slots=True)
class RowUnit:
    """Rows that merged cells tie together; mostly a single row."""

    heights: tuple[float, ...]
    cells: tuple[_SetCell, ...]
    repeats: bool
    splits: bool
    keeps_next: bool
    """Whether it wants to stand on the page of the row after it, as its first paragraph says."""

    @property
    def height(self) -> float:
        return sum(self.heights)

    @property
    def least(self) -> float:
        """How much of it has to stand where it begins."""
        if not self.splits or all(len(cell.lines) <= 1 for cell in self.cells):
            return self.height
        if len(self.heights) > 1:
            return self.heights[0]
        return min(max(cell.least for cell in self.cells), self.height)

    def items(self) -> Iterator[Item]:
        """Shades, text and borders from the unit's upper left corner."""
        for cell in self.cells:
            top = sum(self.heights[: cell.row])
            height = sum(self.heights[cell.row : cell.row + cell.cell.rows])
            if cell.cell.shade is not None:
                yield PlacedFill(cell.x, top, cell.width, height, cell.cell.shade)
        for cell in self.cells:
            top = sum(self.heights[: cell.row])
            height = sum(self.heights[cell.row : cell.row + cell.cell.rows])
            yield from _content(cell, top, height)
            yield from _borders(cell, top, height)

    def cut(self, room: float) -> tuple["RowUnit", "RowUnit"] | None:
        """The part that fits into `room` points and the rest.

        None where some cell's first line does not fit, or all lines do and only the row's height does not.
        """
        return self._cut_between_rows(room) if len(self.heights) > 1 else self._cut_row(room)

    def _cut_between_rows(self, room: float) -> tuple["RowUnit", "RowUnit"] | None:
        """Whole rows above and below; what a merged cell has no room for above goes on below."""
        count = 0
        while count + 1 < len(self.heights) and sum(self.heights[: count + 1]) <= room:
            count += 1
        if count == 0:
            return None
        upper, lower = [], []
        for cell in self.cells:
            if cell.row + cell.cell.rows <= count:
                upper.append(cell)
            elif cell.row >= count:
                lower.append(replace(cell, row=cell.row - count))
            else:
                above = _kept(cell, sum(self.heights[cell.row : count]))
                rest = _left_over(cell, len(above.lines))
                upper.append(_covering(above, cell.row, count - cell.row))
                lower.append(_covering(rest, 0, cell.row + cell.cell.rows - count))
        heights = _grown(self.heights[count:], lower)
        below = replace(self, heights=heights, cells=tuple(lower), splits=len(heights) > 1)
        return replace(self, heights=self.heights[:count], cells=tuple(upper)), below

    def _cut_row(self, room: float) -> tuple["RowUnit", "RowUnit"] | None:
        upper = tuple(_kept(cell, room) for cell in self.cells)
        lower = tuple(_left_over(cell, len(part.lines)) for cell, part in zip(self.cells, upper, strict=True))
        if any(whole.lines and not part.lines for whole, part in zip(self.cells, upper, strict=True)):
            return None
        if not any(cell.lines for cell in lower):
            return None
        rest = max(cell.needed for cell in lower)
        return replace(self, heights=(room,), cells=upper), replace(self, heights=(rest,), cells=lower)


@dataclass(frozen=True, slots=True)
class TableBox:
    """A set table: its units in order and how far its left edge stands from the column's."""

    units: tuple[RowUnit, ...]
    width: float
    table: Table

    @property
    def keeps_next(self) -> bool:
        """Whether it wants to stand with what follows: if all of its rows do."""
        return all(unit.keeps_next for unit in self.units)

    def held_together(self, number: int) -> float:
        """The height of the rows from one on that want to stand on one page; of the last its least."""
        end = number
        while end + 1 < len(self.units) and self.units[end].keeps_next:
            end += 1
        return sum(unit.height for unit in self.units[number:end]) + self.units[end].least

    @property
    def heading(self) -> tuple[RowUnit, ...]:
        """The rows repeated on every page: those at the beginning that are marked so."""
        count = 0
        while count < len(self.units) and self.units[count].repeats:
            count += 1
        return self.units[:count]


def set_table(table: Table, setter: Setter) -> TableBox:
    """Set every cell and measure the rows; lines in tables do not snap to the page's grid."""
    free = replace(setter, grid=None)
    edges = [sum(table.widths[:column]) for column in range(len(table.widths) + 1)]
    units = tuple(_unit(rows, edges, free, table.place) for rows in _tied(table.rows))
    return TableBox(units, edges[-1], table)


def _tied(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Neighbouring rows held together by merged cells."""
    start = 0
    while start < len(rows):
        end = start + 1
        number = start
        while number < end:
            end = max([end, *(number + cell.rows for cell in rows[number].cells)])
            number += 1
        yield rows[start:end]
        start = end


def _unit(rows: Sequence[Row], edges: Sequence[float], setter: Setter, place: str) -> RowUnit:
    cells = tuple(
        _set_cell(cell, number, edges, setter, place) for number, row in enumerate(rows) for cell in row.cells
    )
    rules = [_rule_above(row) for row in rows]
    heights = [row.height for row in rows]
    for cell in cells:
        if cell.cell.rows == 1:
            heights[cell.row] = max(heights[cell.row], cell.needed + rules[cell.row])
    for cell in cells:
        last = cell.row + cell.cell.rows - 1
        lacking = cell.needed + rules[cell.row] - sum(heights[cell.row : last + 1])
        heights[last] += max(lacking, 0.0)
    splits = (len(rows) > 1 or rows[0].splits) and not rows[0].repeats
    return RowUnit(tuple(heights), cells, repeats=rows[0].repeats, splits=splits, keeps_next=_keeps(rows[-1]))


def _keeps(row: Row) -> bool:
    return bool(row.cells) and row.cells[0].paragraphs[0].style.keep_next


def _rule_above(row: Row) -> float:
    """Room that the rule above a row takes."""
    return max((cell.edges.top.width for cell in row.cells if cell.edges.top is not None), default=0.0)


def _set_cell(cell: Cell, row: int, edges: Sequence[float], setter: Setter, place: str) -> _SetCell:
    x = edges[cell.column]
    width = edges[cell.column + cell.columns] - x
    column = setter.narrowed(width - cell.insets.left - cell.insets.right)
    lines: list[_SetLine] = []
    y = 0.0
    for paragraph in cell.paragraphs:
        if any(isinstance(inline, PageBreak) for inline in paragraph.inlines):
            raise UnsupportedFormatting(place, "表格中的分页符")
        box = column.paragraph(paragraph)
        y += box.style.before
        for line in box.lines:
            lines.append(_SetLine(y, line))
            y += line.height
        y += box.style.after
    return _SetCell(cell, row, x, width, tuple(lines), y)


def _covering(cell: _SetCell, row: int, rows: int) -> _SetCell:
    """A part of a merged cell, with the rows it covers."""
    return replace(cell, row=row, cell=replace(cell.cell, rows=rows))


def _grown(heights: Sequence[float], cells: Sequence[_SetCell]) -> tuple[float, ...]:
    """Heights of rows, the last of a cell made as high as its lines need."""
    grown = list(heights)
    for cell in cells:
        last = cell.row + cell.cell.rows - 1
        grown[last] += max(cell.needed - sum(grown[cell.row : last + 1]), 0.0)
    return tuple(grown)


def _content(cell: _SetCell, top: float, height: float) -> Iterator[Item]:
    spare = height - cell.needed
    shares = {VerticalAlignment.CENTER: 0.5, VerticalAlignment.BOTTOM: 1.0}
    down = top + cell.cell.insets.top + max(spare, 0.0) * shares.get(cell.cell.vertical, 0.0)
    for line in cell.lines:
        for item in line.box.items:
            yield item.moved(cell.x + cell.cell.insets.left, down + line.y)


def _borders(cell: _SetCell, top: float, height: float) -> Iterator[Item]:
    left, right, bottom = cell.x, cell.x + cell.width, top + height
    edges = cell.cell.edges
    sides: tuple[tuple[Border | None, tuple[float, float, float, float]], ...] = (
        (edges.top, (left, top, right, top)),
        (edges.bottom, (left, bottom, right, bottom)),
        (edges.left, (left, top, left, bottom)),
        (edges.right, (right, top, right, bottom)),
    )
    for border, ends in sides:
        if border is not None:
            yield PlacedRule(*ends, border.width, border.colour, border.dashes)


def _kept(cell: _SetCell, room: float) -> _SetCell:
    limit = room - cell.cell.insets.top - cell.cell.insets.bottom
    count = 0
    while count < len(cell.lines) and cell.lines[count].y + cell.lines[count].box.height <= limit:
        count += 1
    return replace(_on_top(cell), lines=cell.lines[:count])


def _left_over(cell: _SetCell, taken: int) -> _SetCell:
    lines = cell.lines[taken:]
    start = lines[0].y if lines else cell.content
    moved = tuple(replace(line, y=line.y - start) for line in lines)
    return replace(_on_top(cell), lines=moved, content=cell.content - start)


def _on_top(cell: _SetCell) -> _SetCell:
    return replace(cell, cell=replace(cell.cell, vertical=VerticalAlignment.TOP))
