"""Chinese fonts for the screen: the shipped ones first, then what the system has."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from hall.resources import resource
from hall.windows.kit import tokens

# Wanted in this order; the last ones cover rare characters of names (Ext B and beyond).
FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Noto Serif SC",
    "HanaMinA",
    "HanaMinB",
    "SimSun-ExtB",
    "DejaVu Sans",
)


def add_fonts(folder: Path) -> tuple[str, ...]:
    """Register the font files of `folder` with Qt and name the families they brought."""
    families: list[str] = []
    for path in sorted(folder.glob("*.[to]tf")) if folder.is_dir() else ():
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(families)


def screen_families() -> tuple[str, ...]:
    """The wanted families that are here, so that Qt does not search for absent ones at each text."""
    shipped = add_fonts(resource("fonts"))
    here = set(QFontDatabase.families()) | set(shipped)
    return tuple(family for family in FAMILIES if family in here)


def screen_font(families: tuple[str, ...]) -> QFont:
    """The body font of all windows; every figure has the same width."""
    font = QFont()
    if families:
        font.setFamilies(list(families))
    font.setPointSizeF(tokens.BODY)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def sized(font: QFont, points: float, *, bold: bool = False) -> QFont:
    """The same font in another size."""
    result = QFont(font)
    result.setPointSizeF(points)
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return result


def sized_to(font: QFont, height: int, *, bold: bool = False) -> QFont:
    """The same font in pixels: for displays, where a number must have a share of the screen's height."""
    result = QFont(font)
    result.setPixelSize(max(1, height))
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return result
