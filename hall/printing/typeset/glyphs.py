"""A paragraph's inlines as a row of measured glyphs: characters, tabs, pictures, forced line ends."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hall.printing.fonts import FontFace, FontSet
from hall.printing.typeset.model import (
    Inline,
    LineBreak,
    PageField,
    PageFieldKind,
    Paragraph,
    ParagraphStyle,
    Picture,
    Tab,
    Text,
    TextStyle,
    UnsupportedFormatting,
)

PICTURE_SIGN = "\ufffc"
"""Stands for a picture where text is searched for places to break."""

NATURAL_HEIGHT = 1.3
"""Height of a line of Chinese text set "single", in ems: what Word gives 仿宋 and 宋体."""

_APART = 0.25
"""Room between Chinese and Latin letters or digits, in ems."""

_DIGITS = frozenset("0123456789")

_EAST_ASIAN_LATIN = frozenset("·×÷±°§¨")
"""Characters below U+2000 that Chinese text draws with its own typeface."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One unit of a line; `character` is what extraction gives back, a tab or forced end included."""

    character: str
    advance: float
    height: float
    style: TextStyle
    spread: float = 0.0
    """Room added behind the glyph by character spacing or the page's grid."""
    face: FontFace | None = None
    heavy: bool = False
    picture: Picture | None = None

    @property
    def width(self) -> float:
        return self.advance + self.spread


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """The values of page fields on one page."""

    number: int
    count: int


@dataclass(slots=True)
class GlyphMaker:
    """Measures inlines with the fonts and remembers the characters that no font has."""

    fonts: FontSet
    character_space: float = 0.0
    numbers: PageNumbers | None = None
    missing: dict[str, None] = field(default_factory=dict)

    def glyphs(self, paragraph: Paragraph) -> list[Glyph]:
        """The paragraph's glyphs in reading order."""
        space = self.character_space if paragraph.style.snaps_to_grid else 0.0
        glyphs = [glyph for inline in paragraph.inlines for glyph in self._of(inline, paragraph.mark, space)]
        return _parted(glyphs, paragraph.style)

    def _of(self, inline: Inline, mark: TextStyle, space: float) -> Iterator[Glyph]:
        if isinstance(inline, Text):
            yield from (self._character(c, inline.style, space) for c in inline.text if not _is_invisible(c))
        elif isinstance(inline, PageField):
            yield from (self._character(c, inline.style, 0.0) for c in self._field_text(inline))
        elif isinstance(inline, Tab):
            yield Glyph("\t", 0.0, inline.style.size * NATURAL_HEIGHT, inline.style)
        elif isinstance(inline, Picture):
            yield Glyph(PICTURE_SIGN, inline.width, inline.height, mark, picture=inline)
        elif isinstance(inline, LineBreak):
            yield Glyph("\n", 0.0, mark.size * NATURAL_HEIGHT, mark)

    def _field_text(self, field_: PageField) -> str:
        if self.numbers is None:
            raise UnsupportedFormatting("正文", "页眉页脚以外的页码域")
        value = self.numbers.number if field_.kind is PageFieldKind.NUMBER else self.numbers.count
        return str(value)

    def _character(self, character: str, style: TextStyle, space: float) -> Glyph:
        latin = is_latin(character)
        family = style.latin_family if latin else style.family
        bold = self.fonts.bold(family) if style.bold else None
        drawn, face = self.fonts.choose(character, bold or family)
        if drawn != character:
            self.missing[character] = None
        return Glyph(
            character=drawn,
            advance=face.advances[ord(drawn)] * style.size,
            height=style.size * NATURAL_HEIGHT,
            style=style,
            spread=style.spacing + (0.0 if latin else space),
            face=face,
            heavy=style.bold and not _is_bold(face, bold, self.fonts),
        )


def _parted(glyphs: list[Glyph], style: ParagraphStyle) -> list[Glyph]:
    """With the room that Word puts between Chinese and Latin letters or digits."""
    if not (style.parts_letters or style.parts_digits):
        return glyphs
    for index in range(len(glyphs) - 1):
        here, following = glyphs[index], glyphs[index + 1]
        if _stand_apart(here.character, following.character, style):
            glyphs[index] = replace(here, spread=here.spread + _APART * here.style.size)
    return glyphs


def _stand_apart(here: str, following: str, style: ParagraphStyle) -> bool:
    if _is_chinese(here) == _is_chinese(following):
        return False
    other = following if _is_chinese(here) else here
    if other in _DIGITS:
        return style.parts_digits
    return style.parts_letters and is_latin(other) and other.isalpha()


def _is_invisible(character: str) -> bool:
    """Marks that only say how their neighbours stand: joiners, directions, variants of a character."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f" or character >= "\U000e0100"


def _is_chinese(character: str) -> bool:
    return character >= "\u3400" and character.isalpha()


def _is_bold(face: FontFace, bold: str | None, fonts: FontSet) -> bool:
    return bold is not None and face is fonts.main_face(bold)


def is_latin(character: str) -> bool:
    """Whether Word draws the character with the run's Western typeface."""
    return ord(character) < 0x2000 and character not in _EAST_ASIAN_LATIN
