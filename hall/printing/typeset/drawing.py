"""Gathers the positioned glyphs of a line into as few drawn items as possible."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hall.printing.typeset.glyphs import Glyph
from hall.printing.typeset.placed import Item, PlacedLine, PlacedPicture, PlacedRule, PlacedRun

_WIDE_GAP = 0.08
"""Gaps from this many ems on look like spaces to programs that extract text."""

_UNDERLINE_DROP = 0.14
_UNDERLINE_WEIGHT = 0.045
"""Distance of an underline below the baseline, and its thickness, in ems."""


@dataclass(frozen=True, slots=True)
class PositionedGlyph:
    """A glyph with its place from the column's left edge; `gap` is all the room added behind it."""

    glyph: Glyph
    x: float
    width: float
    gap: float

    @property
    def end(self) -> float:
        return self.x + self.width


def drawn_items(glyphs: Sequence[PositionedGlyph], baseline: float) -> Iterator[Item]:
    """Text, underlines and pictures of one line; text is only cut where a tab or picture stands."""
    for is_text, group in groupby(glyphs, key=lambda item: item.glyph.face is not None):
        members = list(group)
        if is_text:
            yield _text(members, baseline)
        else:
            yield from _pictures(members, baseline)
    for underlined, group in groupby(glyphs, key=_underline_key):
        if underlined is not None:
            yield _underline(list(group), baseline)


def _text(glyphs: list[PositionedGlyph], baseline: float) -> PlacedLine:
    wide = any(item.gap > _WIDE_GAP * item.glyph.style.size for item in glyphs)
    return PlacedLine(glyphs[0].x, baseline, tuple(_runs(glyphs)), wide)


def _runs(glyphs: Iterable[PositionedGlyph]) -> Iterator[PlacedRun]:
    for _, group in groupby(glyphs, key=_look):
        members = list(group)
        first = members[0].glyph
        if first.face is None:
            continue
        yield PlacedRun(
            text="".join(item.glyph.character for item in members),
            font=first.face.path,
            size=first.style.size,
            colour=first.style.colour,
            heavy=first.heavy,
            spread=members[0].gap,
        )


def _look(item: PositionedGlyph) -> tuple[object, ...]:
    glyph = item.glyph
    path = glyph.face.path if glyph.face is not None else None
    return path, glyph.style.size, glyph.style.colour, glyph.heavy, round(item.gap, 4)


def _pictures(glyphs: Iterable[PositionedGlyph], baseline: float) -> Iterator[PlacedPicture]:
    for item in glyphs:
        picture = item.glyph.picture
        if picture is not None:
            top = baseline - picture.height
            yield PlacedPicture(item.x, top, picture.width, picture.height, picture.content)


def _underline_key(item: PositionedGlyph) -> tuple[str, float] | None:
    style = item.glyph.style
    if not style.underline or item.glyph.character == "\n":
        return None
    return style.colour, style.size


def _underline(glyphs: list[PositionedGlyph], baseline: float) -> PlacedRule:
    style = glyphs[0].glyph.style
    y = baseline + _UNDERLINE_DROP * style.size
    return PlacedRule(glyphs[0].x, y, glyphs[-1].end, y, _UNDERLINE_WEIGHT * style.size, style.colour)
