"""Where things stand on the pages of a finished PDF: millimetres from the paper's upper left corner."""

import ctypes
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
from pypdfium2 import raw

_SECOND_HALF = re.compile("[\udc00-\udfff]")
"""A rare character counts as two here; the first stands for both."""

MM = 72 / 25.4
"""Points of a millimetre."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A character: its origin on the baseline, its ink, its size in points, its colour as RRGGBB."""

    text: str
    x: float
    baseline: float
    left: float
    right: float
    top: float
    bottom: float
    size: float
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one baseline, from left to right."""

    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        return "".join(mark.text for mark in self.marks)

    @property
    def x(self) -> float:
        return self.marks[0].x

    @property
    def end(self) -> float:
        """Where the last character's square ends, punctuation and digits of Chinese text included."""
        last = self.marks[-1]
        return last.x + last.size / MM * (0.5 if last.text.isascii() else 1.0)

    @property
    def baseline(self) -> float:
        return self.marks[0].baseline

    @property
    def top(self) -> float:
        return min(mark.top for mark in self.marks)

    @property
    def bottom(self) -> float:
        return max(mark.bottom for mark in self.marks)

    @property
    def size(self) -> float:
        return self.marks[0].size

    @property
    def middle(self) -> float:
        return (self.x + self.end) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line; `y` is its middle."""

    left: float
    right: float
    y: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[tuple[float, float, float, float], ...]
    """Left, top, right, bottom of each."""


def sheets(pdf: bytes) -> list[Sheet]:
    """All pages of a PDF."""
    return [_sheet(page) for page in pypdfium2.PdfDocument(io.BytesIO(pdf))]


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    width, height = page.get_size()
    marks = sorted(_marks(page, height), key=lambda mark: (round(mark.baseline, 1), mark.x))
    lines = tuple(Line(tuple(group)) for _, group in groupby(marks, key=lambda mark: round(mark.baseline, 1)))
    rules, pictures = [], []
    for item in page.get_objects():
        left, low, right, high = item.get_bounds()
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append((left / MM, (height - high) / MM, right / MM, (height - low) / MM))
        elif item.type == raw.FPDF_PAGEOBJ_PATH and right - left > high - low:
            y = (height - (low + high) / 2) / MM
            rules.append(
                Rule(left / MM, right / MM, y, (high - low) / MM, _colour(item.raw, raw.FPDFPageObj_GetStrokeColor))
            )
    return Sheet(width / MM, height / MM, lines, tuple(rules), tuple(pictures))


def _marks(page: pypdfium2.PdfPage, height: float) -> Iterator[Mark]:
    text = page.get_textpage()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if character.isspace() or _SECOND_HALF.match(character) or raw.FPDFText_IsGenerated(text.raw, index):
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        left, low, right, high = text.get_charbox(index)
        yield Mark(
            character,
            x.value / MM,
            (height - y.value) / MM,
            left / MM,
            right / MM,
            (height - high) / MM,
            (height - low) / MM,
            raw.FPDFText_GetFontSize(text.raw, index),
            _colour((text.raw, index), raw.FPDFText_GetFillColor),
        )


def _colour(item: object, ask: object) -> str:
    parts = [ctypes.c_uint() for _ in range(4)]
    given = item if isinstance(item, tuple) else (item,)
    assert callable(ask)
    ask(*given, *parts)
    return "".join(f"{part.value:02X}" for part in parts[:3])
