"""Lines of text as 1-bit pictures, for characters that a slip printer's own fonts lack."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from hall.printing.fonts import FontRole, FontSet

Rasteriser = Callable[[str, int], Image.Image]
"""(text, em in dots) -> greyscale picture, black on white, as wide as the text and `line_height(em)` high."""

BASELINE = 0.88
INK_BELOW = 160
"""Grey values below this become ink: somewhat more than half, so that thin strokes survive."""


def line_height(em: int) -> int:
    """A quarter of the em between lines: 30 dots for the usual 24."""
    return em * 5 // 4


class LineRasteriser:
    """Draws lines with the program's font files; keeps opened fonts, so one per thread."""

    def __init__(self, fonts: FontSet) -> None:
        self._files = fonts
        self._fonts: dict[tuple[Path, int], ImageFont.FreeTypeFont] = {}

    def __call__(self, text: str, em: int) -> Image.Image:
        drawn = [(run, self._font(path, em)) for run, path in self._files.font_files_for(text, FontRole.HEI)]
        widths = [round(font.getlength(run)) for run, font in drawn]
        picture = Image.new("L", (max(1, sum(widths)), line_height(em)), 255)
        pen = ImageDraw.Draw(picture)
        x = 0
        for (run, font), width in zip(drawn, widths, strict=True):
            pen.text((x, round(BASELINE * em)), run, fill=0, font=font, anchor="ls")
            x += width
        return picture

    def lacks(self, text: str) -> tuple[str, ...]:
        """The characters that are drawn as 〓 because no font has them."""
        return self._files.split(text, FontRole.HEI).missing

    def _font(self, path: Path, em: int) -> ImageFont.FreeTypeFont:
        key = (path, em)
        if key not in self._fonts:
            self._fonts[key] = ImageFont.truetype(str(path), em, layout_engine=ImageFont.Layout.BASIC)
        return self._fonts[key]


def squeeze(picture: Image.Image, width: int) -> Image.Image:
    """The picture no wider than `width`, its height kept."""
    if picture.width <= width:
        return picture
    return picture.resize((width, picture.height), Image.Resampling.LANCZOS)


def stretch(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A line drawn at the height of `size` brought to its width factor as well."""
    wide, high = size
    if wide == high:
        return picture
    return picture.resize((max(1, picture.width * wide // high), picture.height), Image.Resampling.LANCZOS)


def embolden(picture: Image.Image) -> Image.Image:
    """Struck twice, one dot apart, as printers do it."""
    shifted = Image.new("L", picture.size, 255)
    shifted.paste(picture, (1, 0))
    return ImageChops.darker(picture, shifted)


def ink(picture: Image.Image) -> Image.Image:
    """Black and white: 0 is ink."""
    return picture.point([0 if grey < INK_BELOW else 255 for grey in range(256)]).convert("1")


def packed(picture: Image.Image) -> tuple[int, int, bytes]:
    """(bytes per row, rows, bits) of a 1-bit picture with 1 for ink, blank columns at the right left out."""
    ink_bits = ImageChops.invert(picture.convert("L"))
    box = ink_bits.getbbox()
    width = 8 * (-(-(box[2] if box else 1) // 8))
    rows = Image.new("L", (width, picture.height), 0)
    rows.paste(ink_bits, (0, 0))
    return width // 8, picture.height, rows.convert("1").tobytes()
