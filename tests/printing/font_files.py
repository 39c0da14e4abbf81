"""Small font files for tests: one glyph, one licence."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

UNKNOWN = "\U0003134f"
"""A character that no shipped font has."""


def rare_font(path: Path, *, permission: int) -> Path:
    """A font with one character that no shipped font has."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((900, 0))
    pen.lineTo((900, 900))
    pen.closePath()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "rare"])
    font.setupCharacterMap({ord(UNKNOWN): "rare", ord("张"): "rare"})
    font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "rare": pen.glyph()})
    font.setupHorizontalMetrics({".notdef": (1000, 0), "rare": (1000, 0)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": "Rare", "styleName": "Regular", "psName": "Rare-Regular"})
    font.setupOS2(fsType=permission)
    font.setupPost()
    font.save(str(path))
    return path


def collection(path: Path, *fonts: Path) -> Path:
    """Several fonts in one file, as Windows has them."""
    gathered = TTCollection()
    gathered.fonts = [TTFont(font) for font in fonts]
    gathered.save(str(path))
    return path
