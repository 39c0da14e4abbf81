"""Characters that no font has: the mark in their place, and the note of them that a PDF carries itself."""

import re
from collections.abc import Iterable

from hall.printing.preview import opened

MISSING_MARK = "〓"
"""Drawn in the place of a character that no font has (the printers' geta mark, U+3013)."""

_CODE_POINT = re.compile(r"U\+([0-9A-F]{4,6})")


def describe_missing(characters: Iterable[str]) -> str:
    """One sentence that names each character without a glyph by its code point."""
    points = "、".join(_code_points(characters))
    return f"字库中没有下列字符，已用“{MISSING_MARK}”代替，请核对并手工补写：{points}。"


def note_of(characters: Iterable[str]) -> str:
    """What stands in a PDF's keywords: the fonts of another computer may differ, the sheet stays as it is."""
    return " ".join(_code_points(characters))


def noted_in(pdf: bytes) -> tuple[str, ...]:
    """The characters that a PDF of this program shows as 〓."""
    with opened(pdf) as document:
        note: str = document.get_metadata_value("Keywords")
    return tuple(chr(int(point, 16)) for point in _CODE_POINT.findall(note))


def _code_points(characters: Iterable[str]) -> Iterable[str]:
    return (f"U+{ord(character):04X}" for character in characters)
