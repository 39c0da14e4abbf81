"""What stands where on a finished page; points, measured from the paper's upper left corner."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PlacedRun:
    """Characters of one line drawn alike; `spread` is added behind every one of them."""

    text: str
    font: Path
    size: float
    colour: str
    heavy: bool
    """Drawn with thickened outlines, for want of a bold cut."""
    spread: float


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text; `wide` where gaps are so wide that readers of the PDF would see spaces in them."""

    x: float
    baseline: float
    runs: tuple[PlacedRun, ...]
    wide: bool = False

    def moved(self, dx: float, dy: float) -> "PlacedLine":
        return PlacedLine(self.x + dx, self.baseline + dy, self.runs, self.wide)


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A straight line: border, underline, separator."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str = "000000"
    dashes: tuple[float, ...] = ()

    def moved(self, dx: float, dy: float) -> "PlacedRule":
        ends = self.x1 + dx, self.y1 + dy, self.x2 + dx, self.y2 + dy
        return PlacedRule(*ends, self.width, self.colour, self.dashes)


@dataclass(frozen=True, slots=True)
class PlacedFill:
    x: float
    y: float
    width: float
    height: float
    colour: str

    def moved(self, dx: float, dy: float) -> "PlacedFill":
        return PlacedFill(self.x + dx, self.y + dy, self.width, self.height, self.colour)


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    x: float
    y: float
    width: float
    height: float
    content: bytes = field(repr=False)

    def moved(self, dx: float, dy: float) -> "PlacedPicture":
        return PlacedPicture(self.x + dx, self.y + dy, self.width, self.height, self.content)


Item = PlacedLine | PlacedRule | PlacedFill | PlacedPicture


@dataclass(frozen=True, slots=True)
class Page:
    width: float
    height: float
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """All pages, and the characters that no font could draw."""

    pages: tuple[Page, ...]
    missing: tuple[str, ...]
