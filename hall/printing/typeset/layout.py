"""Fills pages with a document's blocks, then adds headers, footers and page numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from hall.printing.fonts import FontSet
from hall.printing.typeset.glyphs import GlyphMaker, PageNumbers
from hall.printing.typeset.grid import RowUnit, TableBox, set_table
from hall.printing.typeset.lines import LineBox, ParagraphBox, Setter
from hall.printing.typeset.model import (
    Alignment,
    Block,
    Document,
    Furniture,
    PageBreak,
    Paragraph,
    Section,
    UnsupportedFormatting,
)
from hall.printing.typeset.placed import Item, Layout, Page

_SLACK = 0.05
"""Points by which rounding may let content reach below the type area."""


def compose(document: Document, fonts: FontSet) -> Layout:
    """All pages of a document; raises UnsupportedFormatting for what cannot be set."""
    missing: dict[str, None] = {}
    bodies: list[tuple[Section, list[Item], bool]] = []
    for section in document.sections:
        maker = GlyphMaker(fonts, section.shape.character_space, missing=missing)
        pages = _Filler(section, maker, document.default_tab).pages()
        bodies.extend((section, items, number == 0) for number, items in enumerate(pages))
    placed = []
    for number, (section, items, first) in enumerate(bodies, start=1):
        numbers = PageNumbers(number, len(bodies))
        maker = GlyphMaker(fonts, numbers=numbers, missing=missing)
        extra = _furniture(section, maker, document.default_tab, first=first)
        placed.append(Page(section.shape.width, section.shape.height, (*items, *extra)))
    return Layout(tuple(placed), tuple(missing))


@dataclass(slots=True)
class _Filler:
    """Pours one section's blocks into pages."""

    section: Section
    maker: GlyphMaker
    default_tab: float
    done: list[list[Item]] = field(default_factory=list)
    current: list[Item] = field(default_factory=list)
    y: float = 0.0
    """Height already used on the current page."""

    @property
    def height(self) -> float:
        shape = self.section.shape
        return shape.height - shape.top - shape.bottom

    @property
    def room(self) -> float:
        return self.height - self.y + _SLACK

    def pages(self) -> list[list[Item]]:
        shape = self.section.shape
        setter = Setter(self.maker, shape.width - shape.left - shape.right, shape.grid_pitch, self.default_tab)
        boxes = [box for block in self.section.blocks for box in _set(block, setter)]
        for index, box in enumerate(boxes):
            if isinstance(box, _Turn):
                self._turn()
                continue
            self._keep_together(boxes[index:])
            if isinstance(box, ParagraphBox):
                self._paragraph(box)
            else:
                self._table(box)
        return [*self.done, self.current]

    def _turn(self) -> None:
        self.done.append(self.current)
        self.current, self.y = [], 0.0

    def _add(self, items: Iterable[Item], dx: float = 0.0) -> None:
        shape = self.section.shape
        self.current.extend(item.moved(shape.left + dx, shape.top + self.y) for item in items)

    def _keep_together(self, boxes: Sequence["_Box"]) -> None:
        """Turn the page before a chain of paragraphs that wants to stand with what follows."""
        needed = 0.0
        for box in boxes:
            if not _keeps(box):
                needed += _first_part(box)
                break
            needed += _height(box)
        if self.y > 0 and self.room < needed <= self.height and _keeps(boxes[0]):
            self._turn()

    def _paragraph(self, box: ParagraphBox) -> None:
        if box.style.page_break_before and self.y > 0:
            self._turn()
        if self.y > 0 or not self.done:
            self.y += box.style.before
        rest = box.lines
        whole = box.style.keep_lines and sum(line.height for line in rest) <= self.height
        while rest:
            count = _fitting(rest, self.room, box, whole=whole)
            if count == 0 and self.y > 0:
                self._turn()
                continue
            for line in rest[: max(count, 1)]:
                self._add(line.items)
                self.y += line.height
            rest = rest[max(count, 1) :]
        self.y += box.style.after

    def _table(self, box: TableBox) -> None:
        shape = self.section.shape
        slack = shape.width - shape.left - shape.right - box.width
        shares = {Alignment.CENTER: 0.5, Alignment.RIGHT: 1.0}
        dx = slack * shares[box.table.alignment] if box.table.alignment in shares else box.table.indent
        heading = sum(unit.height for unit in box.heading)
        for number, unit in enumerate(box.units):
            above = heading if number >= len(box.heading) else 0.0
            if self.y > 0 and self.room < _together(box, number) <= self.height - above:
                self._turn_within(box, dx, above)
            self._unit(unit, dx, box, above)

    def _unit(self, unit: RowUnit, dx: float, box: TableBox, heading: float) -> None:
        """One unit; what does not fit is cut if it may be or no page could hold it, else put on the next page."""
        if unit.height <= self.room:
            self._add(unit.items(), dx)
            self.y += unit.height
            return
        cut = unit.splits or unit.height + heading > self.height
        parts = unit.cut(self.room - _SLACK) if cut else None
        if parts is None and self.y <= heading:
            raise UnsupportedFormatting(box.table.place, "高于一页的合并单元格")
        if parts is not None:
            self._add(parts[0].items(), dx)
        self._turn_within(box, dx, heading)
        self._unit(parts[1] if parts is not None else unit, dx, box, heading)

    def _turn_within(self, box: TableBox, dx: float, heading: float) -> None:
        self._turn()
        if heading:
            for unit in box.heading:
                self._add(unit.items(), dx)
                self.y += unit.height


@dataclass(frozen=True, slots=True)
class _Turn:
    """The author wants a new page here."""


_Box = ParagraphBox | TableBox | _Turn


def _set(block: Block, setter: Setter) -> Iterator[_Box]:
    if not isinstance(block, Paragraph):
        yield set_table(block, setter)
        return
    parts = _parted(block)
    for number, part in enumerate(parts):
        if number:
            yield _Turn()
        if part.inlines or len(parts) == 1:
            yield setter.paragraph(part)


def _parted(paragraph: Paragraph) -> list[Paragraph]:
    """The paragraph's parts between page breaks."""
    parts: list[Paragraph] = [replace(paragraph, inlines=())]
    for inline in paragraph.inlines:
        if isinstance(inline, PageBreak):
            parts.append(replace(paragraph, inlines=()))
        else:
            parts[-1] = replace(parts[-1], inlines=(*parts[-1].inlines, inline))
    return parts


def _keeps(box: _Box) -> bool:
    """Whether a block wants to stand with what follows."""
    if isinstance(box, TableBox):
        return box.keeps_next
    return isinstance(box, ParagraphBox) and box.style.keep_next


def _together(box: TableBox, number: int) -> float:
    """What has to stand on one page from a row on; a table's heading stands with its first row."""
    heading = len(box.heading) if number == 0 and len(box.heading) < len(box.units) else 0
    return sum(unit.height for unit in box.units[:heading]) + box.held_together(number + heading)


def _height(box: _Box) -> float:
    if isinstance(box, TableBox):
        return sum(unit.height for unit in box.units)
    return 0.0 if isinstance(box, _Turn) else _paragraph_height(box)


def _paragraph_height(box: ParagraphBox) -> float:
    return box.style.before + sum(line.height for line in box.lines) + box.style.after


def _first_part(box: _Box) -> float:
    """What must follow on the same page: two lines of a paragraph, a table's heading and first row."""
    if isinstance(box, ParagraphBox):
        return box.style.before + sum(line.height for line in box.lines[:2])
    if isinstance(box, TableBox):
        return _together(box, 0)
    return 0.0


def _fitting(lines: Sequence[LineBox], room: float, box: ParagraphBox, *, whole: bool) -> int:
    """How many lines go on this page: none or at least two, and never all but one."""
    count, used = 0, 0.0
    while count < len(lines) and used + lines[count].height <= room:
        used += lines[count].height
        count += 1
    if count == len(lines):
        return count
    if whole or count == 0:
        return 0
    if box.style.widow_control:
        count -= 1 if len(lines) - count == 1 else 0
        starts_paragraph = len(lines) == len(box.lines)
        count = 0 if count == 1 and starts_paragraph else count
    return count


def _furniture(section: Section, maker: GlyphMaker, tab: float, *, first: bool) -> Iterator[Item]:
    """Header and footer of one page; the footer's last line ends at its distance from the paper's edge."""
    shape = section.shape
    setter = Setter(maker, shape.width - shape.left - shape.right, None, tab)
    even = maker.numbers is not None and maker.numbers.number % 2 == 0
    kinds = [Furniture.FIRST] * first + [Furniture.EVEN] * even + [Furniture.DEFAULT]
    head = next((section.headers[kind] for kind in kinds if kind in section.headers), ())
    foot = next((section.footers[kind] for kind in kinds if kind in section.footers), ())
    for name, paragraphs, distance, margin in (
        ("页眉", head, shape.header, shape.top),
        ("页脚", foot, shape.footer, shape.bottom),
    ):
        boxes = [setter.paragraph(item) for item in paragraphs]
        height = sum(_height(box) for box in boxes)
        if boxes and distance + height > margin + _SLACK:
            raise UnsupportedFormatting(name, f"高出页边距的{name}（请加大页边距，或减小{name}距边界的距离）")
        yield from _stacked(boxes, shape.left, distance if name == "页眉" else shape.height - distance - height)


def _stacked(boxes: Iterable[ParagraphBox], x: float, y: float) -> Iterator[Item]:
    for box in boxes:
        y += box.style.before
        for line in box.lines:
            yield from (item.moved(x, y) for item in line.items)
            y += line.height
        y += box.style.after
