"""Shows what a slip printer makes of ESC/POS bytes: the lines of text and a picture of the paper.

It reads the bytes as a printer does and shares no code with the builder, so a preview proves the bytes.
"""

from dataclasses import dataclass, field

from PIL import Image

from hall.errors import Damaged
from hall.printing.qr import qr_image
from hall.printing.raster import Rasteriser, embolden, ink, line_height
from hall.rules.slip_commands import CUT, RASTER, SYMBOL, SlipCommand, split_commands

CELL, HIGH = 12, 24
DEFAULT_SPACING = 30
CUTTER_DISTANCE = 60
"""Dots fed so that the last line clears the cutter or the tear-off edge."""


class UnreadableSlip(Damaged):
    """The bytes are not a slip that this program has made."""

    def __init__(self, command: bytes) -> None:
        super().__init__(f"小票内容已损坏或不是本系统所生成（{command[:8].hex(' ')}），请重新生成后再打印。")
        self.command = command


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text with its first dot row; `text` is None for a line that came as a picture."""

    text: str | None
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """The printed paper: its lines from top to bottom, native QR contents, whether it was cut, its look."""

    lines: tuple[PrintedLine, ...]
    codes: tuple[str, ...]
    cut: bool
    picture: Image.Image

    @property
    def text(self) -> str:
        """The text lines that were printed with the printer's own characters."""
        return "\n".join(line.text for line in self.lines if line.text is not None)


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    wide: int
    high: int
    bold: bool

    @property
    def width(self) -> int:
        return CELL * self.wide * (1 if self.char.isascii() else 2)


@dataclass(slots=True)
class _Head:
    """The printer's state between two commands."""

    dots: int
    raster: Rasteriser
    strips: list[tuple[int, Image.Image]] = field(default_factory=list)
    lines: list[PrintedLine] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    row: list[_Glyph] = field(default_factory=list)
    top: int = 0
    cut: bool = False
    align: int = 0
    bold: bool = False
    spacing: int = DEFAULT_SPACING
    ascii_size: tuple[int, int] = (1, 1)
    chinese_size: tuple[int, int] = (1, 1)
    module: int = 3
    stored: str = ""
    charset: str = "gb18030"


def slip_paper(payload: bytes, *, dots: int, raster: Rasteriser, charset: str = "gb18030") -> SlipPaper:
    """Print the bytes on paper `dots` wide (384 or 576); raises UnreadableSlip.

    `charset` is what the printer's own characters are coded in, gb18030 or big5; UTF-8 is switched on by the bytes.
    """
    commands, rest = split_commands(payload)
    if rest:
        raise UnreadableSlip(rest)
    head = _Head(dots, raster, charset=charset)
    for command in commands:
        _obey(head, command)
    if head.row:
        _print_row(head)
    return SlipPaper(tuple(head.lines), tuple(head.codes), head.cut, _paper(head))


def _obey(head: _Head, command: SlipCommand) -> None:  # one branch per command of the printer
    match command.name, command.body:
        case b"", body:
            _set_type(head, body)
        case b"\n", _:
            _print_row(head)
        case b"\x1bd", body:
            _feed(head, body[0] * head.spacing)
        case b"\x1bJ", body:
            _feed(head, body[0])
        case name, body if name == RASTER:
            _print_raster(head, body)
        case name, body if name == SYMBOL:
            _obey_symbol(head, body)
        case name, _ if name == CUT:
            _feed(head, CUTTER_DISTANCE)
            head.cut = True
        case name, body:
            _set_mode(head, name, body)


def _set_mode(head: _Head, name: bytes, body: bytes) -> None:
    match name:
        case b"\x1b@":
            head.align, head.bold, head.spacing = 0, False, DEFAULT_SPACING
            head.ascii_size = head.chinese_size = (1, 1)
        case b"\x1ba":
            head.align = body[0]
        case b"\x1bE":
            head.bold = bool(body[0] & 1)
        case b"\x1b3":
            head.spacing = body[0]
        case b"\x1d!":
            head.ascii_size = head.chinese_size = ((body[0] >> 4) + 1, (body[0] & 7) + 1)
        case b"\x1c!":
            head.chinese_size = (2 if body[0] & 4 else 1, 2 if body[0] & 8 else 1)
        case b"\x1cC" if body == b"\xff":
            head.charset = "utf-8"
        case b"\x1c&" | b"\x1bR":
            pass  # Chinese mode and the American character set are what this reader assumes anyway
        case _:
            raise UnreadableSlip(name + body)


def _set_type(head: _Head, body: bytes) -> None:
    try:
        text = body.decode(head.charset)
    except UnicodeDecodeError:
        raise UnreadableSlip(body) from None
    for char in text:
        wide, high = head.ascii_size if char.isascii() else head.chinese_size
        glyph = _Glyph(char, wide, high, head.bold)
        if sum(other.width for other in head.row) + glyph.width > head.dots:
            _print_row(head)
        head.row.append(glyph)


def _print_row(head: _Head) -> None:
    """Characters stand on one base line; the paper moves by the line spacing or the tallest of them."""
    tallest = max((glyph.high * HIGH for glyph in head.row), default=0)
    height = max(head.spacing, tallest)
    strip = Image.new("L", (max(1, sum(glyph.width for glyph in head.row)), height), 255)
    x = 0
    for glyph in head.row:
        picture = _glyph_picture(glyph, head.raster)
        strip.paste(picture, (x + (glyph.width - picture.width) // 2, tallest - glyph.high * HIGH))
        x += glyph.width
    head.lines.append(PrintedLine("".join(glyph.char for glyph in head.row), head.top, height))
    _place(head, ink(strip))
    head.row.clear()


def _glyph_picture(glyph: _Glyph, raster: Rasteriser) -> Image.Image:
    em = HIGH * glyph.high
    picture = raster(glyph.char, em)
    if glyph.wide != glyph.high:
        picture = picture.resize((max(1, picture.width * glyph.wide // glyph.high), picture.height))
    if picture.width > glyph.width:
        picture = picture.resize((glyph.width, line_height(em)), Image.Resampling.LANCZOS)
    return embolden(picture) if glyph.bold else picture


def _print_raster(head: _Head, body: bytes) -> None:
    """`0` m xL xH yL yH dots: m bit 0 doubles the width, bit 1 the height. A picture without dots is none."""
    mode, across, rows = body[1], int.from_bytes(body[2:4], "little"), int.from_bytes(body[4:6], "little")
    if body[0] not in b"0" or not across or not rows:
        raise UnreadableSlip(RASTER + body)
    picture = Image.frombytes("1", (across * 8, rows), bytes(byte ^ 0xFF for byte in body[6:]))
    scaled = (picture.width * (1 + (mode & 1)), picture.height * (1 + (mode >> 1 & 1)))
    picture = picture.resize(scaled, Image.Resampling.NEAREST)
    head.lines.append(PrintedLine(None, head.top, picture.height))
    _place(head, picture)


def _obey_symbol(head: _Head, body: bytes) -> None:
    """`k` pL pH 1 fn parameters: only QR, model 2."""
    function, parameters = body[3:5], body[5:]
    match function:
        case b"1A" | b"1E":
            pass
        case b"1C" if parameters and 1 <= parameters[0] <= 16:
            head.module = parameters[0]
        case b"1P" if parameters.isascii():
            head.stored = parameters[1:].decode("ascii")
        case b"1Q" if head.stored:
            head.codes.append(head.stored)
            _place(head, qr_image(head.stored, module_dots=head.module, quiet=0))
        case _:
            raise UnreadableSlip(SYMBOL + body)


def _place(head: _Head, picture: Image.Image) -> None:
    """Put a printed strip on the paper at the present height, aligned, cut off at the paper's edge."""
    room = max(0, head.dots - picture.width)
    head.strips.append(((0, room // 2, room)[head.align % 3], picture))
    head.top += picture.height


def _feed(head: _Head, dots: int) -> None:
    if head.row:
        _print_row(head)
    head.strips.append((0, Image.new("1", (1, max(1, dots)), 1)))
    head.top += max(1, dots)


def _paper(head: _Head) -> Image.Image:
    paper = Image.new("1", (head.dots, max(1, head.top)), 1)
    top = 0
    for x, strip in head.strips:
        paper.paste(strip, (x, top))
        top += strip.height
    return paper
