"""Slips as ESC/POS bytes: text in the printer's own Chinese fonts, a picture only for what they lack."""

from collections.abc import Callable, Sequence
from typing import assert_never

from PIL import Image

from hall.printing.qr import QUIET_MODULES, qr_image, qr_matrix
from hall.printing.raster import Rasteriser, embolden, ink, packed, squeeze, stretch
from hall.printing.slip import (
    Align,
    Rom,
    Slip,
    SlipFeed,
    SlipLine,
    SlipPair,
    SlipPart,
    SlipProfile,
    SlipQr,
    SlipRule,
    SlipText,
    cells,
    lay,
)

EM = 24
"""Dots of a full-width character of normal size."""
LINE = 30
"""Dots from line to line at normal size; grows with the height factor."""
LARGEST_QR_MODULE = 6
"""0.75 mm: read by any phone, and a receipt's code stays about 40 mm wide."""
RASTER_QR_MODULE = 4
"""0.5 mm, the least that scanners and phones read well from thermal paper: a code as a picture costs bytes."""
TEAR_OFF_LINES = 5

RESET = b"\x1b@"
CHINESE_ON = b"\x1c&"
UTF8_ON = b"\x1cC\xff"
"""Sunmi and its like read UTF-8 after this (trade knowledge; no manual was at hand)."""
USA_CHARACTERS = b"\x1bR\x00"
CUT = b"\x1dVB\x00"

_ALIGN: dict[Align, bytes] = {"left": b"\x1ba\x00", "centre": b"\x1ba\x01", "right": b"\x1ba\x02"}


def render(slip: Slip, profile: SlipProfile, raster: Rasteriser) -> bytes:
    """The bytes of one whole slip, from reset to cut (or feed to the tear-off edge without a cutter)."""
    start = RESET + USA_CHARACTERS + _character_mode(profile.rom) + _spacing(1)
    body = b"".join(_part(part, profile, raster) for part in slip.parts)
    return start + body + (CUT if profile.cutter else _feed(TEAR_OFF_LINES))


def missing_in(slip: Slip, profile: SlipProfile, *, lacks: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """The characters that come out as 〓: neither the printer nor the program's fonts (`lacks`) have them."""
    drawn = [
        text
        for part in slip.parts
        if isinstance(part, SlipText | SlipPair)
        for line in lay(part, profile.columns)
        if rom_bytes(line.left, profile.rom) is None or rom_bytes(line.right, profile.rom) is None
        for text in (line.left, line.right)
    ]
    return tuple(dict.fromkeys(char for text in drawn for char in lacks(text)))


def _character_mode(rom: Rom) -> bytes:
    """One without Chinese characters is left as it is: it gets ASCII and pictures only."""
    if rom == "none":
        return b""
    return CHINESE_ON + UTF8_ON if rom == "utf-8" else CHINESE_ON


def rom_bytes(text: str, rom: Rom) -> bytes | None:
    """The text in the ROM's code, or None if the ROM lacks one of its characters.

    Printers that claim GB18030 hold its double-byte area only; four-byte codes would print as garbage. One that
    reads UTF-8 is trusted with what the double-byte sets hold, simplified or traditional.
    """
    codes = [_rom_code(char, rom) for char in text]
    return None if None in codes else b"".join(code for code in codes if code is not None)


def _rom_code(char: str, rom: Rom) -> bytes | None:
    if char.isascii():
        return char.encode("ascii")
    if rom == "none" or "\ue000" <= char <= "\uf8ff":
        return None
    if rom == "utf-8":
        held = _double_byte(char, "gb18030") or _double_byte(char, "big5")
        return char.encode("utf-8") if held else None
    return _double_byte(char, rom)


def _double_byte(char: str, rom: Rom) -> bytes | None:
    """The character's two bytes, or None where it has none or another number of them."""
    try:
        code = char.encode("gbk" if rom == "gb2312" else rom)
        if rom == "gb2312":  # asked by its place: the standard gives some signs other code points than GBK does
            code.decode("gb2312")
    except UnicodeError:
        return None
    return code if len(code) == 2 else None


def _part(part: SlipPart, profile: SlipProfile, raster: Rasteriser) -> bytes:
    match part:
        case SlipText() | SlipPair() | SlipRule():
            return b"".join(_line(line, profile, raster) for line in lay(part, profile.columns))
        case SlipQr(payload):
            return _native_qr(payload, profile) if profile.native_qr else _raster_qr(payload, profile)
        case SlipFeed(lines):
            return _feed(lines)
        case _:
            assert_never(part)


def _line(line: SlipLine, profile: SlipProfile, raster: Rasteriser) -> bytes:
    left, right = rom_bytes(line.left, profile.rom), rom_bytes(line.right, profile.rom)
    if left is None or right is None:
        return _image(_line_picture(line, profile.dots, raster))
    gap = profile.columns - cells(line.left) - cells(line.right) if right else 0
    before, after = _modes(line)
    return before + left + b" " * gap + right + b"\n" + after


def _modes(line: SlipLine) -> tuple[bytes, bytes]:
    """Bytes that set the line's size, weight and position before it, and undo them after it."""
    before, after = b"", b""
    if line.align != "left":
        before, after = _ALIGN[line.align], _ALIGN["left"]
    if line.bold:
        before, after = before + b"\x1bE\x01", after + b"\x1bE\x00"
    if line.size != (1, 1):
        before += _size(line.size) + _spacing(line.size[1])
        after += _size((1, 1)) + _spacing(1)
    return before, after


def _size(size: tuple[int, int]) -> bytes:
    """GS ! for all characters and FS ! for Chinese; some firmware obeys only one, the last one wins.

    FS ! knows no more than double size, so for anything larger GS ! has the last word.
    """
    wide, high = size
    every = bytes((0x1D, 0x21, (wide - 1) << 4 | (high - 1)))
    chinese = bytes((0x1C, 0x21, (wide > 1) << 2 | (high > 1) << 3))
    return chinese + every if max(size) > 2 else every + chinese


def _spacing(high: int) -> bytes:
    return bytes((0x1B, 0x33, LINE * high))


def _feed(lines: int) -> bytes:
    return bytes((0x1B, 0x64, lines))


def _line_picture(line: SlipLine, dots: int, raster: Rasteriser) -> Image.Image:
    """The whole line as a strip of paper, with its position on the paper drawn in."""
    strip = Image.new("L", (dots, LINE * line.size[1]), 255)
    for text, align in ((line.left, line.align), (line.right, "right")):
        if not text:
            continue
        picture = stretch(raster(text, EM * line.size[1]), line.size)
        picture = squeeze(picture, EM // 2 * line.size[0] * cells(text) or 1)
        room = dots - picture.width
        at = {"left": 0, "centre": room // 2, "right": room}[align]
        strip.paste(embolden(picture) if line.bold else picture, (at, 0))
    return ink(strip)


def _image(picture: Image.Image, *, doubled: bool = False) -> bytes:
    """GS v 0; `doubled` lets the printer print each dot twice as wide and high."""
    across, rows, bits = packed(picture)
    size = across.to_bytes(2, "little") + rows.to_bytes(2, "little")
    return b"\x1dv0" + (b"\x03" if doubled else b"\x00") + size + bits


def _module_dots(payload: str, profile: SlipProfile, largest: int) -> int:
    side = len(qr_matrix(payload)) + 2 * QUIET_MODULES
    return min(largest, profile.dots // side)


def _native_qr(payload: str, profile: SlipProfile) -> bytes:
    """GS ( k functions 165, 167, 169, 180, 181. Printers add no quiet zone: feed it above and below."""
    module = _module_dots(payload, profile, LARGEST_QR_MODULE)
    stored = payload.encode("ascii")
    commands = (b"1A2\x00", bytes((0x31, 0x43, module)), b"1E1", b"1P0" + stored, b"1Q0")
    code = b"".join(b"\x1d(k" + len(body).to_bytes(2, "little") + body for body in commands)
    return _with_quiet_zone(code, module)


def _raster_qr(payload: str, profile: SlipProfile) -> bytes:
    """The code as a picture, sent at half size and doubled: a quarter of the bytes.

    Only its modules are sent. Should a printer not centre pictures, the margin of the paper is its quiet zone.
    """
    half = max(1, _module_dots(payload, profile, RASTER_QR_MODULE) // 2)
    return _with_quiet_zone(_image(qr_image(payload, module_dots=half, quiet=0), doubled=True), 2 * half)


def _with_quiet_zone(code: bytes, module: int) -> bytes:
    quiet = bytes((0x1B, 0x4A, QUIET_MODULES * module))
    return _ALIGN["centre"] + quiet + code + quiet + _ALIGN["left"]
