"""Sets a paragraph: its glyphs broken into lines, each line aligned, spread and measured."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hall.printing.typeset.breaking import HANGING, fill_lines, stretches_after
from hall.printing.typeset.drawing import PositionedGlyph, drawn_items
from hall.printing.typeset.glyphs import NATURAL_HEIGHT, Glyph, GlyphMaker
from hall.printing.typeset.model import Alignment, LineRule, Paragraph, ParagraphStyle, TabStop
from hall.printing.typeset.placed import Item, PlacedRule

_ASCENT = 0.88
"""Distance from the top of a character's square to its baseline, in ems, in every font we ship."""

_HUNG = 0.02
"""Points by which a line must be too long for its last mark to stand beyond its end."""

_TAB_TOLERANCE = 0.1
"""Points by which text may stand beyond a tab stop and still be considered at it."""


@dataclass(frozen=True, slots=True)
class LineBox:
    """A finished line: its items measured from the column's left edge and the line's top."""

    height: float
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ParagraphBox:
    lines: tuple[LineBox, ...]
    style: ParagraphStyle


@dataclass(frozen=True, slots=True)
class _Line:
    """The glyphs of one line with what aligning them needs to know."""

    glyphs: Sequence[Glyph]
    start: float
    room: float
    last: bool


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets paragraphs into a column of one width (points) with one line grid and one tab distance."""

    maker: GlyphMaker
    width: float
    grid: float | None
    default_tab: float
    known: dict[tuple[Paragraph, float, float | None], ParagraphBox] = field(default_factory=dict)
    """What was set before: half the cells of a list say what others say."""

    def narrowed(self, width: float) -> "Setter":
        """The same for another column."""
        return replace(self, width=width)

    def paragraph(self, paragraph: Paragraph) -> ParagraphBox:
        """All lines of a paragraph; an empty one has a single line of its mark's height."""
        key = paragraph, self.width, self.grid
        if key not in self.known:
            self.known[key] = self._set(paragraph)
        return self.known[key]

    def _set(self, paragraph: Paragraph) -> ParagraphBox:
        glyphs = self.maker.glyphs(paragraph)
        style = paragraph.style
        if glyphs:
            lines = list(self._lines(glyphs, style))
        else:
            lines = [LineBox(self._line_height(paragraph.mark.size * NATURAL_HEIGHT, style), ())]
        return ParagraphBox(tuple(_with_borders(lines, style, self.width)), style)

    def _lines(self, glyphs: list[Glyph], style: ParagraphStyle) -> Iterator[LineBox]:
        text = "".join(glyph.character for glyph in glyphs)
        room = self.width - style.left - style.right
        starts = (style.left + style.first_line, style.left)
        rooms = (room - style.first_line, room)

        def advance(index: int, x: float, line: int) -> float:
            return self._advance(glyphs, index, starts[min(line, 1)] + x, style)

        for number, span in enumerate(fill_lines(text, advance, widths=rooms, hanging=style.hangs_marks)):
            which = min(number, 1)
            last = span.forced or span.end == len(text)
            yield self._box(_Line(glyphs[span.start : span.end], starts[which], rooms[which], last), style)

    def _advance(self, glyphs: Sequence[Glyph], index: int, x: float, style: ParagraphStyle) -> float:
        """A glyph's width; a tab reaches to its stop, less what a centred or right stop has behind it.

        Text that a centred stop would push past the column's end stands at that end.
        """
        if glyphs[index].character != "\t":
            return glyphs[index].width
        stop = self._tab_stop(x, style)
        following = 0.0
        for glyph in glyphs[index + 1 :]:
            if glyph.character in "\t\n":
                break
            following += glyph.width
        begins = {
            Alignment.CENTER: min(stop.position - following / 2, self.width - style.right - following),
            Alignment.RIGHT: stop.position - following,
        }
        return max(begins.get(stop.alignment, stop.position) - x, 0.0)

    def _tab_stop(self, x: float, style: ParagraphStyle) -> TabStop:
        """The next stop after `x`; a hanging indent is a stop too, and behind all there is the default grid."""
        hanging = (TabStop(style.left, Alignment.LEFT),) if style.first_line < 0 else ()
        stops: list[TabStop] = sorted((*style.tab_stops, *hanging), key=lambda stop: stop.position)
        for stop in stops:
            if stop.position > x + _TAB_TOLERANCE:
                return stop
        steps = int((x + _TAB_TOLERANCE) / self.default_tab) + 1
        return TabStop(steps * self.default_tab, Alignment.LEFT)

    def _box(self, line: _Line, style: ParagraphStyle) -> LineBox:
        size = max((g.style.size for g in line.glyphs if g.picture is None), default=0.0)
        natural = max((g.height for g in line.glyphs if g.picture is None), default=0.0)
        text_height = self._line_height(natural, style)
        text_baseline = (text_height - size) / 2 + _ASCENT * size
        picture = max((g.height for g in line.glyphs if g.picture is not None), default=0.0)
        baseline = max(text_baseline, picture)
        height = max(text_height, baseline + (text_height - text_baseline if natural else 0.0))
        return LineBox(height, tuple(drawn_items(self._aligned(line, style), baseline)))

    def _line_height(self, natural: float, style: ParagraphStyle) -> float:
        """The height of a line whose text alone would take `natural` points; 0 for a line without text."""
        rule, value = style.spacing.rule, style.spacing.value
        if not natural:
            return 0.0
        if rule is LineRule.EXACT:
            return value
        if rule is LineRule.AT_LEAST:
            return max(value, natural)
        if self.grid is not None and style.snaps_to_grid:
            return self.grid * max(value, math.ceil(natural / self.grid - 0.01))
        return natural * value

    def _aligned(self, line: _Line, style: ParagraphStyle) -> list[PositionedGlyph]:
        """Every glyph with its place and the room behind it."""
        widths: list[float] = []
        x = line.start
        for index in range(len(line.glyphs)):
            widths.append(self._advance(line.glyphs, index, x, style))
            x += widths[-1]
        text = "".join(glyph.character for glyph in line.glyphs).rstrip(" \n")
        seen = len(text)
        if text[-1:] in HANGING and style.hangs_marks and sum(widths[:seen]) > line.room + _HUNG:
            seen -= 1
        slack = max(line.room - sum(widths[:seen]), 0.0)
        gaps = _widened(line, seen, slack, style.alignment)
        shares = {Alignment.CENTER: 0.5, Alignment.RIGHT: 1.0}
        x = line.start + (0.0 if any(gaps) else slack * shares.get(style.alignment, 0.0))
        placed = []
        for glyph, width, gap in zip(line.glyphs, widths, gaps, strict=True):
            placed.append(PositionedGlyph(glyph, x, width, glyph.spread + gap))
            x += width + gap
        return placed


def _widened(line: _Line, seen: int, slack: float, alignment: Alignment) -> list[float]:
    """What justifying adds behind each glyph; nothing on a paragraph's last line or beside tabs."""
    gaps = [0.0] * len(line.glyphs)
    text = "".join(glyph.character for glyph in line.glyphs[:seen])
    spreads = alignment is Alignment.DISTRIBUTE or (alignment is Alignment.JUSTIFY and not line.last)
    if not spreads or "\t" in text:
        return gaps
    places = [index for index, may in enumerate(stretches_after(text)[:-1]) if may]
    for index in places:
        gaps[index] = slack / len(places)
    return gaps


def _with_borders(lines: list[LineBox], style: ParagraphStyle, width: float) -> list[LineBox]:
    """Rules above the first and below the last line; they and their distance from the text take room."""
    left, right = style.left, width - style.right
    if style.top_border is not None:
        rule, line = style.top_border, lines[0]
        room, y = rule.space + rule.width, rule.width / 2
        drawn = PlacedRule(left, y, right, y, rule.width, rule.colour, rule.dashes)
        lines[0] = LineBox(line.height + room, (*(item.moved(0, room) for item in line.items), drawn))
    if style.bottom_border is not None:
        rule, line = style.bottom_border, lines[-1]
        y = line.height + rule.space + rule.width / 2
        drawn = PlacedRule(left, y, right, y, rule.width, rule.colour, rule.dashes)
        lines[-1] = LineBox(line.height + rule.space + rule.width, (*line.items, drawn))
    return lines
