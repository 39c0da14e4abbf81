"""A slip as a value: what stands on the narrow paper, and how text is laid out in its columns."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from hall.errors import Refused

Align = Literal["left", "centre", "right"]
Rom = Literal["gb2312", "gbk", "gb18030", "big5", "utf-8", "none"]

ROMS: tuple[Rom, ...] = ("gb2312", "gbk", "gb18030", "big5", "utf-8", "none")
LONGEST_FEED = 4
"""A feed inside a slip stays below the five lines that end a slip on a printer without a cutter."""

NO_LINE_START = frozenset("，。、；：？！）》〉」』】〕］｝”’％℃…—·～,.;:?!)]}%")
NO_LINE_END = frozenset("（《〈「『【〔［｛“‘￥([{")


class BadSlip(Refused):
    """A slip or a printer profile cannot be printed as it is written."""


@dataclass(frozen=True, slots=True)
class SlipText:
    """A paragraph. `size` is (width, height) in multiples of the normal character, 1 to 8."""

    text: str
    size: tuple[int, int] = (1, 1)
    bold: bool = False
    align: Align = "left"

    def __post_init__(self) -> None:
        if not all(1 <= factor <= 8 for factor in self.size):
            raise BadSlip(f"小票字号 {self.size} 超出打印机范围，宽、高倍数都应在 1 到 8 之间。")


@dataclass(frozen=True, slots=True)
class SlipPair:
    """A label at the left edge and its value at the right edge of one line."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class SlipRule:
    """A dashed line over the whole width."""


@dataclass(frozen=True, slots=True)
class SlipQr:
    """A QR code in the middle of the paper, with its quiet zone. The payload is ASCII."""

    payload: str

    def __post_init__(self) -> None:
        if not (self.payload.isascii() and self.payload.isprintable() and 1 <= len(self.payload) <= 180):
            raise BadSlip("二维码内容只能是 1 到 180 个可见的英文字符，请检查凭证内容。")


@dataclass(frozen=True, slots=True)
class SlipFeed:
    """Empty lines, 1 to 4."""

    lines: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.lines <= LONGEST_FEED:
            raise BadSlip(f"小票空行数 {self.lines} 应在 1 到 {LONGEST_FEED} 之间。")


SlipPart = SlipText | SlipPair | SlipRule | SlipQr | SlipFeed


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip. `title` names the print job (no personal data in it); it is not printed."""

    title: str
    parts: tuple[SlipPart, ...]


@dataclass(frozen=True, slots=True)
class SlipProfile:
    """A slip printer's paper and abilities; `columns` counts half-width characters of 12 dots.

    `native_qr`: it draws codes by itself; else they are sent as pictures.
    """

    width_mm: int
    dots: int
    columns: int
    rom: Rom
    cutter: bool
    native_qr: bool


def profile_for(width_mm: int, rom: str, qr: str = "") -> SlipProfile:
    """The usual printer of that paper width at 203 dpi: 58 mm has no cutter and draws no codes unless `qr` says so.

    `rom` and `qr` as in the settings of the slip printer. Raises BadSlip.
    """
    known = next((name for name in ROMS if name == rom), None)
    if known is None:
        raise BadSlip(f"配置项 slip_printer.rom 的值 {rom!r} 不认识，应为 {'、'.join(ROMS)} 之一。")
    if qr not in ("", "native", "raster"):
        raise BadSlip(f"配置项 slip_printer.qr 的值 {qr!r} 不认识，应为 native、raster，或空着按纸宽。")
    if width_mm == 58:
        return SlipProfile(58, 384, 32, known, cutter=False, native_qr=qr == "native")
    if width_mm == 80:
        return SlipProfile(80, 576, 48, known, cutter=True, native_qr=qr != "raster")
    raise BadSlip(f"配置项 slip_printer.width_mm 的值 {width_mm} 不支持，应为 58 或 80。")


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line as it will stand on the paper; `right` is pushed to the right edge."""

    left: str
    right: str = ""
    size: tuple[int, int] = (1, 1)
    bold: bool = False
    align: Align = "left"


def cells(text: str) -> int:
    """Width in half-width columns: ASCII 1, combining marks 0, everything else a full square."""
    return sum(_cell(char) for char in text)


def _cell(char: str) -> int:
    if char.isascii() or unicodedata.east_asian_width(char) == "H":
        return 1
    return 0 if unicodedata.category(char) in {"Mn", "Me"} else 2


def clean(text: str) -> str:
    """Printable characters only: control bytes in a name must never reach the printer as commands."""
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if char == "\t" or (category == "Zs" and char != "\u3000"):
            kept.append(" ")
        elif category not in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            kept.append(char)
    return "".join(kept)


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most `columns` half-width cells (at least 2).

    Latin words and figures stay whole where they fit; closing punctuation never begins a line and
    opening brackets never end one, unless a single line of them is longer than the paper.
    """
    return [line for paragraph in text.splitlines() or [""] for line in _wrap(clean(paragraph), columns)]


def _wrap(paragraph: str, columns: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for chunk in _chunks(paragraph):
        if cells(line) + cells(chunk.rstrip(" ")) <= columns:
            line += chunk
            continue
        if line.strip(" "):
            lines.append(line.rstrip(" "))
            line = ""
        *full, line = _cut(chunk.lstrip(" ") if lines else chunk, columns)
        lines += full
    lines.append(line.rstrip(" "))
    return lines


def _chunks(paragraph: str) -> list[str]:
    """Pieces between which a line may break."""
    chunks: list[str] = []
    for char in paragraph:
        if chunks and _sticks(chunks[-1][-1], char):
            chunks[-1] += char
        else:
            chunks.append(char)
    return chunks


def _sticks(before: str, char: str) -> bool:
    if before in NO_LINE_END or char in NO_LINE_START or _cell(char) == 0:
        return True
    if char == " ":
        return before == " " or before.isascii()
    return before != " " and _cell(before) <= 1 and _cell(char) == 1


def _cut(chunk: str, columns: int) -> list[str]:
    """A chunk longer than the paper, cut wherever the paper ends."""
    pieces = [""]
    for char in chunk:
        if cells(pieces[-1] + char) > columns:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _wrap_words(text: str, columns: int) -> list[str]:
    """Lines that end between words (原件1份 复印件2份 共3页) where every word fits into one."""
    words = text.split()
    if any(cells(word) > columns for word in words):
        return wrap(text, columns)
    lines: list[str] = []
    for word in words:
        if lines and cells(f"{lines[-1]} {word}") <= columns:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def lay(part: SlipText | SlipPair | SlipRule, columns: int) -> list[SlipLine]:
    """The part's lines on paper of that many columns."""
    match part:
        case SlipRule():
            return [SlipLine("-" * columns)]
        case SlipPair(left, right):
            return _lay_pair(left, right, columns)
        case SlipText(text, size, bold, align):
            lines = wrap(text, columns // size[0])
            return [SlipLine(line, size=size, bold=bold, align=align) for line in lines]


def _lay_pair(left: str, right: str, columns: int) -> list[SlipLine]:
    """One line where both fit with a gap; otherwise the value hangs, indented, below its label."""
    left, right = clean(left).strip(), clean(right).strip()
    if cells(left) + 1 + cells(right) <= columns:
        return [SlipLine(left, right)]
    values = [SlipLine(f"  {line}") for line in _wrap_words(right, columns - 2)]
    return [SlipLine(line) for line in wrap(left, columns)] + values
