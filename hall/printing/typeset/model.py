"""What a document says and how it wants to look, read once from the .docx; all measures in points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hall.errors import Refused


class UnsupportedFormatting(Refused):
    """The document uses formatting that would be lost on paper; `place` says where."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}：排版程序不支持“{what}”，请在 Word 中打开模板改用其他格式。")
        self.place = place
        self.what = what


class Alignment(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"
    DISTRIBUTE = "distribute"


class LineRule(StrEnum):
    """How `LineSpacing.value` is meant: points exactly, points at least, or times the natural height."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MULTIPLE = "multiple"


@dataclass(frozen=True, slots=True)
class LineSpacing:
    rule: LineRule = LineRule.MULTIPLE
    value: float = 1.0


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one run looks; Latin letters and digits may have a family of their own."""

    family: str
    latin_family: str
    size: float
    bold: bool = False
    underline: bool = False
    colour: str = "000000"
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    style: TextStyle


@dataclass(frozen=True, slots=True)
class Picture:
    """An inline picture (PNG or JPEG file content)."""

    content: bytes = field(repr=False)
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line forced by the author."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page forced by the author, inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Tab:
    style: TextStyle


class PageFieldKind(StrEnum):
    NUMBER = "number"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class PageField:
    """The number of this page, or of all pages."""

    kind: PageFieldKind
    style: TextStyle


Inline = Text | Picture | LineBreak | PageBreak | Tab | PageField


@dataclass(frozen=True, slots=True)
class TabStop:
    position: float
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Border:
    """A ruled line; `dashes` are lengths on and off, empty for a solid line; `space` keeps text away from it."""

    width: float
    colour: str = "000000"
    dashes: tuple[float, ...] = ()
    space: float = 0.0


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph's shape; `first_line` is negative for a hanging indent."""

    alignment: Alignment = Alignment.LEFT
    left: float = 0.0
    right: float = 0.0
    first_line: float = 0.0
    before: float = 0.0
    after: float = 0.0
    spacing: LineSpacing = LineSpacing()
    snaps_to_grid: bool = True
    keep_next: bool = False
    keep_lines: bool = False
    page_break_before: bool = False
    widow_control: bool = True
    tab_stops: tuple[TabStop, ...] = ()
    top_border: Border | None = None
    bottom_border: Border | None = None
    parts_letters: bool = True
    """Whether a quarter of an em stands between Chinese and Latin letters."""
    parts_digits: bool = True
    """The same between Chinese and digits."""
    hangs_marks: bool = True
    """Whether a closing mark may stand beyond the end of its line."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: tuple[Inline, ...]
    style: ParagraphStyle
    mark: TextStyle
    """The look of the paragraph mark: it gives an empty paragraph its height."""


@dataclass(frozen=True, slots=True)
class Edges:
    """A cell's four borders, None where there is none."""

    top: Border | None = None
    bottom: Border | None = None
    left: Border | None = None
    right: Border | None = None


@dataclass(frozen=True, slots=True)
class Insets:
    top: float = 0.0
    bottom: float = 0.0
    left: float = 5.4
    right: float = 5.4


class VerticalAlignment(StrEnum):
    TOP = "top"
    CENTER = "center"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, with the grid columns and rows it covers."""

    paragraphs: tuple[Paragraph, ...]
    column: int
    columns: int
    rows: int
    edges: Edges
    insets: Insets
    vertical: VerticalAlignment = VerticalAlignment.TOP
    shade: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row's own cells; cells merged from above are in the row where they begin."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    """The least height: a row grows with its content even where Word would cut it off."""
    repeats: bool = False
    """Whether it is a heading that is repeated on every page."""
    splits: bool = True
    """Whether it may begin on one page and end on the next."""


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    alignment: Alignment
    indent: float
    place: str


Block = Paragraph | Table


class Furniture(StrEnum):
    """Which pages a header or footer stands on."""

    DEFAULT = "default"
    FIRST = "first"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class PageShape:
    """Paper, margins and the distances of header and footer from the paper's edge."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float
    footer: float
    grid_pitch: float | None = None
    """Distance of the lines of the page's line grid, where the section has one."""
    character_space: float = 0.0
    """What the page's grid adds to every full-width character; negative values pull them together."""


@dataclass(frozen=True, slots=True)
class Section:
    shape: PageShape
    blocks: tuple[Block, ...]
    headers: Mapping[Furniture, tuple[Paragraph, ...]]
    footers: Mapping[Furniture, tuple[Paragraph, ...]]


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    sections: tuple[Section, ...]
    default_tab: float = 36.0
