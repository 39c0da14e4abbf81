"""What stands where on a finished page; points, measured from the paper's upper left corner."""

from dataclasses import dataclass, field, replace
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
        return replace(self, x=self.x + dx, baseline=self.baseline + dy)


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
        return replace(self, x1=self.x1 + dx, y1=self.y1 + dy, x2=self.x2 + dx, y2=self.y2 + dy)


@dataclass(frozen=True, slots=True)
class PlacedFill:
    x: float
    y: float
    width: float
    height: float
    colour: str

    def moved(self, dx: float, dy: float) -> "PlacedFill":
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    x: float
    y: float
    width: float
    height: float
    content: bytes = field(repr=False)

    def moved(self, dx: float, dy: float) -> "PlacedPicture":
        return replace(self, x=self.x + dx, y=self.y + dy)


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
