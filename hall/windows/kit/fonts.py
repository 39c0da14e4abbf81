"""Chinese fonts for the screen: the shipped ones first, then what the system has."""

from PySide6.QtGui import QFont, QFontDatabase

from hall.resources import resource
from hall.windows.kit import tokens

# Shipped for the screen; the fonts of documents are not registered, which would only cost time at the start.
SCREEN_FONTS = ("HallHei-Regular.ttf", "HallRare-Regular.ttf")

# Wanted in this order; the last ones cover rare characters of names (Ext B and beyond).
FAMILIES = (
    "Hall Hei",
    "Hall Rare",
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


def screen_families() -> tuple[str, ...]:
    """The wanted families that are here, so that Qt does not search for absent ones at each text.

    A shipped file that Qt cannot read is passed over: the system's fonts serve.
    """
    for name in SCREEN_FONTS:
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}")))
    here = set(QFontDatabase.families())
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
    result.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return result


def sized_to(font: QFont, height: int, *, bold: bool = False) -> QFont:
    """The same font in pixels: for displays, where a number must have a share of the screen's height."""
    result = QFont(font)
    result.setPixelSize(max(1, height))
    result.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return result
