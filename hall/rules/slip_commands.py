"""How a stream of ESC/POS bytes divides into commands and text: shared by preview and simulated printer."""

from dataclasses import dataclass

ESC, FS, GS, DLE = 0x1B, 0x1C, 0x1D, 0x10

_ARGUMENTS = {
    b"\x1b@": 0,
    b"\x1b2": 0,
    b"\x1ba": 1,
    b"\x1bE": 1,
    b"\x1b3": 1,
    b"\x1bd": 1,
    b"\x1bJ": 1,
    b"\x1bR": 1,
    b"\x1bt": 1,
    b"\x1b!": 1,
    b"\x1b-": 1,
    b"\x1bp": 3,
    b"\x1c&": 0,
    b"\x1c.": 0,
    b"\x1c!": 1,
    b"\x1cC": 1,
    b"\x1c-": 1,
    b"\x1d!": 1,
    b"\x1da": 1,
    b"\x1dr": 1,
    b"\x10\x04": 1,
}
"""Bytes that follow each command of fixed length (Epson's names: ESC @, ESC 2, ...)."""

CUT, RASTER, SYMBOL = b"\x1dV", b"\x1dv", b"\x1d("


@dataclass(frozen=True, slots=True)
class SlipCommand:
    """One command with its arguments, or (with an empty `name`) a stretch of text.

    Control characters outside a command (line feed and so on) are commands with themselves as name.
    """

    name: bytes
    body: bytes

    @property
    def raw(self) -> bytes:
        """The bytes it came from."""
        return self.name + self.body


def split_commands(stream: bytes) -> tuple[tuple[SlipCommand, ...], bytes]:
    """Every whole command at the start of the stream, and the bytes of one that is still incomplete.

    A command that is not known counts as its two bytes without arguments.
    """
    found = []
    at = 0
    while at < len(stream):
        name, size = _measure(stream, at)
        end = at + len(name) + size
        if size < 0 or end > len(stream):
            break
        found.append(SlipCommand(name, stream[at + len(name) : end]))
        at = end
    return tuple(found), stream[at:]


def _measure(stream: bytes, at: int) -> tuple[bytes, int]:
    """The name of the command at that place and the length of its body; -1 while that cannot be known yet."""
    first = stream[at]
    if first >= 0x20:
        return b"", _text_length(stream, at)
    if first not in {ESC, FS, GS, DLE}:
        return stream[at : at + 1], 0
    name = stream[at : at + 2]
    if len(name) < 2:
        return name, -1
    if name in {CUT, RASTER, SYMBOL}:
        return name, _variable_length(name, stream[at + 2 : at + 8])
    return name, _ARGUMENTS.get(name, 0)


def _text_length(stream: bytes, at: int) -> int:
    end = at
    while end < len(stream) and stream[end] >= 0x20:
        end += 1
    return end - at


def _variable_length(name: bytes, head: bytes) -> int:
    """GS V m [n]; GS v 0 m xL xH yL yH and the dots; GS ( fn pL pH and the parameters."""
    if name == CUT:
        return -1 if not head else 2 if head[0] in {65, 66} else 1
    if name == SYMBOL:
        return -1 if len(head) < 3 else 3 + int.from_bytes(head[1:3], "little")
    if len(head) < 6:
        return -1
    return 6 + int.from_bytes(head[2:4], "little") * int.from_bytes(head[4:6], "little")
