"""Reads tables: grid, merged cells, borders, heights."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.oxml.xmlchemy import BaseOxmlElement

from hall.printing.typeset.borders import joined_paragraphs
from hall.printing.typeset.inlines import InlineReader
from hall.printing.typeset.interpret import Interpreter, read_alignment, read_border, refuse_unread, twips
from hall.printing.typeset.model import (
    Alignment,
    Border,
    Cell,
    Edges,
    Insets,
    Paragraph,
    Row,
    Table,
    UnsupportedFormatting,
    VerticalAlignment,
)
from hall.printing.typeset.properties import (
    Properties,
    Signature,
    attribute,
    children,
    local_name,
    merge,
    qn,
    signature,
    switched_on,
)

_TABLE_KNOWN = frozenset(
    {
        "tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook",
        "tblStyleRowBandSize", "tblStyleColBandSize", "tblOverlap", "tblCaption", "tblDescription",
    }
)  # fmt: skip
_ROW_KNOWN = frozenset({"trHeight", "tblHeader", "cantSplit", "cnfStyle", "jc"})
_CELL_KNOWN = frozenset(
    {"tcW", "gridSpan", "vMerge", "tcBorders", "vAlign", "shd", "tcMar", "cnfStyle", "noWrap", "hideMark"}
)
_VERTICAL = {
    None: VerticalAlignment.TOP,
    "top": VerticalAlignment.TOP,
    "center": VerticalAlignment.CENTER,
    "bottom": VerticalAlignment.BOTTOM,
}


@dataclass(frozen=True, slots=True)
class _Grid:
    """What every cell of one table has to know."""

    properties: Properties
    columns: int
    rows: int
    place: str
    looks: dict[Signature, "_Look"] = field(default_factory=dict)
    """Of cells that were read before."""


@dataclass(frozen=True, slots=True)
class _Look:
    """All of a cell but its text and place."""

    edges: Edges
    insets: Insets
    vertical: VerticalAlignment
    shade: str | None


@dataclass(frozen=True, slots=True)
class _RawCell:
    """A cell element with its position; `merge` is None, `restart` or `continue`."""

    element: BaseOxmlElement
    column: int
    columns: int
    merge: str | None


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads the tables of one part of a document."""

    interpreter: Interpreter
    paragraphs: InlineReader

    def table(self, element: BaseOxmlElement, place: str) -> Table:
        """One table; nested tables and conditional table styles are refused."""
        own = element.find(qn("w:tblPr"))
        properties = self._properties(own, place)
        widths = tuple(twips(attribute(column, "w")) for column in children(element.find(qn("w:tblGrid"))))
        rows = list(_row_elements(element, place))
        grid = _Grid(properties, len(widths), len(rows), place)
        raw = [list(_raw_cells(row, place)) for row in rows]
        return Table(
            rows=tuple(self._row(rows[number], raw, number, grid) for number in range(len(rows))),
            widths=widths,
            alignment=read_alignment(properties.get("jc"), place, default=Alignment.LEFT),
            indent=twips(attribute(properties.get("tblInd"), "w")),
            place=place,
        )

    def _properties(self, own: BaseOxmlElement | None, place: str) -> Properties:
        named = attribute(own.find(qn("w:tblStyle")), "val") if own is not None else None
        sheet = self.interpreter.sheet
        for style in sheet.chain(named, "table"):
            if style.find(qn("w:tblStylePr")) is not None:
                raise UnsupportedFormatting(place, "带条件格式的表格样式（请改用“网格型”）")
        properties = merge([*sheet.layers(named, "table", "tblPr"), own])
        refuse_unread(properties, place, known=_TABLE_KNOWN)
        return properties

    def _row(self, row: BaseOxmlElement, raw: list[list[_RawCell]], number: int, grid: _Grid) -> Row:
        properties = merge([row.find(qn("w:trPr"))])
        place = f"{grid.place}第{number + 1}行"
        refuse_unread(properties, place, known=_ROW_KNOWN)
        height = properties.get("trHeight")
        cells = (
            self._cell(cell, _rows_covered(raw, number, cell), number, grid)
            for cell in raw[number]
            if cell.merge != "continue"
        )
        return Row(
            cells=tuple(cells),
            height=twips(attribute(height, "val")),
            repeats=switched_on(properties.get("tblHeader")),
            splits=not switched_on(properties.get("cantSplit")),
        )

    def _cell(self, raw: _RawCell, rows: int, number: int, grid: _Grid) -> Cell:
        place = f"{grid.place}第{number + 1}行第{raw.column + 1}列"
        outer = (
            number == 0,
            number + rows == grid.rows,
            raw.column == 0,
            raw.column + raw.columns == grid.columns,
        )
        own = raw.element.find(qn("w:tcPr"))
        key = (*outer, signature(own))
        if key not in grid.looks:
            grid.looks[key] = _look(own, grid.properties, outer, place)
        look = grid.looks[key]
        return Cell(
            paragraphs=joined_paragraphs(self._paragraphs(raw.element, place)),
            column=raw.column,
            columns=raw.columns,
            rows=rows,
            edges=look.edges,
            insets=look.insets,
            vertical=look.vertical,
            shade=look.shade,
        )

    def _paragraphs(self, cell: BaseOxmlElement, place: str) -> Iterator[Paragraph]:
        number = 0
        for element in children(cell):
            name = local_name(element)
            if name == "p":
                number += 1
                yield self.paragraphs.paragraph(element, f"{place}第{number}段")
            elif name == "tbl":
                raise UnsupportedFormatting(place, "表格中的表格")
            elif name not in {"tcPr", "bookmarkStart", "bookmarkEnd"}:
                raise UnsupportedFormatting(place, "内容控件" if name == "sdt" else name)


def _look(own: BaseOxmlElement | None, table: Properties, outer: tuple[bool, bool, bool, bool], place: str) -> _Look:
    properties = merge([own])
    refuse_unread(properties, place, known=_CELL_KNOWN)
    return _Look(
        edges=_edges(properties.get("tcBorders"), table.get("tblBorders"), outer, place),
        insets=_insets(properties.get("tcMar"), table.get("tblCellMar")),
        vertical=_VERTICAL[attribute(properties.get("vAlign"), "val")],
        shade=_shade(properties.get("shd"), place),
    )


def _row_elements(table: BaseOxmlElement, place: str) -> Iterator[BaseOxmlElement]:
    for element in children(table):
        name = local_name(element)
        if name == "tr":
            yield element
        elif name not in {"tblPr", "tblGrid", "bookmarkStart", "bookmarkEnd"}:
            raise UnsupportedFormatting(place, name)


def _raw_cells(row: BaseOxmlElement, place: str) -> Iterator[_RawCell]:
    column = 0
    for element in children(row):
        name = local_name(element)
        if name != "tc":
            if name not in {"trPr", "bookmarkStart", "bookmarkEnd"}:
                raise UnsupportedFormatting(place, "未接受的修订" if name in {"ins", "del"} else name)
            continue
        own = element.find(qn("w:tcPr"))
        span, joined = (own.find(qn(f"w:{name}")) if own is not None else None for name in ("gridSpan", "vMerge"))
        columns = int(attribute(span, "val") or 1)
        kind = None if joined is None else attribute(joined, "val") or "continue"
        yield _RawCell(element, column, columns, kind)
        column += columns


def _rows_covered(raw: list[list[_RawCell]], number: int, cell: _RawCell) -> int:
    """How many rows a cell covers: those below it that continue its merge in the same column."""
    if cell.merge != "restart":
        return 1
    covered = 1
    for row in raw[number + 1 :]:
        if not any(other.column == cell.column and other.merge == "continue" for other in row):
            break
        covered += 1
    return covered


def _edges(
    own: BaseOxmlElement | None,
    table: BaseOxmlElement | None,
    outer: tuple[bool, bool, bool, bool],
    place: str,
) -> Edges:
    """The cell's own borders, else the table's outer or inner ones."""

    def border(name: str, inner: str, *, outside: bool) -> Border | None:
        own_side = own.find(qn(f"w:{name}")) if own is not None else None
        if own_side is not None:
            return read_border(own_side, place)
        side = table.find(qn(f"w:{name if outside else inner}")) if table is not None else None
        return read_border(side, place)

    _refuse_diagonals(own, place)
    top, bottom, left, right = outer
    return Edges(
        top=border("top", "insideH", outside=top),
        bottom=border("bottom", "insideH", outside=bottom),
        left=border("left", "insideV", outside=left),
        right=border("right", "insideV", outside=right),
    )


def _refuse_diagonals(own: BaseOxmlElement | None, place: str) -> None:
    for name in ("tl2br", "tr2bl"):
        if own is not None and read_border(own.find(qn(f"w:{name}")), place) is not None:
            raise UnsupportedFormatting(place, "斜线表头")


def _insets(own: BaseOxmlElement | None, table: BaseOxmlElement | None) -> Insets:
    def inset(name: str, default: float) -> float:
        for source in (own, table):
            side = source.find(qn(f"w:{name}")) if source is not None else None
            if side is not None:
                return twips(attribute(side, "w"))
        return default

    return Insets(inset("top", 0.0), inset("bottom", 0.0), inset("left", 5.4), inset("right", 5.4))


def _shade(element: BaseOxmlElement | None, place: str) -> str | None:
    if element is None:
        return None
    if attribute(element, "val") not in {"clear", "nil", "solid"}:
        raise UnsupportedFormatting(place, "图案底纹")
    fill = attribute(element, "fill")
    return None if fill in {None, "auto"} else str(fill).upper()
